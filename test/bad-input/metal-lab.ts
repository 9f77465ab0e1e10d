import { type Variant, variant as v } from './variant';

/** Ways to spoil `apps/metal-lab/main.ts`: most are of its network. */
export const METAL_LAB: readonly Variant[] = [
  // Gateway
  v('a release that nobody knows', "version: '1.5'", "version: '1.3' as any", 'PROP_CHOICE'),
  v('a network port that is none', "wanInterface: 'eth0'", "wanInterface: 'vtnet0'", 'PROP_FORMAT'),
  v('one network port for both sides', "lanInterface: 'eth1'", "lanInterface: 'eth0'", 'GATEWAY_INTERFACE'),
  v('two network ports for seven segments', "lanInterface: 'eth1'", "lanInterface: ['eth1', 'eth2']", 'GATEWAY_INTERFACE'),
  v('the address of the router that it is to route to', "home.host('lab-gateway', 2)", "home.host('lab-gateway', 1)", 'GATEWAY_WAN'),
  v('an uplink that is also a segment', '    segments,\n    admins', '    segments: [...segments, home],\n    admins', 'GATEWAY_SEGMENT'),
  v('a segment twice', '    segments,\n    admins', '    segments: [...segments, dev],\n    admins', 'GATEWAY_SEGMENT'),
  v('nobody who may log in', "{ name: 'admin', sshKeys: [", "{ name: 'admin', sshKeys: [] }, { name: 'b', sshKeys: [", 'PROP_EMPTY'),
  v('half of an SSH key', 'IMr5+QaxapHLAWDFCr2si9bbmig/qXUfmAHvmRVUtGqK admin', 'IMr5 admin', 'SSH_KEY'),
  v('an uplink that is missing', "wan: home.host('lab-gateway', 2),", '', 'PROP_MISSING'),
  v('management from where nobody is', "management.host('desk', 9)", "provisioning.host('desk', 9)", 'MANAGEMENT_LOCKOUT'),
  // BGP
  v('no autonomous system of its own', '    asn: 64512,\n', '', 'BGP_ASN'),
  v('an autonomous system out of range', 'asn: 64520', 'asn: 4_294_967_296', 'PROP_RANGE'),
  v('a prefix of services that is a segment', "prefixes: ['10.130.0.0/24']", "prefixes: ['10.30.0.0/25']", 'SUBNET_OVERLAP'),
  v('a prefix of services with host bits', "prefixes: ['10.130.0.0/24']", "prefixes: ['10.130.0.7/24']", 'SUBNET_HOST_BITS'),
  v('neighbors on two segments', 'neighbors: brain', 'neighbors: [...brain, desk]', 'BGP_NEIGHBOR'),
  v('no neighbors', 'neighbors: brain', 'neighbors: []', 'PROP_EMPTY'),
  v('one prefix of services for two clusters', '`10.${140 + i}.0.0/24`', "'10.140.0.0/24'", 'SUBNET_OVERLAP'),
  // Segments and zones
  v(
    'a zone over the border',
    '  // ── Who announces',
    "  new (require('@ashlar/network').Zone)(site, 'both', { vlans: [media, storage] });\n  // ── Who announces",
    'ZONE_UNROUTED',
  ),
  v(
    'a zone with capitals',
    '  // ── Who announces',
    "  new (require('@ashlar/network').Zone)(site, 'Both', { vlans: [media, games] });\n  // ── Who announces",
    'PROP_FORMAT',
  ),
  v(
    'a segment in two zones',
    '  // ── Who announces',
    "  const { Zone } = require('@ashlar/network');\n  new Zone(site, 'a', { vlans: [media, games] });\n  new Zone(site, 'b', { vlans: [media, dev] });\n  // ── Who announces",
    'ZONE_VLAN',
  ),
  v('a segment of IPv6 among those of IPv4', "'10.20.0.0/24'", "'fd20::/64'", 'SUBNET_FAMILY'),
  v('a gateway of the other family', "tag: 20, ipv4: '10.20.0.0/24'", "tag: 20, ipv4: '10.20.0.0/24', gateway: 'fd20::1'", 'GATEWAY'),
  // Flows
  v(
    'a flow to a segment that nothing routes',
    'const vip = harvester',
    'storage.connections.allowFrom(platform, https);\n  const vip = harvester',
    'FLOW_NO_PATH',
  ),
  v('a port without protocol', 'Port.tcp(6443)', '6443 as any', 'FLOW_PORT'),
  v('a port beyond the last', 'Port.tcp(50_000)', 'Port.tcp(500_000)', 'PORT'),
  v('a protocol without ports', 'Port.tcp(50_000)', "Port.range('gre' as any, 1, 2)", 'PORT_PROTOCOL'),
  v('a flow of something that has no address', 'allowFrom(platform, port)', 'allowFrom(rack as any, port)', 'FLOW_PEER'),
  v(
    'a flow that another one contains',
    'const vip = harvester',
    'desk.connections.allowTo(harvester, https);\n  const vip = harvester',
    'FLOW_SHADOWED',
  ),
  v(
    'the home, let into the lab',
    'const vip = harvester',
    'platform.connections.allowFrom(home, https);\n  const vip = harvester',
    'ASYMMETRIC_ROUTE',
  ),
  v(
    'a port of the Internet for a whole segment',
    'const vip = harvester',
    'media.connections.allowFrom(Internet.of(site), https);\n  const vip = harvester',
    'FLOW_FORWARD',
  ),
  v(
    'one public port for two hosts',
    'const vip = harvester',
    'for (const node of brain.slice(1)) node.connections.allowFrom(Internet.of(site), https);\n  const vip = harvester',
    'FLOW_FORWARD',
  ),
  v(
    'a port forward of a ping',
    'const vip = harvester',
    "new (require('@ashlar/network').PortForward)(gateway, 'ping', { to: desk, port: Port.icmp() });\n  const vip = harvester",
    'PORT_FORWARD_PORT',
  ),
  v(
    'a port forward from an address inside',
    'const vip = harvester',
    "new (require('@ashlar/network').PortForward)(gateway, 'web', { to: desk, port: https, address: media.host('public') });\n  const vip = harvester",
    'PORT_FORWARD_ADDRESS',
  ),
];
