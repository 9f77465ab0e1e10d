import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bandwidth, Power, Site, Size, Version } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { KubernetesCluster } from '@ashlar/kubernetes';
import { DynamicUplink, Vlan, VyOs } from '@ashlar/network';
import {
  BootHardware,
  type DhcpMode,
  Machine,
  MachineModel,
  PowerFeed,
  ProvisioningStack,
  Rack,
  Switch,
} from '../../../packages/hardware/src';
import { describeWith, shared } from '../tool';
import { Verdict } from '../verdict';

const SSH_KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMr5+QaxapHLAWDFCr2si9bbmig/qXUfmAHvmRVUtGqK admin@example.net';

/** A stack that boots db-01, in a segment with a gateway and, when asked for, a pool of it. */
function site(dhcpMode: DhcpMode, pool: boolean): Site {
  const lab = new Site('lab', { domain: 'lab.example.net' });
  const management = new Vlan(lab, 'management', { tag: 10, ipv4: '10.10.0.0/24' });
  management.host('desk', 9);
  const provisioning = new Vlan(lab, 'provisioning', { tag: 30, ipv4: '10.30.0.0/24' });
  if (pool) provisioning.pool('dynamic', { use: 'dhcp', from: 100, to: 200 });
  new VyOs(lab, 'gateway', {
    version: '1.5',
    wan: DynamicUplink.dhcp(),
    wanInterface: 'eth0',
    lanInterface: 'eth1',
    management,
    segments: [provisioning],
    admins: [{ name: 'admin', sshKeys: [SSH_KEY] }],
  });

  const rack = new Rack(lab, 'rack', { units: 12 });
  const mains = new PowerFeed(rack, 'mains', { capacity: Power.watts(2300) });
  const lan = new Switch(rack, 'lan', { ports: 8, portSpeed: Bandwidth.gigabits(1), power: Power.watts(12), feeds: [mains] });
  const model = MachineModel.of({
    vendor: 'Dell',
    name: 'OptiPlex 7040',
    cores: 4,
    memory: Size.gibibytes(32),
    disks: { nvme: Size.gigabytes(512) },
    nics: { eno1: Bandwidth.gigabits(1) },
    power: Power.watts(240),
  });
  const [server, db01] = ['boot-01', 'db-01'].map((name, i) => {
    const macs = { eno1: `02:00:5e:10:00:0${i}` };
    const machine = new Machine(rack, name, { model, feeds: [mains], macs, disks: { nvme: `/dev/disk/by-id/nvme-S0M3${i}` } });
    lan.port(i + 1).connect(machine.nic('eno1'), { native: provisioning });
    return machine;
  }) as [Machine, Machine];
  const cluster = new KubernetesCluster(lab, 'boot', { version: Version.of('1.34.2') });
  cluster.installReleasesWith(Object.assign(cluster, { deliveryOf: () => ({ waits: 'It comes.', check: ['true'] as const }) }));
  const address = provisioning.host('boot-01', 2);
  const stack = new ProvisioningStack(cluster, 'tinkerbell', { runsOn: server, address, vlan: provisioning, dhcpMode });
  const host = provisioning.host('db-01', 11);
  new BootHardware(stack, 'db-01', { nic: db01.nic('eno1'), disk: db01.disk('nvme'), address: host, installed: false });
  return lab;
}

/** Errors only: one switch and one feed are enough here. */
const errors = (lab: Site) => Testing.findings(lab).filter(finding => finding.startsWith('error'));

describeWith(['shared'], 'DHCP of a gateway and of Tinkerbell', () => {
  const verdict = new Verdict('VyOS 1.5, beside a DHCP proxy');
  const folder = mkdtempSync(join(tmpdir(), 'dhcp-authority-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each<DhcpMode>(['proxy', 'auto-proxy'])('%s: the gateway knows the machine, and VyOS takes its configuration', mode => {
    const files = Testing.files(site(mode, true));
    expect(files['devices/vyos/gateway/commands.txt']).toContain('static-mapping db-01 mac 02:00:5e:10:00:01\n');
    const refusal = check(files['devices/vyos/gateway/config.boot'] as string);
    verdict.took(1, refusal ? 1 : 0);
    expect(refusal).toBe('');
  });

  test('reservation: the gateway gives out nothing', () => {
    const files = Testing.files(site('reservation', false));
    expect(files['devices/vyos/gateway/commands.txt']).not.toContain('dhcp-server');
    const refusal = check(files['devices/vyos/gateway/config.boot'] as string);
    verdict.took(1, refusal ? 1 : 0);
    expect(refusal).toBe('');
  });

  test('a mapping to no address of a port is refused', () => {
    const config = Testing.files(site('proxy', true))['devices/vyos/gateway/config.boot'] as string;
    const refusal = check(config.replace('mac "02:00:5e:10:00:01"', 'mac "02:00:5e:10"'));
    verdict.sawBroken(refusal !== '');
    expect(refusal).toMatch(/mac/);
  });

  test('two authorities, or none, are not rendered', () => {
    expect(errors(site('reservation', true))).toEqual([
      "error [lab/boot/tinkerbell] gives out addresses in lab/provisioning, and so does lab/gateway from lab/provisioning/dynamic; remove the pool, or write dhcpMode: 'proxy' and leave the addresses to the gateway (DHCP_TWO_AUTHORITIES)",
    ]);
    expect(errors(site('proxy', false))).toEqual([
      "error [lab/boot/tinkerbell] is a DHCP proxy in lab/provisioning, where the gateway has no pool to give addresses from; write dhcpMode: 'reservation', or provisioning.pool('dynamic', { use: 'dhcp', from: …, to: … }) (DHCP_NO_AUTHORITY)",
    ]);
  });

  /** What VyOS's own command definitions refuse of a configuration, empty when nothing. */
  function check(config: string): string {
    const file = join(folder, 'config.boot');
    writeFileSync(file, config);
    const root = shared() as string;
    const schema = join(root, 'conformance/vyos/vyos-1.5.schema.json');
    const run = spawnSync('python3', [join(root, 'tools/vyos-check.py'), schema, file], { encoding: 'utf8', timeout: 60_000 });
    return run.status === 0 ? '' : (run.stdout + run.stderr).trim() || `it ended with ${run.status ?? run.signal}`;
  }
});
