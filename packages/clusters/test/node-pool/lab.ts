import { Port, Secret, Site, Size } from '@ashlar/core';
import { Internet, Vlan } from '@ashlar/network';
import { TerraformWorkspace } from '@ashlar/terraform';
import { LocalBackend } from 'cdktf';
import type { Construct } from 'constructs';
import { type Cloud, NodePool, type NodePoolProps } from '../../src';
import { AwsCloud } from '../../src/aws';
import { AzureCloud } from '../../src/azure';
import { GoogleCloud } from '../../src/google';
import { HetznerCloud } from '../../src/hetzner';

export const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExampleExampleExampleExampleExampleExam ops@example.net';
const COMMON = { network: '10.10.0.0/16', sshKeys: [KEY] };

/** The same network in each cloud. */
export const CLOUDS = {
  hetzner: (scope: Construct, props = {}) =>
    new HetznerCloud(scope, 'cloud', { ...COMMON, location: 'fsn1', token: Secret.fromTerraformVariable('hcloud_token'), ...props }),
  aws: (scope: Construct, props = {}) => new AwsCloud(scope, 'cloud', { ...COMMON, region: 'eu-central-1', ...props }),
  google: (scope: Construct, props = {}) =>
    new GoogleCloud(scope, 'cloud', { ...COMMON, project: 'example-project', region: 'europe-west3', ...props }),
  azure: (scope: Construct, props = {}) =>
    new AzureCloud(scope, 'cloud', {
      ...COMMON,
      subscription: '00000000-0000-0000-0000-000000000000',
      location: 'germanywestcentral',
      ...props,
    }),
};

export type CloudName = keyof typeof CLOUDS;
export const CLOUD_NAMES = Object.keys(CLOUDS) as CloudName[];

/** A site with one segment, and a network in a cloud. */
export function lab(name: CloudName = 'hetzner', props: object = {}) {
  const site = new Site('lab', { domain: 'lab.example.net' });
  const nodes = new Vlan(site, 'nodes', { tag: 10, ipv4: '10.10.1.0/24' });
  const { stack } = new TerraformWorkspace(site, name, { backend: s => new LocalBackend(s, { path: 'terraform.tfstate' }) });
  const cloud: Cloud = CLOUDS[name](stack, props);
  const pool = (overrides: Partial<NodePoolProps> = {}, id = 'web') =>
    new NodePool(cloud, id, {
      count: 3,
      size: { threads: 4, memory: Size.gibibytes(16) },
      disk: Size.gibibytes(80),
      image: 'debian-13',
      vlan: nodes,
      from: 11,
      ...overrides,
    });
  return { site, nodes, stack, cloud, pool };
}

/** The same pool with the same flows in any cloud. */
export function declared(name: CloudName) {
  const at = lab(name);
  const { site } = at;
  const pool = at.pool();
  const office = new Vlan(site, 'office', { tag: 30, ipv4: '203.0.113.0/26' });
  for (const member of pool.members) {
    for (const peer of pool.members) if (peer !== member) member.connections.allowFrom(peer, Port.tcp(2380));
    member.connections.allowFrom(office, Port.tcp(22));
    member.connections.allowFrom(Internet.of(site), Port.tcp(443));
    member.connections.allowFrom(office, Port.icmp());
    member.connections.allowTo(Internet.of(site), Port.range('tcp', 80, 443));
    member.firstBoot.file('/etc/app/token', Secret.fromTerraformVariable('app_token'));
    member.firstBoot.run('echo "${HOME}" > /root/home');
  }
  return { ...at, pool, office };
}

export function configuration(site: Site, name: string): Record<string, Record<string, Record<string, Record<string, unknown>>>> {
  return JSON.parse(site.render().output.read(`terraform/${name}/cdk.tf.json`) as string);
}
