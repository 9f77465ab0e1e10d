import type { Duration } from '@ashlar/core';
import type { IConstruct } from 'constructs';

/** A construct that says how long the start-up of its site may take. */
export interface IPromisingTime extends IConstruct {
  /** @default - as long as it takes */
  readonly within?: Duration;
}

const MARKER = Symbol.for('@ashlar/analysis.IPromisingTime');

export function promiseTime(construct: IPromisingTime): void {
  Object.defineProperty(construct, MARKER, { value: true });
}

export function isPromisingTime(construct: IConstruct): construct is IPromisingTime {
  return MARKER in construct;
}
