import { Bandwidth, Power, Secret, Site, Size, Version } from '@ashlar/core';
import { Machine, MachineModel, PowerFeed, Switch } from '@ashlar/hardware';
import { type Host, Vlan } from '@ashlar/network';
import { TerraformWorkspace } from '@ashlar/terraform';
import { LocalBackend } from 'cdktf';
import { CloudImage, DirectoryStorage, ProxmoxCluster, ProxmoxVm, ZfsPool, ZfsStorage } from '../../src';

const MODEL = MachineModel.of({
  vendor: 'Dell',
  name: 'PowerEdge R250',
  cores: 8,
  threads: 16,
  memory: Size.gibibytes(64),
  disks: { system: Size.gigabytes(480), a: Size.terabytes(4), b: Size.terabytes(4), c: Size.terabytes(5) },
  nics: { eno1: Bandwidth.gigabits(1) },
  power: Power.watts(300),
});

/** Two nodes with three disks for guests each, and a third machine with the third vote. */
export function metal() {
  const site = new Site('lab', { domain: 'lab.example.net' });
  const lan = new Vlan(site, 'management', { tag: 10, ipv4: '192.168.1.0/24' });
  const mains = new PowerFeed(site, 'mains', { capacity: Power.watts(2300) });
  const sw = new Switch(site, 'lan', { ports: 8, portSpeed: Bandwidth.gigabits(1), power: Power.watts(12), feeds: [mains] });
  const machines = ['pve-01', 'pve-02', 'witness'].map((name, i) => {
    const ids = (slot: string) => `/dev/disk/by-id/ata-EXAMPLE_${i + 1}${slot.toUpperCase()}`;
    const disks: Record<string, string> =
      name === 'pve-02' ? { a: ids('a'), b: ids('b') } : { a: ids('a'), b: ids('b'), c: ids('c'), system: ids('s') };
    const machine = new Machine(site, name, { model: MODEL, feeds: [mains], disks });
    sw.port(i + 1).connect(machine.nic('eno1'), { native: lan });
    return machine;
  }) as [Machine, Machine, Machine];
  const hosts = machines.map((machine, i) => lan.host(machine.name, 11 + i)) as [Host, Host, Host];
  const { stack } = new TerraformWorkspace(site, 'hypervisors', { backend: s => new LocalBackend(s, { path: 'terraform.tfstate' }) });
  const pve = new ProxmoxCluster(stack, 'pve', {
    version: Version.of('9.1'),
    nodes: [0, 1].map(i => ({ machine: machines[i] as Machine, host: hosts[i] as Host })),
    qdevice: machines[2],
    apiToken: Secret.fromTerraformVariable('proxmox_api_token'),
  });
  return { site, lan, machines, hosts, stack, pve };
}

export type Metal = ReturnType<typeof metal>;

/** Both 4 TB disks of both nodes, mirrored, as the storage of guests. */
export function mirrored({ pve, machines }: Metal): ZfsStorage {
  const disks = machines.slice(0, 2).flatMap(machine => [machine.disk('a'), machine.disk('b')]);
  return new ZfsStorage(pve, 'guests', { pool: new ZfsPool(pve, 'tank', { level: 'mirror', disks }) });
}

/** A guest of 100 GiB; on the first node unless it is said otherwise. */
export function guest({ pve, lan }: Metal, name: string, vmId: number, props: object = {}): ProxmoxVm {
  const files = pve.storages.find(storage => storage.name === 'files') ?? fileStorage(pve);
  const image = CloudImage.of('https://images.example.net/20261001/debian-13-genericcloud-amd64.qcow2', '0123456789abcdef'.repeat(4));
  const size = { cores: 2, memory: Size.gibibytes(4), disk: Size.gibibytes(100) };
  return new ProxmoxVm(pve, name, {
    host: lan.host(name, vmId),
    vmId,
    ...size,
    node: 'pve-01',
    image,
    imageStorage: files,
    outbound: 'any',
    ...props,
  });
}

function fileStorage(pve: ProxmoxCluster): DirectoryStorage {
  return new DirectoryStorage(pve, 'files', { path: '/var/lib/files', content: ['import', 'iso', 'snippets'] });
}
