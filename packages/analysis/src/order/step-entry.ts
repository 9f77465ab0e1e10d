import type { Action, Command, StepCheck, Undo } from '@ashlar/core';
import { markdownTable } from '../markdown-table';
import { commandLine } from './command-line';
import { durationText } from './duration-text';
import type { EqualSteps } from './equal-steps';
import type { PlannedStep } from './plan';

/** A step, or equal steps of several constructs, as an entry of a runbook. */
export function stepEntry({ steps, told, words }: EqualSteps, number: string, after: readonly string[]): string {
  const { title, action, check, undo, budgetSeconds, destroys, secrets } = told;
  const facts = [
    steps.length === 1 ? `\`${told.id}\`` : `${steps.length} steps \`…${told.id.slice(told.id.lastIndexOf(':'))}\``,
    budgetSeconds > 0 ? `up to ${durationText(budgetSeconds)}` : 'at once',
    ...(after.length > 0 ? [`after ${after.join(', ')}`] : []),
  ];
  const lines = [
    `**${number} ${escaped(title)}**  `,
    facts.join(' · '),
    '',
    ...actionLines(action),
    `- Done when ${checkText(check)}`,
    `- To take it back: ${undoText(undo)}`,
    ...(destroys ? [`- **Destroys ${escaped(destroys)}**`] : []),
    ...(secrets ? [`- Reads ${secrets.map(secret => `\`${secret}\``).join(', ')}`] : []),
  ];
  if (words.length > 0) lines.push('', valuesTable(steps, words));
  return lines.join('\n');
}

/** The commands by which a person does what `ashlar` does for an action. */
function commandLines(action: Action): string[] {
  if ('run' in action) return action.run.map(line);
  if (!('terraform' in action)) return [];
  // Terraform leaves files of its own where it works, and secrets in its plans: so that is beside the output, not in it.
  const folder = `../.ashlar/terraform/${action.terraform}`;
  const terraform = `terraform -chdir=${folder}`;
  return [
    `mkdir -p -m 700 ${folder} && cp terraform/${action.terraform}/cdk.tf.json ${folder}`,
    `${terraform} init`,
    `${terraform} plan${action.destroy ? ' -destroy' : ''} -out=tfplan`,
    `${terraform} apply tfplan`,
  ];
}

/** A command for people: Terraform works where the step before it has made a folder for it. */
function line(command: Command): string {
  return commandLine(command.map(word => word.replace(/^-chdir=terraform\//, '-chdir=../.ashlar/terraform/')) as unknown as Command);
}

function actionLines(action: Action): string[] {
  const commands = commandLines(action);
  if (commands.length > 0) return ['```sh', ...commands, '```', ''];
  return [`- ${'byHand' in action ? 'By hand' : 'Wait'}: ${escaped(sentence(action))}`];
}

function sentence(action: Action): string {
  const said = 'byHand' in action ? action.byHand : 'waits' in action ? action.waits : '';
  return said.endsWith('.') ? said.slice(0, -1) : said;
}

function checkText(check: StepCheck): string {
  return 'ask' in check ? `somebody says yes to: ${escaped(check.ask)}` : `this ends with 0: ${code(line(check.command))}`;
}

function undoText(undo: Undo): string {
  if ('nothing' in undo) return `nothing, ${escaped(undo.nothing)}`;
  const commands = commandLines(undo).filter(command => !('terraform' in undo) || / (plan|apply) /.test(command));
  return commands.length > 0 ? commands.map(code).join(', then ') : escaped(sentence(undo));
}

function valuesTable(steps: readonly PlannedStep[], words: EqualSteps['words']): string {
  const path = (step: PlannedStep) => `\`${step.id.slice(0, step.id.lastIndexOf(':'))}\``;
  return markdownTable(
    ['Of', ...words.map(({ placeholder }) => `\`${placeholder}\``)],
    steps.map((step, i) => [path(step), ...words.map(({ values }) => `\`${values[i]}\``)]),
  );
}

/** Code in a line, also when it has a backtick in it. */
function code(text: string): string {
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;
}

/** What would be markup, outside of code. */
function escaped(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map(part => (part.startsWith('`') ? part : part.replaceAll(/[<*]/g, '\\$&')))
    .join('');
}
