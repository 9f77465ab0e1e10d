import type { Lifecycle, Step } from '@ashlar/core';
import type { IConstruct } from 'constructs';

/** How a construct leaves a machine, and enters the next. */
export interface Passage {
  readonly leave: readonly Step[];
  readonly join: readonly Step[];
}

/** As its lifecycle says; what says nothing and is lost with the machine goes down, comes up again, and gets its data back. */
export function passageOf(lifecycle: Lifecycle | undefined, machine: IConstruct, lost: boolean): Passage {
  const said = lifecycle?.replace?.(machine);
  if (said) return said;
  if (!lifecycle || !lost) return { leave: [], join: [] };
  const { start = [], stop = [], restore = [] } = lifecycle;
  return { leave: stop, join: [...start, ...restore] };
}
