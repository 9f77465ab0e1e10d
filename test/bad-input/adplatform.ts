import { type Variant, variant as v } from './variant';

const POOL = "size: 'ccx53', vlan: nodes";
const MOVE = "{ from: k3s, to: next, names: ['api.ads.example.net'] }";

/** Ways to spoil `apps/adplatform/main.ts`. */
export const ADPLATFORM: readonly Variant[] = [
  v('an even number of servers', 'count: 5,', 'count: 4,', 'K3S_SERVERS'),
  v('a pool of nothing', 'count: 5,', 'count: 0,', 'PROP_RANGE'),
  v('more members of etcd than agree in time', 'count: 5,', 'count: 11,', 'K3S_SERVERS'),
  v('a pool over the end of its segment', 'from: 11 }', 'from: 252 }', 'NODE_POOL_ADDRESS'),
  v('a pool over the address of the API', 'from: 11 }', 'from: 3 }', 'HOST_NUMBER_TAKEN'),
  v('a size that nobody rents out', "size: 'ccx53'", "size: 'ccx99' as any", 'NODE_POOL_SIZE'),
  v('a location that there is not', "location: 'fsn1'", "location: 'mars1' as any", 'CLOUD_REGION'),
  v('a segment outside the network of the cloud', "network: '10.4.0.0/16'", "network: '10.9.0.0/16'", 'NODE_POOL_VLAN'),
  v('a disk larger than that of the size', 'Size.gibibytes(320)', 'Size.gibibytes(3200)', 'NODE_POOL_DISK'),
  v('a region that there is not', "region: 'eu-central-1', network", "region: 'eu-central-9', network", 'CLOUD_REGION'),
  v('an address of the API in another segment', "nodes.host('api', 5)", "office.host('api', 5)", 'LOAD_BALANCER_ADDRESS'),
  v('pods over the servers', "podCidr: '10.204.0.0/16'", "podCidr: '10.4.0.0/16'", 'CLUSTER_NETWORK_OVERLAP'),
  v('services over pods', "serviceCidr: '10.205.0.0/16'", "serviceCidr: '10.204.128.0/17'", 'CLUSTER_NETWORK_OVERLAP'),
  v('an autoscaler that ends below where it begins', 'autoscale: { min: 3, max: 30 }', 'autoscale: { min: 30, max: 3 }', 'PROP_RANGE'),
  v('events that scale to fewer than at least', '{ min: 3, max: 40, triggers', '{ min: 50, max: 40, triggers', 'PROP_RANGE'),
  v('an evening in no time zone', "timeZone: 'Europe/Vienna'", "timeZone: 'Europe/Wien'", 'TIME_ZONE'),
  v('a move to where the cluster is', MOVE, MOVE.replace('to: next', 'to: k3s'), 'MOVE_STATE'),
  v('a move to fewer servers', "'next', { ...servers, size", "'next', { ...servers, count: 3, size", 'MOVE_POOLS'),
  v('a move to an even number', "'next', { ...servers, size", "'next', { ...servers, count: 4, size", 'MOVE_POOLS'),
  v('a move the wrong way round', MOVE, MOVE.replace('from: k3s, to: next', 'from: next, to: k3s'), 'MOVE_STATE'),
  v('a move without the names that it takes along', MOVE, MOVE.replace("names: ['api.ads.example.net']", 'names: []'), 'PROP_EMPTY'),
  v(
    'a move that nothing may be away for',
    '  bidder.connections.allowFrom',
    "  new (require('cdk8s').ApiObject)(ads, 'budget', { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', spec: { maxUnavailable: 0, selector: {} } });\n  bidder.connections.allowFrom",
    'DRAIN_NEVER_ENDS',
  ),
  v('a token as text', "Secret.fromTerraformVariable('hcloud_token')", "'0123456789' as any", 'SECRET_KIND'),
  v('a server open to everybody by a word', 'allowFrom(office, Port.tcp(22))', "allowFrom('0.0.0.0/0' as any, Port.tcp(22))", 'FLOW_PEER'),
  v('a misspelt property of a pool', POOL, `${POOL}, spreads: true`, 'PROP_UNKNOWN'),
  v('a misspelt property of the move', MOVE, MOVE.replace('names:', 'name:'), 'PROP_UNKNOWN'),
  v('servers that come with the load, and none may', "region: 'fsn1', max: 5", "region: 'fsn1', max: 0", 'PROP_RANGE'),
  v(
    'a token where the autoscaler does not read',
    "fromKubernetes('kube-system', 'hcloud', key)",
    "fromKubernetes('ads', 'hcloud', key)",
    'AUTOSCALER_SECRET',
  ),
  v('two who make servers', '  new ArgoCd(prod', '  prod.growsWith(prod);\n  new ArgoCd(prod', 'AUTOSCALER_TWICE'),
];
