









import { Bandwidth, Ledger, Port, Power, Secret, Site, Size, Version } from '@ashlar/core';
import { Machine, MachineModel, PowerFeed, Switch } from '@ashlar/hardware';
import { BackupJob, CloudImage, DirectoryStorage, NfsStorage, ProxmoxCluster, ProxmoxVm, Schedule, VmTemplate, ZfsStorage } from '@ashlar/hci';
import { Internet, Vlan } from '@ashlar/network';
import { TerraformWorkspace } from '@ashlar/terraform';
import { LocalBackend } from 'cdktf';

const site = new Site('lab', { domain: 'lab.example.net' });
new Ledger(site, 'ledger', { file: 'ledger.json' });
const management = new Vlan(site, 'management', { tag: 10, ipv4: '192.168.1.0/24' });
const servers = new Vlan(site, 'servers', { tag: 20, ipv4: '10.20.0.0/24' });

const mini = MachineModel.of({
  vendor: 'Dell',
  name: 'OptiPlex 7040',
  cores: 2,
  threads: 4,
  memory: Size.gibibytes(16),
  disks: { ssd: Size.gigabytes(256) },
  nics: { eno1: Bandwidth.gigabits(1) },
  power: Power.watts(60),
});
const mains = new PowerFeed(site, 'mains', { capacity: Power.watts(2300) });
const lan = new Switch(site, 'lan', { ports: 8, portSpeed: Bandwidth.gigabits(1), power: Power.watts(12), feeds: [mains] });
const machines = [1, 2, 3].map(n => {
  const machine = new Machine(site, `pve-0${n}`, { model: mini, feeds: [mains] });
  lan.port(n).connect(machine.nic('eno1'), { native: management, tagged: [servers] });
  return machine;
});

const { stack } = new TerraformWorkspace(site, 'hypervisors', { backend: s => new LocalBackend(s, { path: 'terraform.tfstate' }) });
const pve = new ProxmoxCluster(stack, 'pve', {
  version: Version.of('9.1'),
  nodes: machines.map((machine, i) => ({ machine, host: management.host(machine.name, 10 + i) })),
  apiToken: Secret.fromTerraformVariable('proxmox_api_token'),
  vmIds: { from: 100, to: 199 },
  sshKeys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDExampleExampleExampleExampleExampleExample ops@example.net'],
});
new ZfsStorage(pve, 'tank', { pool: 'rpool/data', size: Size.gibibytes(200) });
new DirectoryStorage(pve, 'files', { path: '/var/lib/files', content: ['import', 'snippets'] });
new NfsStorage(pve, 'nas', { server: '192.168.1.5', export: '/srv/backup', content: ['backup'] });
new BackupJob(pve, 'nightly', { schedule: Schedule.daily('02:30'), keep: { daily: 7, weekly: 4 } });

// The checksum comes from the file of checksums beside the image.
const image = CloudImage.of('https://images.example.net/20261001/debian-13-genericcloud-amd64.qcow2', '0123456789abcdef'.repeat(4));
const debian = new VmTemplate(pve, 'debian-13', { image });
const size = { cores: 2, memory: Size.gibibytes(4), disk: Size.gibibytes(32) };

const web = new ProxmoxVm(pve, 'web', { ...size, node: 'pve-01', host: servers.host('web', 20), template: debian });
web.firstBoot.install('nginx');
const orders = new ProxmoxVm(pve, 'orders', { ...size, host: servers.host('orders', 21), template: debian, highAvailability: {} });
orders.firstBoot.install('postgresql');
orders.connections.allowFrom(web, Port.tcp(5432));
servers.connections.allowTo(Internet.of(site), Port.tcp(443));

const { output } = site.render();
console.log([...output.entries()].map(([path]) => path).join('\n'));
export {};
