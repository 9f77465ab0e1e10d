import { Check, ConfigError, Version } from '@ashlar/core';
import type { IConstruct } from 'constructs';

interface TalosRelease {
  /** `1.13` */
  readonly minor: string;
  /** The last patch release, by way of which others upgrade. */
  readonly last: string;
  /** Minors of Kubernetes that it runs, the first and the last. */
  readonly kubernetes: readonly [first: number, last: number];
  /** Whether machines are configured for it here. Others can be upgraded from. */
  readonly configured: boolean;
}

/**
 * What runs with what, as of November 2026. A machine is upgraded from one minor of Talos to the next only.
 * @see https://docs.siderolabs.com/talos/v1.13/getting-started/support-matrix
 */
export const TALOS_RELEASES: readonly TalosRelease[] = [
  { minor: '1.10', last: 'v1.10.9', kubernetes: [28, 33], configured: false },
  { minor: '1.11', last: 'v1.11.6', kubernetes: [29, 34], configured: false },
  { minor: '1.12', last: 'v1.12.11', kubernetes: [30, 35], configured: true },
  { minor: '1.13', last: 'v1.13.9', kubernetes: [31, 36], configured: true },
];

/** A patch release of each minor of Kubernetes, by way of which others upgrade. @see https://kubernetes.io/releases/patch-releases/ */
export const KUBERNETES_PATCHES: Readonly<Record<number, string>> = {
  28: '1.28.15',
  29: '1.29.14',
  30: '1.30.14',
  31: '1.31.14',
  32: '1.32.10',
  33: '1.33.6',
  34: '1.34.4',
  35: '1.35.0',
  36: '1.36.0',
};

/**
 * Minors of Kubernetes that the makers of Cilium 1.20 test it with.
 * @see https://docs.cilium.io/en/stable/network/kubernetes/compatibility/
 */
export const CILIUM_TESTED_WITH: readonly [first: number, last: number] = [33, 36];

/** `1.13` of `v1.13.9` */
export function minorOf(version: Version): string {
  return `${version.major}.${version.minor}`;
}

export function releaseOf(talos: Version): TalosRelease | undefined {
  return TALOS_RELEASES.find(({ minor }) => minor === minorOf(talos));
}

/** Whether a release of Talos runs a version of Kubernetes. */
export function runs(release: TalosRelease, kubernetesMinor: number): boolean {
  return kubernetesMinor >= release.kubernetes[0] && kubernetesMinor <= release.kubernetes[1];
}

/** @throws TALOS_VERSION, TALOS_KUBERNETES, PROP_TYPE */
export function checkVersions(scope: IConstruct, talos: Version, kubernetes: Version): void {
  new Check(scope).instance('talos', talos, Version, "Version.of('v1.13.9')");
  const known = TALOS_RELEASES.filter(({ configured }) => configured).map(({ minor }) => minor);
  const release = releaseOf(talos);
  if (!release?.configured || !/^v\d+\.\d+\.\d+$/.test(String(talos))) {
    throw new ConfigError(scope, 'TALOS_VERSION', `talos must be a release of Talos ${known.join(' or ')}`, {
      got: String(talos),
      fix: "write Version.of('v1.13.9')",
      see: 'https://github.com/siderolabs/talos/releases',
    });
  }
  if (!/^v?1\.\d+\.\d+$/.test(String(kubernetes)) || !runs(release, kubernetes.minor)) {
    const [first, last] = release.kubernetes;
    throw new ConfigError(
      scope,
      'TALOS_KUBERNETES',
      `Talos ${release.minor} runs Kubernetes 1.${first} to 1.${last}, by its full version`,
      {
        got: String(kubernetes),
        fix: `write version: Version.of('${KUBERNETES_PATCHES[Math.min(last, Math.max(first, kubernetes.minor))]}'), or take another release of Talos`,
        see: 'https://docs.siderolabs.com/talos/v1.13/getting-started/support-matrix',
      },
    );
  }
}

/** As images of Kubernetes are tagged and commands take it: `1.34.2`. */
export function plain(kubernetes: Version): string {
  return String(kubernetes).replace(/^v/, '');
}
