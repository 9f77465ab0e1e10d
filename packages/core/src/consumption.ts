import type { IConstruct } from 'constructs';
import type { Bandwidth } from './bandwidth';
import type { Power } from './power';
import type { Size } from './size';

/** Amounts of what machines offer and guests take. */
export interface Resources {
  /** Physical processor cores. */
  readonly cores?: number;
  /** Hardware threads; a virtual CPU takes one. */
  readonly threads?: number;
  readonly memory?: Size;
  readonly disk?: Size;
  /** Sum over the network ports. */
  readonly network?: Bandwidth;
  readonly power?: Power;
}

/** Takes resources of what it stands on. */
export interface IConsumer extends IConstruct {
  readonly consumption: Resources;
}

/** Offers resources to what stands on it. */
export interface IProvider extends IConstruct {
  readonly capacity: Resources;
}

export function isConsumer(construct: IConstruct): construct is IConsumer {
  return 'consumption' in construct;
}

export function isProvider(construct: IConstruct): construct is IProvider {
  return 'capacity' in construct;
}
