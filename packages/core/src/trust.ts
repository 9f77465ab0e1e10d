import type { IVlan } from './addressing';
import { type IConnectable, isConnectable } from './connections';

/** Segments between which everything passes. */
export interface ITrustZone extends IConnectable {
  readonly vlans: readonly IVlan[];
}

export function isTrustZone(construct: unknown): construct is ITrustZone {
  return isConnectable(construct) && 'vlans' in construct && Array.isArray(construct.vlans);
}
