/** A bare-metal platform lab, in a flat that must not notice. Read top to bottom; `npm run synth` writes what it means to ./out. */
import { join } from 'node:path';
import { SiteReport } from '@ashlar/analysis';
import { acknowledge, Bandwidth, environment, Ledger, Port, Power, Site, Size } from '@ashlar/core';
import { Machine, MachineModel, PowerFeed, Rack, Switch } from '@ashlar/hardware';
import { BgpPeering, Internet, Vlan, VyOs } from '@ashlar/network';
import { ReachabilityProof } from '@ashlar/reachability';

export const metalLab = environment(module, () => {
  const site = new Site('metal-lab', { domain: 'lab.example.net' });
  new Ledger(site, 'ledger', { file: join(__dirname, '../ledger.json') });

  // ── Networks. The home network is not ours; it is named so that nothing here reaches it.
  const home = new Vlan(site, 'home', { tag: 2, ipv4: '192.168.1.0/24' });
  const management = new Vlan(site, 'management', { tag: 10, ipv4: '10.10.0.0/24' });
  const provisioning = new Vlan(site, 'provisioning', { tag: 11, ipv4: '10.11.0.0/24' });
  const harvester = new Vlan(site, 'harvester', { tag: 20, ipv4: '10.20.0.0/24' });
  const storage = new Vlan(site, 'storage', { tag: 21, ipv4: '10.21.0.0/24' });
  const platform = new Vlan(site, 'platform', { tag: 30, ipv4: '10.30.0.0/24' });
  const [media, games, dev] = ['media', 'games', 'dev'].map((name, i) => {
    return new Vlan(site, name, { tag: 40 + i, ipv4: `10.${40 + i}.0.0/24` });
  }) as [Vlan, Vlan, Vlan];
  const downstream = [media, games, dev];
  const segments = [provisioning, harvester, platform, ...downstream];
  const desk = management.host('desk', 9);

  // ── The rack: three machines of 25 GbE, at 10 GbE for now, and the box that runs the gateway.
  const rack = new Rack(site, 'rack', { units: 12 });
  const feeds = [new PowerFeed(rack, 'mains', { capacity: Power.watts(2300) })];
  const ten = Bandwidth.gigabits(10);
  const core = new Switch(rack, 'core', { ports: 8, portSpeed: ten, power: Power.watts(25), feeds });
  const ms02 = MachineModel.of({
    vendor: 'Minisforum',
    name: 'MS-02',
    cores: 16,
    threads: 24,
    memory: Size.gibibytes(96),
    power: Power.watts(250),
    disks: { nvme0: Size.terabytes(1), nvme1: Size.terabytes(4) },
    nics: { enp2s0f0: Bandwidth.gigabits(25), enp2s0f1: Bandwidth.gigabits(25) },
  });
  const box = MachineModel.of({
    vendor: 'Protectli',
    name: 'VP2420',
    cores: 4,
    threads: 4,
    memory: Size.gibibytes(8),
    power: Power.watts(30),
    disks: { ssd: Size.gigabytes(120) },
    nics: { eth0: Bandwidth.gigabits(2.5), eth1: ten },
  });
  const nodes = [1, 2, 3].map(n => {
    const machine = new Machine(rack, `ms-0${n}`, { model: ms02, feeds, macs: { enp2s0f0: `02:00:5e:20:00:0${n}` } });
    core.port(n).connect(machine.nic('enp2s0f0'), { native: provisioning, tagged: [harvester, storage, platform, ...downstream] });
    return harvester.host(machine.name, 10 + n);
  });
  const router = new Machine(rack, 'router', { model: box, feeds });
  core.port(7).connect(router.nic('eth1'), { tagged: [management, ...segments] });
  core.port(8).access(management, 'desk');
  acknowledge(rack, 'SINGLE_FEED', 'a flat has one circuit; an outage takes the lights too');
  acknowledge(rack, 'SINGLE_SWITCH', 'a lab may wait for a new switch; nothing here is for others');

  // ── The gateway: a strict border. It is a host of the home network, and the router of everything here.
  const gateway = new VyOs(site, 'gateway', {
    version: '1.5',
    wan: home.host('lab-gateway', 2),
    wanInterface: 'eth0',
    lanInterface: 'eth1',
    management,
    segments,
    admins: [
      { name: 'admin', sshKeys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMr5+QaxapHLAWDFCr2si9bbmig/qXUfmAHvmRVUtGqK admin@example.net'] },
    ],
    asn: 64512,
  });

  // ── Who announces which addresses for its services: the brain, and the clusters that it makes.
  const members = (vlan: Vlan) => [1, 2, 3].map(n => vlan.host(`${vlan.name}-${n}`, 10 + n));
  const brain = members(platform);
  const platformServices = new BgpPeering(gateway, 'platform', { asn: 64520, neighbors: brain, prefixes: ['10.130.0.0/24'] });
  const clusters = downstream.map((vlan, i) => {
    return new BgpPeering(gateway, vlan.name, { asn: 64530 + i, neighbors: members(vlan), prefixes: [`10.${140 + i}.0.0/24`] });
  });

  // ── Who talks to whom. Nothing else does, least of all with the home.
  const [https, kubernetesApi, talosApi] = [Port.tcp(443), Port.tcp(6443), Port.tcp(50_000)];
  for (const segment of [management, ...segments]) Internet.of(site).connections.allowFrom(segment, https);
  const vip = harvester.host('harvester', 10);
  for (const client of [desk, platform]) vip.connections.allowFrom(client, https);
  for (const node of [...nodes, ...brain]) node.connections.allowFrom(desk, Port.tcp(22));
  for (const cluster of [platform, ...downstream]) cluster.connections.allowFrom(desk, talosApi);
  for (const cluster of downstream) for (const port of [kubernetesApi, talosApi]) cluster.connections.allowFrom(platform, port);
  for (const services of [platformServices, ...clusters]) services.connections.allowFrom(desk, https);
  for (const cluster of downstream) platformServices.connections.allowFrom(cluster, https);

  new ReachabilityProof(site, 'reachability');
  new SiteReport(site, 'report');
  return site;
});
