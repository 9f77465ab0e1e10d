import { Check, ConfigError, Version } from '@ashlar/core';
import type { IConstruct } from 'constructs';

/** The releases of a cluster: of its servers, of its agents while they follow, and the one that runs now. */
export interface K3sReleases {
  readonly version: Version;
  readonly agentVersion?: Version;
  readonly runs?: Version;
}

/**
 * Refuses releases that do not work together, and upgrades that Kubernetes does not know.
 * @throws K3S_VERSION, K3S_SKEW, K3S_MINOR_SKIPPED, PROP_TYPE
 * @see https://kubernetes.io/releases/version-skew-policy/
 */
export function checkReleases(scope: IConstruct, { version, agentVersion, runs }: K3sReleases): void {
  release(scope, 'version', version);
  if (agentVersion !== undefined) {
    release(scope, 'agentVersion', agentVersion);
    const ahead = distance(version, agentVersion);
    if (ahead > 0 || (ahead === 0 && agentVersion.patch > version.patch)) {
      throw new ConfigError(scope, 'K3S_SKEW', `agents of ${agentVersion} are newer than their servers of ${version}`, {
        fix: 'upgrade the servers first',
        see: SKEW,
      });
    }
    if (ahead < -3) {
      throw new ConfigError(scope, 'K3S_SKEW', `agents of ${agentVersion} are ${-ahead} minors behind their servers of ${version}`, {
        fix: 'keep agents within three minors of their servers',
        see: SKEW,
      });
    }
  }
  if (runs === undefined) return;
  release(scope, 'runs', runs);
  const steps = distance(runs, version);
  if (steps > 1) {
    throw new ConfigError(scope, 'K3S_MINOR_SKIPPED', `an upgrade from ${runs} to ${version} skips ${skipped(runs, steps)}`, {
      fix: `upgrade to ${runs.major}.${runs.minor + 1} first`,
      see: SKEW,
    });
  }
  if (steps < 0 || (steps === 0 && version.patch < runs.patch)) {
    throw new ConfigError(
      scope,
      'K3S_DOWNGRADE',
      `version ${version} is older than ${runs}, which runs, and etcd may not read its own data then`,
      {
        fix: 'restore a snapshot of that time instead',
        see: 'https://docs.k3s.io/upgrades/roll-back',
      },
    );
  }
}

const SKEW = 'https://kubernetes.io/releases/version-skew-policy/';

function release(scope: IConstruct, name: string, version: Version): void {
  new Check(scope).instance(name, version, Version, "Version.of('v1.34.2+k3s1')");
  if (/^v\d+\.\d+\.\d+(-rc\d+)?\+k3s\d+$/.test(String(version))) return;
  throw new ConfigError(scope, 'K3S_VERSION', `${name} must be a release of K3s`, {
    got: String(version),
    fix: "write Version.of('v1.34.2+k3s1')",
  });
}

/** Minors from one to the other. A new major would be a step that nobody has described. */
function distance(from: Version, to: Version): number {
  return (to.major - from.major) * 100 + to.minor - from.minor;
}

function skipped(from: Version, steps: number): string {
  return Array.from({ length: steps - 1 }, (_, i) => `${from.major}.${from.minor + 1 + i}`).join(', ');
}
