import { Size } from '@ashlar/core';
import type { Machine } from '@ashlar/hardware';
import { DrbdCluster, DrbdVolume, LinstorCluster, LinstorStorage } from '../../src';
import { pair, SECRET } from '../drbd/pair';
import { expectGolden } from '../golden';
import { lab } from '../lab';
import { ids, needs, told } from './told';

const POOL = { driver: 'lvmthin', name: 'vg0/thin', size: Size.terabytes(4) } as const;

/** Guests' disks on two of the nodes of a cluster, which LINSTOR mirrors. */
function mirrored() {
  const parts = lab();
  const { site, machines, management, pve } = parts;
  const hosts = machines.map(machine => pve.nodeOf(machine).host ?? management.host(machine.name));
  const vote = (i: number) => ({ machine: machines[i], host: hosts[i] as never });
  const drbd = new DrbdCluster(site, 'mirror', { nodes: [vote(0), vote(1)], tiebreaker: vote(2), sharedSecret: SECRET });
  const linstor = new LinstorCluster(drbd, 'linstor', { pool: POOL });
  const storage = new LinstorStorage(pve, 'mirrored', { linstor });
  return { ...parts, drbd, linstor, storage };
}

describe('a mirror', () => {
  test('comes up after the systems of its votes, with a way to the packages of the vendor', () => {
    const { drbd } = mirrored();
    expect(needs(drbd)).toEqual([1, 2, 3].map(n => `lab/hypervisors/pve/pve-0${n} for the system of a vote`));
    expect(drbd.lifecycle.uses?.[0]).toEqual({ name: '192.168.1.1', for: "the vendor's packages" });
  });

  test('gets its software on each vote, then its volumes, once', () => {
    const { drbd, machines } = pair();
    const disks = (machines as Machine[]).slice(0, 2).map(machine => machine.disk('nvme'));
    new DrbdVolume(drbd, 'data', { number: 0, size: Size.terabytes(4), disks });
    expectGolden('lifecycle/drbd-start.txt', told(drbd.lifecycle.start));
    expect(drbd.lifecycle.start?.at(-1)?.destroys).toBe('what is on the disks of the copies');
    expect(needs(drbd)).toEqual([]);
  });

  test('copies everything to the machine that replaces one, and nothing to a tiebreaker', () => {
    const { drbd, machines } = pair();
    const joined = (i: number) => ids(drbd.lifecycle.replace?.(machines[i] as Machine)?.join);
    expect(joined(0)).toEqual(['software-pve-01', 'copy-pve-01']);
    expect(joined(2)).toEqual(['software-router']);
    expect(drbd.lifecycle.replace?.(drbd)).toBeUndefined();
  });
});

describe('LINSTOR', () => {
  test('stands on the mirror, and is up when every vote is online', () => {
    const { linstor, drbd } = mirrored();
    expect(linstor.placement.standsOn).toEqual([[drbd]]);
    expectGolden('lifecycle/linstor-start.txt', told(linstor.lifecycle.start));
  });

  test('gives Proxmox VE a storage once its entry is in the configuration that the nodes share', () => {
    const { storage } = mirrored();
    expect(needs(storage)).toEqual([
      'lab/mirror/linstor for the disks that it makes',
      ...[1, 2, 3].map(n => `lab/hypervisors/pve/pve-0${n} for the configuration that they share`),
    ]);
    expect(storage.needs.map(need => need.for)).toEqual(['the disks on mirrored']);
    expectGolden('lifecycle/linstor-storage.txt', told(storage.lifecycle.start));
  });
});
