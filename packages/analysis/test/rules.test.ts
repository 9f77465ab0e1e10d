import { acknowledge, Bandwidth, type Site, Size } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { SiteReport } from '../src';
import { Guest, Machine } from './lab';

function cluster(machines: number): { site: Site; on: Machine[] } {
  const site = Testing.site();
  new SiteReport(site, 'report');
  const capacity = { cores: 2, threads: 4, memory: Size.gibibytes(16), disk: Size.gigabytes(256), network: Bandwidth.gigabits(1) };
  const on = Array.from(
    { length: machines },
    (_, i) => new Machine(site, `pve-${i + 1}`, { model: 'Intel NUC', capacity, watts: 60, feeds: [] }),
  );
  return { site, on };
}

/** The machine at `home` first, then the others. */
function movable(on: readonly Machine[], home: number): Machine[] {
  return [...on.slice(home), ...on.slice(0, home)];
}

describe('MEMORY_OVERCOMMITTED', () => {
  test('guests that need more memory than their machine has are an error that names them all', () => {
    const { site, on } = cluster(1);
    new Guest(site, 'database', { on, memory: Size.gibibytes(12) });
    new Guest(site, 'cache', { on, memory: Size.mebibytes(4608) });
    expect(Testing.findings(site)).toEqual([
      'error [test/pve-1] has 16 GiB of memory, and its guests need 16.5 GiB: test/cache 4.5 GiB, test/database 12 GiB; ' +
        'give guests less memory, or move some to another machine (MEMORY_OVERCOMMITTED)',
    ]);
  });

  test('guests that need exactly what there is pass', () => {
    const { site, on } = cluster(1);
    new Guest(site, 'database', { on, memory: Size.gibibytes(12) });
    new Guest(site, 'cache', { on, memory: Size.gibibytes(4) });
    expect(Testing.findings(site)).toEqual([]);
  });
});

describe('DISK_OVERCOMMITTED', () => {
  test('guests that need more disk than their machine has are an error that names them all', () => {
    const { site, on } = cluster(1);
    new Guest(site, 'database', { on, disk: Size.gigabytes(200) });
    new Guest(site, 'files', { on, disk: Size.gigabytes(57) });
    expect(Testing.findings(site)).toEqual([
      'error [test/pve-1] has 256 GB of disk, and its guests need 257 GB: test/database 200 GB, test/files 57 GB; ' +
        'give guests smaller disks, or move some to another machine (DISK_OVERCOMMITTED)',
    ]);
  });

  test('the same guests on two machines pass', () => {
    const { site, on } = cluster(2);
    new Guest(site, 'database', { on: [on[0]!], disk: Size.gigabytes(200) });
    new Guest(site, 'files', { on: [on[1]!], disk: Size.gigabytes(57) });
    expect(Testing.findings(site)).toEqual([]);
  });
});

describe('N_PLUS_ONE', () => {
  test('guests that move and find no memory are a warning at the machine whose loss strands them', () => {
    const { site, on } = cluster(2);
    new Guest(site, 'firewall', { on, memory: Size.gibibytes(6) });
    new Guest(site, 'mail', { on, memory: Size.gibibytes(2) });
    new Guest(site, 'database', { on: [on[1]!], memory: Size.gibibytes(12) });
    expect(Testing.findings(site)).toEqual([
      'warning [test/pve-1] when it is lost, 8 GiB of guests must move, and no machine that may carry them has memory left for ' +
        'test/firewall 6 GiB; give guests less memory, let them move to more machines, or acknowledge it with a reason (N_PLUS_ONE)',
    ]);
  });

  test('guests that just fit elsewhere pass', () => {
    const { site, on } = cluster(2);
    new Guest(site, 'firewall', { on, memory: Size.gibibytes(4) });
    new Guest(site, 'database', { on: [on[1]!], memory: Size.gibibytes(12) });
    expect(Testing.findings(site)).toEqual([]);
  });

  test('a guest that stands on one machine alone is down with it, and needs no room', () => {
    const { site, on } = cluster(2);
    for (const machine of on) new Guest(machine, 'database', { on: [machine], memory: Size.gibibytes(16) });
    expect(Testing.findings(site)).toEqual([]);
  });

  test('machines full of guests that move warn for each, and can be acknowledged', () => {
    const { site, on } = cluster(3);
    for (const [i, machine] of on.entries()) new Guest(machine, 'guest', { on: movable(on, i), memory: Size.gibibytes(12) });
    expect(Testing.findings(site)).toHaveLength(3);
    acknowledge(site, 'N_PLUS_ONE', 'a laboratory: guests may wait');
    expect(Testing.findings(site)).toEqual([]);
  });
});
