import { Bandwidth, Secret } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { Vlan } from '@ashlar/network';
import {
  AcmeDnsPlugin,
  ClusterOptions,
  EvpnController,
  MetricsServer,
  NodeCertificates,
  NodeSettings,
  ProxmoxRole,
  ProxmoxToken,
  ProxmoxUser,
  SdnSubnet,
  SdnVnet,
  SdnZone,
} from '../../src';
import { expectGolden } from '../golden';
import { lab } from '../lab';

/** What Terraform is told of everything whose kind has one of these words in it, in the order of the file. */
function told(site: ReturnType<typeof lab>['site'], ...words: readonly string[]): string {
  const { resource, output } = JSON.parse(Testing.files(site)['terraform/hypervisors/cdk.tf.json'] as string);
  const kinds = Object.entries(resource as Record<string, Record<string, object>>).filter(([kind]) =>
    words.some(word => kind.includes(word)),
  );
  const bare = kinds.map(([kind, named]) => [
    kind,
    Object.fromEntries(Object.entries(named).map(([name, { '//': _, ...attributes }]: [string, { '//'?: unknown }]) => [name, attributes])),
  ]);
  return `${JSON.stringify({ resource: Object.fromEntries(bare), ...(output && { output }) }, undefined, 2)}\n`;
}

test('software-defined networks are told as they were', () => {
  const { site, pve, servers } = lab();
  const guests = new Vlan(site, 'guests', { tag: 30, ipv4: '10.30.0.0/24' });
  const wired = new SdnVnet(new SdnZone(pve, 'wired', { type: 'vlan' }), 'servers', { vlan: servers });
  new SdnSubnet(wired, 'ipv4');
  new SdnSubnet(wired, 'ipv6', { cidr: 'fd20:0:0:20::/64' });
  const controller = new EvpnController(pve, 'evpn', { asn: 65_000 });
  const overlay = new SdnZone(pve, 'overlay', { type: 'evpn', controller, vrfVxlan: 10_000, exitNodes: ['pve-02', 'pve-01'] });
  new SdnSubnet(new SdnVnet(overlay, 'guests', { vlan: guests, isolatePorts: true }), 'ipv4', { snat: true });
  expectGolden('proxmox/sdn.json', told(site, '_sdn_'));
});

test('users, roles and tokens are told as they were', () => {
  const { site, pve, disks } = lab();
  const terraform = new ProxmoxUser(pve, 'terraform', { userId: 'terraform@pve' });
  new ProxmoxToken(terraform, 'apply', { expires: '2027-06-30' }).grant(
    new ProxmoxRole(pve, 'Terraform', { privileges: 'terraform' }),
    pve,
  );
  const backup = new ProxmoxUser(pve, 'backup', { userId: 'backup@pve', expires: '2030-01-01' });
  backup.grant(new ProxmoxRole(pve, 'Backup', { privileges: 'backup' }), disks, { propagate: false });
  expectGolden('proxmox/access.json', told(site, '_acl', '_user', '_role'));
});

test('metrics, certificates and settings are told as they were', () => {
  const { site, pve, servers } = lab({ endpoint: 'https://pve-01.lab.example.net:8006/' });
  new MetricsServer(pve, 'influx', {
    server: servers.host('influx', 30),
    protocol: 'influxdb-https',
    token: Secret.fromTerraformVariable('influx_token'),
  });
  const plugin = new AcmeDnsPlugin(pve, 'cloudflare', { api: 'cf', data: { CF_Token: Secret.fromTerraformVariable('cf_token') } });
  new NodeCertificates(pve, 'certificates', { plugin });
  new NodeSettings(pve, 'nodes');
  new ClusterOptions(pve, 'options', { bandwidthLimits: { migration: Bandwidth.gigabits(4) } });
  expectGolden('proxmox/services.json', told(site, '_metrics_', '_acme_', '_dns', '_hosts', '_time', '_options'));
});
