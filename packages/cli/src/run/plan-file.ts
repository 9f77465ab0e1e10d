import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan } from '@ashlar/analysis';
import { ConfigError } from '@ashlar/core';
import { isObject, stepFault } from './plan-form';
import { stepsInOrder } from './plan-order';

/** Files of plans that are not named after them. */
const FILES: Readonly<Record<string, string>> = { 'start-up': 'plan.json', shutdown: 'shutdown.json' };
const AGAIN = 'synthesize again: npm run synth';

/**
 * Reads a plan from the output folder of an app; its steps come in an order in which they could be done one by one.
 * @throws PLAN_NAME, PLAN_MISSING, PLAN_FORMAT, PLAN_STEP_TWICE, PLAN_NEED, PLAN_CIRCLE
 */
export function readPlan(out: string, name: string): Plan {
  if (!/^[a-z0-9][a-z0-9.-]*$/.test(name)) {
    throw new ConfigError('plan', 'PLAN_NAME', 'a plan has another name', {
      got: name,
      fix: 'write upgrade, restore or replace-<machine>',
    });
  }
  const file = join(out, 'bootstrap', FILES[name] ?? `${name}.json`);
  const plan = formed(file, text(file));
  const known = new Set<string>();
  for (const { id } of plan.steps) {
    if (known.has(id)) throw new ConfigError(id, 'PLAN_STEP_TWICE', `${file} has two steps of this name`, { fix: AGAIN });
    known.add(id);
  }
  for (const { id, needs } of plan.steps) {
    const unknown = needs.find(need => !known.has(need));
    if (unknown !== undefined) {
      throw new ConfigError(id, 'PLAN_NEED', `it needs ${unknown}, which ${file} does not have`, { fix: AGAIN });
    }
  }
  const steps = stepsInOrder(plan.steps, circle => {
    return new ConfigError(circle.join(' → '), 'PLAN_CIRCLE', `these steps of ${file} wait for each other`, { fix: AGAIN });
  });
  return { ...plan, steps };
}

function text(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new ConfigError('plan', 'PLAN_MISSING', `there is no ${file}`, {
      fix: 'synthesize an environment with a BootstrapPlan first: npm run synth, or say with --out where its output is',
    });
  }
}

function formed(file: string, content: string): Plan {
  const refuse = (what: string) => {
    return new ConfigError('plan', 'PLAN_FORMAT', `${file} is no plan of this version of ashlar: ${what}`, { fix: AGAIN });
  };
  let plan: Plan;
  try {
    plan = JSON.parse(content) as Plan;
  } catch {
    throw refuse('it is not JSON');
  }
  if (!isObject(plan) || typeof plan.site !== 'string' || typeof plan.name !== 'string' || !Array.isArray(plan.steps))
    throw refuse('it has no site, no name or no steps');
  if (!Array.isArray(plan.criticalPath) || typeof plan.criticalSeconds !== 'number') throw refuse('it has no critical path');
  for (const [i, step] of plan.steps.entries()) {
    const fault = stepFault(step);
    if (fault !== undefined) throw refuse(`step ${isObject(step) && 'id' in step ? step.id : i + 1} ${fault}`);
  }
  return plan;
}
