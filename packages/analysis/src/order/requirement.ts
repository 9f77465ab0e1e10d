import type { IConstruct } from 'constructs';

/** What must be up before something else is, and what for. */
export interface Requirement {
  /** One of them is enough; all are waited for unless that closes a circle. */
  readonly on: readonly IConstruct[];
  /** Completes "it needs it for …", as a noun. */
  readonly for: string;
  /** A wish: it is dropped where it closes a circle. @default - it is kept */
  readonly wish?: boolean;
}

/** One edge of a circle. */
export interface CircleLink {
  readonly construct: IConstruct;
  readonly on: IConstruct;
  readonly for: string;
}

/** What needs itself, by way of others. The last link leads to the construct of the first. */
export type Circle = readonly CircleLink[];
