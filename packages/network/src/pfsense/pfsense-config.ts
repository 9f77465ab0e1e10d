import { passages } from '../gateway/gateway-policy';
import type { Vlan } from '../segments/vlan';
import type { PfSense } from './pfsense';
import { filterRules, segmentsAlias, translations } from './pfsense-filter';
import { dhcpOf, resolver } from './pfsense-names';
import { renderXml, type XmlElement } from './xml';

/**
 * The parts of a pfSense `config.xml` that follow from the model. `system` is not among them, so that users, certificates and
 * the anti-lockout rule stay as they are.
 * @see https://docs.netgate.com/pfsense/en/latest/backup/configuration.html
 */
export function renderPfSense(gateway: PfSense): string {
  const allowed = passages(gateway, gateway.segments);
  return renderXml([
    'pfsense',
    [
      ['vlans', gateway.trunkInterface === undefined ? [] : gateway.segments.map(vlan => vlanOf(gateway.trunkInterface as string, vlan))],
      ['interfaces', [wanInterface(gateway), ...gateway.segments.map(vlan => segmentInterface(gateway, vlan))]],
      ['gateways', gatewayItems(gateway)],
      ['aliases', [segmentsAlias(gateway)]],
      ['dhcpd', gateway.segments.flatMap(vlan => dhcpOf(gateway, vlan))],
      ['unbound', resolver(gateway)],
      ['nat', translations(gateway, allowed)],
      ['filter', filterRules(gateway, allowed)],
    ],
  ]);
}

function vlanOf(parent: string, vlan: Vlan): XmlElement {
  return ['vlan', [['if', parent], ['tag', vlan.tag], ['pcp'], ['descr', vlan.name], ['vlanif', `${parent}.${vlan.tag}`]]];
}

/** pfSense makes alias and macro names of an interface's description. */
function descriptionOf(vlan: Vlan): string {
  return vlan.name.toUpperCase().replaceAll('-', '_');
}

function wanInterface({ wan, wanInterface }: PfSense): XmlElement {
  return [
    'wan',
    [['enable'], ['if', wanInterface], ['descr', 'WAN'], ...addressing(wan.vlan, wan.number, family => `WAN_GW${family}`), ['blockbogons']],
  ];
}

function segmentInterface(gateway: PfSense, vlan: Vlan): XmlElement {
  const content: XmlElement[] = [
    ['enable'],
    ['if', gateway.deviceOf(vlan)],
    ['descr', descriptionOf(vlan)],
    ...addressing(vlan, vlan.gatewayNumber),
  ];
  return [gateway.interfaceOf(vlan), content];
}

function addressing(vlan: Vlan, number: number, upstream?: (family: 4 | 6) => string): XmlElement[] {
  return vlan.subnets.flatMap((subnet): XmlElement[] => {
    const suffix = subnet.family === 4 ? '' : 'v6';
    const route: XmlElement[] = upstream ? [[`gateway${suffix}`, upstream(subnet.family)]] : [];
    return [[`ipaddr${suffix}`, subnet.address(number)], [`subnet${suffix}`, subnet.prefixLength], ...route];
  });
}

function gatewayItems({ wan }: PfSense): XmlElement[] {
  const items = wan.vlan.subnets.map((subnet): XmlElement => {
    const name = `WAN_GW${subnet.family}`;
    return [
      'gateway_item',
      [
        ['interface', 'wan'],
        ['gateway', subnet.address(wan.vlan.gatewayNumber)],
        ['name', name],
        ['weight', 1],
        ['ipprotocol', subnet.family === 4 ? 'inet' : 'inet6'],
        ['descr'],
      ],
    ];
  });
  return [...items, ...wan.vlan.subnets.map((subnet): XmlElement => [`defaultgw${subnet.family}`, `WAN_GW${subnet.family}`])];
}
