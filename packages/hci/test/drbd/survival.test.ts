import { Bandwidth, Duration, formatFinding, type IPlaced, Port, Power, Size } from '@ashlar/core';
import { Machine, MachineModel, type PowerFeed } from '@ashlar/hardware';
import type { Host } from '@ashlar/network';
import { Construct } from 'constructs';
import { DrbdVolume, LinstorCluster } from '../../src';
import { pair } from './pair';

/** A guest of one of the copies. */
class VirtualRouter extends Construct implements IPlaced {
  constructor(
    scope: Construct,
    private readonly on: Machine,
  ) {
    super(scope, 'virtual-router');
  }

  public get placement() {
    return { standsOn: [[this.on]] };
  }
}

describe('what a loss takes', () => {
  const { drbd, machines } = pair();

  test.each([0, 1, 2])('the loss of node %i of three leaves a copy of every write that may go on', i => {
    expect(drbd.survives(machines[i] as Machine)).toBe(true);
  });
  test.each([
    [0, 1],
    [0, 2],
    [1, 2],
  ])('the loss of %i and %i stops it', (a, b) => {
    expect(drbd.survives(machines[a] as Machine, machines[b] as Machine)).toBe(false);
  });
  test('the loss of a node loses the last writes when they do not wait', () => {
    const late = pair({ protocol: 'A' });
    expect(late.drbd.survives(late.machines[0])).toBe(false);
  });
  test('it stands on any two of three', () => {
    const [a, b, c] = machines;
    expect(drbd.placement.standsOn.map(group => new Set(group))).toEqual([new Set([a, b]), new Set([a, c]), new Set([b, c])]);
  });
});

describe('a volume', () => {
  const volume = (protocol: 'C' | 'A') => {
    const all = pair({ protocol });
    return new DrbdVolume(all.drbd, 'data', { number: 3, size: Size.terabytes(1), disks: ['/dev/vg0/data', '/dev/vg0/data'] });
  };

  test('is a copy without loss', () => {
    expect(volume('C').replication).toEqual({ to: ['pve-01', 'pve-02'], recoveryPoint: Duration.seconds(0) });
  });
  test('promises nothing when writes do not wait', () => {
    expect(volume('A').replication).toEqual({ to: ['pve-01', 'pve-02'] });
  });
  test('has its port opened between all votes, and to nobody else', () => {
    const { cluster } = volume('C');
    const opened = cluster.votes.flatMap(vote =>
      vote.host.connections.ingress.map(flow => `${(flow.from as Host).name} ${vote.name} ${flow.port}`),
    );
    expect(opened.sort()).toEqual([
      'pve-01 pve-02 7003/tcp',
      'pve-01 router 7003/tcp',
      'pve-02 pve-01 7003/tcp',
      'pve-02 router 7003/tcp',
      'router pve-01 7003/tcp',
      'router pve-02 7003/tcp',
    ]);
  });
});

test('the controller of LINSTOR reaches satellites, and only nodes with copies reach a controller', () => {
  const { drbd } = pair();
  new LinstorCluster(drbd, 'linstor', { pool: { driver: 'zfsthin', name: 'tank/drbd', size: Size.terabytes(4) } });
  const router = drbd.tiebreaker?.host as Host;
  expect(router.connections.ingress.filter(flow => flow.port.from === 3366).map(flow => (flow.from as Host).name)).toEqual([
    'pve-01',
    'pve-02',
  ]);
  expect(router.connections.egress.some(flow => String(flow.port) === String(Port.tcp(3370)))).toBe(false);
});

describe('DRBD_ONE_FAILURE_DOMAIN', () => {
  const found = (all: ReturnType<typeof pair>) =>
    all.site
      .check()
      .map(formatFinding)
      .filter(line => line.includes('DRBD_'));

  test('passes three votes on three feeds and three switches', () => {
    expect(found(pair())).toEqual([]);
  });
  test('finds two votes on one feed', () => {
    const all = pair(built => {
      const model = MachineModel.of({
        vendor: 'Dell',
        name: 'Small',
        cores: 2,
        threads: 2,
        memory: Size.gibibytes(4),
        disks: { ssd: Size.gigabytes(64) },
        nics: { eno1: Bandwidth.gigabits(1) },
        power: Power.watts(20),
      });
      const small = new Machine(built.site, 'third', { model, feeds: [built.feeds[0] as PowerFeed] });
      return { tiebreaker: { machine: small, host: built.mirror.host('third', 20) } };
    });
    expect(found(all)).toEqual([
      'warning [lab/mirror] 2 of 3 votes stand on lab/feed-pve-01: pve-01, third; move one to another feed, switch or rack, or acknowledge it with a reason (DRBD_ONE_FAILURE_DOMAIN)',
    ]);
  });
});

describe('DRBD_TIEBREAKER_INSIDE', () => {
  test('finds a tiebreaker that runs on one of the copies', () => {
    const { site } = pair(all => ({
      tiebreaker: { host: all.hosts.router as Host, runsOn: new VirtualRouter(all.site, all.machines[0]) },
    }));
    expect(
      site
        .check()
        .map(formatFinding)
        .filter(line => line.startsWith('error')),
    ).toEqual([
      'error [lab/mirror] the tiebreaker lab/virtual-router stands on lab/pve-01, and is lost with that copy; choose a machine of its own, which may be as small as a router (DRBD_TIEBREAKER_INSIDE)',
    ]);
  });
});
