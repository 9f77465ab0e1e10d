/** A way to spoil `apps/optiplex-cloud/main.ts`: replace `from` by `to`, as a hurried user, or one without types, would write it. */
export interface Variant {
  readonly title: string;
  readonly from: string;
  readonly to: string;
  /** Code of the one error that must come. */
  readonly code: string;
}

const v = (title: string, from: string, to: string, code: string): Variant => ({ title, from, to, code });

export const VARIANTS: readonly Variant[] = [
  // Names and the site
  v('a domain of one label', "domain: 'cloud.example.net'", "domain: 'cloud'", 'SITE_DOMAIN'),
  v('a domain that is no text', "domain: 'cloud.example.net'", 'domain: 42 as any', 'SITE_DOMAIN'),
  v('a site id with a space', "new Site('optiplex-cloud'", "new Site('optiplex cloud'", 'SITE_ID'),
  // Networks
  v('a VLAN tag out of range', 'tag: 20,', 'tag: 4095,', 'PROP_RANGE'),
  v('a VLAN tag as text', 'tag: 20,', "tag: '20' as any,", 'PROP_TYPE'),
  v('a VLAN tag taken', 'tag: 20,', 'tag: 10,', 'VLAN_TAG'),
  v('two segments that overlap', "ipv4: '10.20.0.0/24'", "ipv4: '192.168.0.0/16'", 'SUBNET_OVERLAP'),
  v('host bits set in a prefix', "ipv4: '10.20.0.0/24'", "ipv4: '10.20.0.7/24'", 'SUBNET_HOST_BITS'),
  v('an IPv6 prefix for IPv4', "ipv4: '10.30.0.0/24'", "ipv4: 'fd30::/64'", 'SUBNET_FAMILY'),
  v('an address that is none', "ipv4: '10.20.0.0/24'", "ipv4: '10.20.0.256/24'", 'SUBNET_FORMAT'),
  v('a segment without a prefix', "tag: 30, ipv4: '10.30.0.0/24'", 'tag: 30', 'VLAN_PREFIX'),
  v('a gateway outside its segment', "tag: 2, ipv4: '203.0.113.0/29'", "tag: 2, ipv4: '203.0.113.0/29', gateway: '203.0.113.9'", 'GATEWAY'),
  v('a misspelt property', "tag: 10, ipv4: '192.168.1.0/24'", "tag: 10, ipv4: '192.168.1.0/24', gatway: '192.168.1.1'", 'PROP_UNKNOWN'),
  v(
    'two pools that overlap',
    'from: 200, to: 219',
    "from: 200, to: 219 });\n  servers.pool('more', { use: 'dhcp', from: 210, to: 230",
    'POOL_OVERLAP',
  ),
  v('a pool that ends before it begins', 'from: 100, to: 199 }', 'from: 199, to: 100 }', 'POOL_RANGE'),
  v('a pool beyond its segment', 'from: 200, to: 219', 'from: 200, to: 319', 'PROP_RANGE'),
  v('a pool over a host', 'from: 200, to: 219', 'from: 2, to: 19', 'HOST_IN_POOL'),
  v('a host number taken', "management.host('nas', 20)", "management.host('nas', 10); management.host('other', 10)", 'HOST_NUMBER_TAKEN'),
  v('a host on the broadcast address', "management.host('nas', 20)", "management.host('nas', 255)", 'HOST_NUMBER'),
  v('a host name that DNS refuses', "management.host('nas', 20)", "management.host('NAS_1', 20)", 'PROP_FORMAT'),
  v('a host name taken', "management.host('nas', 20)", "management.host('nas', 20); people.host('nas', 20)", 'HOST_NAME'),
  // The shelf
  v('memory as text', 'memory: Size.gibibytes(16),', "memory: '16Gi' as any,", 'PROP_TYPE'),
  v('a negative size', 'memory: Size.gibibytes(16),', 'memory: Size.gibibytes(-16),', 'QUANTITY'),
  v('more cores than threads', 'threads: 4,', 'threads: 1,', 'MODEL_THREADS'),
  v('a MAC address that is none', 'eno1: `02:00:5e:10:00:0${n}`', 'eno1: `02:00:5e:10:0${n}`', 'MAC_FORMAT'),
  v('one MAC address for all', 'eno1: `02:00:5e:10:00:0${n}`', "eno1: '02:00:5e:10:00:01'", 'MAC_TAKEN'),
  v('a network port that the model has not', "machine.nic('eno1')", "machine.nic('eth0')", 'NIC_UNKNOWN'),
  v('a switch port that is not there', 'lan.port(8)', 'lan.port(9)', 'PORT_NUMBER'),
  v('a switch port used twice', 'lan.port(8)', 'lan.port(1)', 'PORT_CONNECTED'),
  v(
    'a VLAN that is not trunked to the machine',
    'tagged: [wan, servers, people]',
    'tagged: n === 2 ? [wan, people] : [wan, servers, people]',
    'VLAN_NOT_TRUNKED',
  ),
  v('a feed that cannot carry them', 'capacity: Power.watts(2300)', 'capacity: Power.watts(100)', 'POWER_OVERLOAD'),
  v('an acknowledgement without a reason', "'a flat has one circuit; an outage takes the lights too'", "''", 'ACKNOWLEDGE_REASON'),
  // Proxmox VE
  v('a workspace without a backend', 'backend: stack => new S3Backend', 'backed: (stack: any) => new S3Backend', 'PROP_UNKNOWN'),
  v('two nodes without a third vote', 'nodes: machines.map((machine', 'nodes: machines.slice(1).map((machine', 'PROXMOX_QUORUM'),
  v('a token as text', "apiToken: Secret.fromTerraformVariable('proxmox_api_token')", "apiToken: 'root@pam!x=1' as any", 'PROP_TYPE'),
  v('a version as text', "version: Version.of('8.4')", "version: '8.4' as any", 'PROP_TYPE'),
  v('a version that is not supported', "version: Version.of('8.4')", "version: Version.of('7.4')", 'PROXMOX_VERSION'),
  v('ids out of range', 'vmIds: { from: 100, to: 199 }', 'vmIds: { from: 1, to: 199 }', 'PROP_RANGE'),
  v('ids of the ledger outside the range', 'vmIds: { from: 100, to: 199 }', 'vmIds: { from: 100, to: 100 }', 'LEDGER_OUTSIDE'),
  v('a guest larger than its host', '...guest(3, 8, 80)', '...guest(3, 32, 80)', 'GUEST_MEMORY'),
  v('guests that together are larger than their host', '...guest(3, 8, 80)', '...guest(3, 14, 80)', 'MEMORY_OVERCOMMITTED'),
  v('no processors', '...guest(3, 8, 80)', '...guest(0, 8, 80)', 'PROP_RANGE'),
  v('a disk larger than the pool', '...guest(3, 8, 80)', '...guest(3, 8, 500)', 'GUEST_DISK'),
  v(
    'a guest on a node that is not there',
    'new hci.ProxmoxVm(pve, `k3s-${i + 1}`, { node,',
    "new hci.ProxmoxVm(pve, `k3s-${i + 1}`, { node: 'pve-09',",
    'PROXMOX_NODE_UNKNOWN',
  ),
  v('high availability on one node', 'highAvailability: {}', "highAvailability: { nodes: ['pve-01'] }", 'HA_ONE_NODE'),
  v('a checksum that is none', 'hci.CloudImage.of(...DEBIAN_13_CLOUD)', "hci.CloudImage.of(DEBIAN_13_CLOUD[0], 'abc')", 'IMAGE_CHECKSUM'),
  // K3s
  v('an even number of servers', 'servers: nodes,', 'servers: nodes.slice(1),', 'K3S_SERVERS'),
  v(
    'servers on one host',
    'new hci.ProxmoxVm(pve, `k3s-${i + 1}`, { node, host',
    'new hci.ProxmoxVm(pve, `k3s-${i + 1}`, { node: machines[Math.min(i + 1, 2)], host',
    'K3S_SERVERS_ON_ONE_HOST',
  ),
  v('a version that is not of K3s', "Version.of('v1.34.2+k3s1')", "Version.of('v1.34.2')", 'K3S_VERSION'),
  v("a server's own address for the API", 'apiAddress, token', 'apiAddress: nodes[0]!, token', 'K3S_API_ADDRESS'),
  v('a pod network over a segment', 'token, loadBalancers', "token, loadBalancers, podCidr: '10.30.0.0/16'", 'CLUSTER_NETWORK_OVERLAP'),
  v(
    'a DHCP pool for load balancers',
    'token, loadBalancers',
    "token, loadBalancers: servers.pool('dhcp', { use: 'dhcp', from: 30, to: 40 })",
    'LOAD_BALANCER_POOL',
  ),
  v('a token as text in the cluster', "Secret.fromTerraformVariable('k3s_token')", "'hunter2' as any", 'PROP_TYPE'),
  // What runs there
  v('an image that moves', 'image: SHOP', "image: 'ghcr.io/example/shop:latest'", 'IMAGE_NOT_PINNED'),
  v('a port as text', 'port: 8080, env', "port: '8080' as any, env", 'PROP_TYPE'),
  v('storage as text', 'storage: Size.gibibytes(10),', "storage: '10Gi' as any,", 'PROP_TYPE'),
  v(
    'as many synchronous replicas as instances',
    'storage: Size.gibibytes(10),',
    'storage: Size.gibibytes(10),\n    synchronousReplicas: 3,',
    'POSTGRES_SYNC_REPLICAS',
  ),
  v(
    'two namespaces of one name',
    "const shop = prod.namespace('shop');",
    "prod.namespace('shop');\n  const shop = prod.namespace('shop');",
    'UNIT_TAKEN',
  ),
  v('two things of one name', "new Workload(shop, 'web'", "new Workload(shop, 'orders'", 'ID_TAKEN'),
  v(
    'a Terraform reference in a manifest',
    'env = { DATABASE_HOST: orders.host,',
    'env = { DATABASE_HOST: (nodes[0]!.node.findChild("vm") as any).getStringAttribute("name"),',
    'TERRAFORM_TOKEN_IN_MANIFEST',
  ),
  v(
    'a secret in text',
    'env = { DATABASE_HOST: orders.host,',
    'env = { DATABASE_HOST: `postgres://${orders.password as any}@db`,',
    'SECRET_IN_TEXT',
  ),
  v(
    'a circle of dependencies',
    "web.expose({ host: 'shop.cloud.example.net' });",
    'web.node.addDependency(orders);\n  orders.node.addDependency(web);',
    'DEPENDENCY_CIRCLE',
  ),
  v(
    'a flow without a port',
    'prod.allowServicesFrom(people, Port.tcp(443))',
    'prod.allowServicesFrom(people, undefined as any)',
    'FLOW_PORT',
  ),
  v(
    'a port that does not exist',
    'prod.allowServicesFrom(people, Port.tcp(443))',
    'prod.allowServicesFrom(people, Port.tcp(70000))',
    'PORT',
  ),
  v(
    'no installer for charts',
    "  new ArgoCd(prod, 'argocd', { repository: 'https://git.example.net/cloud.git', path: 'apps/optiplex-cloud/out' });\n",
    '',
    'CHART_WITHOUT_INSTALLER',
  ),
  v(
    'a password in a repository address',
    'https://git.example.net/cloud.git',
    'https://me:hunter2@git.example.net/cloud.git',
    'ARGOCD_REPOSITORY_PASSWORD',
  ),
];
