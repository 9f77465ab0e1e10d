import { Duration, type Step } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { byName } from '../by-name';
import type { PlannedStep } from './plan';

/** Constructs in an order, and the steps of each that are taken. */
export interface StepSource {
  /** Each after those that it waits for. */
  readonly nodes: readonly IConstruct[];
  waitsOf(construct: IConstruct): readonly IConstruct[];
  stepsOf(construct: IConstruct): readonly Step[];
  pathOf(construct: IConstruct): string;
  /** Its place among steps that could come at the same time. */
  rankOf(construct: IConstruct): number;
}

/** A construct without steps stands for what it waits for, up to so many steps; for more, a step of its own says that they are done. */
const MOST = 16;
/** Steps that are looked at, back from what a step needs, to leave out needs that others imply. */
const LOOK_BACK = 64;

/** A step, how many come before it at least, and its place among those of its wave. */
interface Placed {
  readonly step: PlannedStep;
  readonly wave: number;
  readonly rank: number;
  readonly index: number;
}

/** The steps of constructs with what each needs, every step after what it needs. Linear, whatever needs whatever. */
export function plannedSteps(source: StepSource): PlannedStep[] {
  const placed = new Map<string, Placed>();
  const add = (construct: IConstruct, step: Omit<PlannedStep, 'needs'>, needs: readonly string[]): readonly string[] => {
    const before = needs.map(need => placed.get(need) as Placed).sort(byPlace);
    const wave = (before.at(-1)?.wave ?? -1) + 1;
    const sorted = { ...step, needs: before.map(one => one.step.id) };
    placed.set(step.id, { step: sorted, wave, rank: source.rankOf(construct), index: placed.size });
    return [step.id];
  };
  const lasts = new Map<IConstruct, readonly string[]>();
  for (const construct of source.nodes) {
    const own = source.stepsOf(construct);
    const waits = source.waitsOf(construct).map(other => lasts.get(other) ?? []);
    let needs: readonly string[] = waits.length === 1 ? (waits[0] as readonly string[]) : [...new Set(waits.flat())];
    if (own.length > 0) needs = withoutImplied(needs, placed);
    else if (needs.length > MOST) needs = add(construct, milestone(source.pathOf(construct)), withoutImplied(needs, placed));
    for (const step of own) {
      const id = `${source.pathOf(construct)}:${step.id}`;
      // A rule tells of two steps with one id; all other rules still run.
      if (!placed.has(id)) needs = add(construct, { id, ...planned(step) }, needs);
    }
    lasts.set(construct, needs);
  }
  return [...placed.values()].sort(byPlace).map(({ step }) => step);
}

function byPlace(a: Placed, b: Placed): number {
  return a.wave - b.wave || a.rank - b.rank || a.index - b.index;
}

/** How many steps come before each at least, by id. @param steps each after what it needs */
export function wavesOf(steps: readonly PlannedStep[]): Map<string, number> {
  const waves = new Map<string, number>();
  for (const { id, needs } of steps) {
    let wave = 0;
    for (const need of needs) wave = Math.max(wave, (waves.get(need) ?? -1) + 1);
    waves.set(id, wave);
  }
  return waves;
}

/** Steps that no other step waits for. */
function lastOf(steps: readonly PlannedStep[]): string[] {
  const needed = new Set(steps.flatMap(step => step.needs));
  return steps.map(step => step.id).filter(id => !needed.has(id));
}

/** Steps of several phases, each phase after all of the one before it. */
export function inPhases(...phases: readonly (readonly PlannedStep[])[]): PlannedStep[] {
  const all = new Map<string, PlannedStep>();
  let before: readonly string[] = [];
  for (const phase of phases.filter(steps => steps.length > 0)) {
    const needs = before;
    for (const step of phase) if (!all.has(step.id)) all.set(step.id, step.needs.length === 0 ? { ...step, needs } : step);
    before = lastOf(phase);
  }
  return [...all.values()];
}

function planned(step: Step): Omit<PlannedStep, 'id' | 'needs'> {
  const { title, action, check, undo, budget, destroys, secrets = [] } = step;
  return {
    title,
    action,
    check,
    undo,
    // A caller without types is told by a rule, and all other rules still run.
    budgetSeconds: Duration.is(budget) ? budget.toSeconds() : 0,
    ...(destroys !== undefined && { destroys }),
    ...(secrets.length > 0 && { secrets: secrets.map(secret => secret.describe()).sort(byName) }),
  };
}

function milestone(path: string): Omit<PlannedStep, 'needs'> {
  return {
    id: `${path}:all`,
    title: `All that ${path} waits for is done`,
    action: { waits: 'nothing of its own has to be done' },
    check: { command: ['true'] },
    undo: { nothing: 'it does nothing' },
    budgetSeconds: 0,
  };
}

/** Needs that no other of them already waits for, as far as a look at the steps nearby tells. What is left out is only shorter to read. */
function withoutImplied(needs: readonly string[], placed: ReadonlyMap<string, Placed>): readonly string[] {
  if (needs.length < 2) return needs;
  const left = new Set(needs);
  const seen = new Set<string>();
  const open = [...needs];
  for (let i = 0; i < open.length && seen.size < LOOK_BACK; i++) {
    for (const before of placed.get(open[i] as string)?.step.needs ?? []) {
      left.delete(before);
      if (seen.has(before) || seen.size >= LOOK_BACK) continue;
      seen.add(before);
      open.push(before);
    }
  }
  return [...left];
}
