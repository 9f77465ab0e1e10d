import type { ReverseProxy } from './reverse-proxy';

/** Marks a reverse proxy, so that rules know one without loading it, and copies of this package know each other's. */
export const REVERSE_PROXY = Symbol.for('@ashlar/network.ReverseProxy');

export function isReverseProxy(x: unknown): x is ReverseProxy {
  return typeof x === 'object' && x !== null && REVERSE_PROXY in x;
}
