import { acknowledge, Bandwidth, Ledger, Port, Power, Secret, Site, Size, Version } from '@ashlar/core';
import { Machine, MachineModel, PowerFeed, Rack, Switch } from '@ashlar/hardware';
import { Internet, Vlan } from '@ashlar/network';
import { TerraformWorkspace } from '@ashlar/terraform';
import { LocalBackend } from 'cdktf';
import {
  CloudImage,
  ContainerImage,
  DirectoryStorage,
  NfsStorage,
  ProxmoxCluster,
  type ProxmoxClusterProps,
  VmTemplate,
  ZfsStorage,
} from '../src';

export const CHECKSUM = '0123456789abcdef'.repeat(4);
export const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDExampleExampleExampleExampleExampleExample ops@example.net';

export const MODEL = MachineModel.of({
  vendor: 'Dell',
  name: 'OptiPlex 7040',
  cores: 2,
  threads: 4,
  memory: Size.gibibytes(16),
  disks: { ssd: Size.gigabytes(256) },
  nics: { eno1: Bandwidth.gigabits(1) },
  power: Power.watts(60),
});

/** Three nodes on one switch, with the storages, an image and a template that most tests want. */
export function lab(
  props:
    | Partial<ProxmoxClusterProps>
    | ((parts: { machines: Machine[]; management: Vlan; servers: Vlan }) => Partial<ProxmoxClusterProps>) = {},
  count = 3,
) {
  const site = new Site('lab', { domain: 'lab.example.net' });
  new Ledger(site, 'ledger', { file: '/nowhere/ledger.json' });
  const management = new Vlan(site, 'management', { tag: 10, ipv4: '192.168.1.0/24' });
  const servers = new Vlan(site, 'servers', { tag: 20, ipv4: '10.20.0.0/24', ipv6: 'fd20:0:0:20::/64' });
  servers.connections.allowTo(Internet.of(site), Port.tcp(443));
  const rack = new Rack(site, 'rack', { units: 12 });
  const mains = new PowerFeed(rack, 'mains', { capacity: Power.watts(2300) });
  if (count > 1) acknowledge(mains, 'SINGLE_FEED', 'a lab on one socket');
  const lan = new Switch(rack, 'lan', { ports: 8, portSpeed: Bandwidth.gigabits(1), power: Power.watts(12), feeds: [mains] });
  if (count > 1) acknowledge(lan, 'SINGLE_SWITCH', 'a lab on one switch');
  const machines = Array.from({ length: count }, (_, i) => {
    const machine = new Machine(rack, `pve-0${i + 1}`, { model: MODEL, feeds: [mains], macs: { eno1: `02:00:5e:10:00:0${i + 1}` } });
    lan.port(i + 1).connect(machine.nic('eno1'), { native: management, tagged: [servers] });
    return machine;
  });
  const workspace = new TerraformWorkspace(site, 'hypervisors', {
    backend: stack => new LocalBackend(stack, { path: 'terraform.tfstate' }),
  });
  const given = typeof props === 'function' ? props({ machines, management, servers }) : props;
  const pve = new ProxmoxCluster(workspace.stack, 'pve', {
    version: Version.of('9.1'),
    nodes: given.nodes ?? machines.map((machine, i) => ({ machine, host: management.host(machine.name, 10 + i) })),
    apiToken: Secret.fromTerraformVariable('proxmox_api_token'),
    vmIds: { from: 100, to: 199 },
    sshKeys: [KEY],
    ...given,
  });
  const disks = new ZfsStorage(pve, 'tank', { pool: 'rpool/data', size: Size.gibibytes(200) });
  const files = new DirectoryStorage(pve, 'files', { path: '/var/lib/files', content: ['import', 'iso', 'snippets', 'vztmpl'] });
  const backups = new NfsStorage(pve, 'nas', {
    server: '192.168.1.5',
    export: '/srv/backup',
    content: ['backup'],
    size: Size.terabytes(40),
  });
  const image = CloudImage.of('https://images.example.net/20261001/debian-13-genericcloud-amd64.qcow2', CHECKSUM);
  const rootfs = ContainerImage.of('https://images.example.net/debian-13-standard_13.1-1_amd64.tar.zst', CHECKSUM);
  const debian = new VmTemplate(pve, 'debian-13', { image });
  return { site, management, servers, machines, lan, workspace, pve, disks, files, backups, image, rootfs, debian };
}

export const GUEST = { cores: 2, memory: Size.gibibytes(4), disk: Size.gibibytes(32) };
