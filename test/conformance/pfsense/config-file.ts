import { familyOf, isPrefix, numberOf, within } from './addresses';
import { below, type Element, parseXml, textOf } from './element';
import { CONFIG, type Content, LISTS } from './vocabulary';

/** What pfSense would stumble over in a `config.xml`: elements that it does not read, and names of what is not there. */
export function faultsOf(text: string): string[] {
  const root = parseXml(text);
  const unknown = root.children.filter(({ name }) => !(name in (CONFIG.elements ?? {})));
  const shape = unknown.map(({ name }) => `<${name}> is no section`);
  const known = root.children.filter(({ name }) => name in (CONFIG.elements ?? {}));
  return [
    ...shape,
    ...known.flatMap(section => shapeOf(section, CONFIG.elements?.[section.name] as Content, section.name)),
    ...meaningOf(root),
  ];
}

function shapeOf(element: Element, content: Content, at: string): string[] {
  const inner = content.elements ?? content.each;
  if (!inner) {
    if (element.children.length > 0) return [`${at} holds elements`];
    return content.form && !content.form.test(element.text) ? [`${at} cannot be ${JSON.stringify(element.text)}`] : [];
  }
  if (element.text !== '') return [`${at} holds text`];
  const names = element.children.map(child => child.name);
  const twice = [...new Set(names.filter((name, i) => names.indexOf(name) < i && !LISTS.has(name)))];
  return [
    ...twice.map(name => `${at}/${name} is there twice`),
    ...element.children.flatMap(child => {
      const known = content.each ?? content.elements?.[child.name];
      return known ? shapeOf(child, known, `${at}/${child.name}`) : [`${at} has no <${child.name}>`];
    }),
  ];
}

function meaningOf(root: Element): string[] {
  const interfaces = below(root, 'interfaces').flatMap(section => section.children);
  const names = new Set(interfaces.map(({ name }) => name));
  const aliases = new Map(below(root, 'aliases', 'alias').map(alias => [textOf(alias, 'name'), textOf(alias, 'type')]));
  const gateways = new Set(below(root, 'gateways', 'gateway_item').map(item => textOf(item, 'name')));
  const words = { interfaces: names, aliases };
  const rules = below(root, 'filter', 'rule');
  const forwards = below(root, 'nat', 'rule');
  return [
    ...ports(root, interfaces),
    ...unique(
      'interface description',
      interfaces.map(one => textOf(one, 'descr').toLowerCase()),
    ),
    ...unique('alias', [...below(root, 'aliases', 'alias').map(alias => textOf(alias, 'name').toLowerCase())]),
    ...unique(
      'tracker',
      rules.map(rule => textOf(rule, 'tracker')),
    ),
    ...interfaces.flatMap(one => addressing(one, gateways)),
    ...below(root, 'gateways', 'gateway_item').flatMap(item => reference(textOf(item, 'interface'), names)),
    ...['dhcpd', 'dhcpdv6'].flatMap(section =>
      below(root, section).flatMap(one => one.children.flatMap(server => dhcp(server, interfaces, section))),
    ),
    ...[...textOf(root, 'ntpd', 'interface').split(','), ...textOf(root, 'unbound', 'active_interface').split(',')]
      .filter(name => name !== 'lo0' && name !== '')
      .flatMap(name => reference(name, names)),
    ...below(root, 'aliases', 'alias').flatMap(alias => aliasFaults(alias)),
    ...[...rules, ...forwards, ...below(root, 'nat', 'outbound', 'rule')].flatMap(rule => [
      ...reference(textOf(rule, 'interface'), names),
      ...end(rule, 'source', words),
      ...end(rule, 'destination', words),
      ...portFaults(rule),
    ]),
    ...forwards.filter(rule => familyOf(textOf(rule, 'target')) === undefined).map(rule => `${textOf(rule, 'target')} is no target`),
    ...below(root, 'virtualip', 'vip').flatMap(vip => [
      ...reference(textOf(vip, 'interface'), names),
      ...(familyOf(textOf(vip, 'subnet')) ? [] : [`${textOf(vip, 'subnet')} is no address`]),
    ]),
  ];
}

/** A rule without a protocol that has ports takes none. */
function portFaults(rule: Element): string[] {
  const ported = /^(tcp|udp|tcp\/udp|sctp)$/.test(textOf(rule, 'protocol'));
  const port = textOf(rule, 'destination', 'port') || textOf(rule, 'dstport');
  if (port !== '' && !ported) return [`port ${port} without tcp, udp or sctp`];
  const high = port.split(/[-:]/).find(text => text !== '' && (Number(text) < 1 || Number(text) > 65_535));
  return high === undefined ? [] : [`${high} is no port`];
}

function ports(root: Element, interfaces: readonly Element[]): string[] {
  const vlans = below(root, 'vlans', 'vlan');
  const made = vlans.map(vlan => textOf(vlan, 'vlanif'));
  const wrong = vlans.filter(vlan => {
    const tag = Number(textOf(vlan, 'tag'));
    return textOf(vlan, 'vlanif') !== `${textOf(vlan, 'if')}.${tag}` || tag < 1 || tag > 4094;
  });
  const used = interfaces.map(one => textOf(one, 'if'));
  const missing = used.filter(port => port.includes('.') && !made.includes(port));
  const dialled = below(root, 'ppps', 'ppp').map(ppp => textOf(ppp, 'if'));
  return [
    ...wrong.map(vlan => `VLAN ${textOf(vlan, 'tag')} is not ${textOf(vlan, 'vlanif')}`),
    ...unique('VLAN', made),
    ...unique('network port', used),
    ...missing.map(port => `there is no network port ${port}`),
    ...used.filter(port => port.startsWith('pppoe') && !dialled.includes(port)).map(port => `nothing dials ${port}`),
  ];
}

function addressing(one: Element, gateways: ReadonlySet<string>): string[] {
  const faults = ([4, 6] as const).flatMap(family => {
    const suffix = family === 4 ? '' : 'v6';
    const address = textOf(one, `ipaddr${suffix}`);
    const gateway = textOf(one, `gateway${suffix}`);
    const missing = gateway !== '' && !gateways.has(gateway) ? [`there is no gateway ${gateway}`] : [];
    if (['', 'dhcp', 'pppoe'].includes(address)) return missing;
    const whole = `${address}/${textOf(one, `subnet${suffix}`)}`;
    return familyOf(address) === family && isPrefix(whole) ? missing : [...missing, `${one.name} cannot have ${whole}`];
  });
  return faults;
}

function dhcp(server: Element, interfaces: readonly Element[], section: string): string[] {
  const suffix = section === 'dhcpd' ? '' : 'v6';
  const on = interfaces.find(({ name }) => name === server.name);
  if (!on) return [`there is no interface ${server.name}`];
  const network = textOf(on, `ipaddr${suffix}`);
  const length = Number(textOf(on, `subnet${suffix}`));
  if (familyOf(network) === undefined) return [`${server.name} has no static address for ${section}`];
  const ranges = [...below(server, 'range'), ...below(server, 'pool', 'range')].map(
    range => [textOf(range, 'from'), textOf(range, 'to')] as const,
  );
  const mapped = below(server, 'staticmap', 'ipaddr').map(({ text }) => text);
  const told = [...ranges.flat(), ...mapped, textOf(server, 'gateway') || network];
  const outside = told.filter(ip => familyOf(ip) === undefined || !within(ip, network, length));
  const inside = mapped.filter(ip =>
    ranges.some(([from, to]) => outside.length === 0 && numberOf(from) <= numberOf(ip) && numberOf(ip) <= numberOf(to)),
  );
  const turned = ranges.filter(([from, to]) => outside.length === 0 && numberOf(from) > numberOf(to));
  const slaac = suffix !== '' && /^(assist|unmanaged|stateless_dhcp)$/.test(textOf(server, 'ramode')) && length !== 64;
  return [
    ...outside.map(ip => `${ip} is not on ${server.name}`),
    ...inside.map(ip => `${ip} is in the range of ${server.name}`),
    ...turned.map(([from, to]) => `${from} is after ${to}`),
    ...(slaac ? [`${server.name} advertises a /${length}`] : []),
  ];
}

function aliasFaults(alias: Element): string[] {
  const [name, type] = [textOf(alias, 'name'), textOf(alias, 'type')];
  const entries = textOf(alias, 'address').split(' ');
  const wrong = entries.filter(entry => (type === 'host' ? familyOf(entry) === undefined : !isPrefix(entry)));
  const details = textOf(alias, 'detail').split('||').length;
  return [
    ...wrong.map(entry => `${entry} is not for the alias ${name} of type ${type}`),
    ...(details === entries.length ? [] : [`the alias ${name} has ${entries.length} addresses and ${details} details`]),
  ];
}

function end(
  rule: Element,
  side: 'source' | 'destination',
  { interfaces, aliases }: { interfaces: ReadonlySet<string>; aliases: ReadonlyMap<string, string> },
): string[] {
  const [element] = below(rule, side);
  if (!element) return [`a rule has no ${side}`];
  const [network, address] = [textOf(element, 'network'), textOf(element, 'address')];
  const any = below(element, 'any').length > 0;
  if ([any, network !== '', address !== ''].filter(Boolean).length !== 1) return [`a ${side} is not one of any, network, address`];
  const family = textOf(rule, 'ipprotocol');
  if (network !== '') {
    const known = isPrefix(network) || interfaces.has(network) || interfaces.has(network.replace(/ip$/, '')) || network === '(self)';
    return known ? [] : [`there is no network ${network}`];
  }
  if (address === '' || aliases.has(address)) return [];
  const own = familyOf(address.split('/')[0] as string);
  if (own === undefined) return [`there is no alias ${address}`];
  return family === '' || family === (own === 4 ? 'inet' : 'inet6') ? [] : [`${address} is not of ${family}`];
}

function reference(name: string, known: ReadonlySet<string>): string[] {
  return known.has(name) ? [] : [`there is no interface ${name}`];
}

function unique(what: string, names: readonly string[]): string[] {
  return [...new Set(names.filter((name, i) => name !== '' && names.indexOf(name) < i))].map(name => `${what} ${name} is there twice`);
}
