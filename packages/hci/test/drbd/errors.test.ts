import { Bandwidth, ConfigError, Size } from '@ashlar/core';
import type { Host } from '@ashlar/network';
import { DrbdCluster, type DrbdClusterProps, DrbdVolume, LinstorCluster } from '../../src';
import { pair, parts, SECRET } from './pair';

type Parts = ReturnType<typeof parts>;
const at = ({ hosts }: Parts, name: string) => hosts[name] as Host;
const node = (all: Parts, i: number) => ({ machine: all.machines[i], host: at(all, all.machines[i]?.name as string) });

/** The text of what is thrown, and of nothing else. */
function thrown(build: () => unknown): string {
  try {
    build();
  } catch (error) {
    if (ConfigError.isConfigError(error)) return error.message;
    throw error;
  }
  return 'nothing';
}

describe('a DRBD cluster refuses', () => {
  const refuses = (what: string, props: (all: Parts) => Partial<DrbdClusterProps> | object, text: string) =>
    test(what, () => expect(thrown(() => pair(props))).toBe(text));

  refuses(
    'two nodes without a third vote',
    () => ({ tiebreaker: undefined }),
    '[lab/mirror] 2 nodes have an even number of votes: when their link breaks, neither may write, or both do; add a third party without a disk, with tiebreaker: { host, machine: router }, see https://linbit.com/drbd-user-guide/drbd-guide-9_0-en/#s-configuring-quorum (DRBD_TIEBREAKER)',
  );
  refuses(
    'a tiebreaker beside three copies',
    all => ({ nodes: [0, 1, 2].map(i => node(all, i)), tiebreaker: { host: all.mirror.host('gateway', 20) } }),
    '[lab/mirror] 3 nodes have an odd number of votes, and a tiebreaker makes it even; leave tiebreaker out, see https://linbit.com/drbd-user-guide/drbd-guide-9_0-en/#s-configuring-quorum (DRBD_TIEBREAKER)',
  );
  refuses(
    'a tiebreaker that is one of the two',
    all => ({ tiebreaker: { machine: all.machines[1], host: all.mirror.host('third', 20) } }),
    '[lab/mirror] the tiebreaker is lab/pve-02, which holds a copy already, so that its loss takes two votes of 3; name another machine, which may be as small as a router (DRBD_NODE_TWICE)',
  );
  refuses(
    'one machine as two copies',
    all => ({ nodes: [node(all, 0), { machine: all.machines[0], host: all.mirror.host('second', 20) }] }),
    '[lab/mirror] a node is named twice: lab/pve-01, which holds a copy already, so that its loss takes two votes of 3; name another machine, which may be as small as a router (DRBD_NODE_TWICE)',
  );
  refuses(
    'a single copy',
    all => ({ nodes: [node(all, 0)] }),
    '[lab/mirror] a mirror has 2 to 5 nodes that hold a copy, got 1; name two nodes and a tiebreaker, see https://linbit.com/drbd-user-guide/drbd-guide-9_0-en/#s-configuring-quorum (DRBD_COPIES)',
  );
  refuses(
    'a node without a host',
    all => ({ nodes: [node(all, 0), { machine: all.machines[1] } as never] }),
    "[lab/mirror/pve-02] host is missing; write host: mirror.host('pve-01', 11) (PROP_MISSING)",
  );
  refuses(
    'a node without anything',
    all => ({ nodes: [node(all, 0), {} as never] }),
    "[lab/mirror] a node of lab/mirror has no host on the segment of the copies; write { host: mirror.host('pve-01', 11), machine } (DRBD_NODE)",
  );
  refuses(
    'a host on another segment',
    all => ({ tiebreaker: { machine: all.machines[2], host: all.other.host('router', 13) } }),
    "[lab/mirror] router has its host on lab/servers, and the copies go over lab/mirror-lan; write host: mirror-lan.host('router') (DRBD_SEGMENT)",
  );
  refuses(
    'two primaries',
    () => ({ allowTwoPrimaries: true }),
    '[lab/mirror] two nodes that write at once destroy every file system that is not made for it; leave allowTwoPrimaries out; LINSTOR allows it for the moment of a live migration, and takes it back (DRBD_DUAL_PRIMARY)',
  );
  refuses(
    'a rate above the link',
    () => ({ resyncRate: Bandwidth.gigabits(25) }),
    '[lab/mirror] resyncRate is 25 Gb/s, and the slowest link of lab/mirror-lan between the copies has 10 Gb/s; write at most Bandwidth.megabits(10000), and leave some of it to the writes of guests (DRBD_RATE)',
  );
  refuses(
    'a rate that never ends',
    () => ({ resyncRate: Bandwidth.megabits(8) }),
    '[lab/mirror] resyncRate must be at least 32 Mb/s, or a copy of a terabyte takes three days, got "8 Mb/s"; write Bandwidth.gigabits(1) (DRBD_RATE)',
  );
  refuses(
    'a secret as text',
    () => ({ sharedSecret: 'hunter2' }),
    "[lab/mirror] sharedSecret must be a Secret; write sharedSecret: Secret.fromSops('secrets.yaml', 'drbd') (PROP_TYPE)",
  );
  refuses(
    'a protocol that there is not',
    () => ({ protocol: 'D' }),
    '[lab/mirror] protocol must be one of C, A, got "D"; write protocol: \'C\' (PROP_CHOICE)',
  );
  refuses(
    'a misspelt property',
    () => ({ tieBreaker: {} }),
    '[lab/mirror] there is no property tieBreaker; use one of nodes, tiebreaker, sharedSecret, protocol, onNoQuorum, resyncRate (PROP_UNKNOWN)',
  );
});

describe('a volume refuses', () => {
  const refuses = (what: string, props: (all: ReturnType<typeof pair>) => object, text: string) =>
    test(what, () => {
      const all = pair();
      const disks = [all.machines[0].disk('nvme'), all.machines[1].disk('nvme')];
      expect(thrown(() => new DrbdVolume(all.drbd, 'data', { number: 0, size: Size.terabytes(4), disks, ...props(all) }))).toBe(text);
    });

  refuses(
    'a disk that is smaller than it',
    ({ machines }) => ({ disks: [machines[0].disk('nvme'), machines[1].disk('spare')] }),
    '[lab/mirror/data] takes 4 TB and 855.56 MB of metadata, and lab/pve-02/spare has 2 TB; make the volume smaller, or choose a larger disk (DRBD_DISK_SMALL)',
  );
  refuses(
    'a disk that has no room for metadata',
    () => ({ size: Size.terabytes(4.1) }),
    '[lab/mirror/data] takes 4.1 TB and 876.92 MB of metadata, and lab/pve-01/nvme has 4.1 TB; make the volume smaller, or choose a larger disk (DRBD_DISK_SMALL)',
  );
  refuses(
    'a disk of another machine',
    ({ machines }) => ({ disks: [machines[1].disk('nvme'), machines[0].disk('nvme')] }),
    "[lab/mirror/data] the copy of pve-01 lies on lab/pve-02/nvme, which is no disk of lab/pve-01; write pve-01.disk('system'), in the order of the nodes (DRBD_DISK)",
  );
  refuses(
    'a disk whose path is not known',
    ({ machines }) => ({ size: Size.gigabytes(100), disks: [machines[0].disk('system'), machines[1].disk('nvme')] }),
    "[lab/mirror/data] lab/pve-01/system has no path that stays the same at every boot; tell the machine disks: { system: '/dev/disk/by-id/…' }, as ls -l /dev/disk/by-id shows it (DRBD_DISK_UNSTABLE)",
  );
  refuses(
    'a path that changes',
    () => ({ disks: ['/dev/sdb', '/dev/sdb'] }),
    '[lab/mirror/data] a copy lies on a path that stays the same at every boot, got "/dev/sdb"; pass the Disk of the machine, or a logical volume such as \'/dev/vg0/data\' (DRBD_DISK_UNSTABLE)',
  );
  refuses(
    'fewer disks than copies',
    ({ machines }) => ({ disks: [machines[0].disk('nvme')] }),
    '[lab/mirror/data] 2 nodes hold a copy, and disks are for each of them, got 1; name one for each of pve-01, pve-02, in that order (DRBD_DISKS)',
  );
  refuses(
    'a number out of range',
    () => ({ number: 100 }),
    '[lab/mirror/data] number must be from 0 to 99, got 100; choose a value inside the range (PROP_RANGE)',
  );
  refuses(
    'the number, and so the device and the port, of another',
    all => {
      new DrbdVolume(all.drbd, 'first', { number: 0, size: Size.terabytes(1), disks: ['/dev/vg0/first', '/dev/vg0/first'] });
      return {};
    },
    '[lab/mirror/data] device /dev/drbd0 and port 7000 are already those of lab/mirror/first; choose another number (DRBD_NUMBER_TAKEN)',
  );
  refuses(
    'the disk of another',
    all => {
      new DrbdVolume(all.drbd, 'first', { number: 1, size: Size.terabytes(1), disks: all.machines.slice(0, 2).map(m => m.disk('nvme')) });
      return {};
    },
    '[lab/mirror/data] /dev/disk/by-id/nvme-EXAMPLE_001 of lab/pve-01 is already in use by lab/mirror/first; choose another disk (DISK_IN_USE)',
  );
});

describe('LINSTOR refuses', () => {
  const POOL = { driver: 'lvmthin', name: 'vg0/thin', size: Size.terabytes(4) } as const;

  test('to promise that nothing is lost where writes do not wait', () => {
    const { drbd } = pair({ protocol: 'A' });
    expect(thrown(() => new LinstorCluster(drbd, 'linstor', { pool: POOL }))).toBe(
      "[lab/mirror/linstor] promises that the loss of a node loses nothing, and lab/mirror writes by protocol A; leave protocol out, which means 'C' (LINSTOR_PROTOCOL)",
    );
  });
  test('a second one on the same nodes', () => {
    const { drbd } = pair();
    new LinstorCluster(drbd, 'linstor', { pool: POOL });
    expect(thrown(() => new LinstorCluster(drbd, 'more', { pool: POOL }))).toBe(
      '[lab/mirror/more] the nodes obey lab/mirror/linstor already; use that one (LINSTOR_TWICE)',
    );
  });
  test.each([
    ['lvmthin', 'vg0', "a volume group and its thin pool, 'vg0/thin'"],
    ['zfsthin', '/tank', "a ZFS pool or dataset, 'tank/drbd'"],
  ] as const)('a pool of driver %s that is called %s', (driver, name, means) => {
    const { drbd } = pair();
    expect(thrown(() => new LinstorCluster(drbd, 'linstor', { pool: { ...POOL, driver, name } }))).toBe(
      `[lab/mirror/linstor] a pool of driver ${driver} is named by ${means}, got "${name}"; write the name that lvs or zpool list shows (LINSTOR_POOL)`,
    );
  });
  test('a driver that cannot take snapshots', () => {
    const { drbd } = pair();
    expect(thrown(() => new LinstorCluster(drbd, 'linstor', { pool: { ...POOL, driver: 'lvm' as never } }))).toBe(
      '[lab/mirror/linstor.pool] driver must be one of lvmthin, zfsthin, got "lvm"; write driver: \'lvmthin\' (PROP_CHOICE)',
    );
  });
});

describe('callers without types', () => {
  const JUNK = [undefined, null, 0, '', 'x', [], [null], {}, { size: null }];

  test.each(JUNK)('get an error that says what to write, for props %p', junk => {
    for (const build of [
      () => new DrbdCluster(parts().site, 'mirror', junk as never),
      () => pair({ nodes: junk as never }),
      () => pair({ tiebreaker: (junk ?? 0) as never }),
      () => new DrbdVolume(pair().drbd, 'data', junk as never),
      () => new DrbdVolume(pair().drbd, 'data', { number: 0, size: Size.terabytes(1), disks: junk as never }),
      () => new LinstorCluster(pair().drbd, 'linstor', junk as never),
      () => new LinstorCluster(pair().drbd, 'linstor', { pool: junk as never }),
    ]) {
      expect(thrown(build)).toMatch(/^\[[\w/.-]+\] .+; .+ \([A-Z_]+\)$/);
    }
  });
});

test('a cluster is told from others across copies of the package', () => {
  expect(DrbdCluster.isDrbdCluster(pair().drbd)).toBe(true);
  expect(DrbdCluster.isDrbdCluster({ sharedSecret: SECRET })).toBe(false);
});
