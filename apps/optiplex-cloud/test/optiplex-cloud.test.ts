import { onRender } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { Construct } from 'constructs';
import { load } from 'js-yaml';
import { optiplexCloud } from '../lib/main';

const site = optiplexCloud();
const files = Testing.files(site);
const [hypervisors, guests] = ['hypervisors', 'guests'].map(state => JSON.parse(files[`terraform/${state}/cdk.tf.json`] as string));
const resources = (type: string): Record<string, unknown>[] =>
  [hypervisors, guests].flatMap(state => Object.values(state.resource[type] ?? {}) as Record<string, unknown>[]);
const yaml = (path: string) => load(files[`kubernetes/prod/${path}`] as string) as { spec: Record<string, unknown> };

test('nothing is wrong with it, and no warning is open', () => {
  expect(Testing.findings(site)).toEqual([]);
});

test('three mini PCs have 6 cores, 12 threads, 48 GiB, 768 GB, 3 Gb/s and draw 180 W', () => {
  expect(files['report/capacity.md']).toContain('Total: 6 cores, 12 threads, 48 GiB, 768 GB, 3 Gb/s, 180 W (3 × Dell OptiPlex 7040).');
});

test('the gateway moves when its host dies: an HA group, replicas on both other hosts, and no recreation by Terraform', () => {
  const gateway = resources('proxmox_virtual_environment_vm').find(vm => vm.name === 'gateway') as {
    lifecycle: { ignore_changes: string[] };
  };
  expect(gateway.lifecycle.ignore_changes).toContain('node_name');
  expect(resources('proxmox_hagroup')).toHaveLength(1);
  expect(resources('proxmox_replication').map(job => job.target)).toEqual(['pve-02', 'pve-03']);
});

test('the gateway comes up before anything is downloaded, and everything else after it', () => {
  expect(hypervisors.resource.proxmox_download_file).toBeUndefined();
  expect(Object.keys(hypervisors.resource.proxmox_virtual_environment_vm)).toHaveLength(1);
  expect(Object.keys(guests.resource.proxmox_download_file)).toHaveLength(5);
});

test('each K3s server is on a host of its own, and joins through the address that moves', () => {
  const servers = resources('proxmox_virtual_environment_vm').filter(vm => String(vm.name).startsWith('k3s-'));
  expect(servers.map(vm => vm.node_name)).toEqual(['pve-01', 'pve-02', 'pve-03']);
  expect(files['devices/k3s/prod/k3s-3/config.yaml']).toContain('server: https://10.20.0.5:6443');
});

test('the token of the cluster reaches the servers as a variable, and is in no file', () => {
  expect(guests.variable.k3s_token).toEqual({ nullable: false, sensitive: true, type: 'string' });
  expect(files['terraform/guests/cdk.tf.json']).toContain('${base64encode(var.k3s_token)}');
});

test('only the web service reaches the database', () => {
  const { ingress } = yaml('shop/NetworkPolicy-orders.yaml').spec as {
    ingress: { from: { podSelector?: { matchLabels: Record<string, string> } }[] }[];
  };
  const peers = ingress.flatMap(rule => rule.from.map(peer => Object.values(peer.podSelector?.matchLabels ?? {}).join()));
  expect(peers).toContain('web');
  expect(yaml('shop/NetworkPolicy-default-deny.yaml').spec).toMatchObject({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
});

test('every host has a name and its address back', () => {
  expect(files['devices/bind/ns1/zones/cloud.example.net.zone']).toMatch(/^k3s-2 +IN A +10\.20\.0\.6$/m);
  expect(files['devices/bind/ns1/zones/0.20.10.in-addr.arpa.zone']).toMatch(/^6 +IN PTR +k3s-2\.cloud\.example\.net\.$/m);
});

test('a network policy that opens more than was declared is found, with the policy and a witness', () => {
  const spoilt = optiplexCloud();
  const policy = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'forgotten', namespace: 'shop' },
    spec: {
      podSelector: { matchLabels: { 'cnpg.io/cluster': 'orders' } },
      policyTypes: ['Ingress'],
      ingress: [{ from: [{ ipBlock: { cidr: '10.30.0.0/24' } }], ports: [{ protocol: 'TCP', port: 5432 }] }],
    },
  };
  onRender(new Construct(spoilt, 'forgotten'), output =>
    output.write(spoilt, 'kubernetes/prod/shop/NetworkPolicy-forgotten.yaml', JSON.stringify(policy)),
  );
  const told = Testing.findings(spoilt);
  expect(told.filter(line => line.endsWith('(REACH_EXCESS)'))).toEqual(told);
  expect(told.join('\n')).toContain('NetworkPolicy-forgotten.yaml');
  expect(told.join('\n')).toContain('5432/tcp');
});

test('the proof has a row for what passes between pods, and a reason for what is no flow', () => {
  const rows = (files['report/reachability.md'] as string).split('\n').filter(line => line.includes('prod/shop/orders |'));
  expect(rows).toContain('| optiplex-cloud/prod/shop/web | optiplex-cloud/prod/shop/orders | 5432/tcp | flow |');
  expect(rows.every(row => row.split('|').length === 6)).toBe(true);
});
