import { Bandwidth, Ledger, Power, Secret, Site, Size, Version } from '@ashlar/core';
import { Machine, MachineModel, PowerFeed, Rack, Switch } from '@ashlar/hardware';
import { Vlan } from '@ashlar/network';
import { TerraformWorkspace } from '@ashlar/terraform';
import { LocalBackend } from 'cdktf';
import { ProxmoxCluster, type ProxmoxClusterProps, ProxmoxInstallation, type ProxmoxInstallationProps } from '../../../src';
import { KEY } from '../../lab';

/** What a test leaves out or does otherwise. */
export interface Changes {
  readonly disks?: readonly (Readonly<Record<string, string>> | undefined)[];
  readonly macs?: boolean;
  /** Segments on the first cable of each node. */
  readonly carries?: (parts: { management: Vlan; mirror: Vlan }) => { native?: Vlan; tagged?: Vlan[] };
  /** Whether the mirror has cables of its own. */
  readonly direct?: boolean;
  readonly cluster?: (parts: { management: Vlan; mirror: Vlan }) => Partial<ProxmoxClusterProps>;
  readonly installation?: (parts: { management: Vlan; mirror: Vlan }) => Partial<ProxmoxInstallationProps>;
}

/** Two nodes that mirror their disks over a segment of its own, and a router that votes. */
export function pair(changes: Changes = {}) {
  const site = new Site('lab', { domain: 'lab.example.net' });
  new Ledger(site, 'ledger', { file: '/nowhere/ledger.json' });
  const management = new Vlan(site, 'management', { tag: 10, ipv4: '192.168.1.0/24', ipv6: 'fd10::/64' });
  const mirror = new Vlan(site, 'mirror', { tag: 40, ipv4: '10.40.0.0/24' });
  const rack = new Rack(site, 'rack', { units: 12 });
  const feeds = [new PowerFeed(rack, 'a', { capacity: Power.watts(2300) }), new PowerFeed(rack, 'b', { capacity: Power.watts(2300) })];
  const lan = new Switch(rack, 'lan', { ports: 8, portSpeed: Bandwidth.gigabits(10), power: Power.watts(20), feeds });
  const model = MachineModel.of({
    vendor: 'Minisforum',
    name: 'MS-01',
    cores: 14,
    threads: 20,
    memory: Size.gibibytes(64),
    power: Power.watts(180),
    disks: { nvme0: Size.terabytes(1), nvme1: Size.terabytes(1), nvme2: Size.terabytes(4) },
    nics: { enp2s0f0np0: Bandwidth.gigabits(10), enp2s0f1np1: Bandwidth.gigabits(10) },
  });
  const disks = (n: number) => ({
    nvme0: `/dev/disk/by-id/nvme-KINGSTON_SKC3000_50026B7686A${n}0`,
    nvme1: `/dev/disk/by-id/nvme-KINGSTON_SKC3000_50026B7686A${n}1`,
  });
  const carried = changes.carries?.({ management, mirror }) ?? { native: management, ...(!changes.direct && { tagged: [mirror] }) };
  const machines = [1, 2].map(n => {
    const macs = { enp2s0f0np0: `02:00:5e:10:00:0${n}` };
    const given = changes.disks ? changes.disks[n - 1] : disks(n);
    const machine = new Machine(rack, `node-${n}`, {
      model,
      feeds,
      ...((changes.macs ?? true) && { macs }),
      ...(given && { disks: given }),
    });
    lan.port(n).connect(machine.nic('enp2s0f0np0'), carried);
    if (changes.direct) lan.port(n + 4).connect(machine.nic('enp2s0f1np1'), { native: mirror });
    return machine;
  });
  const router = management.host('router', 1);
  const workspace = new TerraformWorkspace(site, 'hypervisors', { backend: stack => new LocalBackend(stack, { path: 'state' }) });
  const pve = new ProxmoxCluster(workspace.stack, 'pve', {
    version: Version.of('9.1'),
    nodes: machines.map((machine, i) => ({
      machine,
      host: management.host(machine.name, 10 + i),
      otherHosts: [mirror.host(`${machine.name}-mirror`, 10 + i)],
    })),
    apiToken: Secret.fromTerraformVariable('proxmox_api_token'),
    qdevice: router,
    sshKeys: [KEY],
    ...changes.cluster?.({ management, mirror }),
  });
  const install = (props: Partial<ProxmoxInstallationProps> = {}) =>
    new ProxmoxInstallation(pve, 'installation', {
      country: 'de',
      mailto: 'ops@example.net',
      bootDisks: ['nvme0', 'nvme1'],
      rootPassword: Secret.fromSops('secrets.yaml', 'pve_root'),
      timezone: 'Europe/Berlin',
      links: [mirror],
      watchdog: 'iTCO_wdt',
      ...changes.installation?.({ management, mirror }),
      ...props,
    });
  return { site, management, mirror, machines, router, pve, lan, install };
}
