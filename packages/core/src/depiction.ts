import type { IConstruct } from 'constructs';

/** What a picture shows of a construct. */
export interface Depiction {
  readonly kind: 'rack' | 'feed' | 'machine' | 'switch' | 'guest' | 'network' | 'service';
  readonly label: string;
  /** Short facts under the label, most important first. */
  readonly facts: readonly string[];
  /** Other constructs that a line leads to, with what is written on it. */
  readonly linkedTo?: readonly { readonly to: IConstruct; readonly label: string }[];
}

/** A construct that pictures show. */
export interface IDepicted extends IConstruct {
  readonly depiction: Depiction;
}

export function isDepicted(construct: IConstruct): construct is IDepicted {
  return 'depiction' in construct;
}
