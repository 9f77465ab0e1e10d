import type { NodePool } from '../node-pool';
import { EVERYTHING, insidePrefixes, isWorld, type PoolOpening, poolOpenings, portText } from '../pool-opening';

/** One rule as the provider takes it: every key is there, because it takes the list as a value, and not as blocks. */
interface SecurityRule {
  readonly access: 'Allow' | 'Deny';
  readonly direction: 'Inbound' | 'Outbound';
  readonly protocol: string;
  readonly port: string;
  readonly peers: readonly string[];
  readonly description: string;
}

/** Names of protocols; a rule refuses SCTP, which has none there. */
const PROTOCOLS: Readonly<Record<string, string>> = { tcp: 'Tcp', udp: 'Udp', icmp: 'Icmp' };

/**
 * The rules of a network security group for the members of a pool, in the order in which they are asked: what the model declares, then a
 * denial of what is ours before what is open to the world, and at the end a denial of everything, ahead of what Azure itself lets pass.
 * @see https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview
 */
export function securityRules(pool: NodePool): object[] {
  return (['in', 'out'] as const).flatMap(direction => {
    const openings = poolOpenings(pool).filter(opening => opening.direction === direction);
    const deny = (peers: readonly string[], description: string): SecurityRule => ({
      access: 'Deny',
      direction: VENDOR[direction],
      protocol: '*',
      port: '*',
      peers,
      description,
    });
    const ordered = [
      ...openings.filter(opening => !isWorld(opening)).map(allow),
      ...(openings.some(isWorld) ? [deny(insidePrefixes(pool), 'ours, and not the Internet')] : []),
      ...openings.filter(isWorld).map(allow),
    ];
    return [...ordered.map((rule, i) => entry(rule, 100 + i)), entry(deny([EVERYTHING], 'what nobody declared'), 4096)];
  });
}

const VENDOR = { in: 'Inbound', out: 'Outbound' } as const;

function allow({ direction, port, peers, others }: PoolOpening): SecurityRule {
  return {
    access: 'Allow',
    direction: VENDOR[direction],
    protocol: PROTOCOLS[port.protocol] as string,
    port: portText(port) ?? '*',
    peers,
    description: `${direction === 'in' ? 'from' : 'to'} ${others.join(', ')}`.slice(0, 140),
  };
}

function entry({ access, direction, protocol, port, peers, description }: SecurityRule, priority: number): object {
  const inbound = direction === 'Inbound';
  const all = peers.includes(EVERYTHING);
  const end = (own: boolean) => ({ one: own || all ? '*' : null, many: own || all ? null : peers });
  const [source, destination] = [end(!inbound), end(inbound)];
  return {
    name: `${direction.toLowerCase()}-${priority}`,
    access,
    direction,
    priority,
    protocol,
    description,
    source_address_prefix: source.one,
    source_address_prefixes: source.many,
    source_application_security_group_ids: null,
    source_port_range: '*',
    source_port_ranges: null,
    destination_address_prefix: destination.one,
    destination_address_prefixes: destination.many,
    destination_application_security_group_ids: null,
    destination_port_range: port,
    destination_port_ranges: null,
  };
}
