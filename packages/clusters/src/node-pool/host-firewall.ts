import type { BootFile } from '@ashlar/core';
import type { NodePool } from './node-pool';
import { coveringPrefixes, insidePrefixes, isWorld, type PoolOpening, poolOpenings, portText } from './pool-opening';

/**
 * The rules by which a server guards its side of a private network, where the firewall of its cloud does not look.
 *
 * They judge packets between the server itself and the segments of the site. What pods send and receive has other addresses, and is
 * judged by the network policies of their cluster; what comes from elsewhere is judged by the firewall of the cloud.
 * @see https://docs.hetzner.com/cloud/firewalls/faq/
 * @see https://wiki.nftables.org/wiki-nftables/index.php/Main_Page
 */
export function hostFirewall(pool: NodePool): string {
  const site = coveringPrefixes([pool.cloud.network.cidr, ...insidePrefixes(pool)]).join(', ');
  const openings = poolOpenings(pool).filter(opening => !isWorld(opening));
  const accepted = (direction: 'in' | 'out') => openings.filter(opening => opening.direction === direction).map(rule);
  return [
    '#!/usr/sbin/nft -f',
    '# What passes between this server and the segments of the site.',
    'table inet ashlar',
    'delete table inet ashlar',
    'table inet ashlar {',
    ...chain('input', [...base('input'), 'iif lo accept', `ip saddr { ${site} } jump from_site`]),
    ...chain('output', [...base('output'), 'oif lo accept', `ip daddr { ${site} } jump to_site`]),
    ...chain('from_site', [...accepted('in'), 'drop']),
    ...chain('to_site', [...accepted('out'), 'drop']),
    '}',
    '',
  ].join('\n');
}

/** Where Debian and Ubuntu load it from at each boot. */
export function hostFirewallFile(pool: NodePool): BootFile {
  return { path: '/etc/nftables.conf', content: hostFirewall(pool), mode: '0755' };
}

function chain(name: string, lines: readonly string[]): string[] {
  return [`  chain ${name} {`, ...lines.map(line => `    ${line}`), '  }'];
}

function base(hook: string): string[] {
  return [`type filter hook ${hook} priority filter; policy accept;`, 'ct state established,related accept'];
}

function rule({ direction, peers, port }: PoolOpening): string {
  const end = `ip ${direction === 'in' ? 'saddr' : 'daddr'} { ${coveringPrefixes(peers).join(', ')} }`;
  if (port.protocol === 'icmp') return `${end} icmp type echo-request accept`;
  return `${end} ${port.protocol} dport ${portText(port)} accept`;
}
