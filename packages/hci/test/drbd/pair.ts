import { Bandwidth, Power, Secret, Site, Size } from '@ashlar/core';
import { Machine, MachineModel, PowerFeed, Switch } from '@ashlar/hardware';
import { type Host, Vlan } from '@ashlar/network';
import { DrbdCluster, type DrbdClusterProps } from '../../src';

export const SECRET = Secret.fromSops('secrets.yaml', 'drbd');

const MODEL = MachineModel.of({
  vendor: 'Dell',
  name: 'PowerEdge R250',
  cores: 8,
  threads: 16,
  memory: Size.gibibytes(64),
  disks: { system: Size.gigabytes(480), nvme: Size.terabytes(4.1), spare: Size.terabytes(2) },
  nics: { eno1: Bandwidth.gigabits(10) },
  power: Power.watts(300),
});

/** Two nodes with a disk for copies each and a router between them, each on a feed and a switch of its own. */
export function pair(props: Partial<DrbdClusterProps> | ((all: ReturnType<typeof parts>) => Partial<DrbdClusterProps>) = {}) {
  const all = parts();
  const drbd = new DrbdCluster(all.site, 'mirror', {
    nodes: all.machines.slice(0, 2).map(machine => ({ machine, host: all.hosts[machine.name] as Host })),
    tiebreaker: { machine: all.machines[2], host: all.hosts.router as Host },
    sharedSecret: SECRET,
    ...(typeof props === 'function' ? props(all) : props),
  });
  return { ...all, drbd };
}

export function parts() {
  const site = new Site('lab', { domain: 'lab.example.net' });
  const mirror = new Vlan(site, 'mirror-lan', { tag: 99, ipv4: '10.99.0.0/24', domain: 'mirror.lab.example.net' });
  const other = new Vlan(site, 'servers', { tag: 20, ipv4: '10.20.0.0/24' });
  const names = ['pve-01', 'pve-02', 'router'];
  const feeds = names.map(name => new PowerFeed(site, `feed-${name}`, { capacity: Power.watts(2300) }));
  const lans = names.map(
    (name, i) =>
      new Switch(site, `lan-${name}`, {
        ports: 8,
        portSpeed: Bandwidth.gigabits(10),
        power: Power.watts(12),
        feeds: [feeds[i] as PowerFeed],
      }),
  ) as [Switch, Switch, Switch];
  lans[0].port(8).connect(lans[1].port(7), { tagged: [mirror] });
  lans[1].port(8).connect(lans[2].port(7), { tagged: [mirror] });
  lans[2].port(8).connect(lans[0].port(7), { tagged: [mirror] });
  const machines = names.map((name, i) => {
    const feed = feeds[i] as PowerFeed;
    const machine = new Machine(site, name, {
      model: MODEL,
      feeds: [feed],
      disks: { nvme: `/dev/disk/by-id/nvme-EXAMPLE_00${i + 1}`, spare: `/dev/disk/by-id/nvme-EXAMPLE_10${i + 1}` },
    });
    lans[i]?.port(1).connect(machine.nic('eno1'), { tagged: [mirror] });
    return machine;
  }) as [Machine, Machine, Machine];
  const hosts = Object.fromEntries(names.map((name, i) => [name, mirror.host(name, 11 + i)]));
  return { site, mirror, other, machines, hosts, feeds };
}
