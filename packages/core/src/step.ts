import type { Duration } from './duration';
import type { Secret } from './secret';

/** A program and its arguments, as the system takes them: no shell reads it. It runs in the output folder. */
export type Command = readonly [program: string, ...args: string[]];

/** What is done in a step. */
export type Action =
  /** Programs that run one after the other; the first that fails ends the step. */
  | { readonly run: readonly Command[] }
  /** The Terraform state `terraform/<name>` is planned, shown and applied, or destroyed. */
  | { readonly terraform: string; readonly destroy?: boolean }
  /** Something that a person does, as one sentence. */
  | { readonly byHand: string }
  /** Nothing: it comes by itself, such as what Argo CD installs, and the check waits for it. */
  | { readonly waits: string };

/** How one knows that a step is done: a program that ends with 0, or a question to a person. */
export type StepCheck = { readonly command: Command } | { readonly ask: string };

/** How a step is taken back, or why nothing has to be. */
export type Undo = Action | { readonly nothing: string };

/** One thing that is done, alone or again, without harm: its check tells whether it is done already. */
export interface Step {
  /** Unique among the steps of its construct: `apply`. With the construct's path it names the step for good. */
  readonly id: string;
  /** What it does, for people: `Apply the state hypervisors`. */
  readonly title: string;
  readonly action: Action;
  readonly check: StepCheck;
  readonly undo: Undo;
  /** The longest that it may take, check included. */
  readonly budget: Duration;
  /** What is lost for good by it; somebody is asked first. @default - nothing */
  readonly destroys?: string;
  /** Secrets that its programs read from the environment or from files. @default - none */
  readonly secrets?: readonly Secret[];
}
