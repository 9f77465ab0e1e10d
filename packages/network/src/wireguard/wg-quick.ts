import { type Output, pathOf } from '@ashlar/core';
import type { Host } from '../segments/host';
import { refreshService, refreshTimer } from './endpoint-refresh';
import { endpointText, isNamed } from './wireguard-endpoint';
import type { WireGuardInterface } from './wireguard-interface';
import type { WireGuardPeer } from './wireguard-peer';

/**
 * What a Linux host needs in `/etc/wireguard`, and the units that ask again for names whose address changed.
 * @see https://man7.org/linux/man-pages/man8/wg-quick.8.html
 */
export function renderWgQuick(tunnel: WireGuardInterface, host: Host, output: Output): void {
  const folder = `devices/wireguard/${host.name}`;
  output.write(tunnel, `${folder}/${tunnel.name}.conf`, wgQuick(tunnel));
  const named = tunnel.peers.filter(peer => peer.endpoint && isNamed(peer.endpoint));
  if (named.length === 0) return;
  output.write(tunnel, `${folder}/${tunnel.name}-endpoints.service`, refreshService(tunnel, named));
  output.write(tunnel, `${folder}/${tunnel.name}-endpoints.timer`, refreshTimer(tunnel));
}

/** Keys are read from files beside it, `<interface>.key` and `<interface>-<peer>.psk`, so that it can be committed. */
export function wgQuick(tunnel: WireGuardInterface): string {
  const routed = tunnel.peers.flatMap(peer => peer.routed).flatMap(vlan => vlan.cidrs);
  const lines = [
    `# ${pathOf(tunnel)}. After a change restart wg-quick@${tunnel.name}: a reload would drop the keys, which are read when it starts.`,
    '[Interface]',
    `Address = ${tunnel.addresses.join(', ')}`,
    `ListenPort = ${tunnel.listenPort}`,
    `MTU = ${tunnel.mtu}`,
    ...(routed.length > 0 ? ['Table = off'] : []),
    `PostUp = wg set %i private-key /etc/wireguard/${tunnel.name}.key`,
    ...tunnel.peers.filter(peer => peer.presharedKey).map(peer => presharedKey(tunnel, peer)),
    ...(routed.length > 0 ? answers(tunnel, routed) : []),
    ...clamping(tunnel),
    ...tunnel.peers.flatMap(peerSection),
    '',
  ];
  return lines.join('\n');
}

function presharedKey(tunnel: WireGuardInterface, { node, publicKey }: WireGuardPeer): string {
  return `PostUp = wg set %i peer ${publicKey} preshared-key /etc/wireguard/${tunnel.name}-${node.id}.psk`;
}

/**
 * What comes from a routed prefix takes the routes of the host where there are some, and leaves by the tunnel where there is only the
 * default one: the way in is the way out. Reverse path filtering, strict too, follows the same rules.
 */
function answers(tunnel: WireGuardInterface, routed: readonly string[]): string[] {
  const table = 1000 + Number(tunnel.name.slice(2));
  const families = [...new Set(routed.map(flagOf))];
  const behind = tunnel.peers.flatMap(peer => peer.prefixes);
  return [
    ...families.map(flag => `PostUp = sysctl -q -w ${FORWARDING[flag]}`),
    ...behind.map(prefix => `PostUp = ip ${flagOf(prefix)} route replace ${prefix} dev %i`),
    ...families.map(flag => `PostUp = ip ${flag} route replace default dev %i table ${table}`),
    ...routed.flatMap(prefix =>
      upAndDown(
        ['add', 'del'],
        verb => `ip ${flagOf(prefix)} rule ${verb} from ${prefix} table main suppress_prefixlength 0 priority 1000`,
      ),
    ),
    ...routed.flatMap(prefix =>
      upAndDown(['add', 'del'], verb => `ip ${flagOf(prefix)} rule ${verb} from ${prefix} table ${table} priority 1001`),
    ),
  ];
}

const FORWARDING = {
  '-4': 'net.ipv4.ip_forward=1',
  '-6': 'net.ipv6.conf.all.forwarding=1',
} as const;

/**
 * Both sides of a TCP connection learn how much fits, also where somebody drops the message that would tell. The length is written:
 * `--clamp-mss-to-pmtu` takes that of the default route for what comes in to a routed prefix, and so clamps nothing.
 */
function clamping({ mtu, addresses, peers }: WireGuardInterface): string[] {
  const flags = new Set([...addresses, ...peers.flatMap(peer => peer.allowedIps)].map(flagOf));
  return [...flags].sort().flatMap(flag => {
    const [program, headers] = flag === '-4' ? ['iptables', 40] : ['ip6tables', 60];
    const clamp = `-p tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss ${mtu - headers}`;
    return ['-i', '-o'].flatMap(side => upAndDown(['-A', '-D'], verb => `${program} -t mangle ${verb} FORWARD ${side} %i ${clamp}`));
  });
}

function upAndDown([up, down]: readonly [string, string], command: (verb: string) => string): string[] {
  return [`PostUp = ${command(up)}`, `PreDown = ${command(down)}`];
}

function flagOf(prefix: string): '-4' | '-6' {
  return prefix.includes(':') ? '-6' : '-4';
}

function peerSection(peer: WireGuardPeer): string[] {
  const { publicKey, allowedIps, endpoint, persistentKeepalive } = peer;
  return [
    '',
    `# ${peer.node.id}`,
    '[Peer]',
    `PublicKey = ${publicKey}`,
    `AllowedIPs = ${allowedIps.join(', ')}`,
    ...(endpoint ? [`Endpoint = ${endpointText(endpoint)}`] : []),
    ...(persistentKeepalive ? [`PersistentKeepalive = ${persistentKeepalive}`] : []),
  ];
}
