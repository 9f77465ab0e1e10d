import { Version } from '@ashlar/core';
import { Vlan } from '@ashlar/network';
import { factoryLab, type InfrastructureName } from './factory-lab';

type Lab = ReturnType<typeof factoryLab>;

/** What is written wrong, in a lab, and what one is told. */
const REFUSED: readonly [title: string, props: (lab: Lab) => object, told: string, on?: InfrastructureName][] = [
  [
    'no workers',
    () => ({ workers: undefined }),
    '[lab/brain/clusters/media] workers is missing; write workers: { count: 2 } (PROP_MISSING)',
  ],
  [
    'an option that it does not know',
    () => ({ replicas: 3 }),
    '[lab/brain/clusters/media] there is no property replicas; use one of vlan, version, running, class, controlPlanes, workers, apiAddress, nodes, loadBalancers, podCidr, serviceCidr (PROP_UNKNOWN)',
  ],
  [
    'an even number of control planes',
    () => ({ controlPlanes: 2 }),
    '[lab/brain/clusters/media] etcd has 2 members, and an even number survives no more than one less would; use 1, 3, 5 or 7 control planes, and make the others workers, see https://etcd.io/docs/v3.6/faq/ (DOWNSTREAM_CONTROL_PLANES)',
  ],
  [
    'more workers at least than at most',
    () => ({ workers: { min: 5, max: 2 } }),
    '[lab/brain/clusters/media] workers.max is 2, and workers.min is 5; write workers: { min: 2, max: 5 } (DOWNSTREAM_WORKERS)',
  ],
  [
    'an autoscaler with nothing to choose',
    () => ({ workers: { min: 2, max: 2 } }),
    '[lab/brain/clusters/media] workers.max is 2, and workers.min is 2; write workers: { count: 2 } (DOWNSTREAM_WORKERS)',
  ],
  [
    'half a worker',
    () => ({ workers: { count: 1.5 } }),
    '[lab/brain/clusters/media] workers.count must be a whole number, got 1.5; write workers.count: 0 (PROP_TYPE)',
  ],
  [
    'a class by its name',
    () => ({ class: 'small' }),
    '[lab/brain/clusters/media] class must be a ClusterClass, got "small"; write class: ClusterClass.SMALL (PROP_TYPE)',
  ],
  [
    'a version that the providers do not know yet',
    () => ({ version: Version.of('1.36.0') }),
    `[lab/brain/clusters/media] version must be a release of Kubernetes from 1.30 to 1.35, which the Talos providers manage, got "1.36.0"; write Version.of('1.35.0'), see https://github.com/siderolabs/cluster-api-control-plane-provider-talos#compatibility-with-cluster-api-and-kubernetes-versions (DOWNSTREAM_VERSION)`,
  ],
  [
    'a version without its patch',
    () => ({ version: Version.of('1.34') }),
    `[lab/brain/clusters/media] version must be a release of Kubernetes from 1.30 to 1.35, which the Talos providers manage, got "1.34"; write Version.of('1.34.0'), see https://github.com/siderolabs/cluster-api-control-plane-provider-talos#compatibility-with-cluster-api-and-kubernetes-versions (DOWNSTREAM_VERSION)`,
  ],
  [
    'a skipped minor',
    () => ({ version: Version.of('1.35.0'), running: Version.of('1.33.6') }),
    '[lab/brain/clusters/media] version is 1.35.0, and 1.33.6 runs: 1 minor is skipped; upgrade to 1.34 first, see https://kubernetes.io/releases/version-skew-policy/ (DOWNSTREAM_VERSION)',
  ],
  [
    'two skipped minors',
    () => ({ version: Version.of('1.35.0'), running: Version.of('1.32.10') }),
    '[lab/brain/clusters/media] version is 1.35.0, and 1.32.10 runs: 2 minors are skipped; upgrade to 1.33 first, see https://kubernetes.io/releases/version-skew-policy/ (DOWNSTREAM_VERSION)',
  ],
  [
    'a downgrade',
    () => ({ version: Version.of('1.33.6'), running: Version.of('1.34.2') }),
    "[lab/brain/clusters/media] version is 1.33.6, and 1.34.2 runs: etcd's data is not read by an older API; stay at 1.34.2, or restore a backup of the time before, see https://kubernetes.io/releases/version-skew-policy/ (DOWNSTREAM_VERSION)",
  ],
  [
    'fewer addresses than machines',
    () => ({ nodes: { from: 21, to: 26 } }),
    '[lab/brain/clusters/media] nodes are 6 addresses, and 3 control planes, 2 workers and 2 more while they are replaced need 7; widen the range, or have fewer machines (DOWNSTREAM_NODES)',
  ],
  [
    'addresses in the wrong order',
    () => ({ nodes: { from: 32, to: 21 } }),
    '[lab/brain/clusters/media] nodes end at 21, before they begin at 32; write { from: 21, to: 32 } (DOWNSTREAM_NODES)',
  ],
  [
    'addresses outside the segment',
    () => ({ nodes: { from: 250, to: 260 } }),
    '[lab/brain/clusters/media] nodes.to must be from 1 to 254, got 260; choose a value inside the range (PROP_RANGE)',
  ],
  [
    'the address of the gateway',
    () => ({ nodes: { from: 1, to: 12 } }),
    '[lab/brain/clusters/media] nodes 1 to 12 have the gateway 10.40.0.1 of lab/media among them; begin above 1 (DOWNSTREAM_NODES)',
  ],
  [
    'the address of its own API',
    () => ({ nodes: { from: 20, to: 32 } }),
    '[lab/brain/clusters/media] nodes 20 to 32 have lab/media/media-api, 10.40.0.20, among them; choose numbers that no host has (DOWNSTREAM_NODES)',
  ],
  [
    "another's address",
    ({ media }) => {
      media.host('printer', 25);
      return { nodes: { from: 21, to: 32 } };
    },
    '[lab/brain/clusters/media] nodes 21 to 32 have lab/media/printer, 10.40.0.25, among them; choose numbers that no host has (DOWNSTREAM_NODES)',
  ],
  [
    'addresses that DHCP gives out',
    ({ media }) => {
      media.pool('dhcp', { use: 'dhcp', from: 30, to: 60 });
      return { nodes: { from: 21, to: 32 } };
    },
    '[lab/brain/clusters/media] nodes 21 to 32 overlap 30 to 60 of lab/media/dhcp, a pool for dhcp; choose ranges that have no number in common (DOWNSTREAM_NODES)',
  ],
  [
    'hosts of another segment',
    ({ games }) => ({ nodes: [games.host('g1', 11)] }),
    '[lab/brain/clusters/media] nodes have lab/games/g1 among them, outside lab/media; list hosts of its segment (DOWNSTREAM_NODES)',
  ],
  [
    'an API in another segment',
    ({ games }) => ({ apiAddress: games.host('api', 20) }),
    "[lab/brain/clusters/media] apiAddress is lab/games/api, outside lab/media, where its machines pass it on; write apiAddress: media.host('media-api', …) (DOWNSTREAM_API_ADDRESS)",
  ],
  [
    'an API in its own segment, where Harvester answers elsewhere',
    ({ media }) => ({ apiAddress: media.host('api', 20) }),
    "[lab/brain/clusters/media] apiAddress is lab/media/api, outside lab/hypervisors, where Harvester answers for it; write apiAddress: hypervisors.host('media-api', …) (DOWNSTREAM_API_ADDRESS)",
    'harvester',
  ],
  [
    'an API as text',
    () => ({ apiAddress: '10.40.0.20' }),
    `[lab/brain/clusters/media] apiAddress must be a Host, got "10.40.0.20"; write apiAddress: media.host('media-api', 20) (PROP_TYPE)`,
  ],
  [
    'services in another segment',
    ({ games }) => ({ loadBalancers: games.pool('services', { use: 'load-balancer', from: 200, to: 219 }) }),
    '[lab/brain/clusters/media] loadBalancers is in games, where its machines cannot answer for it; make the pool in media (LOAD_BALANCER_POOL)',
  ],
  [
    'services out of the pool of DHCP',
    ({ media }) => ({ loadBalancers: media.pool('dhcp', { use: 'dhcp', from: 200, to: 219 }) }),
    "[lab/brain/clusters/media/network/load-balancers] pool is lab/media/dhcp, a pool for dhcp; make a pool with use: 'load-balancer' (LOAD_BALANCER_POOL)",
  ],
  [
    'a segment as text',
    () => ({ vlan: 'media' }),
    '[lab/brain/clusters/media] vlan must be a Vlan, got "media"; write vlan: media (PROP_TYPE)',
  ],
  [
    'a segment of IPv6 alone',
    ({ site }) => ({ vlan: new Vlan(site, 'six', { tag: 66, ipv6: 'fd20:0:0:66::/64' }) }),
    '[lab/brain/clusters/media] lab/six has no IPv4 prefix, and the providers give machines IPv4 addresses; give it an ipv4 (DOWNSTREAM_VLAN)',
  ],
  [
    'pods in a prefix that is none',
    () => ({ podCidr: '10.244.0.1/16' }),
    '[lab/brain/clusters/media] podCidr has bits set right of its prefix, got "10.244.0.1/16"; write 10.244.0.0/16 (SUBNET_HOST_BITS)',
  ],
];

describe('a downstream cluster refuses', () => {
  test.each(REFUSED)('%s', (_, props, told, on = 'proxmox') => {
    const lab = factoryLab(on);
    expect(() => lab.cluster(props(lab))).toThrow(new Error(told));
  });
});
