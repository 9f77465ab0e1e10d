import { readProxmox } from '../../src/proxmox/read-proxmox';
import { decision, type Packet } from '../chains/packet';
import { type Parts, rule, workspace } from './workspace-text';

const FILE = 'terraform/pve/cdk.tf.json';
const read = (parts: Parts) => readProxmox(FILE, workspace(parts));

function passes(parts: Parts, packet: Partial<Packet> = {}, direction: 'incoming' | 'outgoing' = 'incoming'): boolean {
  const inward = { source: '10.1.0.5', destination: '10.2.0.5' };
  const outward = { source: '10.2.0.5', destination: '10.1.0.5' };
  const whole = { ...(direction === 'incoming' ? inward : outward), protocol: 'tcp', port: 443, ...packet } as const;
  const firewall = read(parts).find(one => one.family === (whole.source.includes(':') ? 6 : 4));
  if (!firewall) throw new Error('no firewall');
  return decision(firewall[direction], whole) === 'accept';
}

const SIX = { source: '2001:db8:0:1::5', destination: '2001:db8:0:2::5' };

describe('where there is a firewall', () => {
  test('each family of a port has one, for the addresses that the guest is given', () => {
    expect(read({})).toMatchObject([
      { file: FILE, name: 'web (100 net0)', family: 4, addresses: [{ first: 0x0a020005n, last: 0x0a020005n }] },
      { family: 6, addresses: [{ first: 0x20010db8000000020000000000000005n }] },
    ]);
  });

  test('none where the cluster, the guest or the port has it off', () => {
    expect(read({ cluster: null })).toEqual([]);
    expect(read({ cluster: { enabled: false } })).toEqual([]);
    expect(read({ options: { enabled: false } })).toEqual([]);
    expect(read({ options: { enabled: null } })).toEqual([]);
    expect(read({ port: { firewall: false } })).toEqual([]);
    expect(read({ port: { firewall: null } })).toEqual([]);
  });

  test('one that another state switches on counts where both have one endpoint', () => {
    const at = (endpoint: string, parts: Parts) =>
      JSON.stringify({ ...JSON.parse(workspace(parts)), provider: { proxmox: [{ endpoint }] } });
    const tenant = at('https://192.0.2.10:8006/', { cluster: null });
    const told = (states: readonly string[]) =>
      readProxmox(
        FILE,
        tenant,
        [],
        states.map((text, i) => [`terraform/${i}/cdk.tf.json`, text] as const),
      ).map(({ file, name }) => `${file} ${name}`);
    const on = at('https://192.0.2.10:8006/', {});
    expect(told([tenant, on])).toEqual([`${FILE} web (100 net0)`, `${FILE} web (100 net0)`]);
    expect(told([tenant, at('https://192.0.2.99:8006/', {})])).toEqual([]);
    expect(told([at('https://192.0.2.10:8006/', { cluster: { enabled: false } })])).toEqual([]);
    expect(readProxmox(FILE, workspace({ cluster: null }), [], [['terraform/pve/cdk.tf.json', workspace()]])).toEqual([]);
  });

  test('a template never runs', () => {
    const text = workspace().replace('"name":"web"', '"name":"web","template":true');
    expect(readProxmox(FILE, text)).toEqual([]);
  });

  test('a container has one as well', () => {
    const more = {
      proxmox_virtual_environment_container: {
        ns1: {
          vm_id: 101,
          initialization: { hostname: 'ns1', ip_config: [{ ipv4: { address: '10.2.0.2/24' } }] },
          network_interface: [{ name: 'eth0', firewall: true }],
        },
      },
      proxmox_virtual_environment_firewall_options: { ns1: { container_id: 101, enabled: true, dhcp: false } },
      proxmox_virtual_environment_firewall_rules: { ns1: { container_id: 101, rule: [rule({ dport: '53' })] } },
    };
    const [only, second] = readProxmox(FILE, workspace({ more }));
    expect([only?.name, only?.incoming.rules.length, second]).toEqual(['ns1 (101 net0)', 1, undefined]);
  });
});

describe('policies and rules', () => {
  test('in is dropped and out is accepted, unless the options say otherwise', () => {
    expect([passes({}), passes({}, {}, 'outgoing')]).toEqual([false, true]);
    const turned = { options: { input_policy: 'ACCEPT', output_policy: 'DROP' } };
    expect([passes(turned), passes(turned, {}, 'outgoing')]).toEqual([true, false]);
    expect(passes({ options: { output_policy: 'REJECT' } }, {}, 'outgoing')).toBe(false);
  });

  test('the first rule of the direction that matches decides', () => {
    expect(passes({ rules: [rule()] })).toBe(true);
    expect(passes({ rules: [rule({ type: 'out' })] })).toBe(false);
    expect(passes({ rules: [rule({ action: 'DROP' }), rule()] })).toBe(false);
    expect(passes({ rules: [rule(), rule({ action: 'REJECT' })] })).toBe(true);
    expect(passes({ rules: [rule({ type: 'out', action: 'DROP' })] }, {}, 'outgoing')).toBe(false);
  });

  test('a rule that is off is not there; one of another port neither', () => {
    expect(passes({ rules: [rule({ enabled: false })] })).toBe(false);
    expect([passes({ rules: [rule({ iface: 'net1' })] }), passes({ rules: [rule({ iface: 'net0' })] })]).toEqual([false, true]);
  });

  test('without addresses a rule is about both families, with them about theirs', () => {
    expect([passes({ rules: [rule()] }), passes({ rules: [rule()] }, SIX)]).toEqual([true, true]);
    const four = { rules: [rule({ source: '10.1.0.0/24' })] };
    expect([passes(four), passes(four, SIX), passes(four, { source: '10.3.0.5' })]).toEqual([true, false, false]);
  });

  test('addresses are lists, or a range', () => {
    const list = { rules: [rule({ source: '10.1.0.5,10.3.0.0/16' })] };
    expect([passes(list), passes(list, { source: '10.3.9.9' }), passes(list, { source: '10.1.0.6' })]).toEqual([true, true, false]);
    const range = { rules: [rule({ source: '10.1.0.4-10.1.0.6' })] };
    expect([passes(range), passes(range, { source: '10.1.0.7' })]).toEqual([true, false]);
  });

  test('ports are lists and ranges with a colon', () => {
    const parts = { rules: [rule({ dport: '22,8000:8010' })] };
    expect([21, 22, 8000, 8010, 8011].map(port => passes(parts, { port }))).toEqual([false, true, true, true, false]);
  });

  test('protocols have names or numbers, and ICMP one family each', () => {
    const accepts = (proto: string | undefined, packet: Partial<Packet>, more = {}) =>
      passes({ rules: [{ type: 'in', action: 'ACCEPT', proto, ...more }] }, packet);
    expect(accepts(undefined, { protocol: 'other', port: 47 })).toBe(true);
    expect([accepts('47', { protocol: 'other', port: 47 }), accepts('gre', { protocol: 'other', port: 50 })]).toEqual([true, false]);
    expect([accepts('6', {}), accepts('17', { protocol: 'udp' })]).toEqual([true, true]);
    expect([accepts('icmp', { protocol: 'icmp' }), accepts('icmp', { ...SIX, protocol: 'icmp' })]).toEqual([true, false]);
    expect([accepts('ipv6-icmp', { protocol: 'icmp' }), accepts('ipv6-icmp', { ...SIX, protocol: 'icmp' })]).toEqual([false, true]);
    const echo = { dport: 'echo-request' };
    expect([8, 13].map(port => accepts('icmp', { protocol: 'icmp', port }, echo))).toEqual([true, false]);
    expect([128, 8].map(port => accepts('icmpv6', { ...SIX, protocol: 'icmp', port }, echo))).toEqual([true, false]);
  });

  test('a macro stands for its protocols and ports', () => {
    const parts = { rules: [rule({ macro: 'dns', proto: null })] };
    expect([passes(parts, { port: 53 }), passes(parts, { protocol: 'udp', port: 53 }), passes(parts)]).toEqual([true, true, false]);
    const ping = { rules: [rule({ macro: 'Ping', proto: null })] };
    expect([passes(ping, { protocol: 'icmp', port: 8 }), passes(ping, { ...SIX, protocol: 'icmp', port: 128 })]).toEqual([true, true]);
  });

  test('a comment may have what Terraform would read as a template, escaped', () => {
    const [four] = read({ rules: [rule({ comment: '$${x} of %%{y}' })] });
    expect(four?.incoming.rules[0]?.name).toBe(`${FILE}: proxmox_virtual_environment_firewall_rules.web rule 1 ($\${x} of %%{y})`);
  });
});

describe('names', () => {
  const GROUP = 'proxmox_virtual_environment_cluster_firewall_security_group';
  const alias = (name: string, cidr: string, of = {}) => ({ name, cidr, ...of });
  const more = {
    proxmox_virtual_environment_firewall_alias: {
      lan: alias('lan', '10.1.0.0/24'),
      dmz: alias('dmz', '10.6.0.0/24'),
      own: alias('dmz', '10.7.0.0/24', { vm_id: 100 }),
    },
    proxmox_virtual_environment_firewall_ipset: {
      admins: {
        name: 'admins',
        cidr: [{ name: '10.1.0.0/24' }, { name: '10.1.0.8/29', nomatch: true }, { name: '10.1.0.9' }, { name: 'dmz' }],
      },
      both: { name: 'both', cidr: [{ name: '10.1.0.5' }, { name: '2001:db8:0:1::/64' }] },
    },
  };
  const from = (source: string, packet: Partial<Packet> = {}) => passes({ more, rules: [rule({ source })] }, packet);

  test('an alias is its prefix, in its family, and that of the guest comes first', () => {
    expect([from('lan'), from('LAN'), from('dc/lan'), from('lan', SIX)]).toEqual([true, true, true, false]);
    expect([from('dmz', { source: '10.7.0.1' }), from('dmz', { source: '10.6.0.1' })]).toEqual([true, false]);
    expect([from('dc/dmz', { source: '10.7.0.1' }), from('dc/dmz', { source: '10.6.0.1' })]).toEqual([false, true]);
    expect(from('guest/dmz', { source: '10.7.0.1' })).toBe(true);
  });

  test('a set has prefixes and aliases of both families, and the longest prefix decides', () => {
    expect([from('+both'), from('+both', SIX), from('+both', { source: '10.1.0.6' })]).toEqual([true, true, false]);
    const sources = ['10.1.0.5', '10.1.0.8', '10.1.0.9', '10.1.0.15', '10.6.0.1'];
    expect(sources.map(source => from('+dc/admins', { source }))).toEqual([true, false, true, false, true]);
  });

  test('rules of a security group stand where the group is named', () => {
    const groups = {
      [GROUP]: {
        web: { name: 'web', rule: [rule({ dport: '80' }), rule({ dport: '443', action: 'DROP' }), rule({ type: 'out', action: 'DROP' })] },
      },
    };
    const named = { type: null, action: null, proto: null, security_group: 'web' };
    const parts = { more: groups, rules: [rule(named), rule()] };
    expect([passes(parts, { port: 80 }), passes(parts), passes(parts, { port: 22 })]).toEqual([true, false, true]);
    expect(passes(parts, {}, 'outgoing')).toBe(false);
    expect(passes({ more: groups, rules: [rule({ ...named, iface: 'net1' })] }, { port: 80 })).toBe(false);
    expect(passes({ more: groups, rules: [rule({ ...named, enabled: false })] }, { port: 80 })).toBe(false);
  });
});

describe('options', () => {
  const dhcp = (port: number) => ({ protocol: 'udp', port }) as const;

  test('DHCP lets the client ask and the server answer', () => {
    const on = { options: { dhcp: true, output_policy: 'DROP' } };
    expect([passes(on, dhcp(68)), passes(on, dhcp(67), 'outgoing'), passes(on, dhcp(67)), passes(on, dhcp(68), 'outgoing')]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(passes(on, { ...SIX, ...dhcp(546) })).toBe(true);
    expect(passes({}, dhcp(68))).toBe(false);
    expect(passes({ options: { dhcp: null } }, dhcp(68))).toBe(true);
  });

  test('neighbour discovery opens no connection, whatever the options say of it', () => {
    for (const [ndp, radv] of [
      [true, true],
      [false, false],
    ]) {
      const [, six] = read({ options: { ndp, radv } });
      expect([six?.incoming.rules, six?.outgoing.rules]).toEqual([[], []]);
    }
  });
});
