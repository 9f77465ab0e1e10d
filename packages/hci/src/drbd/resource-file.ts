import { pathOf } from '@ashlar/core';
import type { DrbdNode } from './drbd-node';
import type { DrbdVolume } from './drbd-volume';

/** `/etc/drbd.d/<volume>.res`: where each copy lies, and who connects to whom. */
export function resourceFile(volume: DrbdVolume): string {
  const { cluster } = volume;
  const nodes = cluster.votes.map(vote => on(volume, vote, volume.backing[cluster.nodes.indexOf(vote)]));
  const pairs = cluster.votes.flatMap((a, i) => cluster.votes.slice(i + 1).map(b => connection(volume, a, b)));
  return `# ${pathOf(volume)}: ${volume.size} on ${cluster.nodes.map(node => node.name).join(' and ')}. The same on all nodes.
resource ${volume.name} {
${[...nodes, ...pairs].join('\n')}
}
`;
}

function on(volume: DrbdVolume, vote: DrbdNode, path: string | undefined): string {
  const disk = path === undefined ? '            disk none;' : `            disk ${path};\n            meta-disk internal;`;
  return `    on ${vote.name} {
        node-id ${vote.nodeId};
        volume 0 {
            device ${volume.device} minor ${volume.number};
${disk}
        }
    }`;
}

function connection(volume: DrbdVolume, a: DrbdNode, b: DrbdNode): string {
  const end = (vote: DrbdNode) => `        host ${vote.name} address ${vote.endpoint(volume.port)};`;
  return `    connection {\n${end(a)}\n${end(b)}\n    }`;
}
