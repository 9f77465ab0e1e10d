import type { IConstruct } from 'constructs';
import type { Duration } from './duration';

/** A copy that can be restored after the original is gone, or why there is none. */
export type BackupCoverage =
  | {
      /** Where the copy is, for people. */
      readonly target: string;
      /** The most that can be lost: time between two copies. */
      readonly recoveryPoint: Duration;
      /** How long a copy is kept. */
      readonly retention: Duration;
      /** What holds the copy: a machine, a node, the host of a server. Of several, each holds all of it. @default - not known */
      readonly standsOn?: readonly IConstruct[];
    }
  | { readonly waived: string };

/** A construct that holds data. */
export interface IBackedUp extends IConstruct {
  readonly backup: BackupCoverage;
}

export function isBackedUp(construct: IConstruct): construct is IBackedUp {
  return 'backup' in construct;
}
