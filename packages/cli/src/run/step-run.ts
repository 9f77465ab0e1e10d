import type { PlannedStep } from '@ashlar/analysis';
import { ConfigError } from '@ashlar/core';
import { awaitLeftover } from '../process/child-command';
import { confirmed } from '../terminal/confirmation';
import { StateChange } from './state-change';
import type { StepContext } from './step-context';
import type { StepLog } from './step-log';
import { StepPrograms } from './step-programs';

/** How a step ended: it was done before, or it was done now. */
export type StepOutcome = 'there' | 'done';

/** One step on its way: it looks whether it is done, does it, and waits until it is. It may end between any two lines, and be run again. */
export class StepRun {
  private readonly programs: StepPrograms;

  constructor(
    private readonly step: PlannedStep,
    private readonly log: StepLog,
    private readonly context: StepContext,
  ) {
    this.programs = new StepPrograms(step, log, context);
  }

  /** @throws STEP_FAILED, STEP_LATE, STEP_UNATTENDED, STEP_DECLINED, STATE_LOSS, TERRAFORM */
  public async run(): Promise<StepOutcome> {
    const { action, id } = this.step;
    const { journal, signal } = this.context;
    const leftover = journal.leftover(id);
    if (leftover) {
      await awaitLeftover(leftover, this.programs.left, signal);
      this.programs.restart();
    }
    journal.add({ event: 'step-started', step: id });
    if ('terraform' in action) return this.changeState(action.terraform, action.destroy ?? false);
    if (await this.isDone()) return 'there';
    if (signal.aborted) return 'done';
    await this.consent(this.step.destroys && `It destroys ${this.step.destroys}.`);
    if ('byHand' in action) this.context.tell(`${id}: ${action.byHand}`);
    if ('run' in action) await this.programs.run(action.run);
    await this.untilDone();
    return 'done';
  }

  private async changeState(workspace: string, destroy: boolean): Promise<StepOutcome> {
    const change = new StateChange(workspace, destroy, this.log, this.context);
    try {
      const open = await this.inTime(change, 'plan', change.plan());
      if (!open && (this.isPlanChecked || (await this.isDone()))) return 'there';
      change.refuseLosses(this.step.id);
      const lost = this.step.destroys ?? (destroy ? `what the state ${workspace} holds` : undefined);
      await this.consent(lost && `${change.text}\nIt destroys ${lost}.`);
      if (this.context.signal.aborted) return 'done';
      if (open) await this.inTime(change, 'apply', change.apply());
    } finally {
      change.forget();
    }
    await this.untilDone();
    return 'done';
  }

  /** @throws STEP_LATE */
  private async inTime<T>(change: StateChange, what: string, work: Promise<T>): Promise<T> {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      change.interrupt();
    }, this.programs.left);
    try {
      return await work;
    } catch (error) {
      throw late ? this.programs.late(`terraform ${what} was still running`) : error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Whether the check is a plan that changes nothing, which has just been made. */
  private get isPlanChecked(): boolean {
    const { check } = this.step;
    return 'command' in check && check.command[0] === 'terraform';
  }

  private async isDone(): Promise<boolean> {
    const { check, id } = this.step;
    return 'command' in check ? this.programs.isDone(check.command) : this.context.acknowledged.has(id);
  }

  private async untilDone(): Promise<void> {
    const { check, id, title } = this.step;
    const { signal, journal, terminal, alone } = this.context;
    if (signal.aborted) return;
    if ('command' in check) return this.programs.untilDone(check.command);
    const said = await alone(() => confirmed(`${title}: ${check.ask}`, () => this.unattended('--done', check.ask), terminal, signal));
    if (signal.aborted) return;
    if (!said) throw new ConfigError(id, 'STEP_DECLINED', `${check.ask} Nobody has said yes`);
    journal.add({ event: 'step-acknowledged', step: id });
  }

  /** @throws STEP_DECLINED, STEP_UNATTENDED */
  private async consent(loss: string | undefined): Promise<void> {
    const { id, title } = this.step;
    const { consented, terminal, signal, alone } = this.context;
    if (!loss || consented.has(id) || signal.aborted) return;
    const said = await alone(() => confirmed(`${loss}\n${title}?`, () => this.unattended('--consent', loss), terminal, signal));
    if (!said && !signal.aborted) throw new ConfigError(id, 'STEP_DECLINED', 'nobody has agreed to it, and nothing was destroyed');
    this.programs.restart();
  }

  private unattended(option: string, question: string): ConfigError {
    return new ConfigError(this.step.id, 'STEP_UNATTENDED', `there is no terminal to ask: ${question}`, {
      fix: `once somebody has seen to it, write ${option} ${this.step.id}`,
    });
  }
}
