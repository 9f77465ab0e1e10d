import type { PlannedStep } from '@ashlar/analysis';

const STEP_KEYS = ['id', 'title', 'action', 'check', 'undo', 'budgetSeconds', 'needs', 'destroys', 'secrets'];

/** What is wrong with the form of a step: somebody may have edited the file, or another version written it. */
export function stepFault(step: PlannedStep): string | undefined {
  if (!isObject(step)) return 'is no object';
  const unknown = Object.keys(step).find(key => !STEP_KEYS.includes(key));
  if (unknown !== undefined) return `has ${unknown}, which is not known here`;
  if (typeof step.id !== 'string' || typeof step.title !== 'string') return 'has no id or no title';
  if (!isAction(step.action)) return 'has an action that is not known here';
  if (!isObject(step.check) || !(isCommand(at(step.check, 'command')) || typeof at(step.check, 'ask') === 'string')) return 'has no check';
  if (!isAction(step.undo) && typeof at(step.undo, 'nothing') !== 'string') return 'has an undo that is not known here';
  if (typeof step.budgetSeconds !== 'number' || !(step.budgetSeconds > 0)) return 'has no budget';
  if (!isTexts(step.needs)) return 'has no list of what it needs';
  if (step.secrets !== undefined && !isTexts(step.secrets)) return 'has secrets that are no references';
  return step.destroys === undefined || typeof step.destroys === 'string' ? undefined : 'destroys something that is no text';
}

function isAction(action: unknown): boolean {
  if (!isObject(action)) return false;
  const commands = at(action, 'run');
  if (commands !== undefined) return Array.isArray(commands) && commands.length > 0 && commands.every(isCommand);
  if (at(action, 'terraform') !== undefined) {
    const name = at(action, 'terraform');
    return typeof name === 'string' && /^[\w.-]+$/.test(name) && ['undefined', 'boolean'].includes(typeof at(action, 'destroy'));
  }
  return typeof at(action, 'byHand') === 'string' || typeof at(action, 'waits') === 'string';
}

function isCommand(value: unknown): boolean {
  return isTexts(value) && value.length > 0 && value[0] !== '';
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(item => typeof item === 'string');
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function at(value: unknown, key: string): unknown {
  return isObject(value) ? (value as Record<string, unknown>)[key] : undefined;
}
