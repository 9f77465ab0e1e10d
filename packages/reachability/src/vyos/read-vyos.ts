import type { Router } from '../router';
import { interfacesOf } from './interfaces';
import { learnedRoutes } from './learned-routes';
import { parseStatements } from './parse-statements';
import { bestOf, diversionsOf, staticRoutes } from './routes';
import { forwardsOf, masqueradesOf } from './translations';
import { Zones } from './zones';

/** Sections that neither route nor filter nor translate. */
const IDLE = ['service', 'system', 'pki', 'qos'] as const;

/** Distance of a route that a provider gives: any that is written stands before it. */
const GIVEN = 210;

/**
 * What a `config.boot` of VyOS 1.4 or 1.5 says the gateway does.
 * @param file its path in the output, `devices/vyos/<name>/config.boot`
 * @throws REACH_UNJUDGED at the first statement whose effect is not known here
 * @see https://docs.vyos.io/en/latest/configuration/firewall/
 */
export function readVyos(file: string, text: string): Router {
  const root = parseStatements(file, text);
  root.knows(['interfaces', 'firewall', 'nat', 'policy', 'protocols', 'high-availability'], IDLE);
  for (const protocols of root.all('protocols')) protocols.knows(['static', 'bgp'], ['bfd', 'rpki']);
  for (const policy of root.all('policy')) {
    policy.knows(
      ['route', 'route6', 'route-map', 'prefix-list', 'prefix-list6'],
      ['as-path-list', 'community-list', 'large-community-list'],
    );
  }
  for (const nat of root.all('nat')) nat.knows(['source', 'destination']);
  const interfaces = interfacesOf(root);
  const zones = new Zones(file, root);
  zones.refuseUnzoned(interfaces.filter(i => !/^(lo|dum\d+)$/.test(i.router.name) && !zones.zoneOf(i.router.name)).map(i => i.statement));
  const given = interfaces.flatMap(i => i.routes.map(route => ({ ...route, distance: GIVEN })));
  const diversions = diversionsOf(file, root);
  const [strict] = root.below('firewall', 'global-options', 'source-validation').filter(leaf => leaf.value === 'strict');
  // Answers arrive where the main table does not lead.
  if (strict && diversions.some(diversion => diversion.routes.length > 0)) strict.refuse('write loose, since other tables route too');
  return {
    file,
    name: file.split('/').at(-2) ?? file,
    interfaces: interfaces.map(i => i.router),
    routes: bestOf([...staticRoutes(root), ...learnedRoutes(root), ...given]),
    forwards: forwardsOf(file, root),
    masquerades: masqueradesOf(file, root),
    diversions,
    tunnelPorts: interfaces.flatMap(i => (i.listens === undefined ? [] : [i.listens])),
    forward: (arrives, leaves) => zones.forward(arrives, leaves),
    local: arrives => zones.localFrom(arrives),
  };
}
