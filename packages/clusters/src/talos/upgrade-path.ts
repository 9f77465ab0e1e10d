import { ConfigError, Version } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { KUBERNETES_PATCHES, minorOf, plain, runs, TALOS_RELEASES } from './talos-releases';

/** Versions that a cluster runs. */
export interface TalosVersions {
  readonly talos: Version;
  /** Of Kubernetes. */
  readonly kubernetes: Version;
}

/** One version to the next: of Talos on every machine, or of Kubernetes in the whole cluster. */
export interface UpgradeHop {
  readonly of: 'talos' | 'kubernetes';
  readonly to: string;
}

/**
 * The way from one pair of versions to another: no minor is skipped, and at no point does a Talos run a Kubernetes that it does not.
 * @throws TALOS_DOWNGRADE, TALOS_RUNNING
 */
export function upgradePath(cluster: IConstruct, from: TalosVersions, to: TalosVersions): readonly UpgradeHop[] {
  refuseBackwards(cluster, 'Talos', from.talos, to.talos);
  refuseBackwards(cluster, 'Kubernetes', from.kubernetes, to.kubernetes);
  const talos = talosHops(cluster, from.talos, to.talos);
  const kubernetes = kubernetesHops(from.kubernetes, to.kubernetes);
  let [runsTalos, runsKubernetes] = [from.talos, from.kubernetes];
  const path: UpgradeHop[] = [];
  while (talos.length + kubernetes.length > 0) {
    const [nextTalos] = talos;
    const [nextKubernetes] = kubernetes;
    if (nextTalos && fits(Version.of(nextTalos), runsKubernetes)) {
      path.push({ of: 'talos', to: nextTalos });
      runsTalos = Version.of(talos.shift() as string);
    } else if (nextKubernetes && fits(runsTalos, Version.of(nextKubernetes))) {
      path.push({ of: 'kubernetes', to: nextKubernetes });
      runsKubernetes = Version.of(kubernetes.shift() as string);
    } else {
      throw new ConfigError(
        cluster,
        'TALOS_RUNNING',
        `no release of Talos runs both Kubernetes ${plain(runsKubernetes)} and what comes after it, on the way from Talos ${from.talos} to ${to.talos}`,
        { fix: 'check the versions in running', see: 'https://docs.siderolabs.com/talos/v1.13/getting-started/support-matrix' },
      );
    }
  }
  return path;
}

function fits(talos: Version, kubernetes: Version): boolean {
  const release = TALOS_RELEASES.find(({ minor }) => minor === minorOf(talos));
  return release !== undefined && runs(release, kubernetes.minor);
}

/** The last release of each minor on the way, and the declared one. */
function talosHops(cluster: IConstruct, from: Version, to: Version): string[] {
  const at = TALOS_RELEASES.findIndex(({ minor }) => minor === minorOf(from));
  if (at === -1) {
    const known = TALOS_RELEASES.map(({ minor }) => minor).join(', ');
    throw new ConfigError(cluster, 'TALOS_RUNNING', `running.talos is ${from}, and the way is known from ${known} only`, {
      fix: 'upgrade to one of them first',
      see: 'https://docs.siderolabs.com/talos/v1.13/configure-your-talos-cluster/lifecycle-management/upgrading-talos',
    });
  }
  if (String(from) === String(to)) return [];
  const between = TALOS_RELEASES.slice(at + 1).filter(({ minor }) => Number(minor.split('.')[1]) < to.minor);
  return [...between.map(({ last }) => last), String(to)];
}

function kubernetesHops(from: Version, to: Version): string[] {
  if (plain(from) === plain(to)) return [];
  const hops: string[] = [];
  for (let minor = from.minor + 1; minor < to.minor; minor++) hops.push(KUBERNETES_PATCHES[minor] as string);
  return [...hops, plain(to)];
}

function refuseBackwards(cluster: IConstruct, what: string, from: Version, to: Version): void {
  const parts = (version: Version) => [version.major, version.minor, version.patch] as const;
  const difference =
    parts(from)
      .map((part, i) => part - (parts(to)[i] as number))
      .find(each => each !== 0) ?? 0;
  if (difference <= 0) return;
  throw new ConfigError(
    cluster,
    'TALOS_DOWNGRADE',
    `${what} ${from} runs, and ${to} is declared: what the newer one wrote, the older may not read`,
    {
      fix: `declare ${from} or a later one`,
    },
  );
}
