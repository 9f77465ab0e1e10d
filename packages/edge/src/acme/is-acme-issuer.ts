import type { AcmeIssuer } from './acme-issuer';

/** Marks a AcmeIssuer, so that copies of this package know each other's, and rules need not import what imports them. */
export const ACME_ISSUER = Symbol.for('@ashlar/edge.AcmeIssuer');

export function isAcmeIssuer(x: unknown): x is AcmeIssuer {
  return typeof x === 'object' && x !== null && ACME_ISSUER in x;
}
