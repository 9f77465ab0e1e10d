import { readPfSense } from '../../src/pfsense/read-pfsense';
import { decision, type Packet } from '../chains/packet';
import { alias, config, type Parts, rule } from './config';

const FILE = 'devices/pfsense/gw.xml';
const read = (parts: Parts) => readPfSense(FILE, config(parts));

/** What passes from the LAN to the lab, unless the packet says otherwise. */
function passes(parts: Parts, packet: Partial<Packet>, arrives = 'lan', leaves = 'opt1'): boolean {
  const whole = { source: '10.1.0.5', destination: '10.2.0.5', protocol: 'tcp', port: 443, ...packet } as const;
  return decision(read(parts).forward(arrives, leaves), whole) === 'accept';
}

describe('rules of an interface', () => {
  test('what no rule passes is dropped', () => {
    expect(passes({}, {})).toBe(false);
    expect(read({}).forward('lan', 'opt1')).toMatchObject({ otherwise: 'drop', name: `${FILE}: default deny on lan` });
  });

  test('a rule is about packets that arrive on its interface, wherever they leave', () => {
    const parts = { filter: rule({}) };
    expect(passes(parts, {})).toBe(true);
    expect(passes(parts, { destination: '198.51.100.7' }, 'lan', 'wan')).toBe(true);
    expect(passes(parts, { source: '10.2.0.5', destination: '10.1.0.5' }, 'opt1', 'lan')).toBe(false);
  });

  test('the first that matches decides, and reject is no pass', () => {
    const closed = { destination: '<any/><port>22</port>' };
    const open = rule({});
    expect(passes({ filter: rule({ ...closed, type: 'block' }) + open }, { port: 22 })).toBe(false);
    expect(passes({ filter: rule({ ...closed, type: 'reject' }) + open }, { port: 22 })).toBe(false);
    expect(passes({ filter: open + rule({ ...closed, type: 'block' }) }, { port: 22 })).toBe(true);
    expect(passes({ filter: rule({ ...closed, type: 'block' }) + open }, { port: 23 })).toBe(true);
  });

  test('a disabled rule is not there', () => {
    expect(passes({ filter: rule({ disabled: '' }) }, {})).toBe(false);
  });

  test('a rule of an interface that is switched off is not there', () => {
    expect(read({ filter: rule({ interface: 'opt2' }) }).interfaces.map(of => of.name)).toEqual(['wan', 'lan', 'opt1']);
  });

  test('a rule without a protocol passes every one; tcp/udp means both; others have numbers', () => {
    const any = { filter: rule({ protocol: 'any' }) };
    for (const protocol of ['tcp', 'udp', 'sctp', 'icmp', 'other'] as const) expect(passes(any, { protocol, port: 47 })).toBe(true);
    const both = { filter: rule({ protocol: 'tcp/udp' }) };
    expect([passes(both, { protocol: 'udp' }), passes(both, { protocol: 'sctp' })]).toEqual([true, false]);
    const gre = { filter: rule({ protocol: 'gre' }) };
    expect([passes(gre, { protocol: 'other', port: 47 }), passes(gre, { protocol: 'other', port: 50 })]).toEqual([true, false]);
  });

  test('types of ICMP are told apart, in each family by its own numbers', () => {
    const echo = { filter: rule({ ipprotocol: 'inet46', protocol: 'icmp', icmptype: 'echoreq' }) };
    const six = { source: '2001:db8:0:1::5', destination: '2001:db8:0:9::1' };
    expect([passes(echo, { protocol: 'icmp', port: 8 }), passes(echo, { protocol: 'icmp', port: 13 })]).toEqual([true, false]);
    expect([passes(echo, { ...six, protocol: 'icmp', port: 128 }), passes(echo, { ...six, protocol: 'icmp', port: 8 })]).toEqual([
      true,
      false,
    ]);
  });

  test('without ipprotocol a rule is about IPv4; inet46 means both', () => {
    const six = { source: '2001:db8:0:1::5', destination: '2001:db8:0:9::1' };
    expect(passes({ filter: rule({ ipprotocol: '' }) }, six)).toBe(false);
    expect(passes({ filter: rule({ ipprotocol: 'inet6' }) }, six)).toBe(true);
    expect(passes({ filter: rule({ ipprotocol: 'inet6' }) }, {})).toBe(false);
    expect(passes({ filter: rule({ ipprotocol: 'inet46' }) }, six)).toBe(true);
  });

  test('link-local addresses of IPv4 never pass', () => {
    const parts = { filter: rule({}) };
    expect(passes(parts, { source: '169.254.1.1' })).toBe(false);
    expect(passes(parts, { destination: '169.254.1.1' })).toBe(false);
    expect(passes({ ...parts, more: '<system><no_apipa_block/></system>' }, { source: '169.254.1.1' })).toBe(true);
  });

  test('by schedule, what passes at some time passes, and what is blocked at some time does not count as blocked', () => {
    expect(passes({ filter: rule({ sched: 'nights' }) }, {})).toBe(true);
    expect(passes({ filter: rule({ type: 'block', sched: 'nights' }) + rule({}) }, {})).toBe(true);
  });
});

describe('sources and destinations', () => {
  const to = (destination: string, packet: Partial<Packet>, parts: Parts = {}) =>
    passes({ ...parts, filter: rule({ destination }) }, packet);

  test('a network is the prefix of an interface, its ip the address', () => {
    expect([to('<network>opt1</network>', {}), to('<network>opt1</network>', { destination: '10.3.0.5' })]).toEqual([true, false]);
    expect(to('<network>opt1ip</network>', { destination: '10.2.0.1' })).toBe(true);
    expect(to('<network>opt1ip</network>', {})).toBe(false);
  });

  test('(self) is every address of the router', () => {
    expect(to('<network>(self)</network>', { destination: '203.0.113.2' })).toBe(true);
    expect(to('<network>(self)</network>', { destination: '203.0.113.3' })).toBe(false);
  });

  test('not turns an end around', () => {
    expect(to('<network>opt1</network><not/>', {})).toBe(false);
    expect(to('<network>opt1</network><not/>', { destination: '198.51.100.7' })).toBe(true);
  });

  test('an interface without an address of the family leaves the rule out, turned around or not', () => {
    const six = { source: '2001:db8:0:1::5', destination: '2001:db8:0:9::1' };
    expect(passes({ filter: rule({ ipprotocol: 'inet6', destination: '<network>opt1ip</network><not/>' }) }, six)).toBe(false);
    expect(passes({ filter: rule({ destination: '<network>opt2</network><not/>' }) }, {})).toBe(false);
    // A network is a table, which may be empty in one family: all addresses are outside it.
    expect(passes({ filter: rule({ ipprotocol: 'inet6', destination: '<network>opt1</network><not/>' }) }, six)).toBe(true);
  });

  test('aliases are resolved, those within aliases too', () => {
    const aliases =
      alias('WEB', 'host', '10.2.0.5 2001:db8:0:9::1') + alias('ALL', 'network', 'WEB 10.9.0.0/16') + alias('PORTS', 'port', '80 MORE');
    const parts = { aliases: `${aliases}${alias('MORE', 'port', '443 8000:8010')}` };
    expect([to('<address>ALL</address>', {}, parts), to('<address>ALL</address>', { destination: '10.9.3.3' }, parts)]).toEqual([
      true,
      true,
    ]);
    expect(to('<address>ALL</address>', { destination: '10.2.0.6' }, parts)).toBe(false);
    const port = '<any/><port>PORTS</port>';
    expect([80, 443, 8005, 8011].map(number => to(port, { port: number }, parts))).toEqual([true, true, true, false]);
  });

  test('ports are numbers and ranges', () => {
    expect([4999, 5000, 5010, 5011].map(port => to('<any/><port>5000-5010</port>', { port }))).toEqual([false, true, true, false]);
    expect(to('<any/><port>1-65535</port>', { port: 1 })).toBe(true);
  });

  test('virtual addresses add to networks and to (self)', () => {
    const vip =
      '<virtualip><vip><mode>ipalias</mode><interface>opt1</interface><subnet>10.8.0.1</subnet><subnet_bits>24</subnet_bits></vip></virtualip>';
    expect(to('<network>opt1</network>', { destination: '10.8.0.9' }, { more: vip })).toBe(true);
    expect(to('<network>(self)</network>', { destination: '10.8.0.1' }, { more: vip })).toBe(true);
    expect(to('<network>opt1ip</network>', { destination: '10.8.0.1' }, { more: vip })).toBe(false);
  });
});

describe('floating rules and groups', () => {
  const floating = (elements: Record<string, string>) => rule({ floating: 'yes', interface: '', direction: 'in', ...elements });

  test('a quick one decides before the rules of the interface', () => {
    expect(passes({ filter: rule({}) + floating({ type: 'block', quick: 'yes' }) }, {})).toBe(false);
  });

  test('of those that are not quick the last decides, and only when no rule of the interface did', () => {
    expect(passes({ filter: rule({}) + floating({ type: 'block' }) }, {})).toBe(true);
    expect(passes({ filter: floating({ type: 'block' }) + floating({}) }, {})).toBe(true);
    expect(passes({ filter: floating({}) + floating({ type: 'block' }) }, {})).toBe(false);
  });

  test('one without interfaces is about all, another about those it names', () => {
    expect(passes({ filter: floating({ interface: 'wan,lan' }) }, {})).toBe(true);
    expect(passes({ filter: floating({ interface: 'wan,opt1' }) }, {})).toBe(false);
    expect(passes({ filter: floating({ interface: 'any' }) }, {})).toBe(true);
  });

  test('outward it is about the interface that packets leave', () => {
    const parts = { filter: rule({ protocol: 'any' }) + floating({ type: 'block', quick: 'yes', direction: 'out', interface: 'opt1' }) };
    expect(passes(parts, {})).toBe(false);
    expect(passes(parts, { protocol: 'udp' })).toBe(true);
    expect(passes(parts, { destination: '198.51.100.7' }, 'lan', 'wan')).toBe(true);
  });

  test('outward, what is not blocked passes, and a pass before a block takes from it', () => {
    const out = { quick: 'yes', direction: 'out', interface: 'opt1' };
    const parts = { filter: rule({}) + floating({ ...out, destination: '<any/><port>443</port>' }) + floating({ ...out, type: 'block' }) };
    expect([passes(parts, {}), passes(parts, { port: 80 })]).toEqual([true, false]);
  });

  test('in any direction it is about both ends of the way', () => {
    const parts = { filter: rule({}) + floating({ type: 'block', quick: 'yes', direction: 'any', interface: 'opt1' }) };
    expect(passes(parts, {})).toBe(false);
  });

  test('one that only matches decides nothing', () => {
    expect(passes({ filter: floating({ type: 'match', quick: 'yes' }) + rule({}) }, {})).toBe(true);
  });

  test('rules of a group stand before those of its interfaces, and its name is their networks', () => {
    const more = '<ifgroups><ifgroupentry><ifname>INSIDE</ifname><members>lan opt1</members></ifgroupentry></ifgroups>';
    expect(passes({ more, filter: rule({}) + rule({ interface: 'INSIDE', type: 'block' }) }, {})).toBe(false);
    const inside = { more, filter: rule({ destination: '<network>INSIDE</network>' }) };
    expect([passes(inside, {}), passes(inside, { destination: '10.1.0.9' }), passes(inside, { destination: '10.3.0.9' })]).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe('what pfSense adds', () => {
  const local = (parts: Parts, packet: Partial<Packet>, arrives = 'lan') => {
    const whole = { source: '10.1.0.5', destination: '10.1.0.1', protocol: 'tcp', port: 443, ...packet } as const;
    return decision(read(parts).local(arrives), whole) === 'accept';
  };

  test('management stays open on the LAN, unless it is told not to', () => {
    expect([443, 80, 22].map(port => local({}, { port }))).toEqual([true, true, false]);
    expect(local({}, { source: '10.2.0.5', destination: '10.2.0.1' }, 'opt1')).toBe(false);
    expect(local({}, { destination: '10.2.0.1' })).toBe(false);
    expect(local({}, { source: '2001:db8:0:1::5', destination: '2001:db8:0:1::1' })).toBe(true);
    expect(local({ more: '<system><webgui><noantilockout/></webgui></system>' }, {})).toBe(false);
  });

  test('its ports are those of the configuration', () => {
    const more =
      '<system><webgui><protocol>https</protocol><port>8443</port><disablehttpredirect/></webgui><ssh><enable>enabled</enable></ssh></system>';
    expect([443, 80, 8443, 22].map(port => local({ more }, { port }))).toEqual([false, false, true, true]);
  });

  test('DHCP reaches the server where there is one', () => {
    const more = '<dhcpd><lan><enable/></lan></dhcpd>';
    expect(local({ more }, { protocol: 'udp', port: 67 })).toBe(true);
    expect(local({ more }, { source: '10.2.0.5', destination: '10.2.0.1', protocol: 'udp', port: 67 }, 'opt1')).toBe(false);
    expect(local({}, { protocol: 'udp', port: 67 })).toBe(false);
  });

  test('private and impossible sources do not come in on an interface that blocks them', () => {
    const filter = rule({ interface: 'wan', protocol: 'any' });
    const from = (source: string, wan: string) => passes({ filter, wan }, { source }, 'wan', 'opt1');
    expect([from('10.9.0.1', ''), from('10.9.0.1', '<blockpriv/>')]).toEqual([true, false]);
    expect([from('240.0.0.1', ''), from('240.0.0.1', '<blockbogons/>')]).toEqual([true, false]);
    expect([from('198.51.100.7', '<blockpriv/><blockbogons/>'), from('10.9.0.1', '<blockbogons/>')]).toEqual([true, true]);
  });

  test('with CARP its protocol passes everywhere', () => {
    const vip =
      '<vip><mode>carp</mode><interface>lan</interface><subnet>10.1.0.2</subnet><subnet_bits>24</subnet_bits><vhid>1</vhid></vip>';
    const packet = { protocol: 'other', port: 112 } as const;
    expect([passes({}, packet), passes({ more: `<virtualip>${vip}</virtualip>` }, packet)]).toEqual([false, true]);
  });
});
