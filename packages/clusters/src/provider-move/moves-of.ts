import type { Site } from '@ashlar/core';
import type { ProviderMove } from './provider-move';

const MOVE = Symbol.for('@ashlar/clusters.ProviderMove');

export function markMove(move: ProviderMove): void {
  Object.defineProperty(move, MOVE, { value: true });
}

/** Every move that a site declares. */
export function movesOf(site: Site): ProviderMove[] {
  return site.findAll().filter((construct): construct is ProviderMove => MOVE in construct);
}
