import { Bandwidth, Duration, Port, Secret, type Site, Size } from '@ashlar/core';
import type { Disk } from '@ashlar/hardware';
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
import {
  ProxmoxClusterFirewallSecurityGroupResource,
  ProxmoxFirewallAliasResource,
  ProxmoxFirewallIpsetResource,
  ProxmoxNetworkLinuxBridgeResource,
  ProxmoxNetworkLinuxVlanResource,
} from '@ashlar/provider-proxmox';
import type { TerraformStack } from 'cdktf';
import { type Committed, renderedWorkspaces } from './configuration';
import { guestEnvironment } from './guest-environment';
import { type HypervisorPlace, hypervisorPlace, stackOf } from './hypervisor-place';

const CHECKSUM = '0123456789abcdef'.repeat(4);
const SIZE = { cores: 2, memory: Size.gibibytes(4), disk: Size.gibibytes(32) };

/** What both have: settings of the cluster, guests, a tenant and people. */
function environment(id: string, version: string, count: 2 | 3): HypervisorPlace {
  const made = hypervisorPlace(id, version, count);
  const { site, pve, machines, servers, migration } = made;
  new ClusterOptions(pve, 'options', {
    migrationHosts: machines.map((machine, i) => migration.host(`${machine.name}-migration`, 10 + i)),
    bandwidthLimits: { migration: Bandwidth.gigabits(1) },
  });
  new NodeSettings(pve, 'nodes', { timeZone: 'Europe/Paris' });
  new MetricsServer(pve, 'graphite', { server: servers.host('graphite', 31), protocol: 'graphite-udp' });
  const apiToken = Secret.fromTerraformVariable('tenant_proxmox_token');
  runGuests(made, new ProxmoxTenant(stackOf(site, 'tenant'), 'tenant', { cluster: pve, apiToken }));
  admit(made);
  return made;
}

/** Storages, a template, a guest of each kind, one with high availability and one of a tenant, and backups. */
function runGuests({ pve, servers, guests }: HypervisorPlace, tenant: ProxmoxTenant): void {
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
function admit({ pve }: HypervisorPlace): void {
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

/** Terraform of environments that are made for this: of two and of three nodes, of guests with everything that a guest may have, and tenants. */
export function hypervisorWorkspaces(): Committed[] {
  return [pair(), trio(), guestEnvironment()].flatMap(renderedWorkspaces);
}
