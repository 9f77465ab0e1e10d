import { type Variant, variant as v } from './variant';

const ENDPOINT = "endpoint: platform.host('brain', 10)";
const SERVICES = "serviceCidr: '10.245.0.0/16'";
const DISK = "installDisk: '/dev/vda'";
const patch = (config: string) => `${DISK},\n    patches: [{ config: ${config} }]`;

/** Ways to spoil the clusters of `apps/metal-lab/main.ts`: the brain on Talos. */
export const METAL_LAB_CLUSTERS: readonly Variant[] = [
  // Its machines
  v('an even number of machines for the brain', 'controlPlanes: brain', 'controlPlanes: brain.slice(0, 2)', 'TALOS_CONTROL_PLANES'),
  v('no control plane', 'controlPlanes: brain', 'controlPlanes: []', 'PROP_EMPTY'),
  v('one control plane twice', 'controlPlanes: brain', 'controlPlanes: [...brain.slice(0, 2), brain[0]!]', 'TALOS_NODE_TWICE'),
  v('a control plane that is a worker too', 'controlPlanes: brain', 'workers: [brain[0]!],\n    controlPlanes: brain', 'TALOS_NODE_TWICE'),
  v(
    'two of three members of etcd on one machine',
    'placement: { apartFrom: [...brain] }',
    'placement: { machines: [(nodes[Math.max(n - 2, 0)] as any).machine] }',
    'ETCD_ON_ONE_HOST',
  ),
  v('a disk that is none', DISK, "installDisk: 'vda'", 'PROP_FORMAT'),
  // Where its API answers
  v('the address of a control plane for the API', ENDPOINT, 'endpoint: brain[0]!', 'TALOS_ENDPOINT'),
  v('an address for the API in another segment', ENDPOINT, "endpoint: management.host('brain', 10)", 'TALOS_ENDPOINT'),
  v('an API without TLS', ENDPOINT, "endpoint: 'http://brain.lab.example.net:6443'", 'TALOS_ENDPOINT'),
  v(
    'an address for the API that a DHCP server gives out',
    ENDPOINT,
    "endpoint: (platform.pool('dhcp', { use: 'dhcp', from: 100, to: 199 }), platform.host('brain', 150))",
    'HOST_IN_POOL',
  ),
  // Versions
  v('a release of Talos that nobody has tried', 'talos: Version.of(TALOS.version)', "talos: Version.of('v1.9.0')", 'TALOS_VERSION'),
  v('a Kubernetes that its Talos does not run', "Version.of('1.35.0')", "Version.of('1.29.0')", 'TALOS_KUBERNETES'),
  v('a way back to an older Kubernetes', DISK, `${DISK},\n    running: { kubernetes: Version.of('1.36.0') }`, 'TALOS_DOWNGRADE'),
  v('a way from a Talos that nobody knows', DISK, `${DISK},\n    running: { talos: Version.of('v1.2.0') }`, 'TALOS_RUNNING'),
  v('an extension that Talos does not have', "'qemu-guest-agent'", "'qemu-guest-agnt'", 'TALOS_EXTENSION'),
  // Addresses
  v('pods of the brain over a segment', SERVICES, `${SERVICES},\n    podCidr: '10.130.0.0/16'`, 'CLUSTER_NETWORK_OVERLAP'),
  v('services of a cluster over a segment', SERVICES, "serviceCidr: '10.130.0.0/20'", 'CLUSTER_NETWORK_OVERLAP'),
  v('pods over services of their cluster', SERVICES, `${SERVICES},\n    podCidr: '10.245.128.0/17'`, 'CLUSTER_NETWORK_OVERLAP'),
  v('pods of fewer nodes than there are', SERVICES, `${SERVICES},\n    podCidr: '10.244.0.0/23'`, 'TALOS_POD_CIDR'),
  v('as many services as fit two hands', SERVICES, "serviceCidr: '10.245.0.0/28'", 'TALOS_SERVICE_CIDR'),
  // Secrets and patches
  v('certificates in the program', "Secret.fromSops('secrets/talos.yaml', 'brain')", "'hunter2' as any", 'TALOS_SECRETS'),
  v(
    'certificates in a store on the cluster that they make',
    "Secret.fromSops('secrets/talos.yaml', 'brain')",
    "Secret.fromOpenBao('kv/talos', 'brain')",
    'TALOS_SECRETS',
  ),
  v('a token of the cluster in a patch', DISK, patch("{ cluster: { token: 'abcdef.0123456789abcdef' } }"), 'TALOS_PATCH_SECRET'),
  v('a misspelt key of a machine', DISK, patch('{ machine: { kubelt: {} } }'), 'TALOS_PATCH_KEY'),
  v('a document that Talos does not know', DISK, patch("{ apiVersion: 'v1alpha1', kind: 'VlanConf' }"), 'TALOS_PATCH_KIND'),
  v('a misspelt property of a cluster', DISK, "instalDisk: '/dev/vda'", 'PROP_UNKNOWN'),
  v('a cluster that has the name of another', "TalosCluster(site, 'brain'", "TalosCluster(rack, 'hci'", 'CLUSTER_TAKEN'),
];
