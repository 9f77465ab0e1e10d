import { FAMILIES, type Family, parseAddress, parseRange } from '../space/address-text';
import type { RankedRoute } from './routes';
import type { Statement } from './statement';

/** Distance of routes from an external neighbor, and from an internal one. */
const DISTANCE = 20;

/**
 * Routes that neighbors of BGP may announce: all that the import filter of a neighbor lets in, since it may come at any time.
 * @throws REACH_UNJUDGED for a neighbor without an import filter of prefixes
 * @see https://docs.vyos.io/en/latest/configuration/protocols/bgp.html
 */
export function learnedRoutes(root: Statement): RankedRoute[] {
  const lists = { 4: byName(root, 'prefix-list'), 6: byName(root, 'prefix-list6') };
  const maps = byName(root, 'route-map');
  return root.below('protocols', 'bgp').flatMap(bgp => {
    const groups = new Map(bgp.all('peer-group').map(group => [group.value, group]));
    return bgp.all('neighbor').flatMap(neighbor => {
      const hop = parseAddress(neighbor.value ?? '') ?? neighbor.refuse('name the neighbor by its address');
      if (neighbor.has('shutdown')) return [];
      const group = groups.get(neighbor.text('peer-group'));
      return FAMILIES.flatMap(family => {
        const block = `ipv${family}-unicast`;
        const sections = [neighbor, group].flatMap(source => source?.below('address-family', block) ?? []);
        // IPv4 is on for every neighbor, unless the default is changed.
        if (sections.length === 0 && family === 6) return [];
        if (hop.family !== family && sections.length > 0) return (sections[0] as Statement).refuse('peer by an address of the same family');
        if (hop.family !== family) return [];
        const list = listOf(sections, family) ?? neighbor.refuse(`limit what it may announce: address-family ${block} prefix-list import`);
        return prefixesOf(list, family).map(destination => ({ family, destination, nextHop: hop.address, distance: DISTANCE }));
      });
    });
  });

  function listOf(sections: readonly Statement[], family: Family): Statement | undefined {
    for (const section of sections) {
      const direct = section.one('prefix-list')?.one('import');
      if (direct) return lists[family].get(direct.value) ?? direct.refuse('define the prefix list');
      const mapped = section.one('route-map')?.one('import');
      if (mapped) return listOfMap(maps.get(mapped.value) ?? mapped.refuse('define the route map'), family);
    }
    return undefined;
  }

  function listOfMap(map: Statement, family: Family): Statement {
    const permits = map.all('rule').filter(rule => rule.text('action') === 'permit');
    const [only, ...others] = permits.flatMap(rule => {
      const [leaf] = rule.below('match', family === 4 ? 'ip' : 'ipv6', 'address', 'prefix-list');
      return [leaf ?? rule.refuse('match a prefix list in it')];
    });
    if (!only || others.length > 0) return map.refuse('permit one prefix list');
    return lists[family].get(only.value) ?? only.refuse('define the prefix list');
  }
}

function prefixesOf(list: Statement, family: Family) {
  return list.all('rule').flatMap(rule => {
    // What a list denies only makes fewer routes, and a route too many is on the safe side.
    if (rule.text('action') === 'deny') return [];
    const leaf = rule.one('prefix') ?? rule.refuse('name the prefix');
    const range = parseRange(leaf.value ?? '');
    return [range?.family === family ? range.interval : leaf.refuse(`write an IPv${family} prefix`)];
  });
}

function byName(root: Statement, kind: string): ReadonlyMap<string | undefined, Statement> {
  return new Map(root.below('policy', kind).map(statement => [statement.value, statement]));
}
