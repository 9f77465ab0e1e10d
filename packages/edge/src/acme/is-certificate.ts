import type { Certificate } from './certificate';

/** Marks a Certificate, so that copies of this package know each other's, and rules need not import what imports them. */
export const CERTIFICATE = Symbol.for('@ashlar/edge.Certificate');

export function isCertificate(x: unknown): x is Certificate {
  return typeof x === 'object' && x !== null && CERTIFICATE in x;
}
