import type { Terminal } from '../terminal/confirmation';
import type { Journal } from './journal';
import type { RunPlace } from './run-place';

/** What the steps of one run share. */
export interface StepContext {
  readonly place: RunPlace;
  readonly journal: Journal;
  /** Environment of every program. */
  readonly environment: NodeJS.ProcessEnv;
  /** Aborted when the run is to end. */
  readonly signal: AbortSignal;
  readonly terminal: Terminal;
  /** Ids of steps of which a person has said that they are done. */
  readonly acknowledged: ReadonlySet<string>;
  /** Ids of steps that may destroy without being asked about. */
  readonly consented: ReadonlySet<string>;
  /** Whether Terraform may destroy or replace what is in the way. */
  readonly allowDestroy: boolean;
  /** Lines for people. */
  readonly tell: (text: string) => void;
  /** Lets one question be asked at a time. */
  readonly alone: <T>(ask: () => Promise<T>) => Promise<T>;
}
