import { ChartRelease } from '@ashlar/kubernetes';
import type { Construct } from 'constructs';

/** Where the operator runs, and how its pods are labelled. */
export const OPERATOR = { namespace: 'cnpg-system', labels: { 'app.kubernetes.io/name': 'cloudnative-pg' } };

const REPOSITORY = 'https://cloudnative-pg.github.io/charts';
const RESOURCES = { requests: { cpu: '100m', memory: '256Mi' }, limits: { cpu: '1', memory: '256Mi' } };

/** Says that `scope` needs the CloudNativePG operator. @see https://cloudnative-pg.io/documentation/ */
export function requireOperator(scope: Construct): ChartRelease | undefined {
  return ChartRelease.require(scope, 'cloudnative-pg', {
    chart: 'cloudnative-pg',
    repository: REPOSITORY,
    version: '0.29.0',
    namespace: OPERATOR.namespace,
    values: { replicaCount: 2, resources: RESOURCES },
    defines: ['postgresql.cnpg.io'],
  });
}

/**
 * Says that `scope` needs the plug-in that copies to object stores, which needs the operator, and cert-manager for the
 * connection between the two. @see https://cloudnative-pg.io/plugin-barman-cloud/
 */
export function requireBarmanPlugin(scope: Construct): void {
  const operator = requireOperator(scope);
  const certManager = ChartRelease.require(scope, 'cert-manager', {
    chart: 'cert-manager',
    repository: 'https://charts.jetstack.io',
    version: 'v1.19.1',
    namespace: 'cert-manager',
    values: { crds: { enabled: true } },
    defines: ['cert-manager.io', 'acme.cert-manager.io'],
  });
  const plugin = ChartRelease.require(scope, 'plugin-barman-cloud', {
    chart: 'plugin-barman-cloud',
    repository: REPOSITORY,
    version: '0.7.0',
    namespace: OPERATOR.namespace,
    values: { resources: RESOURCES },
    defines: ['barmancloud.cnpg.io'],
  });
  for (const needed of [operator, certManager]) if (needed) plugin?.startAfter(needed);
}
