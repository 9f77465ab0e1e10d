import type { Subnet } from '../segments/subnet';
import { classlessName, reverseName } from './reverse-zone';

/** What the holder of the /24 around a prefix has to enter into its reverse zone. @see RFC 2317 */
export function classlessDelegation(subnet: Subnet, zone: string, servers: readonly string[]): string {
  const count = 2 ** (32 - subnet.prefixLength);
  const names = Array.from(
    { length: count },
    (_, number) => `${reverseName(subnet, number)}. IN CNAME ${classlessName(subnet, number, zone)}.`,
  );
  return [
    `# Reverse names of ${subnet.cidr}`,
    '',
    `The reverse zone around ${subnet.cidr} belongs to whoever assigned the prefix. For our PTR records to be found, these records have to be in`,
    'it; ask for them, and say if another name than ours is wanted for the zone.',
    '',
    '```',
    ...servers.map(server => `${zone}. IN NS ${server}.`),
    ...names,
    '```',
    '',
  ].join('\n');
}
