import { pathOf } from '@ashlar/core';
import type { LinstorCluster } from './linstor-cluster';
import { LINSTOR_PORTS } from './linstor-ports';

/** Storage pool of LINSTOR, on each node that holds copies. */
export const LINSTOR_POOL = 'mirror';

/** Options that LINSTOR gives the volumes of a group. @see https://linbit.com/drbd-user-guide/linstor-guide-1_0-en/#s-linstor-drbd-options */
function drbdOptions(linstor: LinstorCluster): string {
  const { cluster } = linstor;
  const kibibytes = Math.floor((cluster.resyncRate.toMegabits() * 1e6) / 8 / 1024);
  return [
    '--protocol C',
    '--quorum majority',
    `--on-no-quorum ${cluster.onNoQuorum}`,
    `--on-no-data-accessible ${cluster.onNoQuorum}`,
    '--on-suspended-primary-outdated force-secondary',
    '--rr-conflict retry-connect',
    '--verify-alg sha256',
    `--c-max-rate ${kibibytes}K`,
  ].join(' \\\n  ');
}

/** A shell script for the `linstor` client that makes what is missing, and may run again at any time. */
export function linstorScript(linstor: LinstorCluster): string {
  const { cluster, pool, resourceGroup } = linstor;
  const nodes = cluster.votes.map(
    vote => `has node name ${vote.name} ||\n  linstor node create ${vote.name} ${vote.host.ip} --node-type satellite`,
  );
  const pools = cluster.nodes.map(
    node => `has_pool ${node.name} ||\n  linstor storage-pool create ${pool.driver} ${node.name} ${LINSTOR_POOL} ${pool.name}`,
  );
  return `#!/bin/sh
# ${pathOf(linstor)}: nodes, pools and the group that volumes are made by. Run it on the node where the controller runs; run it
# again at any time. What is there stays as it is, and nothing is ever removed.
set -eu
export LS_CONTROLLERS="\${LS_CONTROLLERS:-${linstor.controllers.join(',')}}"

# has <kind> <key> <name>: whether LINSTOR knows one
has() {
  linstor --machine-readable "$1" list | jq --exit-status --arg key "$2" --arg name "$3" 'any(.[][]; .[$key] == $name)' >/dev/null
}
has_pool() {
  linstor --machine-readable storage-pool list |
    jq --exit-status --arg node "$1" 'any(.[][]; .node_name == $node and .storage_pool_name == "${LINSTOR_POOL}")' >/dev/null
}

linstor controller set-property TcpPortAutoRange ${LINSTOR_PORTS.volumes.from}-${LINSTOR_PORTS.volumes.to}
linstor controller set-property DrbdOptions/auto-add-quorum-tiebreaker ${cluster.tiebreaker ? 'true' : 'false'}

${[...nodes, ...pools].join('\n')}

# The disks of guests: a copy on each node${cluster.tiebreaker ? ', the third vote without one' : ''}.
${group(linstor, resourceGroup, drbdOptions(linstor))}

# The database of the controller itself, which fails a write rather than waits: its service then moves.
${group(linstor, 'linstor-db', CONTROLLER_OPTIONS)}
has resource-definition name linstor_db ||
  linstor resource-group spawn-resources linstor-db linstor_db 200M
`;
}

/** What the database of a controller that moves wants. @see https://linbit.com/drbd-user-guide/linstor-guide-1_0-en/#s-linstor_ha */
const CONTROLLER_OPTIONS = [
  '--protocol C',
  '--auto-promote no',
  '--quorum majority',
  '--on-no-quorum io-error',
  '--on-no-data-accessible io-error',
  '--on-suspended-primary-outdated force-secondary',
  '--rr-conflict retry-connect',
].join(' \\\n  ');

function group({ cluster }: LinstorCluster, name: string, options: string): string {
  return `has resource-group name ${name} ||
  linstor resource-group create ${name} --storage-pool ${LINSTOR_POOL} --place-count ${cluster.nodes.length}
linstor resource-group drbd-options \\
  ${options} \\
  ${name}
linstor --machine-readable volume-group list ${name} | jq --exit-status 'any(.[][]; .volume_number == 0)' >/dev/null ||
  linstor volume-group create ${name}`;
}
