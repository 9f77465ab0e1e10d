import type { Workload } from './workload';

/** Marks a workload, so that copies of this package know each other's. */
export const WORKLOAD = Symbol.for('@ashlar/kubernetes.Workload');

export function isWorkload(x: unknown): x is Workload {
  return typeof x === 'object' && x !== null && WORKLOAD in x;
}
