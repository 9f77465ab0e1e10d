import { onRender, type Site } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { Construct } from 'constructs';
import { type EnvironmentClaim, parseClaims, SiteReport } from '../../src';
import { Host, Vlan } from '../lab';

/** The claims of a site, of some kinds only. */
function claims(site: Site, ...kinds: string[]): readonly EnvironmentClaim[] {
  new SiteReport(site, 'report');
  return parseClaims(Testing.files(site)['report/claims.json'] as string, 'claims.json').claims.filter(({ kind }) => kinds.includes(kind));
}

/** A construct that writes files. */
function author(site: Site, id: string, files: Readonly<Record<string, string>>): void {
  const construct = new Construct(site, id);
  onRender(construct, output => {
    for (const [path, text] of Object.entries(files)) output.write(construct, path, text);
  });
}

const configuration = (content: object) => ({ 'terraform/vms/cdk.tf.json': JSON.stringify(content) });
const state = (backend: object) => configuration({ terraform: { backend } });

test('a site takes its domain, and the names of what is in it, once', () => {
  const site = Testing.site();
  const servers = new Vlan(site, 'servers', 20, ['10.20.0.0/24']);
  new Host(site, 'web', 'web.example.net', [servers.address('web', '10.20.0.5')]);
  new Host(site, 'again', 'web.example.net', [servers.address('web', '10.20.0.5')]);
  Object.assign(new Construct(site, 'registry'), { serves: ['registry.example.net', '10.20.0.6'] });
  Object.assign(new Construct(site, 'token'), { fqdn: '${cloudflare_record.web.hostname}.example.net' });
  expect(claims(site, 'domain', 'name')).toEqual([
    { kind: 'domain', value: site.domain, path: 'test' },
    { kind: 'name', value: 'registry.example.net', path: 'test/registry' },
    { kind: 'name', value: 'web.example.net', path: 'test/again' },
  ]);
});

test('addresses are taken one by one in a network that is not ours, and with their prefix in one that is', () => {
  const site = Testing.site();
  const home = Object.assign(new Vlan(site, 'home', 2, ['192.168.1.0/24']), { outside: true });
  const servers = new Vlan(site, 'servers', 20, ['10.20.0.0/24', 'fd20::/64']);
  new Host(site, 'gateway', 'gateway.example.net', [home.address('gateway', '192.168.1.2'), servers.address('gateway', '10.20.0.1')]);
  expect(claims(site, 'vlan tag', 'segment', 'address')).toEqual([
    { kind: 'vlan tag', value: '2', path: 'test/home', outside: true },
    { kind: 'vlan tag', value: '20', path: 'test/servers' },
    { kind: 'segment', value: '10.20.0.0/24', path: 'test/servers' },
    { kind: 'segment', value: '192.168.1.0/24', path: 'test/home', outside: true },
    { kind: 'segment', value: 'fd20::/64', path: 'test/servers' },
    { kind: 'address', value: '192.168.1.2', path: 'test/gateway', outside: true },
  ]);
});

describe('a Terraform state is', () => {
  test.each<[string, object, string, string]>([
    ['a key of a bucket', { s3: { bucket: 'terraform', key: 'prod.tfstate', region: 'eu-central-1' } }, 'terraform/prod.tfstate', 's3'],
    [
      'a key of a bucket in a store of our own',
      { s3: { bucket: 'terraform', key: 'prod.tfstate', endpoints: { s3: 'https://s3.example.net' } } },
      'terraform/prod.tfstate',
      'https://s3.example.net',
    ],
    ['a prefix of a bucket', { gcs: { bucket: 'terraform', prefix: 'prod' } }, 'terraform/prod', 'gcs'],
    [
      'a blob',
      { azurerm: { storage_account_name: 'states', container_name: 'terraform', key: 'prod', resource_group_name: 'ops' } },
      'states/terraform/prod',
      'azurerm',
    ],
    [
      'an address',
      { http: { address: 'https://git.example.net/state/prod', lock_method: 'POST' } },
      'https://git.example.net/state/prod',
      'http',
    ],
    ['a workspace', { remote: { organization: 'ours', workspaces: { name: 'prod' } } }, 'ours/{"name":"prod"}', 'remote'],
    ['all that is said of it, in a backend that nobody knows', { etcdv3: { prefix: 'prod', endpoints: ['a'] } }, '["a"]/prod', 'etcdv3'],
  ])('%s', (_, backend, value, at) => {
    const site = Testing.site();
    author(site, 'vms', state(backend));
    expect(claims(site, 'state')).toEqual([{ kind: 'state', value, at, path: 'test/vms' }]);
  });

  test('not shared when it is a file beside its configuration', () => {
    const site = Testing.site();
    author(site, 'vms', state({ local: { path: 'terraform.tfstate' } }));
    expect(claims(site, 'state')).toEqual([]);
  });
});

test('guests and their pools are taken at the endpoint of their hypervisor, by the construct that cdktf notes', () => {
  const site = Testing.site();
  const made = (path: string, fields: object) => ({ '//': { metadata: { path } }, ...fields });
  author(
    site,
    'vms',
    configuration({
      provider: { proxmox: [{ endpoint: 'https://10.20.0.10:8006/' }] },
      resource: {
        proxmox_virtual_environment_vm: { web: made('vms/pve/web/vm', { vm_id: 101 }) },
        proxmox_virtual_environment_container: {
          ns1: made('vms/pve/ns1/container', { vm_id: 102 }),
          ns2: made('vms/pve/ns2', { vm_id: '${var.id}' }),
        },
        proxmox_virtual_environment_pool: { alice: made('vms/pve/alice/pool', { pool_id: 'alice' }) },
        hcloud_network: { nodes: made('vms/cloud/network', { ip_range: '10.60.0.0/16' }) },
        azurerm_virtual_network: { nodes: made('vms/azure/network', { address_space: ['10.61.0.0/16', '10.62.0.0/16'] }) },
      },
    }),
  );
  const at = 'https://10.20.0.10:8006/';
  expect(claims(site, 'VM id', 'VM pool', 'segment')).toEqual([
    { kind: 'segment', value: '10.60.0.0/16', path: 'test/vms/cloud' },
    { kind: 'segment', value: '10.61.0.0/16', path: 'test/vms/azure' },
    { kind: 'segment', value: '10.62.0.0/16', path: 'test/vms/azure' },
    { kind: 'VM id', value: '101', at, path: 'test/vms/pve/web' },
    { kind: 'VM id', value: '102', at, path: 'test/vms/pve/ns1' },
    { kind: 'VM pool', value: 'alice', at, path: 'test/vms/pve/alice' },
  ]);
});

describe('prefixes of pods and services are read where', () => {
  test.each([
    ['K3s', 'devices/k3s/prod/k3s-1/config.yaml', 'node-ip: 10.20.0.4\ncluster-cidr: 10.42.0.0/16\nservice-cidr: 10.43.0.0/16\n'],
    [
      'Harvester',
      'devices/harvester/hci/ms-01.yaml',
      'install:\n  cluster_pod_cidr: 10.42.0.0/16\n  cluster_service_cidr: "10.43.0.0/16"\n  cluster_dns: 10.43.0.10\n',
    ],
    [
      'Talos',
      'talos/prod/controlplane.yaml',
      'cluster:\n  network:\n    podSubnets:\n      - 10.42.0.0/16\n    serviceSubnets:\n      - 10.43.0.0/16\n    dnsDomain: cluster.local\n',
    ],
    [
      'Cluster API',
      'kubernetes/brain/media/Cluster-media.yaml',
      "spec:\n  clusterNetwork:\n    pods:\n      cidrBlocks:\n        - 10.42.0.0/16\n    services:\n      cidrBlocks:\n        - '10.43.0.0/16'\n",
    ],
  ])('%s reads them', (_, path, text) => {
    const site = Testing.site();
    author(site, 'prod', { [path]: text });
    expect(claims(site, 'pods', 'services')).toEqual([
      { kind: 'pods', value: '10.42.0.0/16', path: 'test/prod' },
      { kind: 'services', value: '10.43.0.0/16', path: 'test/prod' },
    ]);
  });

  test('each family is one of its own', () => {
    const site = Testing.site();
    author(site, 'prod', { 'talos/prod/worker.yaml': 'cluster:\n  network:\n    podSubnets:\n      - 10.42.0.0/16\n      - fd42::/56\n' });
    expect(claims(site, 'pods').map(({ value }) => value)).toEqual(['10.42.0.0/16', 'fd42::/56']);
  });
});

test('a gateway takes its autonomous systems, what its neighbors may announce, and its tunnels', () => {
  const site = Testing.site();
  const commands = [
    'set interfaces wireguard wg0 address 10.255.0.1/30',
    'set interfaces ethernet eth0 address 10.20.0.1/24',
    'set policy prefix-list from-prod rule 10 le 32',
    'set policy prefix-list from-prod rule 10 prefix 10.130.0.0/24',
    'set protocols bgp neighbor 10.20.0.11 remote-as 64513',
    'set protocols bgp system-as 64512',
  ];
  author(site, 'gateway', { 'devices/vyos/gateway/commands.txt': `${commands.join('\n')}\n` });
  expect(claims(site, 'announcement', 'tunnel', 'autonomous system').map(({ kind, value }) => `${kind} ${value}`)).toEqual([
    'announcement 10.130.0.0/24',
    'tunnel 10.255.0.1/30',
    'autonomous system 64512',
    'autonomous system 64513',
  ]);
});

test('a cluster takes the name of its folder, which is that of its kubectl context', () => {
  const site = Testing.site();
  author(site, 'prod', { 'kubernetes/prod/bootstrap/cilium.yaml': '', 'kubernetes/prod/shop/web.yaml': '' });
  expect(claims(site, 'cluster')).toEqual([{ kind: 'cluster', value: 'prod', path: 'test/prod' }]);
});
