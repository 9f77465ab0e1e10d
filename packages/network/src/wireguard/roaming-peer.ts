import { Check, ConfigError, type Output, pathOf, type Secret, Site } from '@ashlar/core';
import { DynamicUplink } from '../gateway/dynamic-uplink';
import { isGateway } from '../gateway/gateway';
import { Host } from '../segments/host';
import { familyOf, isPrivate } from '../segments/subnet';
import { Vlan } from '../segments/vlan';
import { covers } from './covers';
import { isWireGuardInterface } from './is-wireguard';
import { endpointText } from './wireguard-endpoint';
import type { WireGuardInterface } from './wireguard-interface';
import type { WireGuardPeer } from './wireguard-peer';

export interface RoamingPeerProps {
  /** 44 characters of base 64, as `wg pubkey` prints it on the device. */
  readonly publicKey: string;
  /** A second secret, which also a quantum computer would have to know. @default - none */
  readonly presharedKey?: Secret;
  /** Sends everything through the tunnel, not only what is for the site. @default false */
  readonly fullTunnel?: boolean;
  /** Resolvers that the device asks, by address. @default - those that it has */
  readonly dns?: readonly string[];
}

/** @throws WIREGUARD_ROAMING, PROP_FORMAT, PROP_UNKNOWN */
export function checkedRoaming(tunnel: WireGuardInterface, id: string, props: RoamingPeerProps): RoamingPeerProps {
  const path = `${pathOf(tunnel)}/${id}`;
  const check = new Check(path);
  check.known(props, ['publicKey', 'presharedKey', 'fullTunnel', 'dns']);
  if (props.fullTunnel !== undefined) check.boolean('fullTunnel', props.fullTunnel);
  if (tunnel.endpoint === undefined) {
    throw new ConfigError(tunnel, 'WIREGUARD_ROAMING', `has no endpoint at which ${id} finds it from the road`, {
      fix: "write endpoint: { host: 'vpn.example.net' }, a name or a public address of the gateway",
    });
  }
  const wrong = props.dns?.find(ip => familyOf(ip) === undefined);
  if (wrong !== undefined) {
    throw new ConfigError(path, 'PROP_FORMAT', 'dns must be addresses of resolvers', { got: wrong, fix: 'write them like 10.20.0.1' });
  }
  return props;
}

/** The file for the program on the device; the private key stays there. @see https://man7.org/linux/man-pages/man8/wg-quick.8.html */
export function renderRoamingPeer(peer: WireGuardPeer, { fullTunnel, dns = [], presharedKey }: RoamingPeerProps, output: Output): void {
  const { tunnel } = peer;
  const { endpoint } = tunnel;
  if (endpoint === undefined) return;
  const key = `/etc/wireguard/${tunnel.name}.key`;
  const lines = [
    `# ${pathOf(peer)}. The private key is in ${key} on the device; a program without PostUp takes it as PrivateKey.`,
    '[Interface]',
    `Address = ${peer.allowedIps.join(', ')}`,
    ...(dns.length > 0 ? [`DNS = ${dns.join(', ')}`] : []),
    `MTU = ${tunnel.mtu}`,
    `PostUp = wg set %i private-key ${key}`,
    ...(presharedKey ? [`PostUp = wg set %i peer ${tunnel.publicKey} preshared-key /etc/wireguard/${tunnel.name}.psk`] : []),
    '',
    '[Peer]',
    `PublicKey = ${tunnel.publicKey}`,
    `AllowedIPs = ${(fullTunnel ? ['0.0.0.0/0', '::/0'] : inside(tunnel)).join(', ')}`,
    `Endpoint = ${endpointText(endpoint)}`,
    'PersistentKeepalive = 25',
    '',
  ];
  output.write(peer, `devices/wireguard/${tunnel.runsOn.node.id}/peers/${peer.node.id}.conf`, lines.join('\n'));
}

/**
 * What a device reaches through a tunnel: the transfer network, the segments of the site, and what is behind the other peers of the
 * gateway. Without the prefix in which the gateway's endpoint is: the tunnel would lead into itself.
 */
function inside({ prefixes, runsOn, endpoint }: WireGuardInterface): string[] {
  const all = Site.of(runsOn).findAll();
  const routed = isGateway(runsOn) ? runsOn.segments : all.filter(Vlan.isVlan);
  const segments = routed.flatMap(vlan => vlan.cidrs);
  const tunnels = all.filter(isWireGuardInterface).filter(tunnel => tunnel.runsOn === runsOn);
  const transfer = tunnels.flatMap(tunnel => tunnel.prefixes);
  const behind = tunnels
    .flatMap(({ peers }) => peers.flatMap(peer => peer.prefixes))
    .filter(prefix => !transfer.some(whole => covers(whole, prefix)));
  const outside = endpoint && familyOf(endpoint.host) ? segments.filter(cidr => covers(cidr, endpoint.host)) : publicPrefixes(runsOn);
  const rest = new Set([...segments, ...transfer, ...behind].filter(prefix => !prefixes.includes(prefix) && !outside.includes(prefix)));
  return [...prefixes, ...[...rest].sort()];
}

/** Those in which an endpoint that is a name will be: of a gateway, its uplink's; of a host, that of its public IPv4 address. */
function publicPrefixes(device: WireGuardInterface['runsOn']): readonly string[] {
  if (isGateway(device)) return DynamicUplink.is(device.wan) ? [] : device.wan.vlan.cidrs.filter(cidr => !isPrivate(cidr));
  return Host.isHost(device) && device.vlan.ipv4 && !isPrivate(device.ip) ? [device.vlan.ipv4.cidr] : [];
}
