import { existsSync, readdirSync } from 'node:fs';
import { basename } from 'node:path';
import type { Plan, PlannedStep } from '@ashlar/analysis';
import { TERMINAL } from '../terminal/confirmation';
import { durationText } from './duration-text';
import { Journal } from './journal';
import { RunEnd } from './run-end';
import type { RunPlace } from './run-place';
import { Schedule } from './schedule';
import type { StepContext } from './step-context';
import { StepLog } from './step-log';
import { StepRun } from './step-run';

export interface PlanRunProps {
  readonly plan: Plan;
  readonly place: RunPlace;
  /** How many steps may work at once. */
  readonly jobs: number;
  /** Ids of steps of which somebody says that they are done. */
  readonly done: readonly string[];
  /** Ids of steps that may destroy. */
  readonly consent: readonly string[];
  readonly allowDestroy: boolean;
  readonly environment: NodeJS.ProcessEnv;
  /** Where lines for people go. */
  readonly tell: (text: string) => void;
  /** What somebody writes to go on. */
  readonly again: string;
}

/** Plans that are run again and again; what people have said about them holds until another is run. */
const STANDING = ['start-up', 'shutdown'];

/** One run of a plan, which nobody else runs. */
export class PlanRun {
  private readonly journal: Journal;
  private readonly context: StepContext;
  private readonly end: RunEnd;

  constructor(
    private readonly props: PlanRunProps,
    signal: AbortSignal,
  ) {
    const { plan, place, tell } = props;
    this.journal = new Journal(place.journal(plan.name));
    this.end = new RunEnd(plan, place, props.environment);
    let asked: Promise<unknown> = Promise.resolve();
    this.context = {
      place,
      journal: this.journal,
      environment: place.environment(props.environment),
      signal,
      terminal: TERMINAL,
      acknowledged: new Set([...this.journal.acknowledged(!STANDING.includes(plan.name)), ...props.done]),
      consented: new Set(props.consent),
      allowDestroy: props.allowDestroy,
      tell,
      alone: ask => {
        const answer = asked.then(ask, ask);
        asked = answer;
        return answer;
      },
    };
  }

  public async run(): Promise<RunEnd> {
    const { plan, jobs, done } = this.props;
    this.supersede();
    this.journal.add({ event: 'run-started' });
    for (const step of done) this.journal.add({ event: 'step-acknowledged', step });
    const schedule = new Schedule(plan.steps, jobs);
    const running = new Set<Promise<void>>();
    const begin = () => {
      if (this.context.signal.aborted || this.end.failed) return;
      for (const step of schedule.begin()) {
        const run = this.step(step).then(finished => {
          running.delete(run);
          if (finished) schedule.done(step);
        });
        running.add(run);
      }
    };
    begin();
    while (running.size > 0) {
      await Promise.race(running);
      begin();
    }
    this.journal.add({ event: this.end.complete ? 'run-done' : 'run-interrupted' });
    return this.end;
  }

  /** @returns whether the step is done */
  private async step(step: PlannedStep): Promise<boolean> {
    const { plan, place, tell } = this.props;
    const started = Date.now();
    const number = plan.steps.indexOf(step) + 1;
    const digits = String(plan.steps.length).length;
    const line = (how: string) => tell(`[${String(number).padStart(digits)}/${plan.steps.length}] ${step.id}  ${step.title} … ${how}`);
    const log = new StepLog(place.logs(plan.name), number, digits, step.id);
    try {
      const outcome = await new StepRun(step, log, this.context).run();
      if (this.context.signal.aborted) return false;
      this.journal.add({ event: outcome === 'there' ? 'step-there' : 'step-done', step: step.id });
      const took = durationText((Date.now() - started) / 1000);
      line(outcome === 'there' ? 'there already' : `done in ${took} (budget ${durationText(step.budgetSeconds)})`);
      this.end.finished();
      return true;
    } catch (error) {
      if (this.context.signal.aborted) return false;
      this.journal.add({ event: 'step-failed', step: step.id });
      line('failed');
      this.end.failure(step, error, log);
      return false;
    } finally {
      log.close();
    }
  }

  /** What people have said about other plans no longer holds. */
  private supersede(): void {
    const { plan, place } = this.props;
    const own = basename(place.journal(plan.name));
    if (!existsSync(place.journals)) return;
    for (const name of readdirSync(place.journals).filter(file => file.endsWith('.jsonl') && file !== own)) {
      new Journal(place.journal(name.replace(/\.jsonl$/, ''))).supersede(plan.name);
    }
  }
}
