import { Bandwidth, Duration, formatFinding, Secret, Size } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { DrbdCluster, GuestReplication, LinstorCluster, LinstorStorage, NfsStorage, ZfsPool, ZfsStorage } from '../../src';
import { replicationOf } from '../../src/proxmox/availability/replication-of';
import { expectGolden } from '../golden';
import { refuses } from '../proxmox/refuses';
import { resourcesOf } from '../proxmox/resources';
import { guest, type Metal, metal, mirrored } from './metal';

const copy = (all: Metal, props: object) =>
  new GuestReplication(all.pve, 'web-copy', { guest: undefined as never, to: 'pve-02', ...props });

function web(props: object = {}): [Metal, ReturnType<typeof guest>] {
  const all = metal();
  mirrored(all);
  return [all, guest(all, 'web', 101, props)];
}

describe('the replication of a guest that stays', () => {
  test('is a job of Proxmox VE, and says what is lost at most', () => {
    const [all, vm] = web();
    const made = copy(all, { guest: vm, every: Duration.minutes(5), rate: Bandwidth.megabits(400) });
    expect(made.recoveryPoint.toMinutes()).toBe(5);
    expect(resourcesOf(all.site, 'proxmox_replication')).toMatchObject([
      {
        id: '101-12',
        type: 'local',
        target: 'pve-02',
        schedule: '*/5',
        rate: 50,
        depends_on: [expect.stringContaining('proxmox_virtual_environment_vm')],
      },
    ]);
  });
  test('is a copy to the node that it names', () => {
    const [all, vm] = web();
    copy(all, { guest: vm, every: Duration.minutes(5) });
    expect(replicationOf(vm)).toEqual({ to: ['pve-02'], recoveryPoint: Duration.minutes(5), on: [all.pve.nodes[1]] });
  });
  test('takes room on the other node', () => {
    const [all, vm] = web({ disk: Size.gibibytes(2048) });
    guest(all, 'mail', 102, { node: 'pve-02', disk: Size.gibibytes(2048) });
    copy(all, { guest: vm });
    expect(
      all.site
        .check()
        .map(formatFinding)
        .filter(line => line.includes('OVERCOMMITTED')),
    ).toEqual([
      'warning [lab/hypervisors/pve/guests] has 3.88 TB on lab/hypervisors/pve/pve-02, and the disks there add up to 4 TiB; make disks smaller, move guests, or acknowledge it and watch the pool (STORAGE_OVERCOMMITTED)',
    ]);
  });
  refuses(
    'the node that it runs on',
    () => {
      const [all, vm] = web();
      copy(all, { guest: vm, to: 'pve-01' });
    },
    '[lab/hypervisors/pve/web-copy] copies lab/hypervisors/pve/web to pve-01, the node that it runs on and is lost with; choose one of pve-02 (REPLICATION_OWN_NODE)',
  );
  refuses(
    'a guest that HA copies',
    () => {
      const [all, vm] = web({ highAvailability: {} });
      copy(all, { guest: vm });
    },
    '[lab/hypervisors/pve/web-copy] lab/hypervisors/pve/web is highly available, and its disk is copied to pve-02 for that already; leave this out, and write highAvailability: { replicateEvery: … } (REPLICATION_UNDER_HA)',
  );
  refuses(
    'a second copy on one node',
    () => {
      const [all, vm] = web();
      copy(all, { guest: vm });
      new GuestReplication(all.pve, 'again', { guest: vm, to: 'pve-02' });
    },
    '[lab/hypervisors/pve/again] lab/hypervisors/pve/web is copied to pve-02 already; choose another node (REPLICATION_TWICE)',
  );
  refuses(
    'a node without the storage',
    () => {
      const all = metal();
      const disks = [all.machines[0].disk('a'), all.machines[0].disk('b')];
      new ZfsStorage(all.pve, 'guests', { pool: new ZfsPool(all.pve, 'tank', { level: 'mirror', disks }) });
      copy(all, { guest: guest(all, 'web', 101) });
    },
    '[lab/hypervisors/pve/web-copy] may run on pve-02, which does not have storage guests [lab/hypervisors/pve/guests]; choose one of pve-01, or give pve-02 a storage of that name (STORAGE_NOT_ON_NODE)',
  );
  refuses(
    'a disk that is not on ZFS',
    () => {
      const [all] = web();
      const storage = new NfsStorage(all.pve, 'share', { server: '192.168.1.9', export: '/srv', content: ['images'] });
      copy(all, { guest: guest(all, 'mail', 102, { storage }) });
    },
    '[lab/hypervisors/pve/web-copy] lab/hypervisors/pve/mail has a disk on lab/hypervisors/pve/share of type nfs, and Proxmox VE copies from ZFS only; put its disks on a ZfsStorage (REPLICATION_STORAGE)',
  );
  refuses(
    'a limit below what Proxmox VE takes',
    () => {
      const [all, vm] = web();
      copy(all, { guest: vm, rate: Bandwidth.megabits(4) });
    },
    '[lab/hypervisors/pve/web-copy] rate must be at least 8 Mb/s, got "4 Mb/s"; write Bandwidth.megabits(400) (REPLICATION_RATE)',
  );
  refuses(
    'a period that is no part of an hour',
    () => {
      const [all, vm] = web();
      copy(all, { guest: vm, every: Duration.minutes(7) });
    },
    '[lab/hypervisors/pve/web-copy] every must divide an hour into whole minutes, or a day into whole hours, got "7m"; write Duration.minutes(15), or Duration.hours(6) (SCHEDULE)',
  );
});

describe('REPLICATION_TOO_SLOW', () => {
  const found = (rate: Bandwidth) => {
    const [all] = web({ highAvailability: { replicationRate: rate }, disk: Size.gibibytes(500) });
    return all.site
      .check()
      .map(formatFinding)
      .filter(line => line.includes('REPLICATION_TOO_SLOW'));
  };

  test('finds a limit that a busy hour exceeds', () => {
    expect(found(Bandwidth.megabits(80))).toEqual([
      'warning [lab/hypervisors/pve/web] is copied to lab/hypervisors/pve/pve-02 every 15m; when a tenth of its 500 GiB changes in an hour, a copy has 13.42 GB, and at 80 Mb/s takes 23 min; raise replicationRate, use a faster link, or copy it less often, and lose more (REPLICATION_TOO_SLOW)',
    ]);
  });
  test('passes a limit that is just enough', () => expect(found(Bandwidth.megabits(120))).toEqual([]));
});

describe('a storage of LINSTOR', () => {
  const mirror = (all: Metal, names: readonly (string | undefined)[] = []) =>
    new LinstorCluster(
      new DrbdCluster(all.site, 'mirror', {
        nodes: all.machines
          .slice(0, 2)
          .map((machine, i) => ({ machine, host: all.hosts[i] as never, ...(names[i] !== undefined && { name: names[i] }) })),
        tiebreaker: { machine: all.machines[2], host: all.hosts[2] },
        sharedSecret: Secret.fromSops('secrets.yaml', 'drbd'),
      }),
      'linstor',
      { pool: { driver: 'lvmthin', name: 'vg0/thin', size: Size.terabytes(4) } },
    );
  const stored = () => {
    const all = metal();
    return { all, storage: new LinstorStorage(all.pve, 'mirrored', { linstor: mirror(all) }) };
  };

  test('is an entry of storage.cfg, and no resource', () => {
    const { all } = stored();
    expectGolden('drbd/storage.cfg', Testing.files(all.site)['devices/proxmox/pve/storage.cfg.d/mirrored.cfg']);
  });
  test('is shared, as large as the pool, and loses nothing with a node', () => {
    const { storage } = stored();
    expect([storage.shared, String(storage.size), storage.replication]).toEqual([
      true,
      '4 TB',
      { to: ['pve-01', 'pve-02'], recoveryPoint: Duration.seconds(0) },
    ]);
  });
  test('carries a guest under HA without a replication job', () => {
    const { all, storage } = stored();
    guest(all, 'web', 101, { storage, highAvailability: {} });
    expect(resourcesOf(all.site, 'proxmox_replication')).toEqual([]);
    expect(resourcesOf(all.site, 'proxmox_haresource')).toHaveLength(1);
  });
  test('is the copy of a guest on it, without loss', () => {
    const { all, storage } = stored();
    expect(replicationOf(guest(all, 'web', 101, { storage }))).toEqual({
      to: ['pve-02'],
      recoveryPoint: Duration.seconds(0),
      on: [all.pve.nodes[1]],
    });
  });
  test('finds disks that add up to more than it has', () => {
    const { all, storage } = stored();
    guest(all, 'web', 101, { storage, disk: Size.gibibytes(2048) });
    guest(all, 'mail', 102, { storage, disk: Size.gibibytes(2048) });
    expect(
      all.site
        .check()
        .map(formatFinding)
        .filter(line => line.includes('OVERCOMMITTED')),
    ).toEqual([
      'warning [lab/hypervisors/pve/mirrored] has 4 TB, and the disks there add up to 4 TiB; make disks smaller, move guests, or acknowledge it and watch the pool (STORAGE_OVERCOMMITTED)',
    ]);
  });
  test('is let through the firewall of the nodes, from host to host of the mirror', () => {
    const { all } = stored();
    const state = JSON.parse(Testing.files(all.site)['terraform/hypervisors/cdk.tf.json'] as string);
    const rules = Object.values(state.resource.proxmox_virtual_environment_firewall_rules) as {
      node_name?: string;
      rule: { dport?: string }[];
    }[];
    const ports = rules.flatMap(({ rule }) => rule.flatMap(({ dport }) => dport ?? []));
    for (const port of ['3366', '3370', '7100:7999']) expect(ports).toContain(port);
  });
  refuses(
    'a node that Proxmox VE knows by another name',
    () => {
      const all = metal();
      new LinstorStorage(all.pve, 'mirrored', { linstor: mirror(all, ['left']) });
    },
    '[lab/hypervisors/pve/mirrored] lab/pve-01 is left to DRBD and pve-01 to Proxmox VE, which finds a disk by that name; name the nodes of the mirror as Proxmox VE does: pve-01, pve-02 (LINSTOR_STORAGE_NODES)',
  );
  refuses(
    'what is no LINSTOR',
    () => new LinstorStorage(metal().pve, 'mirrored', { linstor: {} as never }),
    "[lab/hypervisors/pve/mirrored] linstor must be a LinstorCluster, got an object with no keys; write linstor: new LinstorCluster(mirror, 'linstor', { … }) (PROP_TYPE)",
  );
});
