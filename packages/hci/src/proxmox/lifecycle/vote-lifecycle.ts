import { Duration, type Lifecycle } from '@ashlar/core';
import type { ProxmoxInstallation } from '../installation/proxmox-installation';
import type { ProxmoxNode } from '../proxmox-node';
import { onNode } from './on-node';

/** The third vote is added when all nodes are in. A cluster without one has nothing to do here. */
export function voteLifecycle({ cluster, qdeviceAddress }: ProxmoxInstallation): Lifecycle {
  const { qdevice, nodes } = cluster;
  if (!qdevice || qdeviceAddress === undefined) return { startsAfter: [] };
  const first = nodes[0] as ProxmoxNode;
  return {
    startsAfter: [...nodes.map(on => ({ on, for: 'a cluster that all have joined' })), { on: qdevice, for: 'the third vote' }],
    start: [
      {
        id: 'third-vote',
        title: `Add the third vote to ${cluster.name}`,
        action: { byHand: `Add the vote of ${qdeviceAddress} on ${first.name}, as devices/proxmox/${cluster.name}/INSTALL.md says` },
        check: { command: onNode(first, 'pvecm status | grep -q Qdevice') },
        undo: { byHand: `On ${first.name}, run \`pvecm qdevice remove\`` },
        budget: Duration.minutes(10),
      },
    ],
  };
}
