import type { Output } from '@ashlar/core';
import type { ClaimKind } from './claim-kinds';
import type { EnvironmentClaim } from './environment-claim';

interface Place {
  readonly files: RegExp;
  readonly kind: ClaimKind;
  /** Has what is claimed as its group, or a YAML list of it. */
  readonly says: RegExp;
}

const KUBERNETES = /^(kubernetes|devices|clusters|talos)\/.+\.yaml$/;
const VYOS = /^devices\/vyos\/[^/]+\/commands\.txt$/;
const LIST = String.raw`\n((?: +- .+\n?)+)`;

/** Where files in the formats of vendors say what is taken, for what no contract tells. */
const PLACES: readonly Place[] = [
  // K3s, and Harvester's RKE2
  { files: /^devices\/k3s\/.+\.yaml$/, kind: 'pods', says: /^cluster-cidr: (.+)$/gm },
  { files: /^devices\/k3s\/.+\.yaml$/, kind: 'services', says: /^service-cidr: (.+)$/gm },
  { files: /^devices\/harvester\/.+\.yaml$/, kind: 'pods', says: /^ +cluster_pod_cidr: (.+)$/gm },
  { files: /^devices\/harvester\/.+\.yaml$/, kind: 'services', says: /^ +cluster_service_cidr: (.+)$/gm },
  // Talos
  { files: KUBERNETES, kind: 'pods', says: new RegExp(`^ +podSubnets:${LIST}`, 'gm') },
  { files: KUBERNETES, kind: 'services', says: new RegExp(`^ +serviceSubnets:${LIST}`, 'gm') },
  // Cluster API
  { files: KUBERNETES, kind: 'pods', says: new RegExp(`^ +pods:\\n +cidrBlocks:${LIST}`, 'gm') },
  { files: KUBERNETES, kind: 'services', says: new RegExp(`^ +services:\\n +cidrBlocks:${LIST}`, 'gm') },
  // VyOS
  { files: VYOS, kind: 'autonomous system', says: /^set protocols bgp system-as (\d+)$/gm },
  { files: VYOS, kind: 'autonomous system', says: /^set protocols bgp neighbor \S+ remote-as (\d+)$/gm },
  { files: VYOS, kind: 'announcement', says: /^set policy prefix-list \S+ rule \d+ prefix (\S+)$/gm },
  { files: VYOS, kind: 'tunnel', says: /^set interfaces wireguard \S+ address (\S+)$/gm },
];

/** What the rendered files of a site take besides Terraform's, each with the construct that wrote the file. */
export function renderedClaims(output: Output): EnvironmentClaim[] {
  const owners = output.owners();
  return output.entries().flatMap(([file, text]) => {
    const path = owners[file] as string;
    const said = PLACES.filter(({ files }) => files.test(file)).flatMap(({ kind, says }) =>
      [...text.matchAll(says)].flatMap(([, values]) =>
        valuesIn(values as string).map((value): EnvironmentClaim => ({ kind, value, path })),
      ),
    );
    return [...said, ...clusterClaims(file, path)];
  });
}

/** Manifests are in the folder of their cluster, whose name is that of its kubectl context, each unit in one of its own. */
function clusterClaims(file: string, path: string): EnvironmentClaim[] {
  const [, cluster, unit] = /^kubernetes\/([^/]+)\/([^/]+)\//.exec(file) ?? [];
  if (cluster === undefined) return [];
  return [{ kind: 'cluster', value: cluster, path: path.endsWith(`/${unit}`) ? path.slice(0, -`/${unit}`.length) : path }];
}

/** One value, or those of a YAML list, without their quotes. */
function valuesIn(text: string): string[] {
  return text
    .split('\n')
    .map(line =>
      line
        .replace(/^ +- /, '')
        .trim()
        .replace(/^(['"])(.*)\1$/, '$2'),
    )
    .filter(value => value !== '');
}
