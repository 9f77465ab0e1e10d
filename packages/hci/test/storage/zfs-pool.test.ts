import { formatFinding, Secret, Size } from '@ashlar/core';
import type { Host } from '@ashlar/network';
import { BackupDrive, DrbdCluster, DrbdVolume, GuestReplication, LinstorStorage, PbsStorage, ZfsPool, ZfsStorage } from '../../src';
import { refuses } from '../proxmox/refuses';
import { resourcesOf } from '../proxmox/resources';
import { type Metal, metal, mirrored } from './metal';

const pool = (all: Metal, props: object = {}, id = 'tank') =>
  new ZfsPool(all.pve, id, { level: 'mirror', disks: [all.machines[0].disk('a'), all.machines[0].disk('b')], ...props });

describe('a ZFS pool', () => {
  test('is made on each node whose disks it has, by their stable paths, and never destroyed', () => {
    const all = metal();
    mirrored(all);
    expect(resourcesOf(all.site, 'proxmox_node_disk_zfs')).toEqual(
      ['pve-01', 'pve-02'].map((node, i) => ({
        node_name: node,
        name: 'tank',
        raidlevel: 'mirror',
        devices: [`/dev/disk/by-id/ata-EXAMPLE_${i + 1}A`, `/dev/disk/by-id/ata-EXAMPLE_${i + 1}B`],
        ashift: 12,
        compression: 'lz4',
        add_storage: false,
        cleanup_disks: false,
        lifecycle: { prevent_destroy: true },
      })),
    );
  });

  test('gives its storage its nodes and its size, less what ZFS keeps for itself', () => {
    const all = metal();
    const storage = mirrored(all);
    expect(storage.nodes.map(node => node.name)).toEqual(['pve-01', 'pve-02']);
    expect(String(storage.size)).toBe('3.88 TB');
    expect(resourcesOf(all.site, 'proxmox_storage_zfspool')).toMatchObject([{ id: 'guests', zfs_pool: 'tank' }]);
  });

  test.each([
    ['single', '12.59 TB'],
    ['mirror', '3.88 TB'],
    ['raidz', '7.75 TB'],
  ])('of three disks and level %s has room for %s', (level, room) => {
    const all = metal();
    const disks = ['a', 'b', 'c'].map(slot => all.machines[0].disk(slot));
    const reason = level === 'single' ? { withoutRedundancyBecause: 'rebuilt from Git in an hour' } : {};
    expect(String(pool(all, { disks, level, ...reason }).size)).toBe(room);
  });

  test('says what is lost of disks of different size', () => {
    const all = metal();
    pool(all, { disks: [all.machines[0].disk('a'), all.machines[0].disk('c')] });
    expect(
      all.site
        .check()
        .map(formatFinding)
        .filter(line => line.includes('ZFS_')),
    ).toEqual([
      'warning [lab/hypervisors/pve/tank] uses 4 TB of each disk, as much as lab/pve-01/a has; the rest of lab/pve-01/c is lost; use disks of one size (ZFS_POOL_UNEVEN)',
    ]);
  });

  refuses(
    'a disk of a machine that is no node',
    () => {
      const all = metal();
      pool(all, { disks: [all.machines[0].disk('a'), all.machines[2].disk('a')] });
    },
    '[lab/hypervisors/pve/tank] lab/witness/a is no disk of a machine of lab/hypervisors/pve; use disks of lab/pve-01, lab/pve-02 (ZFS_POOL_DISK)',
  );
  refuses(
    'a disk whose path is not known',
    () => {
      const all = metal();
      pool(all, { disks: [all.machines[1].disk('b'), all.machines[1].disk('c')] });
    },
    "[lab/hypervisors/pve/tank] lab/pve-02/c has no path that stays the same at every boot; tell the machine disks: { c: '/dev/disk/by-id/…' }, as ls -l /dev/disk/by-id shows it (ZFS_POOL_DISK)",
  );
  refuses(
    'a disk twice',
    () => {
      const all = metal();
      pool(all, { disks: [all.machines[0].disk('a'), all.machines[0].disk('a')] });
    },
    '[lab/hypervisors/pve/tank] names lab/pve-01/a twice; name each disk once (ZFS_POOL_DISK)',
  );
  refuses(
    'a disk of another pool',
    () => {
      const all = metal();
      pool(all);
      pool(all, { disks: [all.machines[0].disk('b'), all.machines[0].disk('c')] }, 'cold');
    },
    '[lab/hypervisors/pve/cold] /dev/disk/by-id/ata-EXAMPLE_1B of lab/pve-01 is already in use by lab/hypervisors/pve/tank; choose another disk (DISK_IN_USE)',
  );
  refuses(
    'a disk that DRBD mirrors',
    () => {
      const all = metal();
      const votes = all.machines.map((machine, i) => ({ machine, host: all.hosts[i] as Host }));
      const drbd = new DrbdCluster(all.site, 'mirror', {
        nodes: votes.slice(0, 2),
        tiebreaker: votes[2],
        sharedSecret: Secret.fromSops('secrets.yaml', 'drbd'),
      });
      new DrbdVolume(drbd, 'data', {
        number: 0,
        size: Size.terabytes(3),
        disks: all.machines.slice(0, 2).map(machine => machine.disk('a')),
      });
      pool(all);
    },
    '[lab/hypervisors/pve/tank] /dev/disk/by-id/ata-EXAMPLE_1A of lab/pve-01 is already in use by lab/mirror/data; choose another disk (DISK_IN_USE)',
  );
  refuses(
    'too few disks for its level',
    () => pool(metal(), { level: 'raidz' }),
    '[lab/hypervisors/pve/tank] a pool of level raidz takes 3 disks or more, and has 2 on pve-01, got ["a", "b"]; add disks, or choose another level (ZFS_POOL_DISKS)',
  );
  refuses(
    'an odd number of disks for pairs',
    () => {
      const all = metal();
      pool(all, { level: 'raid10', disks: ['a', 'b', 'c'].map(slot => all.machines[0].disk(slot)) });
    },
    '[lab/hypervisors/pve/tank] a pool of level raid10 takes 4 disks or more, an even number, and has 3 on pve-01, got ["a", "b", "c"]; add disks, or choose another level (ZFS_POOL_DISKS)',
  );
  refuses(
    'a single disk without a reason',
    () => pool(metal(), { level: 'single' }),
    "[lab/hypervisors/pve/tank] is lost with any one of its disks; choose level 'mirror', or write withoutRedundancyBecause: 'each guest is replicated to the other node' (ZFS_POOL_REDUNDANCY)",
  );
  refuses(
    'a reason for what is redundant',
    () => pool(metal(), { withoutRedundancyBecause: 'rebuilt from Git in an hour' }),
    '[lab/hypervisors/pve/tank] has redundancy of level mirror, and a reason for having none; leave withoutRedundancyBecause out (ZFS_POOL_REDUNDANCY)',
  );
  refuses(
    'the disk of the system',
    () => {
      const all = metal();
      pool(all, { level: 'raidz', disks: all.machines[0].disks });
    },
    '[lab/hypervisors/pve/tank] takes every disk of lab/pve-01, and Proxmox VE itself lies on one of them; leave out the disk of the system; the pool of the installer is rpool, which ZfsStorage takes by its name (ZFS_POOL_SYSTEM)',
  );
  refuses(
    'the name of the pool that the installer makes',
    () => pool(metal(), {}, 'rpool'),
    '[lab/hypervisors/pve/rpool] the name of a pool is none that the installer or ZFS uses, got "rpool"; write it like \'tank\' (ZFS_POOL_NAME)',
  );
  refuses(
    'a sector size that ZFS has not',
    () => pool(metal(), { ashift: 8 }),
    '[lab/hypervisors/pve/tank] ashift must be from 9 to 16, got 8; choose a value inside the range (PROP_RANGE)',
  );
  refuses(
    'a storage on a node without it',
    () => {
      const all = metal();
      new ZfsStorage(all.pve, 'guests', { pool: pool(all), nodes: all.pve.nodes });
    },
    '[lab/hypervisors/pve/guests] is on pve-02, which lab/hypervisors/pve/tank has no disks of; leave nodes out, or give the pool disks of pve-02 (ZFS_STORAGE_POOL)',
  );
});

describe('callers without types', () => {
  const JUNK = [undefined, null, 0, '', 'x', [], [null], {}, { size: null }];

  test.each(JUNK)('get an error that says what to write, for props %p', junk => {
    const { pve } = metal();
    for (const build of [
      () => new ZfsPool(pve, 'tank', junk as never),
      () => new ZfsPool(pve, 'tanks', { level: 'mirror', disks: junk as never }),
      () => new ZfsStorage(pve, 'guests', { pool: junk as never, thinProvision: 'x' as never }),
      () => new PbsStorage(pve, 'pbs', junk as never),
      () => new BackupDrive(pve, 'usb1', junk as never),
      () => new LinstorStorage(pve, 'mirrored', junk as never),
      () => new GuestReplication(pve, 'copy', junk as never),
    ]) {
      expect(build).toThrow(/^\[[\w/.-]+\] .+; .+ \([A-Z_]+\)$/);
    }
  });
});
