import type { TraefikRoute } from './traefik-route';

/** Marks a TraefikRoute, so that copies of this package know each other's, and rules need not import what imports them. */
export const TRAEFIK_ROUTE = Symbol.for('@ashlar/edge.TraefikRoute');

export function isTraefikRoute(x: unknown): x is TraefikRoute {
  return typeof x === 'object' && x !== null && TRAEFIK_ROUTE in x;
}
