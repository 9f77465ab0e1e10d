import { Bandwidth, Ledger, Port, Power, Secret, Site, Size, Version } from '@ashlar/core';
import { Machine, MachineModel, PowerFeed, Switch } from '@ashlar/hardware';
import { ProxmoxCluster } from '@ashlar/hci';
import { Internet, Vlan } from '@ashlar/network';
import { TerraformWorkspace } from '@ashlar/terraform';
import { LocalBackend, type TerraformStack } from 'cdktf';

const MODEL = MachineModel.of({
  vendor: 'Dell',
  name: 'OptiPlex 7040',
  cores: 8,
  threads: 16,
  memory: Size.gibibytes(64),
  disks: { ssd: Size.gigabytes(256), data1: Size.gigabytes(960), data2: Size.gigabytes(960) },
  nics: { eno1: Bandwidth.gigabits(1) },
  power: Power.watts(60),
});

/** Nodes of Proxmox VE on a switch with some segments, and nothing on them yet. */
export interface HypervisorPlace {
  readonly site: Site;
  readonly stack: TerraformStack;
  readonly pve: ProxmoxCluster;
  readonly machines: readonly Machine[];
  readonly servers: Vlan;
  readonly guests: Vlan;
  readonly migration: Vlan;
}

/** A place with some nodes, and with a third vote when there are two. */
export function hypervisorPlace(id: string, version: string, count: 2 | 3): HypervisorPlace {
  const site = new Site(id, { domain: `${id}.example.net` });
  new Ledger(site, 'ledger', { file: `/nowhere/${id}.json` });
  const management = new Vlan(site, 'management', { tag: 10, ipv4: '192.168.1.0/24' });
  const servers = new Vlan(site, 'servers', { tag: 20, ipv4: '10.20.0.0/24', ipv6: 'fd20:0:0:20::/64' });
  const guests = new Vlan(site, 'guests', { tag: 30, ipv4: '10.30.0.0/24' });
  const migration = new Vlan(site, 'migration', { tag: 40, ipv4: '10.40.0.0/24' });
  servers.connections.allowTo(Internet.of(site), Port.tcp(443));
  guests.connections.allowTo(Internet.of(site), Port.tcp(443));
  const mains = new PowerFeed(site, 'mains', { capacity: Power.watts(2300) });
  const lan = new Switch(site, 'lan', { ports: 8, portSpeed: Bandwidth.gigabits(1), power: Power.watts(12), feeds: [mains] });
  const machine = (name: string, port: number): Machine => {
    const made = new Machine(site, name, {
      model: MODEL,
      feeds: [mains],
      macs: { eno1: `02:00:5e:10:00:0${port}` },
      disks: { data1: `/dev/disk/by-id/ata-example-1${port}`, data2: `/dev/disk/by-id/ata-example-2${port}` },
    });
    lan.port(port).connect(made.nic('eno1'), { native: management, tagged: [servers, guests, migration] });
    return made;
  };
  const machines = Array.from({ length: count }, (_, i) => machine(`pve-0${i + 1}`, i + 1));
  const stack = stackOf(site, 'hypervisors');
  const pve = new ProxmoxCluster(stack, 'pve', {
    version: Version.of(version),
    nodes: machines.map((made, i) => ({ machine: made, host: management.host(made.name, 10 + i) })),
    ...(count === 2 && { qdevice: machine('vote', 8) }),
    endpoint: `https://pve-01.${id}.example.net:8006/`,
    apiToken: Secret.fromTerraformVariable('proxmox_api_token'),
    vmIds: { from: 100, to: 199 },
    sshKeys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDExampleExampleExampleExampleExampleExample ops@example.net'],
  });
  return { site, stack, pve, machines, servers, guests, migration };
}

/** The stack of a state of its own. */
export function stackOf(site: Site, name: string): TerraformStack {
  return new TerraformWorkspace(site, name, { backend: s => new LocalBackend(s, { path: 'terraform.tfstate' }) }).stack;
}
