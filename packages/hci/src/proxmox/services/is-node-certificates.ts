import type { NodeCertificates } from './node-certificates';

export const CERTIFICATES = Symbol.for('@ashlar/hci.NodeCertificates');

export function isNodeCertificates(x: unknown): x is NodeCertificates {
  return typeof x === 'object' && x !== null && CERTIFICATES in x;
}
