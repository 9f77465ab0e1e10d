import { Duration, type Lifecycle } from '@ashlar/core';
import type { HarvesterGuest } from '../guests/harvester-guest';

/** A guest comes with the objects of the cluster, once Longhorn has downloaded its image. */
export function guestLifecycle(guest: HarvesterGuest): Lifecycle {
  const { cluster, hostName, host, image } = guest;
  const unit = cluster.kubernetes.units.find(one => one.node.id === 'guests');
  const node = cluster.nodes[0]?.host.vlan.gateway;
  return {
    startsAfter: unit ? [{ on: unit, for: 'its volumes and its virtual machine' }] : [cluster],
    uses: [
      ...(node === undefined ? [] : [{ name: node, for: 'the way to its image' }]),
      { name: new URL(image.url).hostname, for: 'its image' },
      { name: host.vlan.gateway, for: 'its way to the Internet' },
    ],
    start: [
      {
        id: 'runs',
        title: `Wait for the guest ${hostName}`,
        action: { waits: `Harvester downloads ${image.url} once, and starts ${hostName}` },
        check: {
          command: [
            'kubectl',
            ...['--context', cluster.name, '--namespace', unit?.namespace ?? 'default'],
            ...['wait', `virtualmachines.kubevirt.io/${hostName}`, '--for=condition=Ready', '--timeout=10s'],
          ],
        },
        undo: { nothing: 'it goes with its objects' },
        budget: Duration.minutes(20),
      },
    ],
  };
}
