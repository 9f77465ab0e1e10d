import { readPfSense } from '../../src/pfsense/read-pfsense';
import type { Interval } from '../../src/rule-chain';
import { addressText, type Family, intervalText } from '../../src/space/address-text';
import { decision } from '../chains/packet';
import { alias, config, type Parts, rule } from './config';

const FILE = 'devices/pfsense/gw.xml';
const read = (parts: Parts) => readPfSense(FILE, config(parts));
const texts = (set: readonly Interval[] | undefined, family: Family = 4) => set?.map(interval => intervalText(interval, family));

function forward(elements: Readonly<Record<string, string>>): string {
  const all = {
    interface: 'wan',
    ipprotocol: 'inet',
    protocol: 'tcp',
    source: '<any/>',
    destination: '<network>wanip</network><port>8443</port>',
    target: '10.2.0.5',
    'local-port': '443',
    ...elements,
  };
  return `<rule>${Object.entries(all)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('')}</rule>`;
}

const forwards = (parts: Parts) =>
  read(parts).forwards.map(of => {
    const to = `${addressText(of.target, of.match.family ?? 4)}${of.targetPort === undefined ? '' : `:${of.targetPort}`}`;
    return `${of.arrives}: ${texts(of.match.destination)} ${of.match.protocols ?? 'any'} ${of.match.ports?.map(({ first }) => first) ?? ''} to ${to}`;
  });

describe('interfaces and routes', () => {
  test('an interface has its addresses and the prefixes behind them', () => {
    const [wan, lan] = read({}).interfaces;
    expect(wan?.addresses.map(a => [addressText(a.address, a.family), intervalText(a.prefix, a.family)])).toEqual([
      ['203.0.113.2', '203.0.113.0/24'],
    ]);
    expect(lan?.addresses.map(a => intervalText(a.prefix, a.family))).toEqual(['10.1.0.0/24', '2001:db8:0:1::/64']);
  });

  test('virtual addresses of the router are addresses of the interface; those it only answers for by hardware address are not', () => {
    const vip = (mode: string, ip: string) =>
      `<vip><mode>${mode}</mode><interface>wan</interface><subnet>${ip}</subnet><subnet_bits>32</subnet_bits></vip>`;
    const [wan] = read({ more: `<virtualip>${vip('ipalias', '203.0.113.7')}${vip('proxyarp', '203.0.113.8')}</virtualip>` }).interfaces;
    expect(wan?.addresses.map(a => addressText(a.address, 4))).toEqual(['203.0.113.2', '203.0.113.7']);
  });

  test('the default route is that of the named gateway, static ones are those of the file, by alias too', () => {
    const more = `<staticroutes><route><network>FAR</network><gateway>WAN_GW</gateway></route>
      <route><network>10.66.0.0/16</network><gateway>Null4</gateway></route></staticroutes>`;
    const routes = read({ more, aliases: alias('FAR', 'network', '10.77.0.0/16 10.88.0.0/16') }).routes;
    expect(routes.map(r => [texts([r.destination])?.[0], r.blackhole ?? addressText(r.nextHop ?? 0n, 4)])).toEqual([
      ['10.77.0.0/16', '203.0.113.1'],
      ['10.88.0.0/16', '203.0.113.1'],
      ['10.66.0.0/16', true],
      ['0.0.0.0/0', '203.0.113.1'],
    ]);
  });

  test('an uplink that is given its address leads to the Internet', () => {
    const text = config()
      .replace('<ipaddr>203.0.113.2</ipaddr><subnet>24</subnet><gateway>WAN_GW</gateway>', '<ipaddr>dhcp</ipaddr>')
      .replace(/<gateways>[\s\S]*<\/gateways>/, '');
    const router = readPfSense(FILE, text);
    expect(router.routes).toEqual([{ family: 4, destination: { first: 0n, last: 4_294_967_295n }, interface: 'wan' }]);
    expect(router.interfaces[0]?.addresses).toEqual([]);
    const answer = { source: '203.0.113.1', destination: '203.0.113.9', protocol: 'udp', port: 68 } as const;
    expect([decision(router.local('wan'), answer), decision(router.forward('wan', 'lan'), answer)]).toEqual(['accept', 'drop']);
  });

  test('a rule with a gateway routes what it passes there; rules before it keep theirs', () => {
    const lab = rule({ destination: '<network>opt1</network>' });
    const diversions = read({ filter: lab + rule({ gateway: 'Null4' }) + rule({}) }).diversions;
    expect(diversions?.map(d => [d.arrives, d.routes.map(route => route.blackhole)])).toEqual([
      ['lan', []],
      ['lan', [true]],
    ]);
    expect(read({ filter: lab }).diversions).toEqual([]);
  });
});

describe('port forwards', () => {
  test('a destination and a port become another address and port', () => {
    expect(forwards({ nat: forward({}) })).toEqual(['wan: 203.0.113.2 tcp 8443 to 10.2.0.5:443']);
  });

  test('the same port stays, and a range moves as a whole', () => {
    const range = '<network>wanip</network><port>5000-5010</port>';
    expect(read({ nat: forward({ destination: range, 'local-port': '5000' }) }).forwards[0]?.targetPort).toBeUndefined();
    expect(read({ nat: forward({ destination: range, 'local-port': '6000' }) }).forwards[0]).toMatchObject({ targetPort: 6000 });
  });

  test('one that passes by itself needs no rule, another does', () => {
    const packet = { source: '198.51.100.7', destination: '10.2.0.5', protocol: 'tcp', port: 443 } as const;
    const through = (nat: string, filter = '') => decision(read({ nat, filter }).forward('wan', 'opt1'), packet);
    expect(through(forward({}))).toBe('drop');
    expect(through(forward({ 'associated-rule-id': 'pass' }))).toBe('accept');
    expect(through(forward({}), rule({ interface: 'wan', destination: '<address>10.2.0.5</address><port>443</port>' }))).toBe('accept');
    const range = { destination: '<network>wanip</network><port>5000-5010</port>', 'local-port': '6000', 'associated-rule-id': 'pass' };
    const last = { ...packet, port: 6010 };
    expect(decision(read({ nat: forward(range) }).forward('wan', 'opt1'), last)).toBe('accept');
    expect(decision(read({ nat: forward(range) }).forward('wan', 'opt1'), { ...last, port: 6011 })).toBe('drop');
  });

  test('a disabled one is not there', () => {
    expect(forwards({ nat: forward({ disabled: '' }) })).toEqual([]);
  });

  test('reflection repeats it on every interface that is no uplink', () => {
    const arrives = (parts: Parts) => read(parts).forwards.map(of => of.arrives);
    expect(arrives({ nat: forward({ natreflection: 'purenat' }) })).toEqual(['wan', 'lan', 'opt1']);
    const pure = { nat: forward({}), more: '<system><enablenatreflectionpurenat/></system>' };
    expect(arrives(pure)).toEqual(['wan', 'lan', 'opt1']);
    expect(arrives({ ...pure, nat: forward({ natreflection: 'disable' }) })).toEqual(['wan']);
    expect(arrives({ nat: forward({}), more: '<system><disablenatreflection>yes</disablenatreflection></system>' })).toEqual(['wan']);
  });
});

describe('1:1 mappings', () => {
  const mapping = (elements: string) => `<onetoone><interface>wan</interface>${elements}<destination><any/></destination></onetoone>`;

  test('each address outside is one inside, in both directions', () => {
    const nat = mapping('<external>203.0.113.16</external><source><address>10.2.0.4/31</address></source>');
    expect(forwards({ nat })).toEqual(['wan: 203.0.113.16 any  to 10.2.0.4', 'wan: 203.0.113.17 any  to 10.2.0.5']);
    const [first] = read({ nat }).masquerades;
    expect([first?.leaves, texts(first?.match.source)]).toEqual(['wan', ['10.2.0.4/31']]);
  });

  test('they come after port forwards', () => {
    const nat = mapping('<external>203.0.113.2</external><source><address>10.2.0.4</address></source>') + forward({});
    expect(forwards({ nat }).map(text => text.split(' to ')[1])).toEqual(['10.2.0.5:443', '10.2.0.4']);
  });
});

describe('outbound NAT', () => {
  const sources = (nat: string, parts: Parts = {}) =>
    read({ ...parts, nat }).masquerades.map(of => [of.leaves, texts(of.match.source), of.exempt ?? false]);
  const outbound = (mode: string, rules = '') => `<outbound><mode>${mode}</mode>${rules}</outbound>`;
  const from = (network: string, more = '') =>
    `<rule><interface>wan</interface><source><network>${network}</network></source><destination><any/></destination>${more}</rule>`;
  const AUTOMATIC = ['wan', ['10.1.0.0/24', '10.2.0.0/24', '127.0.0.0/8'], false];

  test('of itself pfSense translates the networks that are no uplinks', () => {
    expect(sources('')).toEqual([AUTOMATIC]);
    expect(sources(outbound('automatic', from('10.9.0.0/16')))).toEqual([AUTOMATIC]);
  });

  test('by hand only what rules say, hybrid both, and disabled nothing', () => {
    expect(sources(outbound('advanced', from('10.2.0.0/24')))).toEqual([['wan', ['10.2.0.0/24'], false]]);
    expect(sources(outbound('hybrid', from('10.2.0.0/24')))).toEqual([['wan', ['10.2.0.0/24'], false], AUTOMATIC]);
    expect(sources(outbound('disabled', from('10.2.0.0/24')))).toEqual([]);
  });

  test('a rule that does not translate exempts', () => {
    expect(sources(outbound('advanced', from('10.2.0.0/24', '<nonat/>')))).toEqual([['wan', ['10.2.0.0/24'], true]]);
  });

  test('any is both families, and a figure of one family that family', () => {
    expect(read({ nat: outbound('advanced', from('any')) }).masquerades.map(of => of.match.family)).toEqual([4, 6]);
    expect(read({ nat: outbound('advanced', from('2001:db8:0:1::/64')) }).masquerades.map(of => of.match.family)).toEqual([6]);
  });
});
