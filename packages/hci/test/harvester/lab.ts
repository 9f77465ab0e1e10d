import { acknowledge, Bandwidth, Ledger, Power, Secret, Site, Size, Version } from '@ashlar/core';
import { Machine, MachineModel, type MachineModelProps, type PortVlans, PowerFeed, Rack, Switch } from '@ashlar/hardware';
import { Vlan } from '@ashlar/network';
import { CloudImage, type GuestProps, HarvesterCluster, type HarvesterClusterProps, HarvesterRelease } from '../../src';

export const SHA512 = '0123456789abcdef'.repeat(8);
export const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDExampleExampleExampleExampleExampleExample ops@example.net';
export const IMAGE = CloudImage.of('https://images.example.net/20261001/debian-13-genericcloud-amd64.qcow2', SHA512);
export const INSTALL = {
  release: HarvesterRelease.at('http://192.168.10.5/harvester', 'v1.7.1'),
  configUrl: 'http://192.168.10.5/config',
  ntpServers: ['ntp.example.net'],
};

const MODEL: MachineModelProps = {
  vendor: 'Dell',
  name: 'PowerEdge R660',
  cores: 32,
  threads: 64,
  memory: Size.gibibytes(256),
  disks: { boot: Size.gigabytes(480), nvme: Size.gigabytes(3840) },
  nics: { eno1: Bandwidth.gigabits(10), eno2: Bandwidth.gigabits(10), ens2f0: Bandwidth.gigabits(25), ens2f1: Bandwidth.gigabits(25) },
  power: Power.watts(600),
};

interface LabOptions {
  readonly count?: number;
  readonly model?: Partial<MachineModelProps>;
  /** Whether the paths of the disks are known. */
  readonly devices?: boolean;
  /** Name of the model of each machine, where they differ. */
  readonly models?: readonly string[];
  readonly oneRack?: boolean;
  /** Segments at a port of each machine, by the number of the port. @default - every segment, that of the nodes without a tag */
  readonly ports?: (parts: Segments, nic: number) => PortVlans;
  readonly props?: (parts: Parts) => Partial<HarvesterClusterProps>;
}

interface Segments {
  readonly management: Vlan;
  readonly servers: Vlan;
  readonly storage: Vlan;
}

/** Segments, a switch, and machines in racks of their own. */
export function machines({ count = 3, model = {}, models = [], devices = true, oneRack = false, ports = everything }: LabOptions = {}) {
  const site = new Site('lab', { domain: 'lab.example.net' });
  new Ledger(site, 'ledger', { file: '/nowhere/ledger.json' });
  const management = new Vlan(site, 'management', { tag: 10, ipv4: '192.168.10.0/24' });
  const servers = new Vlan(site, 'servers', { tag: 20, ipv4: '10.20.0.0/24', ipv6: 'fd20:0:0:20::/64' });
  const storage = new Vlan(site, 'storage', { tag: 30, ipv4: '10.30.0.0/24' });
  const mains = new PowerFeed(site, 'mains', { capacity: Power.watts(9200) });
  if (count > 1) acknowledge(mains, 'SINGLE_FEED', 'a lab on one socket');
  const lan = new Switch(site, 'lan', { ports: 48, portSpeed: Bandwidth.gigabits(25), power: Power.watts(90), feeds: [mains] });
  if (count > 1) acknowledge(lan, 'SINGLE_SWITCH', 'a lab on one switch');
  const racks = Array.from({ length: oneRack ? 1 : count }, (_, i) => new Rack(site, `rack-${i + 1}`, { units: 42 }));
  const all = Array.from({ length: count }, (_, i) => {
    const machine = new Machine(racks[oneRack ? 0 : i] as Rack, `hv-${i + 1}`, {
      model: MachineModel.of({ ...MODEL, ...model, ...(models[i] !== undefined && { name: models[i] }) }),
      feeds: [mains],
      macs: { eno1: `02:00:5e:10:0${i + 1}:01`, eno2: `02:00:5e:10:0${i + 1}:02` },
      ...(devices && {
        disks: { boot: `/dev/disk/by-id/ata-BOOT-${i + 1}`, nvme: `/dev/disk/by-id/nvme-DATA-${i + 1}` },
      }),
    });
    for (const [n, nic] of machine.nics.entries()) lan.port(i * 4 + n + 1).connect(nic, ports({ management, servers, storage }, n));
    return machine;
  });
  return { site, management, servers, storage, mains, lan, machines: all };
}

function everything({ management, servers, storage }: Segments): PortVlans {
  return { native: management, tagged: [servers, storage] };
}

export function lab(options: LabOptions = {}) {
  const parts = machines(options);
  const { management, site } = parts;
  const given = options.props?.(parts) ?? {};
  const nodes = given.nodes ?? parts.machines.map((machine, i) => node(machine, management, i));
  const hci = new HarvesterCluster(site, 'hci', {
    version: Version.of('1.7.1'),
    vip: given.vip ?? management.host('hci', 9),
    token: Secret.fromOpenBao('kv/harvester', 'token'),
    sshKeys: [KEY],
    install: INSTALL,
    ...given,
    nodes,
  });
  return { ...parts, hci };
}

/** A node with two management ports, and a disk of its own for volumes. */
export function node(machine: Machine, management: Vlan, i: number) {
  return {
    machine,
    host: management.host(machine.name, 11 + i),
    nics: [machine.nic('eno1'), machine.nic('eno2')],
    dataDisk: machine.disk('nvme'),
  };
}

type Parts = ReturnType<typeof machines>;

export const SIZE = { image: IMAGE, cores: 2, memory: Size.gibibytes(4), disk: Size.gibibytes(32) } satisfies Omit<GuestProps, 'host'>;
