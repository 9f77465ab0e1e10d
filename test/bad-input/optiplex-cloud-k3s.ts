import { type Variant, variant as v } from './variant';

const GIVEN = 'apiAddress, token,';
const more = (text: string) => `${GIVEN} ${text},`;

/** Ways to spoil the K3s cluster of `apps/optiplex-cloud/main.ts`, and the states that it comes from. */
export const OPTIPLEX_CLOUD_K3S: readonly Variant[] = [
  v('a minor of Kubernetes that is skipped', GIVEN, more("runs: Version.of('v1.32.9+k3s1')"), 'K3S_MINOR_SKIPPED'),
  v('a way back to an older K3s', GIVEN, more("runs: Version.of('v1.35.0+k3s1')"), 'K3S_DOWNGRADE'),
  v('agents newer than their servers', GIVEN, more("agents: [], agentVersion: Version.of('v1.35.0+k3s1')"), 'K3S_SKEW'),
  v('agents four minors behind', GIVEN, more("agentVersion: Version.of('v1.30.0+k3s1')"), 'K3S_SKEW'),
  v('one server twice', 'servers: nodes,', 'servers: [...nodes.slice(1), nodes[1]!],', 'K3S_NODE_TWICE'),
  v('a server that is an agent too', GIVEN, more('agents: [nodes[0]!]'), 'K3S_NODE_TWICE'),
  v('nobody who runs workloads', GIVEN, more('dedicatedServers: true'), 'K3S_NO_WORKER'),
  v('services over pods', GIVEN, more("serviceCidr: '10.42.128.0/17'"), 'CLUSTER_NETWORK_OVERLAP'),
  v('services of K3s over a segment', GIVEN, more("serviceCidr: '10.20.0.0/20'"), 'CLUSTER_NETWORK_OVERLAP'),
  v('pods of K3s with host bits', GIVEN, more("podCidr: '10.42.0.1/16'"), 'SUBNET_HOST_BITS'),
  v('an address of the API that a DHCP server gives out', "servers.host('k3s-api', 5)", "people.host('k3s-api', 150)", 'HOST_IN_POOL'),
  v('an address of the API in another segment', "servers.host('k3s-api', 5)", "people.host('k3s-api', 5)", 'K3S_API_ADDRESS'),
  v('an address of the API in the pool of services', "servers.host('k3s-api', 5)", "servers.host('k3s-api', 205)", 'HOST_IN_POOL'),
  v('a pool of services over the nodes', 'from: 200, to: 219', 'from: 2, to: 219', 'HOST_IN_POOL'),
  v('a pool of services that ends before it begins', 'from: 200, to: 219', 'from: 219, to: 200', 'POOL_RANGE'),
  v('a pool of services over the broadcast address', 'from: 200, to: 219', 'from: 200, to: 255', 'PROP_RANGE'),
  v('a way to connect pods that there is not', GIVEN, more("network: 'calico' as any"), 'PROP_CHOICE'),
  v('a misspelt property of K3s', GIVEN, more("podCIDR: '10.42.0.0/16'"), 'PROP_UNKNOWN'),
  v(
    'a state that is kept on a machine that it makes',
    "region: 'eu-central-1', encrypt: true }",
    "region: 'eu-central-1', encrypt: true, ...(id === 'guests' && { endpoints: { s3: 'https://k3s-1.cloud.example.net:9000' } }) }",
    'STATE_FEEDS_ITSELF',
  ),
];
