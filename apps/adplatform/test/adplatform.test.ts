import { Testing } from '@ashlar/core/testing';
import { adplatform } from '../lib/main';

const site = adplatform();
const files = Testing.files(site);
const json = (path: string) => JSON.parse(files[path] as string);
const named = (workspace: string, type: string): Record<string, unknown>[] =>
  Object.values(json(`terraform/${workspace}/cdk.tf.json`).resource[type] ?? {});

test('nothing is wrong with it, and no warning is open', () => {
  expect(Testing.findings(site)).toEqual([]);
});

test('five servers of 32 threads, no two of them on one machine', () => {
  const servers = named('hetzner', 'hcloud_server');
  expect(servers.map(({ server_type }) => server_type)).toEqual(Array(5).fill('ccx53'));
  expect(new Set(servers.map(({ placement_group_id }) => placement_group_id)).size).toBe(1);
  expect(named('hetzner', 'hcloud_placement_group')).toMatchObject([{ type: 'spread' }]);
});

test('from outside, a server itself is reached by the office alone, and for SSH alone', () => {
  const [firewall] = named('hetzner', 'hcloud_firewall') as { rule: Record<string, unknown>[] }[];
  const incoming = firewall?.rule.filter(({ direction }) => direction === 'in');
  expect(incoming).toEqual([
    { description: 'from adplatform/office', direction: 'in', port: '22', protocol: 'tcp', source_ips: ['198.51.100.0/28'] },
  ]);
});

test('the API has no public address, and what people open has one', () => {
  const exposed = named('hetzner', 'hcloud_load_balancer_network').map(({ ip, enable_public_interface }) => [ip, enable_public_interface]);
  expect(Object.fromEntries(exposed as [string, boolean][])).toEqual({ '10.4.10.5': false, '10.4.10.6': true });
});

test('states are locked, and each is in its own cloud', () => {
  const backend = (workspace: string) => json(`terraform/${workspace}/cdk.tf.json`).terraform.backend.s3;
  expect(backend('hetzner')).toMatchObject({ use_lockfile: true, endpoints: { s3: 'https://nbg1.your-objectstorage.com' } });
  expect(backend('aws')).toMatchObject({ use_lockfile: true, encrypt: true, region: 'eu-central-1' });
  expect(backend('aws').endpoints).toBeUndefined();
});

test('the start-up makes nothing at AWS, and the move does', () => {
  expect(files['RUNBOOK.md']).not.toContain('aws');
  const plan = json('bootstrap/move-ads-prod.json');
  expect(plan.steps.map((step: { action: { terraform?: string } }) => step.action.terraform).filter(Boolean)).toEqual(['aws']);
});

test('the new servers are three and two in three zones, and as large', () => {
  const instances = named('aws', 'aws_instance');
  expect(instances.map(({ instance_type }) => instance_type)).toEqual(Array(5).fill('m7i.8xlarge'));
  const subnets = instances.map(({ subnet_id }) => subnet_id as string);
  const counts = [...new Set(subnets)].map(subnet => subnets.filter(other => other === subnet).length);
  expect(counts.sort()).toEqual([1, 2, 2]);
});

test('a new server joins as itself', () => {
  const [first] = named('aws', 'aws_instance').filter(({ private_ip }) => private_ip === '10.5.10.11');
  const text = String(first?.user_data_base64);
  expect(text).toContain('node-name: next-1');
  expect(text).toContain('node-ip: 10.5.10.11');
  expect(text).toContain('server: https://10.4.10.5:6443');
  expect(text).not.toMatch(/k3s-\d|10\.4\.10\.1\d/);
});
