import { Bandwidth, Duration, Ledger, Port, Power, Secret, Site, Size, Version } from '@ashlar/core';
import { type Disk, Machine, MachineModel, PowerFeed, Switch } from '@ashlar/hardware';
import {
  AcmeDnsPlugin,
  BackupJob,
  CloudImage,
  ClusterOptions,
  ContainerImage,
  DirectoryStorage,
  EvpnController,
  MetricsServer,
  NfsStorage,
  NodeCertificates,
  NodeSettings,
  PbsStorage,
  ProxmoxCluster,
  ProxmoxContainer,
  ProxmoxRole,
  ProxmoxTenant,
  ProxmoxToken,
  ProxmoxUser,
  ProxmoxVm,
  Schedule,
  SdnSubnet,
  SdnVnet,
  SdnZone,
  VmTemplate,
  ZfsPool,
  ZfsStorage,
} from '@ashlar/hci';
import { Internet, Vlan } from '@ashlar/network';
import {
  ProxmoxClusterFirewallSecurityGroupResource,
  ProxmoxFirewallAliasResource,
  ProxmoxFirewallIpsetResource,
  ProxmoxNetworkLinuxBridgeResource,
  ProxmoxNetworkLinuxVlanResource,
} from '@ashlar/provider-proxmox';
import { TerraformWorkspace } from '@ashlar/terraform';
import { LocalBackend, type TerraformStack } from 'cdktf';

const CHECKSUM = '0123456789abcdef'.repeat(4);
const SIZE = { cores: 2, memory: Size.gibibytes(4), disk: Size.gibibytes(32) };
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

/** What both environments have. */
interface Environment {
  readonly site: Site;
  readonly stack: TerraformStack;
  readonly pve: ProxmoxCluster;
  readonly machines: readonly Machine[];
  readonly servers: Vlan;
  readonly guests: Vlan;
}

/** A place with some nodes of Proxmox VE, and with a third vote when there are two. */
function environment(id: string, version: string, count: 2 | 3): Environment {
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
  const workspace = (name: string) =>
    new TerraformWorkspace(site, name, { backend: s => new LocalBackend(s, { path: 'terraform.tfstate' }) });
  const { stack } = workspace('hypervisors');
  const pve = new ProxmoxCluster(stack, 'pve', {
    version: Version.of(version),
    nodes: machines.map((made, i) => ({ machine: made, host: management.host(made.name, 10 + i) })),
    ...(count === 2 && { qdevice: machine('vote', 8) }),
    endpoint: `https://pve-01.${id}.example.net:8006/`,
    apiToken: Secret.fromTerraformVariable('proxmox_api_token'),
    vmIds: { from: 100, to: 199 },
    sshKeys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDExampleExampleExampleExampleExampleExample ops@example.net'],
  });
  new ClusterOptions(pve, 'options', {
    migrationHosts: machines.map((made, i) => migration.host(`${made.name}-migration`, 10 + i)),
    bandwidthLimits: { migration: Bandwidth.gigabits(1) },
  });
  new NodeSettings(pve, 'nodes', { timeZone: 'Europe/Paris' });
  new MetricsServer(pve, 'graphite', { server: servers.host('graphite', 31), protocol: 'graphite-udp' });
  const made: Environment = { site, stack, pve, machines, servers, guests };
  const apiToken = Secret.fromTerraformVariable('tenant_proxmox_token');
  runGuests(made, new ProxmoxTenant(workspace('tenant').stack, 'tenant', { cluster: pve, apiToken }));
  admit(made);
  return made;
}

/** Storages, a template, a guest of each kind, one with high availability and one of a tenant, and backups. */
function runGuests({ pve, servers, guests }: Environment, tenant: ProxmoxTenant): void {
  const [first] = pve.nodes;
  const tank = new ZfsStorage(pve, 'tank', { pool: 'rpool/data', size: Size.gibibytes(900) });
  new DirectoryStorage(pve, 'files', { path: '/var/lib/files', content: ['import', 'snippets', 'vztmpl'] });
  new NfsStorage(pve, 'nas', { server: '192.168.1.5', export: '/srv/backup', content: ['backup'], size: Size.gigabytes(8000) });
  new SdnSubnet(new SdnVnet(new SdnZone(pve, 'tenants', { type: 'vlan' }), 'guests', { vlan: guests }), 'ipv4');
  const image = CloudImage.of('https://images.example.net/20261001/debian-13-genericcloud-amd64.qcow2', CHECKSUM);
  const debian = new VmTemplate(pve, 'debian-13', { image, storage: tank });
  const api = new ProxmoxVm(pve, 'api', { ...SIZE, host: guests.host('api', 20), template: debian, storage: tank, highAvailability: {} });
  const web = new ProxmoxVm(pve, 'web', {
    ...SIZE,
    node: first,
    host: servers.host('web', 21),
    template: debian,
    storage: tank,
    stateful: false,
  });
  api.connections.allowFrom(web, Port.tcp(443));
  new ProxmoxContainer(pve, 'dns', {
    cores: 1,
    memory: Size.mebibytes(512),
    disk: Size.gibibytes(4),
    node: first,
    host: servers.host('dns', 53),
    storage: tank,
    stateful: false,
    image: ContainerImage.of('https://images.example.net/debian-13-standard_13.1-1_amd64.tar.zst', CHECKSUM),
  });
  new ProxmoxVm(tenant, 'shop', { ...SIZE, node: first, host: servers.host('shop', 22), template: debian, storage: tank, stateful: false });
  const [nas] = pve.storages.filter(storage => storage.name === 'nas');
  new BackupJob(pve, 'nightly', { schedule: Schedule.daily('02:30'), storage: nas, keep: { daily: 7, weekly: 4 } });
}

/** Who may do what. */
function admit({ pve }: Environment): void {
  const role = new ProxmoxRole(pve, 'Terraform', { privileges: 'terraform' });
  const terraform = new ProxmoxUser(pve, 'terraform', { userId: 'terraform@pve', expires: '2030-01-01' });
  new ProxmoxToken(terraform, 'apply', { expires: '2027-06-30' }).grant(role, pve);
  const monitor = new ProxmoxUser(pve, 'monitor', { userId: 'monitor@pve', email: 'ops@example.net' });
  new ProxmoxToken(monitor, 'exporter', { expires: '2027-06-30' }).grant('PVEAuditor', pve, { propagate: true });
  new ProxmoxRole(pve, 'ClusterApi', { privileges: 'cluster-api' });
}

/** Two nodes of Proxmox VE 8 with a third vote: high availability by groups, images over SSH. */
function pair(): Site {
  return environment('pair', '8.2', 2).site;
}

/** Three nodes of Proxmox VE 9 with every construct there is, and the resources that no construct makes. */
function trio(): Site {
  const { site, stack, pve, machines, servers } = environment('trio', '9.1', 3);
  const disks = machines.flatMap((machine): Disk[] => ['data1', 'data2'].map(name => machine.disk(name)));
  const pool = new ZfsPool(pve, 'fast', { disks, level: 'mirror' });
  new ZfsStorage(pve, 'fast-disks', { pool });
  new PbsStorage(pve, 'pbs', {
    server: '192.168.1.6',
    datastore: 'main',
    tokenId: 'pve@pbs!trio',
    token: Secret.fromTerraformVariable('pbs_token'),
    fingerprint: Array(32).fill('0a').join(':'),
    size: Size.gigabytes(8000),
  });
  new SdnSubnet(new SdnVnet(new SdnZone(pve, 'private', { type: 'simple', dhcp: true }), 'private', {}), 'ipv4', {
    cidr: '10.99.0.0/24',
    gateway: '10.99.0.1',
    snat: true,
    dhcp: { first: '10.99.0.100', last: '10.99.0.199' },
  });
  new SdnVnet(new SdnZone(pve, 'stacked', { type: 'qinq', serviceVlan: 100, serviceVlanProtocol: '802.1ad' }), 'customer', { tag: 5 });
  new SdnVnet(new SdnZone(pve, 'overlay', { type: 'vxlan', peers: ['192.168.1.9'] }), 'overlay', { tag: 100_030, isolatePorts: true });
  const controller = new EvpnController(pve, 'evpn', { asn: 65_000 });
  const routed = new SdnZone(pve, 'routed', { type: 'evpn', controller, vrfVxlan: 10_000, exitNodes: ['pve-02', 'pve-01'] });
  new SdnSubnet(new SdnVnet(routed, 'routed', { tag: 10_001, vlanAware: true }), 'ipv6', {
    cidr: '2001:db8:0:99::/64',
    gateway: '2001:db8:0:99::1',
  });
  new MetricsServer(pve, 'influx', {
    server: servers.host('influx', 30),
    protocol: 'influxdb-https',
    token: Secret.fromTerraformVariable('influx_token'),
  });
  const plugin = new AcmeDnsPlugin(pve, 'cloudflare', {
    api: 'cf',
    data: { CF_Token: Secret.fromTerraformVariable('cf_token') },
    validationDelay: Duration.minutes(2),
  });
  new NodeCertificates(pve, 'certificates', { plugin, alias: 'acme.example.net' });
  new ProxmoxUser(pve, 'ops', { userId: 'ops@pve', password: Secret.fromTerraformVariable('ops_password') }).grant('Administrator', '/', {
    because: 'the account for emergencies',
  });
  bind(stack);
  return site;
}

/** The kinds that the bindings have and no construct makes. */
function bind(stack: TerraformStack): void {
  const address = { cidr: '192.0.2.0/24', comment: 'people' };
  new ProxmoxFirewallAliasResource(stack, 'alias', { name: 'people', ...address });
  new ProxmoxFirewallIpsetResource(stack, 'ipset', { name: 'management', cidr: [{ name: address.cidr, comment: address.comment }] });
  new ProxmoxClusterFirewallSecurityGroupResource(stack, 'group', {
    name: 'web',
    rule: [{ type: 'in', action: 'ACCEPT', proto: 'tcp', dport: '443', source: 'dc/people' }],
  });
  new ProxmoxNetworkLinuxBridgeResource(stack, 'bridge', {
    nodeName: 'pve-01',
    name: 'vmbr1',
    address: '10.50.0.2/24',
    ports: ['eno2'],
    vlanAware: true,
    mtu: 9000,
  });
  new ProxmoxNetworkLinuxVlanResource(stack, 'vlan', { nodeName: 'pve-01', name: 'eno2.60', address: '10.60.0.2/24' });
}

/** Terraform of environments that are made for this: `hypervisors` of two and of three nodes, and a tenant of each. */
export function hypervisorWorkspaces(): { readonly name: string; readonly text: string }[] {
  return [pair(), trio()].flatMap(site => {
    const { output } = site.render();
    return output
      .entries()
      .filter(([path]) => path.endsWith('/cdk.tf.json'))
      .map(([path, text]) => ({ name: `${site.node.id}/${path.split('/').at(-2)}`, text }));
  });
}
