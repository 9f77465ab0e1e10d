import { DynamicUplink } from '../gateway/dynamic-uplink';
import type { Vlan } from '../segments/vlan';
import { filterXml, natXml, virtualIpsXml } from './config-xml-firewall';
import { dhcpXml, resolverXml, routerAdvertisementsXml, timeXml } from './config-xml-services';
import type { PfSense } from './pfsense';
import type { PfSenseSettings } from './pfsense-settings';
import { type UpstreamGateway, upstreamGateways } from './pfsense-uplink';
import { renderXml, type XmlNode } from './xml';

/** What stands in place of the password of PPPoE, which pfSense keeps in base 64. Replace it in the copy that the device gets. */
export const PPPOE_PASSWORD = '@PPPOE_PASSWORD_BASE64@';

/**
 * The parts of a pfSense `config.xml` that follow from the model. `system` is not among them, so that users, certificates and
 * the anti-lockout rule stay as they are.
 * @see https://docs.netgate.com/pfsense/en/latest/backup/configuration.html
 */
export function renderConfigXml(gateway: PfSense, settings: PfSenseSettings): string {
  const { interfaces } = gateway;
  const upstream = upstreamGateways(gateway);
  return renderXml('pfsense', {
    vlans: { vlan: interfaces.trunk === undefined ? [] : gateway.segments.map(vlan => vlanXml(interfaces.trunk as string, vlan)) },
    interfaces: {
      wan: wanXml(gateway, upstream),
      ...Object.fromEntries(
        interfaces.segments.map(({ id, device, descr, vlan }) => [
          id,
          { enable: true, if: device, descr, ...addressing(vlan, vlan.gatewayNumber) } satisfies XmlNode,
        ]),
      ),
    },
    ppps: pppsXml(gateway),
    gateways: gatewaysXml(upstream),
    virtualip: virtualIpsXml(settings.nat),
    aliases: {
      alias: settings.aliases.map(({ name, group, type, entries }) => ({
        name,
        type,
        address: entries.map(entry => entry.address).join(' '),
        descr: group,
        detail: entries.map(entry => entry.detail).join('||'),
      })),
    },
    dhcpd: dhcpXml(settings.dhcp),
    dhcpdv6: routerAdvertisementsXml(settings.advertisements),
    unbound: resolverXml(gateway, settings.resolver),
    ntpd: timeXml(gateway),
    nat: natXml(settings.nat),
    filter: filterXml(settings.rules),
  });
}

function vlanXml(parent: string, vlan: Vlan): XmlNode {
  return { if: parent, tag: vlan.tag, pcp: true, descr: vlan.name, vlanif: `${parent}.${vlan.tag}` };
}

function wanXml({ wan, interfaces }: PfSense, upstream: readonly UpstreamGateway[]): XmlNode {
  const base: XmlNode = { enable: true, if: interfaces.wan.device, descr: interfaces.wan.descr };
  if (DynamicUplink.is(wan)) return { ...base, ipaddr: wan.pppoe ? 'pppoe' : 'dhcp', blockbogons: true };
  const routes = Object.fromEntries(upstream.map(({ name, family }) => [`gateway${suffixOf(family)}`, name]));
  return { ...base, ...addressing(wan.vlan, wan.number), ...routes, blockbogons: true };
}

function addressing(vlan: Vlan, number: number): XmlNode {
  return Object.fromEntries(
    vlan.subnets.flatMap(({ family, prefixLength }, i) => [
      [`ipaddr${suffixOf(family)}`, vlan.addressesOf(number)[i]],
      [`subnet${suffixOf(family)}`, prefixLength],
    ]),
  );
}

/** A packet of 1492 bytes is what fits. */
function pppsXml({ wan, interfaces }: PfSense): XmlNode | undefined {
  if (!DynamicUplink.is(wan) || !wan.pppoe) return undefined;
  const { user } = wan.pppoe;
  const { device } = interfaces.wan;
  const ports = interfaces.wanPort;
  return { ppp: { ptpid: 0, type: 'pppoe', if: device, ports, username: user, password: PPPOE_PASSWORD, mtu: 1492 } };
}

function gatewaysXml(upstream: readonly UpstreamGateway[]): XmlNode | undefined {
  if (upstream.length === 0) return undefined;
  return {
    gateway_item: upstream.map(({ name, family, address }) => ({
      interface: 'wan',
      gateway: address,
      name,
      weight: 1,
      ipprotocol: family === 4 ? 'inet' : 'inet6',
      descr: true,
    })),
    ...Object.fromEntries(upstream.map(({ name, family }) => [`defaultgw${family}`, name])),
  };
}

function suffixOf(family: 4 | 6): string {
  return family === 4 ? '' : 'v6';
}
