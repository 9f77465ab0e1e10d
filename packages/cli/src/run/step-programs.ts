import { join } from 'node:path';
import type { PlannedStep } from '@ashlar/analysis';
import { commandLine } from '@ashlar/analysis';
import { ConfigError } from '@ashlar/core';
import { type Ending, runCommand } from '../process/child-command';
import { Terraform } from '../terraform/terraform';
import { durationText } from './duration-text';
import type { StepContext } from './step-context';
import type { StepLog } from './step-log';

/** The command line of this package, compiled. */
const ASHLAR = join(__dirname, '../ashlar.js');
/** The longest that a check may take before its step, in milliseconds: it may wait by itself for what nobody has begun. */
const BEFOREHAND = 15_000;
/** Times between two tries of a check, in milliseconds: each time twice the last. */
const POLL = { first: 200, most: 5000 };

/** Runs the programs of one step. */
export class StepPrograms {
  private deadline = 0;

  constructor(
    private readonly step: PlannedStep,
    private readonly log: StepLog,
    private readonly context: StepContext,
  ) {
    this.restart();
  }

  /** The budget begins again: somebody was asked, and took their time. */
  public restart(): void {
    this.deadline = Date.now() + this.step.budgetSeconds * 1000;
  }

  /** What is left of the budget, in milliseconds. */
  public get left(): number {
    return Math.max(this.deadline - Date.now(), 1);
  }

  /** One after the other. @throws STEP_FAILED, STEP_LATE */
  public async run(commands: readonly (readonly string[])[]): Promise<void> {
    for (const command of commands) {
      this.log.heading('run', command);
      const { code, late } = await this.start(command, this.left, true);
      if (this.context.signal.aborted) return;
      if (late) throw this.late(`${commandLine(command)} was still running`);
      if (code !== 0) {
        const how = code === undefined ? 'was killed' : `ended with ${code}`;
        throw new ConfigError(this.step.id, 'STEP_FAILED', `${commandLine(command)} ${how}`);
      }
    }
  }

  /** Whether the step is done, by a look. */
  public async isDone(command: readonly string[]): Promise<boolean> {
    this.log.heading('check beforehand', command);
    return (await this.start(command, Math.min(BEFOREHAND, this.left), false)).code === 0;
  }

  /** Repeats the check until the step is done. @throws STEP_LATE when the budget is over */
  public async untilDone(command: readonly string[]): Promise<void> {
    this.log.heading('check', command);
    for (let pause = POLL.first; !this.context.signal.aborted; pause = Math.min(pause * 2, POLL.most)) {
      const left = this.deadline - Date.now();
      if (left <= 0) throw this.late(`its check still fails: ${commandLine(command)}`);
      if ((await this.start(command, left, false)).code === 0) return;
      await this.sleep(Math.min(pause, this.left));
    }
  }

  public late(why: string): ConfigError {
    return new ConfigError(this.step.id, 'STEP_LATE', `it was not done within its ${durationText(this.step.budgetSeconds)}: ${why}`);
  }

  private start(command: readonly string[], limit: number, changes: boolean): Promise<Ending> {
    const { place, environment, signal, journal } = this.context;
    return runCommand({
      command: this.resolved(command),
      folder: place.out,
      environment,
      log: this.log.descriptor,
      limit,
      signal,
      ...(changes && { onStart: mark => journal.add({ event: 'program', step: this.step.id, mark }) }),
    });
  }

  /** The command line of this package is here, and Terraform works on copies of its configurations. */
  private resolved([program, ...args]: readonly string[]): readonly string[] {
    if (program === 'ashlar') return [process.execPath, ASHLAR, ...args];
    if (program !== 'terraform') return [program as string, ...args];
    const { environment, place } = this.context;
    return [
      Terraform.program(environment),
      ...args.map(arg => arg.replace(/^-chdir=terraform\/([\w.-]+)$/, (_, name) => `-chdir=${place.state(name)}`)),
    ];
  }

  private sleep(milliseconds: number): Promise<void> {
    const { signal } = this.context;
    return new Promise(resolve => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      signal.addEventListener('abort', done);
    });
  }
}
