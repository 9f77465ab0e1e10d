import { Bandwidth, type Site, Size } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { Capacity, domainLosses, largestLoss, machineLosses, NetworkLoad, roomOf, SiteReport } from '../src';
import { byName } from '../src/by-name';
import { failingDomains } from '../src/standing';
import { Guest, Machine, Service, type Shown } from './lab';
import { rackedSite, smallSite } from './sites';

const gib = Size.gibibytes;

function machine(site: Site, name: string, memory = 16, disk = 256): Machine {
  return new Machine(site, name, {
    model: 'Intel NUC',
    capacity: { cores: 2, threads: 4, memory: gib(memory), disk: Size.gigabytes(disk), network: Bandwidth.gigabits(1) },
    watts: 60,
    feeds: [],
  });
}

test('three machines have six cores, twelve threads, 48 GiB, 768 GB, 3 Gb/s and 180 W', () => {
  const { offers, models } = Capacity.of(smallSite());
  expect(models).toBe('3 × Dell OptiPlex 7040');
  expect(offers).toEqual({ cores: 6, threads: 12, memoryBytes: 48 * 1024 ** 3, diskBytes: 768e9, networkMegabits: 3000, powerWatts: 180 });
});

test('a guest loads the machine that it runs on, also through a hypervisor that no picture shows', () => {
  const site = Testing.site();
  const one = machine(site, 'one');
  const node = new Service(site, 'hypervisor', [one], []);
  const guest = new Guest(site, 'guest', { on: [node], threads: 2, memory: gib(4) });
  const [load] = Capacity.of(site).machines;
  expect(load?.guests.map(({ construct }) => construct)).toEqual([guest]);
  expect(load?.taken).toMatchObject({ threads: 2, memoryBytes: 4 * 1024 ** 3, diskBytes: 0 });
});

test('what runs inside a guest is not counted twice', () => {
  const site = Testing.site();
  const one = machine(site, 'one');
  const guest = new Guest(site, 'guest', { on: [one], memory: gib(4) });
  const cluster = new Service(site, 'cluster', [guest], []);
  new Guest(site, 'pod', { on: [cluster], memory: gib(1) });
  expect(Capacity.of(site).guests.map(({ name }) => name)).toEqual(['guest']);
});

test('a copy that takes disk of a second machine is counted there', () => {
  const site = Testing.site();
  const [one, two] = [machine(site, 'one'), machine(site, 'two')];
  new Guest(site, 'database', { on: [one], memory: gib(4), disk: gib(50) });
  new Guest(site, 'replica-of-database', { on: [two], disk: gib(50) });
  expect(Capacity.of(site).machines.map(({ taken }) => taken.diskBytes)).toEqual([50 * 1024 ** 3, 50 * 1024 ** 3]);
});

test('a replica takes the disk of its guest on each machine that has it, once, and no memory', () => {
  const site = Testing.site();
  const [one, two] = [machine(site, 'one'), machine(site, 'two')];
  const node = new Service(site, 'hypervisor', [two], []);
  new Guest(site, 'database', { on: [one, two], memory: gib(4), disk: gib(50), replication: { to: ['two'], on: [node, two] } });
  const [first, second] = Capacity.of(site).machines;
  expect([first?.taken.diskBytes, second?.taken.diskBytes, second?.taken.memoryBytes]).toEqual([50 * 1024 ** 3, 50 * 1024 ** 3, 0]);
  expect(second?.replicas.map(({ guest }) => guest.name)).toEqual(['database']);
});

test('only machines between which guests move are room for them', () => {
  const site = Testing.site();
  const [one, two, three] = [machine(site, 'one'), machine(site, 'two'), machine(site, 'three'), machine(site, 'router', 64)];
  new Guest(site, 'a', { on: [one, two], memory: gib(4) });
  new Guest(site, 'b', { on: [two, three], memory: gib(4) });
  const [loss] = machineLosses(Capacity.of(site));
  expect(loss?.shelter.map(({ name }) => name)).toEqual(['three', 'two']);
  expect(loss && roomOf(loss)).toBe(28 * 1024 ** 3);
});

test('a feed takes the machines that hang on it alone, a rack all that stand in it', () => {
  const site = rackedSite();
  const losses = domainLosses(Capacity.of(site), failingDomains(site));
  expect(losses.map(({ name, lost }) => [name, lost.map(each => each.name).join(' ')])).toEqual([
    ['left-a', 'pve-a3'],
    ['left-b', 'pve-b3'],
    ['leaf-a', 'pve-a1 pve-a2 pve-a3'],
    ['leaf-b', 'pve-b1 pve-b2 pve-b3'],
    ['rack-a', 'pve-a1 pve-a2 pve-a3'],
    ['rack-b', 'pve-b1 pve-b2 pve-b3'],
  ]);
  const [rackA] = losses.filter(({ name }) => name === 'rack-a');
  expect(rackA?.moves.map(({ guest, to }) => [guest.name, to?.name])).toEqual([['mail', 'pve-b1']]);
  expect(rackA?.down.map(({ name }) => name)).toEqual(['shop', 'build', 'nas']);
});

test('a device draws from the feeds that it is plugged into, not from those of its switch', () => {
  const { feeds } = Capacity.of(rackedSite());
  expect(feeds.map(({ name, takenWatts }) => [name, takenWatts])).toEqual([
    ['left-a', 204],
    ['left-b', 204],
    ['right-a', 132],
    ['right-b', 132],
  ]);
});

test('what machines can send at once is set against what leads on; a BMC sends nothing', () => {
  const { machines, switches } = NetworkLoad.of(rackedSite());
  expect(machines[0]).toMatchObject({ name: 'pve-a1', capable: 25_000, linked: 10_000 });
  expect(switches.map(({ name, machines: sent, uplinks }) => [name, sent, uplinks])).toEqual([
    ['leaf-a', 30_000, 10_000],
    ['leaf-b', 30_000, 10_000],
    ['oob-a', 0, 0],
    ['oob-b', 0, 0],
  ]);
});

test('a guest on no machine is listed and loads none', () => {
  const site = Testing.site();
  machine(site, 'one');
  new Guest(site, 'lost', { on: [], memory: gib(4) });
  new SiteReport(site, 'report');
  expect(Capacity.of(site).adrift.map(({ name }) => name)).toEqual(['lost']);
  expect(Testing.files(site)['report/capacity.md']).toContain('| lost | no machine | nowhere | 0 | 4 GiB | 0 GB | `test/lost` |');
});

test('a circle of supports ends', () => {
  const site = Testing.site();
  const supports: Shown[] = [];
  const first = new Service(site, 'first', supports, []);
  supports.push(new Service(site, 'second', [first], []));
  new SiteReport(site, 'report');
  expect(Testing.findings(site)).toEqual([]);
});

test('the largest guests move first, each to the machine with most memory left', () => {
  const site = Testing.site();
  const [one, two, three] = [machine(site, 'one'), machine(site, 'two', 8), machine(site, 'three', 12)];
  new Guest(site, 'small', { on: [one, two, three], memory: gib(4) });
  new Guest(site, 'large', { on: [one, two, three], memory: gib(6) });
  new Guest(site, 'pinned', { on: [one], memory: gib(2) });
  const losses = machineLosses(Capacity.of(site));
  const lost = losses.find(loss => loss.cause === one);
  expect(lost?.moves.map(({ guest, to }) => [guest.name, to?.name])).toEqual([
    ['large', 'three'],
    ['small', 'two'],
  ]);
  expect(lost?.down.map(({ name }) => name)).toEqual(['pinned']);
  expect(largestLoss(losses)).toBe(lost);
});

test('names are ordered as people count', () => {
  expect(['pve-10', 'pve-2', 'pve', 'a', 'pve-02', 'PVE-1'].sort(byName)).toEqual(['PVE-1', 'a', 'pve', 'pve-02', 'pve-2', 'pve-10']);
});
