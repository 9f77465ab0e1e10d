import { existsSync, readdirSync } from 'node:fs';
import { ProcessLock } from '../process/process-lock';
import { Journal } from './journal';
import { readPlan } from './plan-file';
import type { RunPlace } from './run-place';

const NAMES: Readonly<Record<string, string>> = { 'plan.json': 'start-up' };
const PLANS = /^(plan|shutdown|upgrade|restore|replace-.+)\.json$/;

/** How far the plans of an app have come by their journals, for people. Nothing is checked. */
export function statusText(place: RunPlace): string {
  const holder = existsSync(place.folder) ? new ProcessLock(place.folder, 'run').holder() : undefined;
  const folder = `${place.out}/bootstrap`;
  const files = existsSync(folder) ? readdirSync(folder).filter(file => PLANS.test(file)) : ['plan.json'];
  const lines = files.sort().map(file => {
    const plan = readPlan(place.out, NAMES[file] ?? file.replace(/\.json$/, ''));
    const states = new Journal(place.journal(plan.name)).steps;
    const of = (state: string) => plan.steps.filter(({ id }) => states.get(id) === state).map(({ id }) => id);
    const parts = [
      `${of('done').length} of ${plan.steps.length} steps done`,
      ...(of('failed').length > 0 ? [`failed: ${of('failed').join(', ')}`] : []),
      ...(of('begun').length > 0 ? [`begun: ${of('begun').join(', ')}`] : []),
    ];
    return `${plan.name}: ${parts.join('; ')}`;
  });
  return [...lines, holder ? `a run is under way: process ${holder.pid}` : 'no run is under way'].join('\n');
}
