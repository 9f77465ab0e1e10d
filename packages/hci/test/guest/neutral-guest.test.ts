import { type IGuest, Size, Version } from '@ashlar/core';
import { type GuestProps, type IHypervisor, Software } from '../../src';
import { GUEST, lab } from '../lab';
import { type Lab, refusal, resource, userData, VM, vm } from './guests';

const guest = (all: Lab, props: object = {}, id = 'orders'): IGuest => {
  const hypervisor: IHypervisor = all.pve;
  const placement = { machines: all.machines.slice(0, 1) };
  return hypervisor.guest(id, { ...GUEST, host: all.servers.host(id), image: all.image, placement, ...props } as GuestProps);
};

describe('a guest that is declared for any hypervisor', () => {
  test('is a virtual machine on the first of its machines', () => {
    const all = lab();
    const orders = guest(all, {
      placement: { machines: [all.machines[1], all.machines[0]] },
      dataDisks: { data: Size.gibibytes(100) },
      software: [Software.git()],
    });
    orders.firstBoot.mount(orders.dataDisks[0] as never, '/srv');
    expect(resource(all, VM, 'orders/vm')).toMatchObject({
      node_name: 'pve-02',
      disk: [{ import_from: 'files:import/debian-13-genericcloud-amd64-01234567.qcow2' }, { interface: 'scsi1', size: 100 }],
      lifecycle: { prevent_destroy: true },
    });
    expect(userData(all, 'orders/user-data-pve-02')).toContain('  - git\n');
    expect(all.pve.guests.map(g => g.hostName)).toEqual(['orders']);
  });

  test('moves between its machines, the first preferred', () => {
    const all = lab();
    guest(all, { placement: { machines: [all.machines[2], all.machines[0]], highAvailability: true } });
    expect(resource(all, VM, 'orders/vm')).toMatchObject({ node_name: 'pve-03', lifecycle: { ignore_changes: ['node_name'] } });
    expect(resource(all, 'proxmox_harule', 'orders/ha-nodes').nodes).toEqual({ 'pve-01': 1, 'pve-03': 2 });
  });

  test('moves between all machines when none is named', () => {
    const all = lab();
    guest(all, { placement: { highAvailability: true } });
    expect(resource(all, 'proxmox_harule', 'orders/ha-nodes').nodes).toEqual({ 'pve-01': 3, 'pve-02': 2, 'pve-03': 1 });
  });

  test('needs no placement on the only machine there is', () => {
    const all = lab({}, 1);
    guest(all, { placement: undefined });
    expect(resource(all, VM, 'orders/vm').node_name).toBe('pve-01');
  });

  test('is kept apart from others', () => {
    const all = lab();
    const ha = { placement: { highAvailability: true } };
    const first = guest(all, ha, 'db-1');
    guest(all, { placement: { highAvailability: true, apartFrom: [first] } }, 'db-2');
    expect(resource(all, 'proxmox_harule', 'pve/apart-db-2-db-1')).toMatchObject({
      affinity: 'negative',
      resources: all.pve.guests.map(g => `vm:${g.vmId}`),
    });
  });

  test.each<[string, (all: Lab) => unknown, string]>([
    [
      'without a machine: nothing chooses one',
      all => guest(all, { placement: undefined }),
      '[lab/hypervisors/pve/orders] has no machine, and Proxmox VE does not choose one of the 3 of lab/hypervisors/pve; write placement: { machines: [machine] }, or highAvailability: true to have it moved when its machine is lost (GUEST_PLACEMENT)',
    ],
    [
      'with what only one hypervisor has',
      all => guest(all, { template: all.debian }),
      '[lab/hypervisors/pve/orders] there is no property template; use one of host, otherNics, image, cores, memory, disk, dataDisks, stateful, notBackedUpBecause, placement, software (PROP_UNKNOWN)',
    ],
    [
      'with a misspelt placement',
      all => guest(all, { placement: { ha: true } }),
      '[lab/hypervisors/pve/orders] there is no property ha; use one of machines, highAvailability, apartFrom (PROP_UNKNOWN)',
    ],
    [
      'on a machine of nobody',
      all => guest(all, { placement: { machines: [all.lan] } }),
      '[lab/hypervisors/pve] has no such node, got "lab/rack/lan"; use one of pve-01, pve-02, pve-03 (PROXMOX_NODE_UNKNOWN)',
    ],
    [
      'that moves, and has one machine',
      all => guest(all, { placement: { machines: all.machines.slice(0, 1), highAvailability: true } }),
      '[lab/hypervisors/pve/orders] highAvailability has nowhere to move it from pve-01; name two nodes or more (HA_ONE_NODE)',
    ],
    [
      'apart from one that runs elsewhere',
      all => guest(all, { placement: { machines: all.machines.slice(0, 1), apartFrom: [guest(lab(), {}, 'far')] } }),
      '[lab/hypervisors/pve/orders] lab/hypervisors/pve/far runs elsewhere than on lab/hypervisors/pve, so that they share no machine anyway; leave it out of apartFrom (GUEST_APART)',
    ],
    [
      'apart from one on the same machine',
      all => guest(all, { placement: { machines: all.machines.slice(0, 1), apartFrom: [vm(all)] } }),
      '[lab/hypervisors/pve/orders] runs on pve-01 like lab/hypervisors/pve/web, and orders-web keeps them apart; put one of them on another node (KEEP_APART_SAME_NODE)',
    ],
    [
      'apart from one, where HA knows no rules',
      () => {
        const all = lab({ version: Version.of('8.4') });
        const first = guest(all, { placement: { highAvailability: true } }, 'db-1');
        return guest(all, { placement: { highAvailability: true, apartFrom: [first] } }, 'db-2');
      },
      '[lab/hypervisors/pve/db-1] is moved by HA, and Proxmox VE 8.4 cannot keep it apart from lab/hypervisors/pve/db-2; give them highAvailability.nodes that have none in common, leave highAvailability out, or upgrade to 9 (KEEP_APART_VERSION)',
    ],
    [
      'with programs that are none',
      all => guest(all, { software: ['git'] }),
      '[lab/hypervisors/pve/orders] software must be a Software, got "git"; write software: [Software.git()] (PROP_TYPE)',
    ],
  ])('is refused %s', (_, build, text) => {
    const message = refusal(() => build(lab()));
    expect(message).toBe(text);
  });
});
