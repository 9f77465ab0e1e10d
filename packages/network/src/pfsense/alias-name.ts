import { createHash } from 'node:crypto';

/** A table of pf has a name of up to 31 characters. */
const LONGEST = 31;

/**
 * Name of the alias of a group: `SERVERS_NS1_V4`. The ending keeps it apart from protocols, services and keywords of pf, which no alias
 * may be called. One that is too long ends in a hash of the whole instead of its middle.
 * @see https://docs.netgate.com/pfsense/en/latest/firewall/aliases.html
 */
export function aliasName(group: string, family: 4 | 6): string {
  const name = group.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_');
  const ending = `_V${family}`;
  if (name.length + ending.length <= LONGEST) return name + ending;
  const hash = createHash('sha256').update(group).digest('hex').slice(0, 6).toUpperCase();
  return `${name.slice(0, LONGEST - ending.length - hash.length - 1)}_${hash}${ending}`;
}
