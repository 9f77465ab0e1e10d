import { Check, ConfigError, type IGuest, pathOf } from '@ashlar/core';
import type { GuestProps } from '../../guest/hypervisor';
import type { HarvesterNode } from '../harvester-node';
import type { HarvesterGuest } from './harvester-guest';

/** Nodes that a guest may run on, most preferred first. @throws HARVESTER_NODE, HARVESTER_WITNESS, HARVESTER_HA */
export function guestNodes(guest: HarvesterGuest, { placement }: GuestProps): readonly HarvesterNode[] {
  const { cluster } = guest;
  const check = new Check(guest);
  const machines = placement?.machines === undefined ? undefined : check.list('placement.machines', placement.machines, 'machine');
  const nodes = machines === undefined ? cluster.workers : [...new Set(machines)].map(machine => cluster.nodeOn(machine, guest));
  const witness = nodes.find(node => !node.runsGuests);
  if (witness) {
    throw new ConfigError(guest, 'HARVESTER_WITNESS', `may run on ${pathOf(witness)}, which is a witness and runs no guests`, {
      fix: `choose some of ${cluster.workers.map(node => node.machine.name).join(', ')}`,
      see: 'https://docs.harvesterhci.io/v1.7/advanced/witness',
    });
  }
  if (!placement?.highAvailability) return nodes;
  if (nodes.length < 2) {
    throw new ConfigError(
      guest,
      'HARVESTER_HA',
      `is highly available, and may run on ${nodes.map(node => node.machine.name).join()} only`,
      {
        fix: 'let it run on two machines or more',
      },
    );
  }
  if (guest.replicas < 2) {
    throw new ConfigError(guest, 'HARVESTER_HA', 'is highly available, and its volumes have one replica, which is lost with its machine', {
      fix: 'write storage: { replicas: 2 } at the cluster',
      see: 'https://docs.harvesterhci.io/v1.7/advanced/storageclass',
    });
  }
  return nodes;
}

/** Guests of the same cluster that it never shares a node with. @throws HARVESTER_APART */
export function apartFrom(
  guest: HarvesterGuest,
  others: readonly IGuest[] | undefined,
  isOwn: (x: unknown) => x is HarvesterGuest,
): readonly HarvesterGuest[] {
  if (others === undefined || others?.length === 0) return [];
  const own = new Check(guest).list('placement.apartFrom', others, 'guest').map(other => {
    if (isOwn(other) && other.cluster === guest.cluster) return other;
    throw new ConfigError(guest, 'HARVESTER_APART', `is kept apart from what is no guest of ${pathOf(guest.cluster)}`, {
      got: typeof other === 'object' && other !== null && 'node' in other ? pathOf(other) : other,
      fix: 'name guests of the same cluster',
    });
  });
  if (guest.nodes.length === 1 && own.some(other => other.nodes.length === 1 && other.nodes[0] === guest.nodes[0])) {
    throw new ConfigError(
      guest,
      'HARVESTER_APART',
      `runs on ${guest.nodes[0]?.machine.name} only, and so does a guest that it is kept apart from`,
      {
        fix: 'let one of them run elsewhere',
      },
    );
  }
  const hosts = new Set([...guest.nodes, ...own.flatMap(other => other.nodes)]);
  if (hosts.size >= own.length + 1) return own;
  if (!own.every((one, i) => own.slice(i + 1).every(other => one.apart.includes(other) || other.apart.includes(one)))) return own;
  throw new ConfigError(
    guest,
    'HARVESTER_APART',
    `${own.length + 1} guests are kept apart from each other, and may run on ${hosts.size} machines`,
    {
      fix: 'add a machine, or let two of them share one',
    },
  );
}
