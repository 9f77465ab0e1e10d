import type { IConstruct } from 'constructs';
import type { Step } from './step';

/** Something that must be up before a construct can start, and what for. */
export interface Need {
  readonly on: IConstruct;
  /** Completes "it needs it for …", as a noun: `the names of its peers`, `its images`. */
  readonly for: string;
}

/** A host name or an address that a construct is configured with, and what for. */
export interface NameUse {
  /** Without scheme and port. */
  readonly name: string;
  /** As in {@link Need.for}. */
  readonly for: string;
}

/** How a construct leaves, and enters again, when a machine under it is replaced by another. */
export interface Replacement {
  /** Done before the machine is switched off. */
  readonly leave: readonly Step[];
  /** Done once the new machine runs. */
  readonly join: readonly Step[];
}

/**
 * How a construct comes up, goes down and is upgraded, and what it needs for that. Read when all is declared, so make it a getter.
 *
 * What a construct stands on ({@link IPlaced}) is up before it without being named here. A construct that nobody has to start
 * declares no steps: it comes up with what it stands on, or with what it is declared in.
 */
export interface Lifecycle {
  /** What must be up before this starts, besides what it stands on. */
  readonly startsAfter: readonly (IConstruct | Need)[];
  /** Names that it uses from its start. Whatever of the site answers there ({@link IServing}, an instance) is up before it. @default - none */
  readonly uses?: readonly NameUse[];
  /** What must have been upgraded before this is. @default - as it starts */
  readonly upgradesAfter?: readonly IConstruct[];
  /** How it comes up, one step after the other. @default - by itself */
  readonly start?: readonly Step[];
  /** How it goes down. @default - with what it stands on */
  readonly stop?: readonly Step[];
  /** How it gets the version that the program says, while it runs. @default - not on its own */
  readonly upgrade?: readonly Step[];
  /** How its data comes back from a copy elsewhere, once it has started empty. @default - it holds none */
  readonly restore?: readonly Step[];
  /** How it does without `machine`, and with its successor. @default - nothing has to be done */
  replace?(machine: IConstruct): Replacement | undefined;
}

/** A construct that is started. */
export interface ILifecycle extends IConstruct {
  readonly lifecycle: Lifecycle;
}

/** Terraform resources have a `lifecycle` too, which is another. */
export function hasLifecycle(construct: IConstruct): construct is ILifecycle {
  const { lifecycle } = construct as { lifecycle?: Partial<Lifecycle> };
  return typeof lifecycle === 'object' && lifecycle !== null && Array.isArray(lifecycle.startsAfter);
}

/** A need, also where only the construct was named. */
export function needOf(after: IConstruct | Need): Need {
  return 'on' in after ? after : { on: after, for: 'its start' };
}
