import type { ApiGateway } from './api-gateway';

/** Marks a ApiGateway, so that copies of this package know each other's, and rules need not import what imports them. */
export const API_GATEWAY = Symbol.for('@ashlar/edge.ApiGateway');

export function isApiGateway(x: unknown): x is ApiGateway {
  return typeof x === 'object' && x !== null && API_GATEWAY in x;
}
