import type { FilterRule, IntervalSet, Match } from '../rule-chain';
import { addressesOf, FAMILIES, type Family } from '../space/address-text';
import { setOf, single } from '../space/interval-set';
import type { PfSenseInterface } from './interfaces';
import type { XmlElement } from './xml-element';

/**
 * Networks among the bogons that never are a source on the Internet. The list itself is downloaded by the device and changes: that it has
 * others is not relied on.
 */
const BOGONS = addressesOf(['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/3'], 4);
const PRIVATE: Readonly<Record<Family, IntervalSet>> = {
  4: addressesOf(['10.0.0.0/8', '127.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'], 4),
  6: addressesOf(['fc00::/7'], 6),
};
const LINK_LOCAL = addressesOf(['169.254.0.0/16'], 4);
const LINK_LOCAL6 = addressesOf(['fe80::/10'], 6);
const MULTICAST6 = addressesOf(['ff02::/16'], 6);
const CARP = 112n;

/**
 * What pfSense filters before any rule of the user, for connections that an interface lets in.
 *
 * Errors of ICMPv6, which it always lets through, belong to connections that are there; neighbour discovery is taken from the own link
 * only; and no service listens on port 0.
 * @see https://docs.netgate.com/pfsense/en/latest/firewall/rule-methodology.html
 */
export function automaticRules(root: XmlElement, of: PfSenseInterface): readonly FilterRule[] {
  const system = root.one('system');
  const rule = (name: string, action: FilterRule['action'], match: Match): FilterRule => {
    return { name: `${root.file}: ${name} on ${of.name}`, action, match };
  };
  const rules: FilterRule[] = [];
  if (!system?.has('no_apipa_block')) {
    rules.push(rule('block IPv4 link-local', 'drop', { family: 4, source: LINK_LOCAL }));
    rules.push(rule('block IPv4 link-local', 'drop', { family: 4, destination: LINK_LOCAL }));
  }
  if (root.below('virtualip', 'vip').some(vip => vip.text('mode') === 'carp')) {
    rules.push(rule('CARP', 'accept', { protocols: ['other'], ports: single(CARP) }));
  }
  if (of.element.has('blockbogons')) rules.push(rule('block bogon networks', 'drop', { family: 4, source: BOGONS }));
  if (of.element.has('blockpriv')) {
    for (const family of FAMILIES) rules.push(rule('block private networks', 'drop', { family, source: PRIVATE[family] }));
  }
  return rules;
}

/** What it lets in besides to the router itself: its DHCP, and management on the LAN so that nobody is locked out. */
export function ownServices(root: XmlElement, of: PfSenseInterface, interfaces: readonly PfSenseInterface[]): readonly FilterRule[] {
  const rule = (name: string, match: Match): FilterRule => ({ name: `${root.file}: ${name} on ${of.name}`, action: 'accept', match });
  const serves = (section: string) => root.below(section, of.name).some(element => element.has('enable'));
  const rules: FilterRule[] = [];
  const udp = (family: Family, source: IntervalSet | undefined, destination: IntervalSet | undefined, ports: IntervalSet): Match => {
    return { family, ...(source && { source }), ...(destination && { destination }), protocols: ['udp'], ports };
  };
  if (of.element.text('ipaddr') === 'dhcp') rules.push(rule('DHCP client', udp(4, undefined, undefined, single(68n))));
  if (['dhcp6', 'slaac'].includes(of.element.text('ipaddrv6')))
    rules.push(rule('DHCPv6 client', udp(6, undefined, undefined, single(546n))));
  const own = of.sides[4].own;
  if (serves('dhcpd') && own !== undefined) rules.push(rule('DHCP server', udp(4, undefined, single(own), single(67n))));
  if (serves('dhcpdv6')) {
    const own6 = of.sides[6].own;
    const to = setOf([...LINK_LOCAL6, ...MULTICAST6, ...(own6 === undefined ? [] : single(own6))]);
    rules.push(rule('DHCPv6 server', udp(6, LINK_LOCAL6, to, [{ first: 546n, last: 547n }])));
  }
  const ports = antiLockoutPorts(root);
  const guarded = interfaces.length === 1 ? interfaces[0] : interfaces.find(other => other.name === 'lan');
  if (guarded !== of || ports.length === 0) return rules;
  const lockout = (family: Family): FilterRule => {
    return rule('anti-lockout rule', { family, destination: of.sides[family].addresses, protocols: ['tcp'], ports });
  };
  return [...rules, ...FAMILIES.filter(family => of.sides[family].addresses.length > 0).map(lockout)];
}

/** Without a `<system>` in the file, what a device has from the factory: HTTPS, and HTTP that sends there. */
function antiLockoutPorts(root: XmlElement): IntervalSet {
  const system = root.one('system');
  const gui = system?.one('webgui');
  if (gui?.has('noantilockout')) return [];
  const https = (gui?.text('protocol') || 'https') === 'https';
  const port = BigInt(gui?.text('port') || (https ? 443 : 80));
  const redirect = https && !gui?.has('disablehttpredirect') ? single(80n) : [];
  const ssh = system?.one('ssh');
  return setOf([...single(port), ...redirect, ...(ssh?.has('enable') ? single(BigInt(ssh.text('port') || 22)) : [])]);
}
