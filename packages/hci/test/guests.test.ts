import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duration, Port, Secret, Size, Version } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { type Host, Vlan } from '@ashlar/network';
import { renderStack } from '@ashlar/terraform';
import { App, TerraformStack } from 'cdktf';
import {
  BackupJob,
  CloudImage,
  DirectoryStorage,
  InstallerImage,
  ProxmoxCluster,
  ProxmoxContainer,
  ProxmoxStorage,
  ProxmoxVm,
  Schedule,
  VmTemplate,
} from '../src';
import { CHECKSUM, GUEST, lab } from './lab';

type Lab = ReturnType<typeof lab>;
type Resources = Record<string, Record<string, Record<string, unknown> & { '//': { metadata: { path: string } } }>>;

/** Resources of one type by their path below the cluster. */
function resources(all: Lab, type: string): Record<string, Record<string, unknown>> {
  const { resource } = JSON.parse(Testing.files(all.site)['terraform/hypervisors/cdk.tf.json'] as string) as { resource: Resources };
  return Object.fromEntries(
    Object.values(resource[type] ?? {}).map(({ '//': meta, ...rest }) => [meta.metadata.path.replace('hypervisors/pve/', ''), rest]),
  );
}

function guest({ pve, servers, debian }: Lab, props: object = {}, name = 'web'): ProxmoxVm {
  return new ProxmoxVm(pve, name, {
    ...GUEST,
    node: 'pve-01',
    template: debian,
    notBackedUpBecause: 'only a test of others',
    ...props,
    host: (props as { host?: Host }).host ?? servers.host(name),
  });
}

const VM = 'proxmox_virtual_environment_vm';
const RULES = 'proxmox_virtual_environment_firewall_rules';

describe('a virtual machine', () => {
  test('is cloned from the template of its own node, in full, and outlives a plan that would destroy it', () => {
    const all = lab();
    guest(all);
    expect(resources(all, VM)['web/vm']).toMatchObject({
      clone: { node_name: 'pve-01', vm_id: 101, full: true, datastore_id: 'tank' },
      disk: [{ interface: 'scsi0', size: 32, datastore_id: 'tank' }],
      memory: { dedicated: 4096, floating: 0 },
      protection: true,
      lifecycle: { prevent_destroy: true },
      description: 'managed by Ashlar: lab/hypervisors/pve/web',
      tags: ['ashlar'],
    });
    expect(Object.keys(resources(all, VM))).toEqual(expect.arrayContaining(['debian-13/pve-01/vm']));
    expect(Object.keys(resources(all, VM))).toHaveLength(2);
  });

  test('names files and templates by what they are called, so that a new image never replaces it', () => {
    const all = lab();
    guest(all);
    const { initialization, clone, depends_on } = resources(all, VM)['web/vm'] as {
      initialization: { user_data_file_id: string };
      clone: { vm_id: number };
      depends_on: string[];
    };
    expect(JSON.stringify([initialization, clone])).not.toContain('${');
    expect(depends_on.map(d => d.split('.')[0])).toEqual(['proxmox_storage_zfspool', VM, 'proxmox_virtual_environment_file']);
  });

  test('has its addresses, its gateways and its resolvers from its host', () => {
    const all = lab();
    guest(all, { host: all.servers.host('web', 20) });
    expect(resources(all, VM)['web/vm']?.initialization).toMatchObject({
      ip_config: [
        { ipv4: { address: '10.20.0.20/24', gateway: '10.20.0.1' }, ipv6: { address: 'fd20:0:0:20::14/64', gateway: 'fd20:0:0:20::1' } },
      ],
      dns: { domain: 'lab.example.net', servers: ['10.20.0.1', 'fd20:0:0:20::1'] },
    });
  });

  test('tags its frames, except on the segment that has none on the bridge', () => {
    const all = lab();
    guest(all, { otherNics: [all.management.host('web-management')] });
    expect(resources(all, VM)['web/vm']?.network_device).toMatchObject([
      { vlan_id: 20, mac_address: expect.stringMatching(/^02:/), firewall: true },
      { vlan_id: null },
    ]);
  });

  test('keeps its MAC addresses from synthesis to synthesis', () => {
    expect(guest(lab()).nics.map(nic => nic.mac)).toEqual(guest(lab()).nics.map(nic => nic.mac));
  });

  test('gets an id that nobody else has, and may name one', () => {
    const all = lab();
    expect([guest(all).vmId, guest(all, { vmId: 142 }, 'b').vmId, guest(all, {}, 'c').vmId]).toEqual([100, 142, 102]);
  });

  test('may be given up when it holds no data', () => {
    const all = lab();
    guest(all, { stateful: false });
    expect(resources(all, VM)['web/vm']).toMatchObject({ protection: false, lifecycle: { ignore_changes: ['clone'] } });
    expect(resources(all, VM)['web/vm']?.lifecycle).not.toHaveProperty('prevent_destroy');
  });

  test('makes its disk from an image without a template', () => {
    const all = lab();
    guest(all, { template: undefined, image: all.image });
    expect(resources(all, VM)['web/vm']).toMatchObject({
      disk: [{ import_from: 'files:import/debian-13-genericcloud-amd64-01234567.qcow2' }],
    });
  });

  test('before 8.4 takes its disk from among the ISO images', () => {
    const all = lab({ version: Version.of('8.2') });
    guest(all, { template: undefined, image: all.image });
    expect(resources(all, VM)['web/vm']).toMatchObject({ disk: [{ file_id: 'files:iso/debian-13-genericcloud-amd64-01234567.img' }] });
    expect(resources(all, 'proxmox_storage_directory')['files/storage']).toMatchObject({ content: ['iso', 'snippets', 'vztmpl'] });
  });

  test('boots from its installer while its disk is empty', () => {
    const all = lab();
    guest(all, { template: undefined, installer: InstallerImage.of('https://images.example.net/bsd.iso', CHECKSUM) });
    const vm = resources(all, VM)['web/vm'];
    expect(vm).toMatchObject({
      cdrom: { file_id: 'files:iso/bsd-01234567.iso', interface: 'ide2' },
      boot_order: ['scsi0', 'ide2'],
      agent: { enabled: false },
    });
    expect(vm).not.toHaveProperty('initialization');
  });

  test('has the EFI disk that its firmware needs, like its template', () => {
    const all = lab();
    const template = new VmTemplate(all.pve, 'uefi', { image: all.image, firmware: 'ovmf' });
    guest(all, { template });
    const efi = { bios: 'ovmf', efi_disk: { datastore_id: 'tank', type: '4m' } };
    expect(resources(all, VM)).toMatchObject({ 'web/vm': efi, 'uefi/pve-01/vm': efi });
  });

  test('is one clone of one template when the storage is shared', () => {
    const all = lab();
    const nas = ProxmoxStorage.fromName(all.pve, 'ceph', { type: 'rbd', content: ['images'] });
    const template = new VmTemplate(all.pve, 'shared', { image: all.image, storage: nas });
    guest(all, { template, storage: nas, node: 'pve-03' });
    expect(resources(all, VM)['web/vm']).toMatchObject({ node_name: 'pve-03', clone: { node_name: 'pve-01', datastore_id: 'ceph' } });
  });

  test('stands on its node and takes threads, memory and disk of it', () => {
    const all = lab();
    const vm = guest(all, { host: all.servers.host('web', 20) });
    expect(vm.placement.standsOn).toEqual([[all.pve.nodeOf('pve-01')]]);
    expect(all.pve.nodeOf('pve-01').placement.standsOn).toEqual([[all.machines[0]]]);
    expect(vm.consumption).toEqual({ threads: 2, memory: Size.gibibytes(4), disk: Size.gibibytes(32) });
    expect(vm.depiction).toEqual({
      kind: 'guest',
      label: 'web',
      facts: ['2 cores', '4 GiB memory', '32 GiB disk', 'vm 100'],
    });
    expect(vm.fqdn).toBe('web.lab.example.net');
  });

  test('needs its segment on the switch of its node', () => {
    const all = lab();
    const games = new Vlan(all.site, 'games', { tag: 40, ipv4: '10.40.0.0/24' });
    guest(all, { host: games.host('web', 20) });
    expect(Testing.findings(all.site).filter(f => f.includes('VLAN_NOT_TRUNKED'))).toHaveLength(1);
  });
});

describe('the first boot', () => {
  test('sets name and account, installs, writes and runs, without a secret or a template in the text', () => {
    const all = lab();
    const { firstBoot } = guest(all);
    firstBoot.install('curl');
    firstBoot.file('/etc/app.conf', 'home: ${HOME}\n');
    firstBoot.file('/etc/token', Secret.fromTerraformVariable('app_token'));
    firstBoot.run('echo "%{x} ${HOME}"');
    const file = resources(all, 'proxmox_virtual_environment_file')['web/user-data-pve-01'] as {
      source_raw: { data: string; file_name: string };
    };
    expect(file.source_raw.file_name).toBe('100.user-data.yaml');
    expect(file.source_raw.data).toBe(`#cloud-config
hostname: web
fqdn: web.lab.example.net
manage_etc_hosts: true
ssh_pwauth: false
disable_root: true
users:
  - name: admin
    groups:
      - sudo
    shell: /bin/bash
    lock_passwd: true
    sudo: ALL=(ALL) NOPASSWD:ALL
    ssh_authorized_keys:
      - ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDExampleExampleExampleExampleExampleExample ops@example.net
package_update: true
packages:
  - curl
  - qemu-guest-agent
write_files:
  - path: /etc/app.conf
    owner: root:root
    permissions: '0644'
    content: |
      home: $\${HOME}
  - path: /etc/token
    owner: root:root
    permissions: '0600'
    content: '\${base64encode(var.app_token)}'
    encoding: b64
runcmd:
  - systemctl enable --now qemu-guest-agent
  - echo "%%{x} $\${HOME}"
`);
  });

  test('declares the variable of a secret that came late, in a site and in a plain cdktf app', () => {
    const all = lab();
    guest(all).firstBoot.file('/etc/token', Secret.fromTerraformVariable('app_token'));
    const { variable } = JSON.parse(Testing.files(all.site)['terraform/hypervisors/cdk.tf.json'] as string);
    expect(variable).toMatchObject({ app_token: { sensitive: true, type: 'string' } });

    const { stack, vm } = plain();
    vm.firstBoot.file('/etc/token', Secret.fromTerraformVariable('app_token'));
    (App.of(stack) as App).synth();
    const file = join((App.of(stack) as App).outdir, 'stacks/plain/cdk.tf.json');
    expect(JSON.parse(readFileSync(file, 'utf8')).variable).toHaveProperty('app_token');
    rmSync((App.of(stack) as App).outdir, { recursive: true });
  });

  test('waits for what others add until everything is built', () => {
    const all = lab();
    const vm = guest(all);
    all.site.onPrepare(() => vm.firstBoot.file('/etc/peers', 'late'));
    expect(JSON.stringify(resources(all, 'proxmox_virtual_environment_file'))).toContain('late');
  });
});

describe('the firewall', () => {
  test('opens a guest for declared flows only, and lets it reach its resolvers', () => {
    const all = lab();
    const [web, db] = [guest(all, { host: all.management.host('web', 20) }), guest(all, { host: all.management.host('db', 21) }, 'db')];
    db.connections.allowFrom(web, Port.tcp(5432));
    db.connections.allowFrom(web, Port.icmp());
    expect(resources(all, 'proxmox_virtual_environment_firewall_options')['db/firewall']).toMatchObject({
      enabled: true,
      input_policy: 'DROP',
      output_policy: 'DROP',
      macfilter: true,
      vm_id: db.vmId,
    });
    const dns = (proto: string) => ({
      type: 'out',
      action: 'ACCEPT',
      proto,
      dport: '53',
      dest: '192.168.1.1',
      comment: 'to its resolvers',
    });
    expect(resources(all, RULES)['db/firewall-rules']?.rule).toEqual([
      { type: 'in', action: 'ACCEPT', proto: 'icmp', source: '192.168.1.20', comment: 'from lab/hypervisors/pve/web' },
      { type: 'in', action: 'ACCEPT', proto: 'tcp', dport: '5432', source: '192.168.1.20', comment: 'from lab/hypervisors/pve/web' },
      dns('tcp'),
      dns('udp'),
    ]);
    expect(resources(all, RULES)['web/firewall-rules']?.rule).toEqual([
      dns('tcp'),
      dns('udp'),
      { type: 'out', action: 'ACCEPT', proto: 'icmp', dest: '192.168.1.21', comment: 'to lab/hypervisors/pve/db' },
      { type: 'out', action: 'ACCEPT', proto: 'tcp', dport: '5432', dest: '192.168.1.21', comment: 'to lab/hypervisors/pve/db' },
    ]);
  });

  test('is the same whoever declared a flow first', () => {
    const build = (reversed: boolean) => {
      const all = lab();
      const [a, b, c] = ['a', 'b', 'c'].map((name, i) => guest(all, { host: all.servers.host(name, 20 + i) }, name)) as [
        ProxmoxVm,
        ProxmoxVm,
        ProxmoxVm,
      ];
      const flows = [() => c.connections.allowFrom(a, Port.tcp(80)), () => c.connections.allowFrom(b, Port.tcp(80))];
      for (const flow of reversed ? flows.reverse() : flows) flow();
      return resources(all, RULES);
    };
    expect(build(true)).toEqual(build(false));
  });

  test('leaves a router alone, which forwards what is not addressed to it', () => {
    const all = lab();
    const router = guest(all, { host: all.servers.host('router', 1) });
    expect(router.routes).toBe(true);
    expect(resources(all, RULES)).not.toHaveProperty(['web/firewall-rules']);
    expect(resources(all, VM)['web/vm']).toMatchObject({ network_device: [{ firewall: false }] });
  });

  test('lets a guest that may connect to anything out, and nobody in', () => {
    const all = lab();
    guest(all, { outbound: 'any' });
    expect(resources(all, 'proxmox_virtual_environment_firewall_options')['web/firewall']).toMatchObject({
      input_policy: 'DROP',
      output_policy: 'ACCEPT',
    });
    expect(resources(all, RULES)['web/firewall-rules']?.rule).toEqual([]);
  });

  test('of the nodes lets management and each other in before it is switched on', () => {
    const all = lab();
    all.pve.connections.allowFrom(all.servers, Port.tcp(8006));
    const [firewall] = Object.values(resources(all, 'proxmox_virtual_environment_cluster_firewall'));
    expect(firewall).toMatchObject({ enabled: true, input_policy: 'DROP' });
    expect((firewall as { depends_on: string[] }).depends_on[0]).toMatch(/firewall_rules\.pve_firewall-rules/);
    const { rule } = resources(all, RULES)['firewall-rules'] as { rule: { comment: string; source: string; dport?: string }[] };
    expect(rule).toContainEqual({
      type: 'in',
      action: 'ACCEPT',
      proto: 'tcp',
      dport: '8006',
      source: '192.168.1.0/24',
      comment: 'web and API from lab/management',
    });
    expect(rule).toContainEqual({
      type: 'in',
      action: 'ACCEPT',
      proto: 'udp',
      dport: '5405:5412',
      source: '192.168.1.10,192.168.1.11,192.168.1.12',
      comment: 'corosync between nodes',
    });
    expect(rule).toContainEqual({
      type: 'in',
      action: 'ACCEPT',
      proto: 'tcp',
      dport: '8006',
      source: '10.20.0.0/24',
      comment: 'from lab/servers',
    });
  });
});

describe('high availability', () => {
  const ha = (version: string) => {
    const all = lab({ version: Version.of(version) });
    const vm = guest(all, {
      node: 'pve-02',
      highAvailability: { nodes: ['pve-02', 'pve-01', 'pve-03'], failback: false, replicateEvery: Duration.hours(1) },
    });
    return { all, vm };
  };

  test('never has Terraform bring a guest back that moved, nor turn its replication round', () => {
    const { all, vm } = ha('9.1');
    expect(resources(all, VM)['web/vm']?.lifecycle).toEqual({ ignore_changes: ['clone', 'node_name'], prevent_destroy: true });
    expect(resources(all, RULES)['web/firewall-rules']?.lifecycle).toEqual({ ignore_changes: ['node_name'] });
    expect(resources(all, 'proxmox_replication')).toMatchObject({
      'web/replica-pve-01': {
        id: `${vm.vmId}-10`,
        target: 'pve-01',
        schedule: '*:00',
        type: 'local',
        lifecycle: { ignore_changes: ['target'] },
      },
      'web/replica-pve-03': { id: `${vm.vmId}-12`, target: 'pve-03' },
    });
    expect(vm.recoveryPoint).toEqual(Duration.hours(1));
    expect(vm.placement.standsOn).toEqual([[all.pve.nodes[1], all.pve.nodes[0], all.pve.nodes[2]]]);
  });

  test('has a rule from Proxmox VE 9', () => {
    const { all } = ha('9.1');
    expect(resources(all, 'proxmox_harule')['web/ha-nodes']).toMatchObject({
      rule: 'ha-web',
      type: 'node-affinity',
      strict: true,
      nodes: { 'pve-02': 3, 'pve-01': 2, 'pve-03': 1 },
      resources: ['vm:100'],
    });
    expect(resources(all, 'proxmox_haresource')['web/ha']).toMatchObject({ resource_id: 'vm:100', state: 'started', failback: false });
    expect(resources(all, 'proxmox_hagroup')).toEqual({});
  });

  test('has a group up to Proxmox VE 8', () => {
    const { all } = ha('8.4');
    expect(resources(all, 'proxmox_hagroup')['web/ha-nodes']).toMatchObject({
      group: 'ha-web',
      restricted: true,
      no_failback: true,
      nodes: { 'pve-02': 3, 'pve-01': 2, 'pve-03': 1 },
    });
    expect(resources(all, 'proxmox_haresource')['web/ha']).toMatchObject({ group: 'ha-web' });
    expect(resources(all, 'proxmox_haresource')['web/ha']).not.toHaveProperty('failback');
    expect(resources(all, 'proxmox_harule')).toEqual({});
  });

  test('has the first boot on every node, because Proxmox VE reads it at each start', () => {
    const { all } = ha('9.1');
    expect(Object.keys(resources(all, 'proxmox_virtual_environment_file')).sort()).toEqual([
      'web/user-data-pve-01',
      'web/user-data-pve-02',
      'web/user-data-pve-03',
    ]);
  });

  test('copies nothing that lies on shared storage', () => {
    const all = lab();
    const storage = ProxmoxStorage.fromName(all.pve, 'ceph', { type: 'rbd', content: ['images'] });
    const vm = guest(all, { template: undefined, storage, highAvailability: {} });
    expect(resources(all, 'proxmox_replication')).toEqual({});
    expect(vm.recoveryPoint).toBeUndefined();
  });

  test('keeps guests apart that it moves', () => {
    const all = lab();
    const guests = ['a', 'b'].map(name => guest(all, { highAvailability: {} }, name));
    all.pve.keepApart('databases', guests);
    expect(resources(all, 'proxmox_harule')['apart-databases']).toMatchObject({
      rule: 'databases',
      type: 'resource-affinity',
      affinity: 'negative',
      resources: ['vm:100', 'vm:102'],
    });
  });
});

describe('a container', () => {
  const container = (all: Lab, props: object = {}) =>
    new ProxmoxContainer(all.pve, 'dns', {
      ...GUEST,
      cores: 1,
      node: 'pve-03',
      host: all.servers.host('dns', 53),
      image: all.rootfs,
      notBackedUpBecause: 'only a test of others',
      ...props,
    });

  test('is unprivileged, without nesting, behind the firewall', () => {
    const all = lab();
    container(all).connections.allowFrom(all.servers, Port.udp(53));
    expect(resources(all, 'proxmox_virtual_environment_container')['dns/container']).toMatchObject({
      unprivileged: true,
      features: { nesting: false },
      network_interface: [{ name: 'eth0', firewall: true, vlan_id: 20 }],
    });
    expect(resources(all, RULES)['dns/firewall-rules']).toMatchObject({ container_id: 100 });
  });

  test('is privileged for a reason', () => {
    const all = lab();
    container(all, { privilegedBecause: 'exports NFS from the kernel' });
    expect(resources(all, 'proxmox_virtual_environment_container')['dns/container']).toMatchObject({ unprivileged: false });
  });
});

describe('a backup', () => {
  test('covers guests that come after its job, and says how much is lost at most', () => {
    const all = lab();
    new BackupJob(all.pve, 'nightly', { schedule: Schedule.daily('02:30'), keep: { daily: 7, weekly: 4 } });
    expect(guest(all, { notBackedUpBecause: undefined }).backup).toEqual({
      target: 'nfs nas',
      recoveryPoint: Duration.days(1),
      retention: Duration.days(28),
    });
  });

  test('of listed guests is one of their ids', () => {
    const all = lab();
    const [web] = [guest(all), guest(all, {}, 'other')];
    new BackupJob(all.pve, 'weekly', { schedule: Schedule.weekly('sun', '03:00'), guests: [web], keep: { last: 2 } });
    expect(resources(all, 'proxmox_backup_job')['weekly/job']).toMatchObject({
      vmid: ['100'],
      schedule: 'sun 03:00',
      prune_backups: { 'keep-last': '2' },
      storage: 'nas',
    });
    expect(resources(all, 'proxmox_backup_job')['weekly/job']).not.toHaveProperty('all');
  });

  test('is waived for what holds no data', () => {
    expect(guest(lab(), { stateful: false }).backup).toEqual({ waived: 'it holds no data of its own' });
  });
});

describe('a plain cdktf app', () => {
  test('has clusters and guests without a Site', () => {
    const { stack, vm } = plain();
    expect(vm.fqdn).toBe('web.lab.example.net');
    expect(Object.values(JSON.parse(renderStack(stack)).resource[VM])).toMatchObject([
      { vm_id: 100, description: 'managed by Ashlar: plain/pve/web' },
    ]);
  });
});

/** What another team has: no site, no machines, no ledger. */
function plain() {
  const stack = new TerraformStack(new App({ outdir: mkdtempSync(join(tmpdir(), 'ashlar-hci-')) }), 'plain');
  const servers = new Vlan(stack, 'servers', { tag: 20, ipv4: '10.20.0.0/24', domain: 'lab.example.net' });
  const pve = new ProxmoxCluster(stack, 'pve', {
    version: Version.of('9.1'),
    nodes: [{ name: 'pve-01', address: '192.0.2.10' }],
    managedFrom: [servers],
    apiToken: Secret.fromTerraformVariable('token'),
  });
  new DirectoryStorage(pve, 'files', { path: '/var/lib/files', content: ['import', 'snippets', 'images'] });
  const image = CloudImage.of('https://images.example.net/debian-13.qcow2', CHECKSUM);
  return { stack, vm: new ProxmoxVm(pve, 'web', { ...GUEST, vmId: 100, host: servers.host('web', 20), image }) };
}

describe('many guests', () => {
  const build = (count: number) => {
    const all = lab({ vmIds: { from: 1000, to: 99_999 } });
    const wide = new Vlan(all.site, 'wide', { tag: 21, ipv4: '10.128.0.0/16' });
    const began = process.cpuUsage();
    for (let i = 0; i < count; i++) guest(all, { vmId: 2000 + i, host: wide.host(`g-${i}`, 10 + i) }, `g-${i}`);
    const { user, system } = process.cpuUsage(began);
    return (user + system) / 1000;
  };

  test('cost no more each than few', () => {
    build(200);
    const [few, many] = [Math.min(build(125), build(125)), Math.min(build(1000), build(1000))];
    expect(many / few).toBeLessThan(8 * 2);
  });
});
