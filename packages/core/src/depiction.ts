import type { IConstruct } from 'constructs';
import type { Bandwidth } from './bandwidth';

/** A line of a picture from one construct to another. */
export interface DepictedLink {
  readonly to: IConstruct;
  /** What is written on it. */
  readonly label: string;
  /** How much traffic of what runs at the nearer end it carries; none through the port of a management controller. */
  readonly speed?: Bandwidth;
  /** What the nearer end could carry. */
  readonly capability?: Bandwidth;
}

/** What a picture shows of a construct. */
export interface Depiction {
  readonly kind: 'rack' | 'feed' | 'machine' | 'switch' | 'guest' | 'network' | 'service';
  readonly label: string;
  /** Short facts under the label, most important first. */
  readonly facts: readonly string[];
  /** Other constructs that a line leads to. */
  readonly linkedTo?: readonly DepictedLink[];
  /** Units that it takes of its rack, the lowest first; of a rack, those that it has. Counted from 1 at the bottom. */
  readonly units?: { readonly first: number; readonly count: number };
}

/** A construct that pictures show. */
export interface IDepicted extends IConstruct {
  readonly depiction: Depiction;
}

export function isDepicted(construct: IConstruct): construct is IDepicted {
  return 'depiction' in construct;
}
