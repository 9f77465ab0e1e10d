import { constants } from 'node:os';
import type { PlannedStep } from '@ashlar/analysis';
import { ConfigError } from '@ashlar/core';
import { ProcessLock } from '../process/process-lock';
import { durationText } from './duration-text';
import { PlanRun, type PlanRunProps } from './plan-run';
import { requirePrerequisites } from './prerequisites';

/**
 * Runs a plan: each step when what it needs is done, several at once. Where one fails, those that run are let finish, and no other begins.
 * @throws RUN_PROGRAM_MISSING, RUN_SECRET_MISSING, TERRAFORM_OUTPUT, RUN_STEP_UNKNOWN, RUN_UNDER_WAY, RUN_FAILED, RUN_INTERRUPTED
 */
export async function runPlan(props: PlanRunProps): Promise<void> {
  const { plan, place } = props;
  requireSteps(props);
  requirePrerequisites(plan, place.out, props.environment);
  const lock = new ProcessLock(place.folder, 'run');
  const holder = lock.take();
  if (holder) {
    throw new ConfigError(plan.name, 'RUN_UNDER_WAY', `another run is under way here: process ${holder.pid}`, {
      fix: `wait until it ends, or end it: kill ${holder.pid}`,
    });
  }
  const started = Date.now();
  const stop = new AbortController();
  let interrupt: NodeJS.Signals | undefined;
  const onSignal = (signal: NodeJS.Signals) => {
    interrupt ??= signal;
    stop.abort();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, onSignal);
  try {
    const end = await new PlanRun(props, stop.signal).run();
    const error = end.error(props.again, interrupt);
    // By the convention of shells.
    if (error && interrupt) process.exitCode = 128 + constants.signals[interrupt];
    if (error) throw error;
    props.tell(`${plan.name} of ${plan.site} is done, in ${durationText((Date.now() - started) / 1000)}`);
  } finally {
    for (const signal of signals) process.off(signal, onSignal);
    lock.release();
  }
}

/** @throws RUN_STEP_UNKNOWN, RUN_STEP_CHECKED */
function requireSteps({ plan, done, consent }: PlanRunProps): void {
  const steps = new Map(plan.steps.map(step => [step.id, step]));
  const unknown = [...done, ...consent].find(id => !steps.has(id));
  if (unknown !== undefined) {
    throw new ConfigError(plan.name, 'RUN_STEP_UNKNOWN', 'there is no such step', { got: unknown, fix: '--dry-run shows them all' });
  }
  const checked = done.find(id => 'command' in (steps.get(id) as PlannedStep).check);
  if (checked !== undefined) {
    throw new ConfigError(plan.name, 'RUN_STEP_CHECKED', `${checked} is done when its check says so, and not when somebody does`, {
      fix: 'leave --done away for it',
    });
  }
}
