import { DynamicUplink } from '../gateway/dynamic-uplink';
import type { Vlan } from '../segments/vlan';
import type { PfSense } from './pfsense';
import { upstreamGateways } from './pfsense-uplink';
import type { RestRequest } from './rest-requests';

/** VLANs, interfaces and the default gateways. */
export function interfaceRequests(gateway: PfSense): RestRequest[] {
  const { interfaces } = gateway;
  const post = (endpoint: string, body: object = {}): RestRequest => ({ method: 'POST', endpoint: `/api/v2/${endpoint}`, body });
  const patch = (endpoint: string, body: object): RestRequest => ({ method: 'PATCH', endpoint: `/api/v2/${endpoint}`, body });
  const { trunk } = interfaces;
  const vlans = trunk === undefined ? [] : gateway.segments.map(vlan => ({ if: trunk, tag: vlan.tag, descr: vlan.name }));
  const uplink = uplinkOf(gateway);
  const [lan, ...others] = interfaces.segments.map(({ device, descr, vlan }) => ({
    if: device,
    enable: true,
    descr,
    ...addressing(vlan, vlan.gatewayNumber),
  }));
  const upstream = upstreamGateways(gateway);
  const named = (prefix: string, name: (family: 4 | 6) => string) => ({
    ...Object.fromEntries(upstream.map(({ family, name: value }) => [`${prefix}${name(family)}`, value])),
  });
  return [
    ...vlans.map(vlan => post('interface/vlan', vlan)),
    ...(uplink ? [patch('interface', { id: 'wan', ...uplink })] : []),
    patch('interface', { id: 'lan', ...lan }),
    ...others.map(body => post('interface', body)),
    post('interface/apply'),
    ...(upstream.length === 0
      ? []
      : [
          ...upstream.map(({ name, family, address }) =>
            post('routing/gateway', {
              name,
              ipprotocol: family === 4 ? 'inet' : 'inet6',
              interface: interfaces.wan.descr,
              gateway: address,
            }),
          ),
          patch('interface', { id: 'wan', ...named('gateway', family => (family === 4 ? '' : 'v6')) }),
          patch(
            'routing/gateway/default',
            named('defaultgw', family => String(family)),
          ),
          post('routing/apply'),
          post('interface/apply'),
        ]),
  ];
}

/** Undefined over PPPoE, which the package does not know. */
function uplinkOf({ wan, interfaces }: PfSense): object | undefined {
  const base = { if: interfaces.wan.device, enable: true, blockbogons: true };
  if (!DynamicUplink.is(wan)) return { ...base, ...addressing(wan.vlan, wan.number) };
  return wan.pppoe ? undefined : { ...base, typev4: 'dhcp', ipaddr: 'dhcp', typev6: 'none' };
}

function addressing(vlan: Vlan, number: number): object {
  const { ipv4, ipv6 } = vlan;
  return {
    ...(ipv4 ? { typev4: 'static', ipaddr: ipv4.address(number), subnet: ipv4.prefixLength } : { typev4: 'none' }),
    ...(ipv6 ? { typev6: 'staticv6', ipaddrv6: ipv6.address(number), subnetv6: ipv6.prefixLength } : { typev6: 'none' }),
  };
}
