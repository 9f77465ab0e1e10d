import { Testing } from '@ashlar/core/testing';
import { Vlan } from '@ashlar/network';
import { EvpnController, ProxmoxVm, SdnSubnet, SdnVnet, SdnZone, type SdnZoneProps, sdnVnetOf } from '../../../src';
import { appliedFor, guestBridge } from '../../../src/proxmox/sdn/guest-bridge';
import { GUEST, lab } from '../../lab';
import { refuses } from '../refuses';
import { resourcesOf } from '../resources';

test('a vnet is a segment: its tag, its name, its prefix', () => {
  const { site, pve, servers } = lab();
  const zone = new SdnZone(pve, 'tenants', { type: 'vlan' });
  const vnet = new SdnVnet(zone, 'web', { vlan: servers });
  new SdnSubnet(vnet, 'ipv4');
  expect(sdnVnetOf(pve, servers)).toBe(vnet);
  expect(resourcesOf(site, 'proxmox_sdn_zone_vlan')).toMatchObject([{ id: 'tenants', mtu: 1500, bridge: 'vmbr0' }]);
  expect(resourcesOf(site, 'proxmox_sdn_vnet')).toMatchObject([{ id: 'web', zone: 'tenants', tag: 20, alias: 'servers' }]);
  expect(resourcesOf(site, 'proxmox_sdn_subnet')).toMatchObject([{ vnet: 'web', cidr: '10.20.0.0/24', gateway: '10.20.0.1' }]);
  expect(Testing.findings(site)).toEqual([]);
});

test('a segment that is no vnet has none', () => {
  const { pve, servers, management } = lab();
  expect(sdnVnetOf(pve, servers)).toBeUndefined();
  new SdnVnet(new SdnZone(pve, 'tenants', { type: 'vlan' }), 'web', { vlan: servers });
  expect(sdnVnetOf(pve, management)).toBeUndefined();
});

test('the segment of a vnet in a VLAN zone has to reach the nodes', () => {
  const { site, pve } = lab();
  const guests = new Vlan(site, 'guests', { tag: 30, ipv4: '10.30.0.0/24' });
  new SdnVnet(new SdnZone(pve, 'tenants', { type: 'vlan', nodes: ['pve-01'] }), 'guests', { vlan: guests });
  expect(Testing.findings(site)).toEqual([
    'error [lab/rack/pve-01] lab/hypervisors/pve/tenants/guests needs lab/guests (VLAN 30), which lab/rack/lan/port-1 does not carry; add it to tagged of that port (VLAN_NOT_TRUNKED)',
  ]);
});

test('an overlay needs no trunk; its packets are smaller, and the nodes let each other in', () => {
  const { site, pve } = lab();
  const guests = new Vlan(site, 'guests', { tag: 30, ipv4: '10.30.0.0/24' });
  const zone = new SdnZone(pve, 'overlay', { type: 'vxlan', peers: ['192.168.1.9'] });
  new SdnVnet(zone, 'guests', { vlan: guests, tag: 100_030 });
  expect(resourcesOf(site, 'proxmox_sdn_zone_vxlan')).toMatchObject([
    { id: 'overlay', mtu: 1450, peers: ['192.168.1.10', '192.168.1.11', '192.168.1.12', '192.168.1.9'] },
  ]);
  expect(resourcesOf(site, 'proxmox_sdn_vnet')).toMatchObject([{ tag: 100_030 }]);
  const [rules] = resourcesOf(site, 'proxmox_virtual_environment_firewall_rules') as [{ rule: object[] }];
  expect(rules.rule).toContainEqual({
    type: 'in',
    action: 'ACCEPT',
    proto: 'udp',
    dport: '4789',
    source: '192.168.1.10,192.168.1.11,192.168.1.12',
    comment: 'from lab/hypervisors/pve',
  });
});

test('what carries more leaves more', () => {
  const { pve } = lab();
  expect(new SdnZone(pve, 'jumbo', { type: 'vxlan', networkMtu: 9000 }).mtu).toBe(8950);
  expect(new SdnZone(pve, 'stacked', { type: 'qinq', serviceVlan: 100 }).mtu).toBe(1496);
});

test('over IPv6 a VXLAN takes 70 bytes', () => {
  const { pve } = lab(({ management }) => ({ nodes: [{ name: 'pve-01', address: '2001:db8::11' }], managedFrom: [management] }), 1);
  expect(new SdnZone(pve, 'overlay', { type: 'vxlan' }).mtu).toBe(1430);
});

test('an EVPN zone routes: its controller, its exits, gateways on the nodes', () => {
  const { site, pve } = lab();
  const guests = new Vlan(site, 'guests', { tag: 30, ipv4: '10.30.0.0/24' });
  const controller = new EvpnController(pve, 'evpn', { asn: 65_000 });
  const zone = new SdnZone(pve, 'routed', { type: 'evpn', controller, vrfVxlan: 10_000, exitNodes: ['pve-02', 'pve-01'] });
  new SdnSubnet(new SdnVnet(zone, 'guests', { vlan: guests, isolatePorts: true }), 'ipv4', { snat: true });
  expect(resourcesOf(site, 'proxmox_sdn_controller_evpn')).toMatchObject([
    { id: 'evpn', asn: 65_000, peers: ['192.168.1.10', '192.168.1.11', '192.168.1.12'] },
  ]);
  expect(resourcesOf(site, 'proxmox_sdn_zone_evpn')).toMatchObject([
    { controller: 'evpn', vrf_vxlan: 10_000, exit_nodes: ['pve-01', 'pve-02'], primary_exit_node: 'pve-02', mtu: 1450 },
  ]);
  expect(resourcesOf(site, 'proxmox_sdn_vnet')).toMatchObject([{ isolate_ports: true, tag: 30 }]);
  expect(resourcesOf(site, 'proxmox_sdn_subnet')).toMatchObject([{ snat: true, gateway: '10.30.0.1' }]);
});

test('a simple zone of one node gives addresses out', () => {
  const { site, pve } = lab();
  const guests = new Vlan(site, 'guests', { tag: 30, ipv4: '10.30.0.0/24' });
  const pool = guests.pool('dhcp', { use: 'dhcp', from: 100, to: 199 });
  const zone = new SdnZone(pve, 'private', { type: 'simple', nodes: ['pve-01'], dhcp: true });
  new SdnSubnet(new SdnVnet(zone, 'guests', { vlan: guests }), 'ipv4', { dhcp: pool, snat: true });
  expect(resourcesOf(site, 'proxmox_sdn_zone_simple')).toMatchObject([{ nodes: ['pve-01'], dhcp: 'dnsmasq', ipam: 'pve' }]);
  expect(resourcesOf(site, 'proxmox_sdn_vnet')[0]).not.toHaveProperty('tag');
  expect(resourcesOf(site, 'proxmox_sdn_subnet')).toMatchObject([
    { dhcp_range: { start_address: '10.30.0.100', end_address: '10.30.0.199' } },
  ]);
});

test('everything is applied once when it is there, and once when it is gone', () => {
  const { site, pve, servers } = lab();
  const zone = new SdnZone(pve, 'tenants', { type: 'vlan' });
  new SdnSubnet(new SdnVnet(zone, 'web', { vlan: servers }), 'ipv4');
  const [applied, removed] = resourcesOf(site, 'proxmox_sdn_applier');
  const made = ['proxmox_sdn_subnet', 'proxmox_sdn_vnet', 'proxmox_sdn_zone_vlan'];
  const addresses = made.map(type => expect.stringMatching(new RegExp(`^${type}\\.`)));
  expect(removed).toEqual({ on_create: false, on_destroy: true });
  expect(applied).toEqual({
    on_create: true,
    on_destroy: false,
    depends_on: addresses,
    lifecycle: { replace_triggered_by: addresses },
  });
  for (const type of made) {
    for (const resource of resourcesOf(site, type)) {
      expect(resource.depends_on).toContainEqual(expect.stringMatching(/^proxmox_sdn_applier\..*removed/));
    }
  }
});

test('guests on a vnet wait for it; others do not', () => {
  const { pve, servers, management } = lab();
  expect(appliedFor(pve, [servers])).toEqual([]);
  new SdnVnet(new SdnZone(pve, 'tenants', { type: 'vlan' }), 'web', { vlan: servers });
  expect(appliedFor(pve, [servers])).toHaveLength(1);
  expect(appliedFor(pve, [management])).toEqual([]);
});

test('a vnet of no segment has a prefix of its own, which must be free in the site', () => {
  const { site, pve } = lab();
  const zone = new SdnZone(pve, 'private', { type: 'simple' });
  new SdnSubnet(new SdnVnet(zone, 'lab1', {}), 'ipv4', { cidr: '10.99.0.0/24', gateway: '10.99.0.1' });
  expect(Testing.findings(site)).toEqual([]);
  new SdnSubnet(new SdnVnet(zone, 'lab2', {}), 'ipv4', { cidr: '10.20.0.0/16' });
  expect(Testing.findings(site)).toEqual([
    'error [lab/hypervisors/pve/private/lab2/ipv4] 10.20.0.0/16 overlaps 10.20.0.0/24 of lab/servers; choose prefixes that have no address in common, or give the vnet that segment (SDN_SUBNET_OVERLAP)',
  ]);
});

test('a router between an overlay and a plain segment is told that packets differ', () => {
  const { site, pve, servers, debian } = lab();
  const guests = new Vlan(site, 'guests', { tag: 30, ipv4: '10.30.0.0/24' });
  new SdnVnet(new SdnZone(pve, 'overlay', { type: 'vxlan' }), 'guests', { vlan: guests });
  const router = new ProxmoxVm(pve, 'router', {
    ...GUEST,
    node: 'pve-01',
    host: servers.host('router', 1),
    otherNics: [guests.host('router-guests', 1)],
    template: debian,
    stateful: false,
  });
  expect(router.routes).toBe(true);
  expect(Testing.findings(site).filter(text => text.includes('SDN_MTU'))).toEqual([
    'warning [lab/hypervisors/pve/router] routes between lab/hypervisors/pve/overlay, whose packets have up to 1450 bytes, and segments of 1500; raise networkMtu of the zone and of the network below it, and have the router clamp the segment size of TCP until then (SDN_MTU)',
  ]);
});

/** A guest on a segment that is a vnet of a zone. */
function onVnet(zone: SdnZoneProps, node: string) {
  const all = lab();
  const guests = new Vlan(all.site, 'guests', { tag: 30, ipv4: '10.30.0.0/24' });
  new SdnVnet(new SdnZone(all.pve, 'tenants', zone), 'guests', { vlan: guests });
  const host = guests.host('web', 20);
  return {
    ...all,
    guests,
    web: new ProxmoxVm(all.pve, 'web', { ...GUEST, node, host, otherNics: [all.servers.host('web2', 20)], template: all.debian }),
  };
}

test('a guest is connected to the vnet of its segment, and knows how big packets may be', () => {
  const { web, guests, servers, management } = onVnet({ type: 'vxlan', nodes: ['pve-01', 'pve-02'] }, 'pve-01');
  expect(guestBridge(web, guests)).toEqual({ bridge: 'guests', mtu: 1450 });
  expect(guestBridge(web, servers)).toEqual({ bridge: 'vmbr0', vlanId: 20 });
  expect(guestBridge(web, management)).toEqual({ bridge: 'vmbr0' });
});

describe('a guest', () => {
  refuses(
    'a node without the zone of its segment',
    () => {
      const { web, guests } = onVnet({ type: 'vxlan', nodes: ['pve-01', 'pve-02'] }, 'pve-03');
      guestBridge(web, guests);
    },
    '[lab/hypervisors/pve/web] may run on pve-03, which does not have lab/hypervisors/pve/tenants, the zone of lab/guests; choose one of pve-01, pve-02, or add pve-03 to nodes of the zone (SDN_VNET_NODE)',
  );
});

const zoneOf = (props: Partial<SdnZoneProps>, id = 'tenants') => new SdnZone(lab().pve, id, props as SdnZoneProps);

describe('a zone', () => {
  refuses(
    'a type that there is not',
    () => zoneOf({ type: 'gre' as never }),
    `[lab/hypervisors/pve/tenants] type must be one of simple, vlan, qinq, vxlan, evpn, got "gre"; write type: 'simple' (PROP_CHOICE)`,
  );
  refuses('no type', () => zoneOf({}), "[lab/hypervisors/pve/tenants] type is missing; write type: 'vlan' (PROP_MISSING)");
  refuses(
    'a name of nine letters',
    () => zoneOf({ type: 'vlan' }, 'customers'),
    '[lab/hypervisors/pve/customers] the name of a zone must be 2 to 8 lower-case letters and digits, a letter first, got "customers"; write it like tenants (PROP_FORMAT)',
  );
  refuses(
    'a property of another type',
    () => zoneOf({ type: 'simple', bridge: 'vmbr1' }),
    '[lab/hypervisors/pve/tenants] there is no property bridge; use one of type, nodes, networkMtu, dhcp (PROP_UNKNOWN)',
  );
  refuses(
    'a service VLAN of 4095',
    () => zoneOf({ type: 'qinq', serviceVlan: 4095 }),
    '[lab/hypervisors/pve/tenants] serviceVlan must be from 1 to 4094, got 4095; choose a value inside the range (PROP_RANGE)',
  );
  refuses(
    'an MTU below that of IPv6',
    () => zoneOf({ type: 'vxlan', networkMtu: 1200 }),
    '[lab/hypervisors/pve/tenants] networkMtu must be from 1280 to 9216 bytes, got 1200; choose a value inside the range (PROP_RANGE)',
  );
  refuses(
    'peers of another family',
    () => zoneOf({ type: 'vxlan', peers: ['2001:db8::9'] }),
    '[lab/hypervisors/pve/tenants] its packets go between addresses of one family, and 192.168.1.10 is of the other, got "2001:db8::9"; give all ends addresses of one family (SDN_PEERS)',
  );
  refuses(
    'no controller',
    () => zoneOf({ type: 'evpn', vrfVxlan: 10 }),
    "[lab/hypervisors/pve/tenants] controller is missing; write controller: new EvpnController(pve, 'evpn', { asn: 65000 }) (PROP_MISSING)",
  );
  refuses(
    'a node of nobody',
    () => zoneOf({ type: 'vlan', nodes: ['pve-09'] }),
    '[lab/hypervisors/pve] has no such node, got "pve-09"; use one of pve-01, pve-02, pve-03 (PROXMOX_NODE_UNKNOWN)',
  );
  refuses(
    'an exit without the zone',
    () => {
      const { pve } = lab();
      const controller = new EvpnController(pve, 'evpn', { asn: 65_000 });
      new SdnZone(pve, 'routed', { type: 'evpn', controller, vrfVxlan: 10, nodes: ['pve-01', 'pve-02'], exitNodes: ['pve-03'] });
    },
    '[lab/hypervisors/pve/routed] leaves by pve-03, which does not have the zone; choose one of pve-01, pve-02, or add it to nodes (SDN_EXIT_NODE)',
  );
  refuses(
    'a second controller',
    () => {
      const { pve } = lab();
      for (const id of ['evpn', 'evpn2']) new EvpnController(pve, id, { asn: 65_000 });
    },
    '[lab/hypervisors/pve/evpn2] lab/hypervisors/pve already has an EVPN controller, lab/hypervisors/pve/evpn; give its zones that one (EVPN_CONTROLLER)',
  );
  refuses(
    'a service VLAN that is on the bridge already',
    () => {
      const { pve, servers } = lab();
      new SdnVnet(new SdnZone(pve, 'tenants', { type: 'vlan' }), 'web', { vlan: servers });
      new SdnZone(pve, 'stacked', { type: 'qinq', serviceVlan: 20 });
    },
    '[lab/hypervisors/pve/stacked] serviceVlan 20 is already on vmbr0, that of lab/hypervisors/pve/tenants/web; choose another tag (SDN_SERVICE_VLAN)',
  );
});

const vnetIn = (zone: SdnZoneProps, props: object, id = 'web') => {
  const all = lab();
  return new SdnVnet(new SdnZone(all.pve, 'tenants', zone), id, props);
};

describe('a vnet', () => {
  refuses(
    'a name with a dash',
    () => vnetIn({ type: 'vlan' }, { tag: 30 }, 'web-1'),
    '[lab/hypervisors/pve/tenants/web-1] the name of a vnet must be 2 to 8 lower-case letters and digits, a letter first, got "web-1"; write it like tenants (PROP_FORMAT)',
  );
  refuses('no tag', () => vnetIn({ type: 'vlan' }, {}), '[lab/hypervisors/pve/tenants/web] tag is missing; write tag: 1 (PROP_MISSING)');
  refuses(
    'a tag of 4095 on a wire',
    () => vnetIn({ type: 'vlan' }, { tag: 4095 }),
    '[lab/hypervisors/pve/tenants/web] tag must be from 1 to 4094, got 4095; choose a value inside the range (PROP_RANGE)',
  );
  refuses(
    'a VXLAN id of 25 bits',
    () => vnetIn({ type: 'vxlan' }, { tag: 16_777_216 }),
    '[lab/hypervisors/pve/tenants/web] tag must be from 1 to 16777215, got 16777216; choose a value inside the range (PROP_RANGE)',
  );
  refuses(
    'a tag in a simple zone',
    () => vnetIn({ type: 'simple' }, { tag: 30 }),
    '[lab/hypervisors/pve/tenants/web] a vnet of a simple zone has no tag: its frames stay on their node, got 30; leave tag out, or make the zone of another type (SDN_TAG)',
  );
  refuses(
    'a segment by its tag',
    () => vnetIn({ type: 'vlan' }, { vlan: 20 }),
    '[lab/hypervisors/pve/tenants/web] vlan must be a Vlan, got 20; write vlan: servers (PROP_TYPE)',
  );
  refuses(
    'another tag than that of its segment',
    () => {
      const { pve, servers } = lab();
      new SdnVnet(new SdnZone(pve, 'tenants', { type: 'vlan' }), 'web', { vlan: servers, tag: 21 });
    },
    '[lab/hypervisors/pve/tenants/web] its frames have the tag of lab/servers on the wire, 20, got 21; leave tag out (SDN_TAG)',
  );
  refuses(
    'a tag that is taken in its zone',
    () => {
      const { pve } = lab();
      const zone = new SdnZone(pve, 'tenants', { type: 'vlan' });
      for (const id of ['web', 'mail']) new SdnVnet(zone, id, { tag: 30 });
    },
    '[lab/hypervisors/pve/tenants/mail] tag 30 is already on vmbr0, that of lab/hypervisors/pve/tenants/web; choose another tag, or one vnet for both (SDN_TAG_TAKEN)',
  );
  refuses(
    'a tag that is taken by another zone on the same bridge',
    () => {
      const { pve } = lab();
      for (const id of ['tenants', 'others']) new SdnVnet(new SdnZone(pve, id, { type: 'vlan' }), `${id[0]}web`, { tag: 30 });
    },
    '[lab/hypervisors/pve/others/oweb] tag 30 is already on vmbr0, that of lab/hypervisors/pve/tenants/tweb; choose another tag, or one vnet for both (SDN_TAG_TAKEN)',
  );
  refuses(
    'a VXLAN id that is the routing of a zone',
    () => {
      const { pve } = lab();
      const controller = new EvpnController(pve, 'evpn', { asn: 65_000 });
      new SdnVnet(new SdnZone(pve, 'routed', { type: 'evpn', controller, vrfVxlan: 30 }), 'web', { tag: 30 });
    },
    '[lab/hypervisors/pve/routed/web] VXLAN id 30 is already that of lab/hypervisors/pve/routed, and both go between the same nodes; choose another one (SDN_VNI)',
  );
  refuses(
    'a name that is taken in another zone',
    () => {
      const { pve } = lab();
      for (const [i, id] of ['tenants', 'others'].entries()) new SdnVnet(new SdnZone(pve, id, { type: 'vlan' }), 'web', { tag: 30 + i });
    },
    '[lab/hypervisors/pve/others/web] there is already a vnet web, lab/hypervisors/pve/tenants/web; choose another id (SDN_NAME)',
  );
  refuses(
    'a segment that is a vnet already',
    () => {
      const { pve, servers } = lab();
      new SdnVnet(new SdnZone(pve, 'tenants', { type: 'vlan' }), 'web', { vlan: servers });
      new SdnVnet(new SdnZone(pve, 'overlay', { type: 'vxlan' }), 'web2', { vlan: servers });
    },
    '[lab/hypervisors/pve/overlay/web2] lab/servers is already the vnet lab/hypervisors/pve/tenants/web; give each segment one vnet (SDN_VLAN_TWICE)',
  );
  refuses(
    'a segment that has guests on the bridge already',
    () => {
      const { pve, servers, debian } = lab();
      new ProxmoxVm(pve, 'web', { ...GUEST, node: 'pve-01', host: servers.host('web', 20), template: debian });
      new SdnVnet(new SdnZone(pve, 'tenants', { type: 'vlan' }), 'web', { vlan: servers });
    },
    '[lab/hypervisors/pve/tenants/web] lab/hypervisors/pve/web was connected to lab/servers before it had a vnet; create the vnet before its guests (SDN_VNET_LATE)',
  );
  refuses(
    'a segment in a simple zone of several nodes',
    () => {
      const { pve, servers } = lab();
      new SdnVnet(new SdnZone(pve, 'private', { type: 'simple' }), 'web', { vlan: servers });
    },
    "[lab/hypervisors/pve/private/web] lab/servers would fall into 3 parts: in a simple zone, guests reach those of their own node only; give the zone one node, or write type: 'vxlan' (SDN_SPLIT)",
  );
  refuses(
    'the segment without a tag',
    () => {
      const { pve, management } = lab();
      new SdnVnet(new SdnZone(pve, 'tenants', { type: 'vlan' }), 'mgmt', { vlan: management });
    },
    "[lab/hypervisors/pve/tenants/mgmt] lab/management has no tag on vmbr0, and a vnet always sends one; use another segment, or tell the cluster with untagged: 'none', and the switch too (SDN_UNTAGGED)",
  );
});

const subnetIn = (zone: SdnZoneProps, props: object) =>
  new SdnSubnet(vnetIn(zone, zone.type === 'simple' ? {} : { tag: 30 }), 'ipv4', props);
const SIMPLE: SdnZoneProps = { type: 'simple', dhcp: true };

describe('a subnet', () => {
  refuses(
    'no prefix',
    () => subnetIn(SIMPLE, {}),
    "[lab/hypervisors/pve/tenants/web/ipv4] has no prefix, and lab/hypervisors/pve/tenants/web is no segment of the model; write cidr: '10.20.0.0/24' (SDN_SUBNET)",
  );
  refuses(
    'a prefix with bits of a host',
    () => subnetIn(SIMPLE, { cidr: '10.99.0.5/24' }),
    '[lab/hypervisors/pve/tenants/web/ipv4] cidr has bits set right of its prefix, got "10.99.0.5/24"; write 10.99.0.0/24 (SUBNET_HOST_BITS)',
  );
  refuses(
    'a gateway outside',
    () => subnetIn(SIMPLE, { cidr: '10.99.0.0/24', gateway: '10.98.0.1' }),
    '[lab/hypervisors/pve/tenants/web/ipv4] gateway is no address of a host of 10.99.0.0/24, got "10.98.0.1"; write one from 10.99.0.1 to 10.99.0.254 (SDN_GATEWAY)',
  );
  refuses(
    'the broadcast address as gateway',
    () => subnetIn(SIMPLE, { cidr: '10.99.0.0/24', gateway: '10.99.0.255' }),
    '[lab/hypervisors/pve/tenants/web/ipv4] gateway is no address of a host of 10.99.0.0/24, got "10.99.0.255"; write one from 10.99.0.1 to 10.99.0.254 (SDN_GATEWAY)',
  );
  refuses(
    'to hide guests of whom the nodes are no gateway',
    () => subnetIn({ type: 'vlan' }, { cidr: '10.99.0.0/24', snat: true }),
    '[lab/hypervisors/pve/tenants/web/ipv4] the nodes do not route a vlan zone, so that they cannot hide its guests; leave snat out, and have its gateway do that (SDN_SNAT)',
  );
  refuses(
    'to hide guests without a gateway',
    () => subnetIn(SIMPLE, { cidr: '10.99.0.0/24', snat: true }),
    "[lab/hypervisors/pve/tenants/web/ipv4] nodes hide guests whose gateway they are, and it has none; write gateway: '10.99.0.1' (SDN_SNAT)",
  );
  refuses(
    'DHCP in a zone without',
    () => subnetIn({ type: 'vlan' }, { cidr: '10.99.0.0/24', dhcp: { first: '10.99.0.10', last: '10.99.0.20' } }),
    "[lab/hypervisors/pve/tenants/web/ipv4] its zone lab/hypervisors/pve/tenants gives no addresses out; write dhcp: true for the zone, of type 'simple', or have the gateway of the segment do it (SDN_DHCP)",
  );
  refuses(
    'a DHCP range that leaves it',
    () => subnetIn(SIMPLE, { cidr: '10.99.0.0/24', dhcp: { first: '10.99.0.200', last: '10.99.1.20' } }),
    `[lab/hypervisors/pve/tenants/web/ipv4] dhcp must be two addresses of 10.99.0.0/24, the lower one first, got "10.99.0.200 to 10.99.1.20"; write dhcp: { first: '10.99.0.1', last: '10.99.0.254' } (SDN_DHCP)`,
  );
  refuses(
    'a DHCP range that holds the gateway',
    () => subnetIn(SIMPLE, { cidr: '10.99.0.0/24', gateway: '10.99.0.1', dhcp: { first: '10.99.0.1', last: '10.99.0.20' } }),
    '[lab/hypervisors/pve/tenants/web/ipv4] 10.99.0.1 to 10.99.0.20 holds the gateway, got "10.99.0.1"; begin at 10.99.0.2 (SDN_DHCP)',
  );
  refuses(
    'a pool of another segment',
    () => {
      const { servers } = lab();
      subnetIn(SIMPLE, { cidr: '10.99.0.0/24', dhcp: servers.pool('dhcp', { use: 'dhcp', from: 100, to: 199 }) });
    },
    "[lab/hypervisors/pve/tenants/web/ipv4] lab/servers/dhcp is no pool of its segment for DHCP; write servers.pool('dhcp', { use: 'dhcp', from: 100, to: 199 }) (SDN_DHCP)",
  );
  refuses(
    'a prefix that its segment does not have',
    () => {
      const { pve, servers } = lab();
      new SdnSubnet(new SdnVnet(new SdnZone(pve, 'tenants', { type: 'vlan' }), 'web', { vlan: servers }), 'ipv4', { cidr: '10.99.0.0/24' });
    },
    '[lab/hypervisors/pve/tenants/web/ipv4] cidr is none of lab/servers, which has 10.20.0.0/24 and fd20:0:0:20::/64, got "10.99.0.0/24"; write one of them, or leave cidr out (SDN_SUBNET)',
  );
});
