import type { PlannedStep } from './plan';

/** Steps of several constructs that differ in a few words only, told once. */
export interface EqualSteps {
  readonly steps: readonly PlannedStep[];
  /** The step with a placeholder, `<A>`, for each word that differs. */
  readonly told: PlannedStep;
  /** What each placeholder stands for, in the order of the steps. */
  readonly words: readonly { readonly placeholder: string; readonly values: readonly string[] }[];
}

/** From so many equal steps on, they are told once. */
const FEWEST = 3;
/** With more words that differ, steps are no longer the same. */
const MOST_WORDS = 4;

/** Groups equal steps; a step that has no like is a group of its own. In the order of the first of each. */
export function equalSteps(steps: readonly PlannedStep[]): EqualSteps[] {
  const place = new Map(steps.map((step, i): [PlannedStep, number] => [step, i]));
  const first = ({ steps: [step] }: EqualSteps) => place.get(step as PlannedStep) as number;
  return grouped(steps, kindOf)
    .flatMap(kind => (kind.length < FEWEST ? [kind] : grouped(kind, shapeOf)))
    .flatMap(group => together(group) ?? group.map(alone))
    .sort((a, b) => first(a) - first(b));
}

function grouped(steps: readonly PlannedStep[], keyOf: (step: PlannedStep) => string): PlannedStep[][] {
  const groups = new Map<string, PlannedStep[]>();
  for (const step of steps) {
    const key = keyOf(step);
    const group = groups.get(key);
    if (group) group.push(step);
    else groups.set(key, [step]);
  }
  return [...groups.values()];
}

/** Steps of different kinds are never told together; it is quick to tell. */
function kindOf({ id, budgetSeconds, action }: PlannedStep): string {
  return `${id.slice(id.lastIndexOf(':'))} ${budgetSeconds} ${'terraform' in action && action.destroy}`;
}

/** What stands between the words. */
function shapeOf(step: PlannedStep): string {
  return wording(step).replaceAll(WORD, 'w');
}

function alone(step: PlannedStep): EqualSteps {
  return { steps: [step], told: step, words: [] };
}

function together(steps: readonly PlannedStep[]): EqualSteps[] | undefined {
  if (steps.length < FEWEST) return undefined;
  const rows = steps.map(tokens);
  const words = new Map<string, { placeholder: string; values: string[] }>();
  const parts = (rows[0] as string[]).map((token, i) => {
    const values = rows.map(row => row[i] as string);
    if (values.every(value => value === token)) return token;
    const key = values.join(' ');
    const word = words.get(key) ?? { placeholder: `<${String.fromCharCode(65 + words.size)}>`, values };
    words.set(key, word);
    return word.placeholder;
  });
  const told = parts.join('');
  // A word after a backslash is half of an escape, such as a line break.
  if (words.size > MOST_WORDS || told.includes('\\<')) return undefined;
  return [{ steps, told: { ...(steps[0] as PlannedStep), ...JSON.parse(told) }, words: [...words.values()] }];
}

/** A name, an address, a version. */
const WORD = /[\w-]+(?:[.:]+[\w-]+)*/g;

/** Everything that is told of a step, in words and what stands between them. */
function tokens(step: PlannedStep): string[] {
  return wording(step).split(/([\w-]+(?:[.:]+[\w-]+)*)/);
}

function wording({ title, action, check, undo, destroys, secrets }: PlannedStep): string {
  return JSON.stringify({ title, action, check, undo, destroys, secrets });
}
