import { Secret } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { HetznerAutoscaler, type HetznerAutoscalerProps } from '../../src';
import { expectGolden } from '../golden';
import { lab } from './lab';

const key = (name: string) => Secret.fromKubernetes('kube-system', 'hetzner', name);
const PROPS: HetznerAutoscalerProps = {
  groups: { burst: { size: 'ccx53', region: 'fsn1', max: 5 } },
  network: 'cluster',
  firewall: 'nodes',
  token: key('token'),
  cloudInit: key('cloud-init'),
};
const scaled = (props: Partial<HetznerAutoscalerProps> = {}) => {
  const { site, k3s } = lab();
  const cluster = k3s();
  return { site, cluster, autoscaler: new HetznerAutoscaler(cluster, 'autoscaler', { ...PROPS, ...props }) };
};

test('what has an address in the segment of the nodes may join, and not ask etcd', () => {
  const { cluster } = scaled();
  const [server] = cluster.servers;
  const from = server?.connections.ingress
    .filter(flow => flow.from.node.path === cluster.apiAddress.vlan.node.path)
    .map(flow => String(flow.port));
  expect(from).toEqual(['8472/udp', '10250/tcp', '6443/tcp']);
});

test('groups of servers come and go; the token and what they start with are read from a Secret', () => {
  const { cluster } = scaled();
  const [release] = cluster.releases;
  expect(release?.values).toMatchObject({
    cloudProvider: 'hetzner',
    autoscalingGroups: [{ name: 'burst', minSize: 0, maxSize: 5, instanceType: 'CCX53', region: 'FSN1' }],
    extraEnv: { HCLOUD_IMAGE: 'debian-13', HCLOUD_NETWORK: 'cluster', HCLOUD_FIREWALL: 'nodes' },
    extraEnvSecrets: { HCLOUD_TOKEN: { name: 'hetzner', key: 'token' }, HCLOUD_CLOUD_INIT: { name: 'hetzner', key: 'cloud-init' } },
  });
});

test('a server joins as an agent, with a place for the join token and not the token', () => {
  const { site, cluster } = scaled();
  cluster.installReleasesWith({ deliveryOf: () => ({ waits: '', check: ['true'] }) } as never);
  expectGolden('k3s/scaled-node.yaml', Testing.files(site)['devices/k3s/prod/scaled-node.yaml']);
});

test.each<[string, () => unknown, string]>([
  [
    'no group',
    () => scaled({ groups: {} }),
    "[lab/prod/autoscaler] groups is empty; write groups: [burst: { size: 'ccx53', region: 'fsn1', max: 5 }] (PROP_EMPTY)",
  ],
  [
    'more at least than at most',
    () => scaled({ groups: { burst: { size: 'ccx53', region: 'fsn1', min: 6, max: 5 } } }),
    '[lab/prod/autoscaler] groups.burst.min must be from 0 to 5, got 6; choose a value inside the range (PROP_RANGE)',
  ],
  [
    'a size of another cloud',
    () => scaled({ groups: { burst: { size: 'm5.large', region: 'fsn1', max: 5 } } }),
    '[lab/prod/autoscaler] groups.burst.size must be a size of Hetzner, got "m5.large"; write it like ccx53 (PROP_FORMAT)',
  ],
  [
    'a secret that is elsewhere',
    () => scaled({ token: Secret.fromOpenBao('kv/hetzner', 'token') }),
    "[lab/prod/autoscaler] token must be in a Secret of kube-system, where the autoscaler reads it; write token: Secret.fromKubernetes('kube-system', 'hetzner', 'token') (AUTOSCALER_SECRET)",
  ],
  [
    'a second one',
    () => new HetznerAutoscaler(scaled().cluster, 'again', PROPS),
    '[lab/prod/again] nodes of prod already come and go with lab/prod/autoscaler; put all groups into one (AUTOSCALER_TWICE)',
  ],
])('fails on %s', (_, faulty, message) => {
  expect(faulty).toThrow(message);
});
