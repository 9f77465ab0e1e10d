import type { Action, StepCheck, Undo } from '@ashlar/core';

/** One step of a plan, as it is written to `bootstrap/*.json` and read by `ashlar up`. */
export interface PlannedStep {
  /** `<path of the construct>:<id of the step>`: names it for good, also in the record of a run. */
  readonly id: string;
  readonly title: string;
  readonly action: Action;
  readonly check: StepCheck;
  readonly undo: Undo;
  /** The longest that it may take. */
  readonly budgetSeconds: number;
  /** Steps that must be done before, by id. */
  readonly needs: readonly string[];
  /** What is lost for good. @default - nothing */
  readonly destroys?: string;
  /** Where the secrets are kept that its programs read, for people. @default - none */
  readonly secrets?: readonly string[];
}

/** Steps, each after what it needs. What does not need each other may be done at once. */
export interface Plan {
  readonly site: string;
  /** `start-up`, `shutdown`, `upgrade`, `restore`, or `replace-<machine>`. */
  readonly name: string;
  readonly steps: readonly PlannedStep[];
  /** Steps, by id, that decide how long it takes when everything else is done beside them. */
  readonly criticalPath: readonly string[];
  readonly criticalSeconds: number;
}
