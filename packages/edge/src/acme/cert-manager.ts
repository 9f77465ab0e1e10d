import { ConfigError, type Secret } from '@ashlar/core';
import { ChartRelease } from '@ashlar/kubernetes';
import type { Construct } from 'constructs';

/** Where cert-manager runs and reads the secrets of cluster issuers, and how its pods are labelled. */
export const CERT_MANAGER = {
  namespace: 'cert-manager',
  labels: { 'app.kubernetes.io/name': 'cert-manager', 'app.kubernetes.io/component': 'controller' },
};

/** Says that `scope` needs cert-manager, with what lets it answer challenges at gateways. @see https://cert-manager.io/docs/usage/gateway/ */
export function requireCertManager(scope: Construct): ChartRelease | undefined {
  return ChartRelease.require(scope, 'cert-manager', {
    chart: 'cert-manager',
    repository: 'https://charts.jetstack.io',
    version: 'v1.19.1',
    namespace: CERT_MANAGER.namespace,
    values: { crds: { enabled: true }, config: { enableGatewayAPI: true } },
    defines: ['cert-manager.io', 'acme.cert-manager.io'],
  });
}

/**
 * A secret as cert-manager refers to it. @param what for errors
 * @throws ACME_SECRET when it is kept elsewhere
 */
export function secretOfCertManager(scope: Construct, what: string, secret: Secret): { name: string; key: string } {
  const { source } = secret;
  if (source.kind === 'kubernetes' && source.namespace === CERT_MANAGER.namespace) return { name: source.name, key: source.key };
  throw new ConfigError(scope, 'ACME_SECRET', `${what} is kept in ${secret.describe()}, where cert-manager cannot read it`, {
    fix: `have it written into a Secret of namespace ${CERT_MANAGER.namespace}, and pass Secret.fromKubernetes('${CERT_MANAGER.namespace}', …)`,
  });
}
