import { Check, ConfigError, pathOf } from '@ashlar/core';
import { Construct } from 'constructs';
import { type GuestPlacement, type GuestProps, knownGuestProps } from '../../guest/hypervisor';
import type { HighAvailability } from '../availability/high-availability';
import type { ProxmoxCluster } from '../proxmox-cluster';
import { ProxmoxGuest } from './proxmox-guest';
import { ProxmoxVm } from './proxmox-vm';

/**
 * A guest that is declared for any hypervisor, as a virtual machine of Proxmox VE.
 * @throws GUEST_PLACEMENT, GUEST_APART, and those of {@link ProxmoxVm}
 */
export function neutralGuest(cluster: ProxmoxCluster, id: string, props: GuestProps): ProxmoxVm {
  knownGuestProps(cluster, id, props);
  const { placement = {}, ...rest } = props;
  const vm = new ProxmoxVm(cluster, id, { ...rest, ...placed(cluster, id, placement) });
  const apartFrom = placement.apartFrom === undefined ? [] : new Check(vm).list('apartFrom', placement.apartFrom, 'other');
  for (const other of apartFrom) {
    if (!ProxmoxGuest.isProxmoxGuest(other) || other.cluster !== cluster) {
      throw new ConfigError(
        vm,
        'GUEST_APART',
        `${Construct.isConstruct(other) ? pathOf(other) : String(other)} runs elsewhere than on ${pathOf(cluster)}, so that they share no machine anyway`,
        {
          fix: 'leave it out of apartFrom',
        },
      );
    }
    cluster.keepApart(`${vm.hostName}-${other.hostName}`, [other, vm]);
  }
  return vm;
}

/**
 * Proxmox VE has no scheduler for guests that stay: each is on the node where it was put. Of the machines of such a guest the
 * first is its node.
 */
function placed(
  cluster: ProxmoxCluster,
  id: string,
  { machines, highAvailability }: GuestPlacement,
): { node?: string; highAvailability?: HighAvailability } {
  const at = new Check(`${pathOf(cluster)}/${id}`);
  const nodes = machines === undefined ? undefined : at.list('machines', machines, 'machine').map(machine => cluster.nodeOf(machine).name);
  if (highAvailability !== undefined) at.boolean('highAvailability', highAvailability);
  if (highAvailability) return { highAvailability: nodes ? { nodes } : {} };
  if (nodes?.[0] !== undefined) return { node: nodes[0] };
  if (cluster.nodes.length === 1) return {};
  throw new ConfigError(
    `${pathOf(cluster)}/${id}`,
    'GUEST_PLACEMENT',
    `has no machine, and Proxmox VE does not choose one of the ${cluster.nodes.length} of ${pathOf(cluster)}`,
    {
      fix: 'write placement: { machines: [machine] }, or highAvailability: true to have it moved when its machine is lost',
    },
  );
}
