import type { Output } from '@ashlar/core';
import { k3sNetworks } from './kubernetes/k3s-networks';
import { readKubernetes } from './kubernetes/read-kubernetes';
import { readPfSense } from './pfsense/read-pfsense';
import type { ClusterEvidence } from './pods/cluster-proof';
import { readProxmox } from './proxmox/read-proxmox';
import type { HostFirewall, Router } from './router';
import type { Segment } from './segment';
import { readVyos } from './vyos/read-vyos';

/** What the rendered files of a site say about who passes. */
export interface Evidence {
  readonly routers: readonly Router[];
  readonly hostFirewalls: readonly HostFirewall[];
  /** Sorted by name. */
  readonly clusters: readonly ClusterEvidence[];
}

/** Where gateways stand in the output, and who reads them. */
const GATEWAYS = [
  [/^devices\/vyos\/[^/]+\/config\.boot$/, readVyos],
  [/^devices\/pfsense\/[^/]+\.xml$/, readPfSense],
] as const;

const WORKSPACE = /^terraform\/[^/]+\/cdk\.tf\.json$/;

const MANIFEST = /^kubernetes\/([^/]+)\/.*\.ya?ml$/;

/** @throws REACH_UNJUDGED */
export function evidenceIn(output: Output, segments: readonly Segment[]): Evidence {
  const files = output.entries();
  const states = files.filter(([path]) => WORKSPACE.test(path));
  return {
    routers: GATEWAYS.flatMap(([pattern, read]) => files.filter(([path]) => pattern.test(path)).map(([path, text]) => read(path, text))),
    hostFirewalls: states.flatMap(([path, text]) => readProxmox(path, text, segments, states)),
    clusters: clustersIn(files),
  };
}

function clustersIn(files: readonly (readonly [string, string])[]): readonly ClusterEvidence[] {
  const networks = k3sNetworks(files);
  const manifests = new Map<string, (readonly [string, string])[]>();
  for (const file of files) {
    const [, cluster] = MANIFEST.exec(file[0]) ?? [];
    if (cluster === undefined) continue;
    const own = manifests.get(cluster);
    if (own) own.push(file);
    else manifests.set(cluster, [file]);
  }
  return [...manifests]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([cluster, own]) => {
      const network = networks.get(cluster) ?? {};
      return { policies: readKubernetes(cluster, own, network), network };
    });
}
