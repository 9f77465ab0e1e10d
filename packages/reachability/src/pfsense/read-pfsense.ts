import type { Diversion, Router } from '../router';
import { product } from '../rule-product';
import { ALL_ADDRESSES } from '../space/address-text';
import { Aliases } from './aliases';
import { automaticRules, ownServices } from './automatic-rules';
import { FilterChains } from './filter-chains';
import { type PfSenseInterface, readInterfaces } from './interfaces';
import { readOneToOne } from './one-to-one';
import { readOutboundNat } from './outbound-nat';
import { parseXml } from './parse-xml';
import { type Forwarding, type Reflection, readPortForwards } from './port-forwards';
import { Gateways } from './routes';
import { readUserRules } from './user-rule';
import { Vocabulary } from './vocabulary';
import type { XmlElement } from './xml-element';

const JUDGED = 'interfaces gateways staticroutes aliases nat filter virtualip ifgroups system dhcpd dhcpdv6';
/** Sections that neither route nor filter nor translate. */
const IDLE = `
  version lastchange revision theme vlans qinqs laggs ppps schedules unbound dnsmasq ntpd snmpd syslog rrd widgets cert ca crl cron
  sysctl wol notifications hasync sshdata dhcpbackend kea dyndnses shaper
`;
/** Sections that would: they may stand there empty. */
const FOREIGN = `
  ipsec openvpn wireguard l2tp pppoes bridges gres gifs captiveportal installedpackages dhcrelay dhcrelay6 dhcp6relay diag load_balancer
`;
const SYSTEM = `
  webgui ssh disablenatreflection enablenatreflectionpurenat enablebinatreflection no_apipa_block ipv6allow
`;
const SYSTEM_IDLE = `
  hostname domain dnsserver dnslocalhost dnsallowoverride timezone timeservers language group user nextuid nextgid optimization
  maximumstates maximumtableentries maximumfrags already_run_config_upgrade bogons ipv6nat powerd_ac_mode powerd_battery_mode
  powerd_normal_mode disablechecksumoffloading disablesegmentationoffloading disablelargereceiveoffloading hn_altq_enable serialspeed
  primaryconsole prefer_ipv4 reflectiontimeout aliasesresolveinterval
`;

/**
 * What a `config.xml` of pfSense, or a part of one, says the gateway does. What the part does not say is as a device has it from the
 * factory.
 * @param file its path in the output, `devices/pfsense/<name>.xml`
 * @throws REACH_UNJUDGED at the first element whose effect is not known here
 * @see https://docs.netgate.com/pfsense/en/latest/firewall/index.html
 */
export function readPfSense(file: string, text: string): Router {
  const root = parseXml(file, text);
  if (root.name !== 'pfsense') root.refuse('write <pfsense>');
  root.knows(JUDGED, IDLE, FOREIGN).leavesOpen(FOREIGN, 'leave it out');
  const system = root.one('system')?.knows(SYSTEM, SYSTEM_IDLE);
  const nat = root.one('nat')?.knows('rule onetoone outbound', 'separator');
  const interfaces = readInterfaces(root);
  const words = new Vocabulary(root, interfaces, new Aliases(root));
  const gateways = new Gateways(root, words);
  const routes = gateways.routes();
  const forwardings = readPortForwards(nat, words, reflectionOf(system));
  const oneToOne = readOneToOne(nat, words, system?.has('enablebinatreflection') ?? false);
  const masquerades = [...oneToOne.masquerades, ...readOutboundNat(nat, words, routes)];
  const chains = new FilterChains(file, readUserRules(root.one('filter'), words), words, masquerades);
  const before = (on: PfSenseInterface) => [...passed(forwardings, on), ...automaticRules(root, on)];
  const sides = new Map(
    interfaces.map(on => [
      on.name,
      {
        incoming: chains.incoming(on, before(on)),
        outgoing: chains.outgoing(on),
        local: chains.incoming(on, [...before(on), ...ownServices(root, on, interfaces)]),
      },
    ]),
  );
  const called = (name: string) => sides.get(name) ?? root.refuse(`name an interface of the file, not ${name}`);
  const forwards = [...forwardings.map(of => of.forward), ...oneToOne.forwards];
  const translated = new Set(forwards.map(forward => forward.arrives));
  return {
    file,
    name: (file.split('/').at(-1) ?? file).replace(/\.xml$/, ''),
    interfaces: interfaces.map(of => of.router),
    routes: routes.map(of => of.route),
    forwards,
    masquerades,
    diversions: interfaces.flatMap(on => diversionsOf(on, chains, gateways, translated)),
    forward: (arrives, leaves) => product(called(arrives).incoming, called(leaves).outgoing),
    local: arrives => called(arrives).local,
  };
}

/** Without a `<system>` reflection is off, as a device has it from the factory. */
function reflectionOf(system: XmlElement | undefined): Reflection {
  if (!system || system.has('disablenatreflection')) return 'none';
  return system.has('enablenatreflectionpurenat') ? 'purenat' : 'none';
}

function passed(forwardings: readonly Forwarding[], on: PfSenseInterface) {
  return forwardings.flatMap(({ forward, pass }) => (pass && forward.arrives === on.name ? [pass] : []));
}

/** Policy routing by rules with a gateway; rules before them keep their packets to the main table. @throws REACH_UNJUDGED */
function diversionsOf(
  on: PfSenseInterface,
  chains: FilterChains,
  gateways: Gateways,
  translated: ReadonlySet<string | undefined>,
): Diversion[] {
  const rules = chains.ordered(on, 'in');
  const last = rules.map(rule => rule.gateway !== '').lastIndexOf(true);
  if (last >= 0 && translated.has(on.name))
    rules[last]?.element.refuse(`forward no ports that arrive on ${on.name}, or route without a gateway`);
  return rules.slice(0, last + 1).flatMap(rule =>
    rule.filters.map(({ match, name }) => {
      const family = match.family ?? 4;
      const [all] = ALL_ADDRESSES[family];
      const routes = rule.gateway === '' || !all ? [] : [gateways.to(all, family, rule.gateway, rule.element).route];
      return { arrives: on.name, match, routes, name };
    }),
  );
}
