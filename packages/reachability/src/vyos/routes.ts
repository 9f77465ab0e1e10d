import type { Diversion, Route } from '../router';
import { type Family, parseAddress, parseRange } from '../space/address-text';
import { CRITERIA, criteriaOf } from './criteria';
import { FirewallGroups } from './firewall-groups';
import type { Statement } from './statement';

/** A route with the distance by which one of several to the same prefix is chosen. */
export interface RankedRoute extends Route {
  readonly distance: number;
}

const ROUTES: readonly (readonly [name: string, family: Family])[] = [
  ['route', 4],
  ['route6', 6],
];

/** `protocols static`, the main table. */
export function staticRoutes(root: Statement): RankedRoute[] {
  const statics = root.below('protocols', 'static');
  for (const block of statics) block.knows(['route', 'route6', 'table'], ['arp', 'neighbor-proxy']);
  return statics.flatMap(routesIn);
}

/**
 * `policy route` and `policy route6`: traffic of an interface that another table routes.
 * @see https://docs.vyos.io/en/latest/configuration/policy/route.html
 */
export function diversionsOf(file: string, root: Statement): Diversion[] {
  const groups = new FirewallGroups(root);
  const tables = new Map(root.below('protocols', 'static', 'table').map(table => [table.value, table]));
  return ROUTES.flatMap(([name, family]) => root.below('policy', name).flatMap(policy => diversionsIn(policy, family)));

  function diversionsIn(policy: Statement, family: Family): Diversion[] {
    policy.knows(['interface', 'rule'], ['description', 'default-log']);
    const rules = [...policy.all('rule')].sort((a, b) => Number(a.value) - Number(b.value)).filter(rule => !rule.has('disable'));
    return policy.texts('interface').flatMap(arrives =>
      rules.flatMap(rule => {
        rule.knows(['set', 'action', 'disable', ...CRITERIA], ['description', 'log']);
        const routes = routesOfRule(rule).filter(route => route.family === family);
        const label = `${file}: policy ${policy.name} ${policy.value} rule ${rule.value}`;
        return criteriaOf(rule, family, groups).map(match => ({ arrives, match, routes, name: label }));
      }),
    );
  }

  /** The routes of the table that the rule chooses; none means the main one. */
  function routesOfRule(rule: Statement): readonly Route[] {
    const action = rule.one('action');
    if (action && !['accept', 'return'].includes(action.value ?? '')) action.refuse('drop it in the firewall');
    const set = rule.one('set');
    set?.knows(['table'], ['tcp-mss', 'dscp']);
    const leaf = set?.one('table');
    if (!leaf || leaf.value === 'main') return [];
    return routesIn(tables.get(leaf.value) ?? leaf.refuse(`define protocols static table ${leaf.value}`));
  }
}

function routesIn(block: Statement): RankedRoute[] {
  return ROUTES.flatMap(([name, family]) => block.all(name).flatMap(route => hopsOf(route, family)));
}

function hopsOf(statement: Statement, family: Family): RankedRoute[] {
  statement.knows(['next-hop', 'interface', 'blackhole', 'reject', 'dhcp-interface'], ['description']);
  const range = parseRange(statement.value ?? '');
  if (range?.family !== family) return statement.refuse(`write an IPv${family} prefix`);
  const base = { family, destination: range.interval };
  return statement.children
    .filter(hop => hop.name !== 'description' && !hop.has('disable'))
    .map((hop): RankedRoute => {
      hop.knows(['distance', 'disable', 'interface'], ['bfd', 'tag']);
      const distance = Number(hop.text('distance') ?? 1);
      if (hop.name === 'blackhole' || hop.name === 'reject') return { ...base, blackhole: true, distance };
      if (hop.name !== 'next-hop') return { ...base, interface: hop.value ?? hop.refuse('name the interface'), distance };
      const next = parseAddress(hop.value ?? '');
      if (next?.family !== family) return hop.refuse(`write an IPv${family} address`);
      return { ...base, nextHop: next.address, ...(hop.has('interface') && { interface: hop.text('interface') as string }), distance };
    });
}

/** Of several routes to one prefix, those with the least distance. */
export function bestOf(routes: readonly RankedRoute[]): Route[] {
  const least = new Map<string, number>();
  const keyOf = ({ family, destination }: Route) => `${family} ${destination.first}-${destination.last}`;
  for (const route of routes) least.set(keyOf(route), Math.min(route.distance, least.get(keyOf(route)) ?? 256));
  return routes.filter(route => route.distance === least.get(keyOf(route))).map(({ distance: _, ...route }) => route);
}
