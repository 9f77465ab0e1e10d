import type { Gateway } from './gateway';

/** Marks a Gateway, so that copies of this package know each other's, and rules need not import what imports them. */
export const GATEWAY = Symbol.for('@ashlar/edge.Gateway');

export function isGateway(x: unknown): x is Gateway {
  return typeof x === 'object' && x !== null && GATEWAY in x;
}
