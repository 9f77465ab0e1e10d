import { readProxmox } from '../../src/proxmox/read-proxmox';
import type { HostFirewall } from '../../src/router';
import { addressesOf } from '../../src/space/address-text';
import { decision, type Packet } from '../chains/packet';

type Values = Readonly<Record<string, unknown>>;

const FILE = 'terraform/pve/cdk.tf.json';
const ALIAS = 'proxmox_virtual_environment_firewall_alias';
const IP_SET = 'proxmox_virtual_environment_firewall_ipset';
const RULES = 'proxmox_virtual_environment_firewall_rules';
const NODE = 'proxmox_node_firewall';

const segment = (name: string, cidr: string) => ({ name, path: name, addresses: { 4: addressesOf([cidr], 4), 6: [] }, gateways: [] });
const SEGMENTS = [segment('servers', '10.20.0.0/24'), segment('management', '192.168.1.0/24')];

/** Two hypervisors at 192.168.1.10 and .11 behind a cluster's firewall, and what else the workspace says. */
function firewalls(resource: Values = {}, cluster: Values = {}, segments = SEGMENTS): readonly HostFirewall[] {
  const node = [
    { name: 'pve-01', address: '192.168.1.10' },
    { name: 'pve-02', address: '192.168.1.11' },
  ];
  const text = JSON.stringify({
    provider: { proxmox: [{ endpoint: 'https://192.168.1.10:8006/', ssh: { agent: true, node } }] },
    resource: { proxmox_virtual_environment_cluster_firewall: { pve: { enabled: true, ...cluster } }, ...resource },
  });
  return readProxmox(FILE, text, segments);
}

function first(...settings: Parameters<typeof firewalls>): HostFirewall {
  return firewalls(...settings)[0] as HostFirewall;
}

const packet = (source: string, port: number, protocol: Packet['protocol'] = 'tcp'): Packet => {
  return { source, destination: '192.168.1.10', protocol, port };
};

test('the firewall of a node is on unless it is switched off', () => {
  expect(firewalls().map(({ name, family }) => [name, family])).toEqual([
    ['hypervisor pve-01', 4],
    ['hypervisor pve-02', 4],
  ]);
  expect(firewalls({ [NODE]: { a: { node_name: 'pve-01', enabled: false } } }).map(({ name }) => name)).toEqual(['hypervisor pve-02']);
  expect(firewalls({}, { enabled: false })).toEqual([]);
});

test.each([
  ['the web and the API', 8006],
  ['SSH', 22],
  ['consoles', 5900],
  ['consoles', 5999],
  ['SPICE', 3128],
  ['migration', 60_050],
])('%s are open to the network of the node, without a rule', (_what, port) => {
  const { incoming } = first();
  expect(decision(incoming, packet('192.168.1.77', port))).toBe('accept');
  expect(decision(incoming, packet('10.20.0.4', port))).toBe('drop');
  expect(decision(incoming, packet('192.168.1.77', port, 'udp'))).toBe('drop');
});

test('other ports are closed, and what a node opens is not', () => {
  const { incoming, outgoing } = first();
  expect(decision(incoming, packet('192.168.1.77', 111))).toBe('drop');
  expect(decision(incoming, packet('192.168.1.77', 8, 'icmp'))).toBe('drop');
  expect(decision(outgoing, { source: '192.168.1.10', destination: '198.51.100.7', protocol: 'tcp', port: 443 })).toBe('accept');
});

test('a closed way out leaves management of the own network and corosync', () => {
  const { outgoing } = first({}, { output_policy: 'DROP' });
  const from = { source: '192.168.1.10', protocol: 'tcp' as const };
  expect(decision(outgoing, { ...from, destination: '192.168.1.77', port: 22 })).toBe('accept');
  expect(decision(outgoing, { ...from, destination: '192.168.1.77', port: 60_000 })).toBe('drop');
  expect(decision(outgoing, { ...from, destination: '198.51.100.7', port: 22 })).toBe('drop');
  expect(decision(outgoing, { ...from, destination: '192.168.1.11', protocol: 'udp', port: 5405 })).toBe('accept');
});

test('corosync is open between nodes alone, and IGMP to everybody', () => {
  const { incoming } = first();
  expect(decision(incoming, packet('192.168.1.11', 5404, 'udp'))).toBe('accept');
  expect(decision(incoming, packet('192.168.1.77', 5404, 'udp'))).toBe('drop');
  expect(decision(incoming, packet('192.168.1.77', 2, 'other'))).toBe('accept');
});

test('the set `management` may manage too, and the alias `local_network` takes the place of the segment', () => {
  const set = { [IP_SET]: { m: { name: 'management', cidr: [{ name: '10.30.0.0/24' }] } } };
  expect(decision(first(set).incoming, packet('10.30.0.9', 8006))).toBe('accept');
  expect(decision(first(set).incoming, packet('192.168.1.77', 8006))).toBe('accept');
  const alias = { [ALIAS]: { l: { name: 'local_network', cidr: '192.168.1.64/26' } } };
  expect(decision(first(alias).incoming, packet('192.168.1.70', 8006))).toBe('accept');
  expect(decision(first(alias).incoming, packet('192.168.1.7', 8006))).toBe('drop');
  expect(first(alias, {}, []).managedFrom).toEqual(addressesOf(['192.168.1.64/26'], 4));
});

test('rules of a node go before those of the cluster, and before what is always open', () => {
  const rule = (action: string, source: string) => ({ type: 'in', action, proto: 'tcp', dport: '8006', source });
  const rules = {
    [RULES]: {
      own: { node_name: 'pve-01', rule: [rule('DROP', '192.168.1.77')] },
      cluster: { rule: [rule('ACCEPT', '192.168.1.77,10.30.0.9'), rule('DROP', '192.168.1.78')] },
    },
  };
  const [one, two] = firewalls(rules) as [HostFirewall, HostFirewall];
  expect(decision(one.incoming, packet('192.168.1.77', 8006))).toBe('drop');
  expect(decision(two.incoming, packet('192.168.1.77', 8006))).toBe('accept');
  expect(decision(one.incoming, packet('10.30.0.9', 8006))).toBe('accept');
  expect(decision(two.incoming, packet('192.168.1.78', 8006))).toBe('drop');
});

test.each<[string, Parameters<typeof firewalls>, string]>([
  [
    'a node without an address',
    [{ [NODE]: { a: { node_name: 'pve-09' } } }],
    `${NODE}.a node_name "pve-09" cannot be judged; give the node an address in ssh of the provider`,
  ],
  [
    'a node twice',
    [{ [NODE]: { a: { node_name: 'pve-01' }, b: { node_name: 'pve-01' } } }],
    `${NODE}.b node_name "pve-01" cannot be judged; write it in ${NODE}.a`,
  ],
  [
    'the preview of another firewall',
    [{ [NODE]: { a: { node_name: 'pve-01', nftables: true } } }],
    `${NODE}.a nftables true cannot be judged; leave it out: what the preview does is not known`,
  ],
  [
    'a node in no segment',
    [{}, {}, [SEGMENTS[0]] as typeof SEGMENTS],
    'provider proxmox 1 ssh 1 node 1 address "192.168.1.10" cannot be judged; say which network may manage pve-01, with an alias local_network',
  ],
  [
    'a rule for one port of a node',
    [{ [RULES]: { cluster: { rule: [{ type: 'in', action: 'ACCEPT', proto: 'tcp', iface: 'vmbr0' }] } } }],
    `${RULES}.cluster rule 1 iface "vmbr0" cannot be judged; leave it out: where traffic to a node arrives is not known`,
  ],
  [
    'an unknown policy',
    [{}, { input_policy: 'MAGIC' }],
    'proxmox_virtual_environment_cluster_firewall.pve input_policy "MAGIC" cannot be judged; write DROP',
  ],
  [
    'an unknown option',
    [{ [NODE]: { a: { node_name: 'pve-01', magic: 1 } } }],
    `${NODE}.a magic 1 cannot be judged; write the rule without it`,
  ],
])('%s is refused', (_what, settings, message) => {
  expect(() => firewalls(...settings)).toThrow(new Error(`[${FILE}] ${message} (REACH_UNJUDGED)`));
});
