import { acknowledge, Bandwidth, Duration, type Site, Size } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import type { IConstruct } from 'constructs';
import { SiteReport } from '../src';
import { Feed, Guest, Host, Machine, Shown, Vlan } from './lab';

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

describe('DISK_OVERCOMMITTED with copies', () => {
  test('a copy that does not fit beside the guests is an error that names both', () => {
    const { site, on } = cluster(2);
    const [one, two] = on as [Machine, Machine];
    new Guest(site, 'database', { on: [one, two], disk: Size.gigabytes(200), replication: { to: ['pve-2'], on: [two] } });
    new Guest(site, 'files', { on: [two], disk: Size.gigabytes(57) });
    expect(Testing.findings(site)).toEqual([
      'error [test/pve-2] has 256 GB of disk, and its guests and copies need 257 GB: test/files 57 GB, a copy of test/database 200 GB; ' +
        'give guests smaller disks, or copy some to another machine (DISK_OVERCOMMITTED)',
    ]);
  });
});

describe('COPIES_TOGETHER', () => {
  /** Two racks with two machines each; in the first, both hang on one feed. */
  function racks(): { site: Site; a1: Machine; a2: Machine; b1: Machine; b2: Machine } {
    const site = Testing.site();
    new SiteReport(site, 'report');
    const capacity = { cores: 2, threads: 4, memory: Size.gibibytes(16), disk: Size.gigabytes(256), network: Bandwidth.gigabits(1) };
    const [a1, a2, b1, b2] = ['a', 'b'].flatMap(side => {
      const rack = new Shown(site, side, { kind: 'rack', label: side, facts: [] });
      const feed = new Feed(rack, 'feed', 2300);
      return [1, 2].map(n => new Machine(rack, `pve-${side}${n}`, { model: 'Intel NUC', capacity, watts: 60, feeds: [feed] }));
    }) as [Machine, Machine, Machine, Machine];
    return { site, a1, a2, b1, b2 };
  }
  const copied = (on: readonly Machine[]) => ({ on, replication: { to: on.slice(1).map(m => m.node.id), on: on.slice(1) } });

  test('an original and its only copy in one of two racks are a warning', () => {
    const { site, a1, a2 } = racks();
    new Guest(site, 'mail', copied([a1, a2]));
    expect(Testing.findings(site)).toEqual([
      'warning [test/mail] is lost together with its only copy (pve-a2) when test/a is; ' +
        'keep a copy on something that does not stand on it, or acknowledge it with a reason (COPIES_TOGETHER)',
    ]);
  });

  test('a copy on the machine of the original is a warning also where there is one machine', () => {
    const { site, on } = cluster(1);
    new Guest(site, 'mail', { on, replication: { to: ['pve-1', 'itself'], on: [...on, on[0]!] } });
    expect(Testing.findings(site)).toEqual([
      'warning [test/mail] is lost together with all its copies (pve-1, itself) when test/pve-1 is; ' +
        'keep a copy on something that does not stand on it, or acknowledge it with a reason (COPIES_TOGETHER)',
    ]);
  });

  test('one copy of two in the other rack is enough', () => {
    const { site, a1, a2, b1 } = racks();
    new Guest(site, 'mail', copied([a1, a2, b1]));
    expect(Testing.findings(site)).toEqual([]);
  });

  test('the rack and the feed that every machine of the site stands on are not named again', () => {
    const { site, on } = cluster(2);
    new Guest(site, 'mail', copied(on));
    expect(Testing.findings(site)).toEqual([]);
  });
});

describe('BACKUP_TOGETHER', () => {
  const copy = { target: 'nfs nas', recoveryPoint: Duration.days(1), retention: Duration.days(30) };

  test('a backup on the machine of its guest is a warning', () => {
    const { site, on } = cluster(2);
    new Guest(site, 'mail', { on: [on[0]!], backup: { ...copy, target: 'dir local', standsOn: [on[0]!] } });
    expect(Testing.findings(site)).toEqual([
      'warning [test/mail] is lost together with its backup (dir local) when test/pve-1 is; ' +
        'back it up to something that does not stand on it, best in another building, or acknowledge it with a reason (BACKUP_TOGETHER)',
    ]);
  });

  test('a backup server that backs itself up is a warning', () => {
    const { site, on } = cluster(2);
    const coverage = { ...copy, standsOn: [] as IConstruct[] };
    const server = new Guest(site, 'nas', { on, backup: coverage });
    coverage.standsOn.push(server);
    expect(Testing.findings(site)).toEqual([
      'warning [test/nas] is lost together with its backup (nfs nas) when it is, as it is its own backup; ' +
        'back it up to something that does not stand on it, best in another building, or acknowledge it with a reason (BACKUP_TOGETHER)',
    ]);
  });

  test('a target that is known by its address only is the guest that answers there', () => {
    const { site, on } = cluster(2);
    const vlan = new Vlan(site, 'servers', 20, ['10.20.0.0/24']);
    const [address] = [vlan.address('nas', '10.20.0.5')];
    new Guest(site, 'nas', { on: [on[0]!], addresses: [address!] });
    const name = new Host(site, 'nas-host', 'nas.test.example.net', [address!]);
    new Guest(site, 'mail', { on: [on[0]!], backup: { ...copy, standsOn: [name] } });
    expect(Testing.findings(site)).toEqual([
      'warning [test/mail] is lost together with its backup (nfs nas) when test/pve-1 is; ' +
        'back it up to something that does not stand on it, best in another building, or acknowledge it with a reason (BACKUP_TOGETHER)',
    ]);
  });

  test('a backup on another machine, and one outside the model, pass', () => {
    const { site, on } = cluster(2);
    new Guest(site, 'mail', { on: [on[0]!], backup: { ...copy, standsOn: [on[1]!] } });
    new Guest(site, 'shop', { on: [on[0]!], backup: copy });
    expect(Testing.findings(site)).toEqual([]);
  });

  test('a feed takes no data with it', () => {
    const { site } = cluster(1);
    const feed = new Feed(site, 'ups', 2300);
    const capacity = { cores: 2, threads: 4, memory: Size.gibibytes(16), network: Bandwidth.gigabits(1) };
    const [one, two] = ['one', 'two'].map(name => new Machine(site, name, { model: 'Intel NUC', capacity, watts: 60, feeds: [feed] }));
    new Guest(site, 'mail', { on: [one!], backup: { ...copy, standsOn: [two!] } });
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
