import type { IConstruct } from 'constructs';

/** The order in which things come up and are upgraded. */
export interface Lifecycle {
  /** What must run before this can start. */
  readonly startsAfter: readonly IConstruct[];
  /** What must have been upgraded before this is. @default - as it starts */
  readonly upgradesAfter?: readonly IConstruct[];
}

/** A construct that is started. */
export interface ILifecycle extends IConstruct {
  readonly lifecycle: Lifecycle;
}

export function hasLifecycle(construct: IConstruct): construct is ILifecycle {
  return 'lifecycle' in construct;
}
