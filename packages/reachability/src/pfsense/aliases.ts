import type { IntervalSet } from '../rule-chain';
import { type Family, parseRange } from '../space/address-text';
import { setOf } from '../space/interval-set';
import type { XmlElement } from './xml-element';

/**
 * The aliases of a configuration, resolved when a rule names them.
 * @see https://docs.netgate.com/pfsense/en/latest/firewall/aliases.html
 */
export class Aliases {
  private readonly byName: ReadonlyMap<string, XmlElement>;

  constructor(root: XmlElement) {
    const found = root.below('aliases', 'alias').map(alias => alias.knows('name type address', 'descr detail'));
    for (const [i, alias] of found.entries()) {
      if (found.some((other, j) => j < i && other.text('name') === alias.text('name')))
        alias.refuse(`write the alias ${alias.text('name')} once`);
    }
    this.byName = new Map(found.map(alias => [alias.text('name'), alias]));
  }

  public has(name: string): boolean {
    return this.byName.has(name);
  }

  /** Its addresses of one family. @throws REACH_UNJUDGED when it has a name that DNS answers, or a list that is downloaded */
  public addresses(name: string, family: Family): IntervalSet {
    const texts = this.entries(name, ['host', 'network'], [], text => parseRange(text) !== undefined);
    return setOf(texts.map(text => parseRange(text)).flatMap(range => (range?.family === family ? [range.interval] : [])));
  }

  public ports(name: string): IntervalSet {
    return setOf(this.entries(name, ['port'], [], text => portsOf(text) !== undefined).flatMap(text => portsOf(text) ?? []));
  }

  private entries(name: string, types: readonly string[], above: readonly string[], isEntry: (text: string) => boolean): readonly string[] {
    const alias = this.byName.get(name) as XmlElement;
    const type = alias.text('type');
    if (!types.includes(type)) alias.one('type')?.refuse(`use an alias of type ${types.join(' or ')} there`);
    return alias
      .text('address')
      .split(/\s+/)
      .filter(text => text !== '')
      .flatMap(text => {
        if (isEntry(text)) return [text];
        if (above.includes(text) || text === name) return [];
        if (!this.has(text)) alias.one('address')?.refuse(`write ${JSON.stringify(text)} as addresses, ports or an alias of the file`);
        return this.entries(text, types, [...above, name], isEntry);
      });
  }
}

/** Ports of `443`, `5000-5010` or `5000:5010`; undefined for anything else. */
export function portsOf(text: string): IntervalSet | undefined {
  const [, from = '', to = from] = /^(\d{1,5})(?:[:-](\d{1,5}))?$/.exec(text) ?? [];
  if (from === '' || Number(to) > 65_535 || Number(from) > Number(to)) return undefined;
  return [{ first: BigInt(from), last: BigInt(to) }];
}
