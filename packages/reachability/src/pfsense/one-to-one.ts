import type { Masquerade, PortForward } from '../router';
import { ALL_ADDRESSES, type Family, parseAddress } from '../space/address-text';
import { isUplink } from './interfaces';
import { describe } from './user-rule';
import type { Vocabulary } from './vocabulary';
import type { XmlElement } from './xml-element';

/** What 1:1 NAT does to packets that arrive, and to those that leave. */
export interface OneToOne {
  readonly forwards: readonly PortForward[];
  readonly masquerades: readonly Masquerade[];
}

const JUDGED = 'external interface ipprotocol source destination natreflection disabled';
const IDLE = 'descr created updated nosync';
/** A prefix is told address by address, up to this many. */
const MOST = 256n;

/**
 * The 1:1 mappings of `<nat>`: an address outside for each address inside, in both directions.
 * @param reflects whether NAT reflection of 1:1 mappings is on for those that do not say
 * @see https://docs.netgate.com/pfsense/en/latest/nat/1-1.html
 * @throws REACH_UNJUDGED
 */
export function readOneToOne(nat: XmlElement | undefined, words: Vocabulary, reflects: boolean): OneToOne {
  const mappings = (nat?.all('onetoone') ?? [])
    .filter(element => !element.has('disabled'))
    .map(element => readMapping(element, words, reflects));
  return { forwards: mappings.flatMap(m => m.forwards), masquerades: mappings.flatMap(m => m.masquerades) };
}

function readMapping(element: XmlElement, words: Vocabulary, site: boolean): OneToOne {
  element.knows(JUDGED, IDLE);
  const on = words.interfacesOf(element.text('interface') || 'wan');
  const [from, to] = [element.one('source'), element.one('destination')];
  const external = element.one('external') ?? element.refuse('name its <external> address');
  if (!from || !to) element.refuse('write a <source> and a <destination>');
  const outside = parseAddress(external.value) ?? externalOf(external, element, words);
  const family = outside.family;
  if (from.has('any') || from.has('not')) from.refuse('name the address or prefix inside');
  const [first, ...more] = words.addresses(from, family);
  const inside = (more.length === 0 ? first : undefined) ?? from.refuse('name one address or prefix');
  const size = inside.last - inside.first + 1n;
  if (size > MOST) from.refuse('map a prefix of at most 256 addresses');
  const base = outside.address - (outside.address % size);
  const remote = words.addresses(to, family);
  const source = remote === ALL_ADDRESSES[family] ? {} : { source: remote };
  const name = `${element.file}: 1:1 mapping of line ${element.line}${describe(element)}`;
  const own = element.text('natreflection');
  if (!['', 'default', 'enable', 'disable'].includes(own)) element.one('natreflection')?.refuse('write enable or disable');
  const others = own === 'enable' || (site && own !== 'disable') ? words.interfaces.filter(o => !on.includes(o) && !isUplink(o)) : [];
  const numbers = Array.from({ length: Number(size) }, (_, i) => BigInt(i));
  return {
    forwards: [...on, ...others].flatMap(arrives =>
      numbers.map(i => ({
        arrives: arrives.name,
        match: { family, ...source, destination: [{ first: base + i, last: base + i }] },
        target: inside.first + i,
        name,
      })),
    ),
    masquerades: on.map(leaves => ({
      leaves: leaves.name,
      match: { family, source: [inside], ...(source.source && { destination: source.source }) },
      name,
    })),
  };
}

function externalOf(external: XmlElement, element: XmlElement, words: Vocabulary): { readonly family: Family; readonly address: bigint } {
  const family = element.text('ipprotocol') === 'inet6' ? 6 : 4;
  const [of] = words.interfaces.filter(one => `${one.name}ip` === external.value);
  const address = of?.sides[family].own;
  return address === undefined
    ? external.refuse('write an address, or wanip for that of an interface with a static one')
    : { family, address };
}
