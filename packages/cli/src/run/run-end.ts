import type { Plan, PlannedStep } from '@ashlar/analysis';
import { ConfigError } from '@ashlar/core';
import { actionText } from './command-text';
import { secretVariables } from './prerequisites';
import type { RunPlace } from './run-place';
import type { StepLog } from './step-log';

/** How a run ended, for people. */
export class RunEnd {
  private done = 0;
  private readonly failures: string[] = [];

  constructor(
    private readonly plan: Plan,
    private readonly place: RunPlace,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  public get failed(): boolean {
    return this.failures.length > 0;
  }

  public get complete(): boolean {
    return this.done === this.plan.steps.length;
  }

  public finished(): void {
    this.done++;
  }

  public failure(step: PlannedStep, error: unknown, log: StepLog): void {
    // Terraform has said it all in its error.
    const own = ConfigError.isConfigError(error) && error.code === 'TERRAFORM';
    const tail = own ? [] : [`the end of ${this.place.told(log.file)}:`, ...log.tail().map(line => `  ${line}`)];
    const undo = `to take it back: ${actionText(step.undo).join(', then ')}`;
    const problem = error instanceof Error ? error.message : String(error);
    this.failures.push(this.masked([problem, ...[...tail, undo].map(line => `  ${line}`)].join('\n')));
  }

  /** The error of a run that did not come to its end. */
  public error(again: string, interrupt: NodeJS.Signals | undefined): ConfigError | undefined {
    if (this.complete) return undefined;
    const { steps, name } = this.plan;
    const state = `${this.done} of ${steps.length} steps are done`;
    if (!this.failed) {
      return new ConfigError(name, 'RUN_INTERRUPTED', `${interrupt} ended the run; ${state} and stay done`, { fix: `go on with ${again}` });
    }
    const failed = this.failures.length === 1 ? '1 step failed' : `${this.failures.length} steps failed`;
    return new ConfigError(name, 'RUN_FAILED', `${failed}\n${this.failures.join('\n')}\n${state}`, {
      fix: `what is done stays done: repair it, and go on with ${again}`,
    });
  }

  /** Without the values of secrets, which programs may have printed. */
  private masked(text: string): string {
    const values = this.plan.steps
      .flatMap(secretVariables)
      .map(name => this.environment[name] ?? '')
      .filter(value => value.length > 3);
    return values.reduce((told, value) => told.replaceAll(value, '(secret)'), text);
  }
}
