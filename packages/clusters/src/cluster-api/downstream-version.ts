import { Check, ConfigError, Version } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { KUBERNETES_MINORS } from './provider-release';

/**
 * Argo CD applies the version at once, so it is one that can follow what runs.
 * @throws DOWNSTREAM_VERSION when the providers do not manage it, or it does not follow `running`
 * @see https://kubernetes.io/releases/version-skew-policy/
 */
export function checkDownstreamVersion(cluster: IConstruct, version: Version, running: Version | undefined): void {
  const { from, to } = KUBERNETES_MINORS;
  if (!/^v?1\.\d+\.\d+$/.test(String(version)) || version.minor < from || version.minor > to) {
    throw new ConfigError(
      cluster,
      'DOWNSTREAM_VERSION',
      `version must be a release of Kubernetes from 1.${from} to 1.${to}, which the Talos providers manage`,
      {
        got: String(version),
        fix: `write Version.of('1.${Math.min(Math.max(version.minor, from), to)}.0')`,
        see: 'https://github.com/siderolabs/cluster-api-control-plane-provider-talos#compatibility-with-cluster-api-and-kubernetes-versions',
      },
    );
  }
  if (running === undefined) return;
  new Check(cluster).instance('running', running, Version, "Version.of('1.33.6')");
  const lower = version.minor < running.minor || (version.minor === running.minor && version.patch < running.patch);
  if (!lower && version.minor - running.minor <= 1) return;
  const problem = lower
    ? `version is ${version}, and ${running} runs: etcd's data is not read by an older API`
    : `version is ${version}, and ${running} runs: ${version.minor - running.minor - 1} minor${version.minor - running.minor > 2 ? 's are' : ' is'} skipped`;
  throw new ConfigError(cluster, 'DOWNSTREAM_VERSION', problem, {
    fix: lower ? `stay at ${running}, or restore a backup of the time before` : `upgrade to 1.${running.minor + 1} first`,
    see: 'https://kubernetes.io/releases/version-skew-policy/',
  });
}
