import type { Action, Command, StepCheck, Undo } from '@ashlar/core';
import { counted } from '../amount-text';
import { byName } from '../by-name';
import { markdownTable } from '../markdown-table';
import type { Plan, PlannedStep } from './plan';
import { shellWords } from './shell-words';

/** How many steps are named that read a secret. */
const NAMED = 3;

/** What one needs before the first step: programs, access, secrets, people. */
export function renderAtHand(plans: readonly Plan[]): string {
  const steps = plans.flatMap(plan => plan.steps);
  const programs = new Set(steps.flatMap(programsOf));
  const access = ACCESS.filter(({ program }) => programs.has(program)).map(
    ({ variable, file, what }) =>
      `- \`export ${variable}="$PWD/${file}"\`, ${what}. \`ashlar\` sets it itself; the file is for nobody else to read, and not in Git.`,
  );
  const byHand = new Set(steps.filter(({ action, check }) => 'byHand' in action || (check && 'ask' in check)).map(step => step.id));
  return [
    '## What must be at hand',
    [
      '- This folder, and a shell in it: all commands are meant for here.',
      programs.size === 0
        ? '- No program.'
        : `- Programs: ${[...programs]
            .sort(byName)
            .map(program => `\`${program}\``)
            .join(', ')}.`,
      ...access,
      byHand.size === 0 ? '- Nobody at the machines.' : `- Somebody at the machines, for ${counted(byHand.size, 'step')} of all plans.`,
    ].join('\n'),
    secretTable(steps),
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** Environment in which programs find their access. */
const ACCESS = [
  { program: 'kubectl', variable: 'KUBECONFIG', file: '../.ashlar/kubeconfig', what: 'the access to the clusters' },
  { program: 'talosctl', variable: 'TALOSCONFIG', file: '../.ashlar/talosconfig', what: 'the access to the machines that run Talos' },
] as const;

function programsOf({ action, check, undo }: PlannedStep): string[] {
  return [action, check, undo].flatMap((part: Action | StepCheck | Undo) => {
    if ('run' in part) return part.run.flatMap(programsIn);
    if ('command' in part) return programsIn(part.command);
    return 'terraform' in part ? ['terraform'] : [];
  });
}

/** The program of a command, or those of a pipe. */
function programsIn(command: Command): string[] {
  const [program, flag, script] = command;
  if (program === 'true') return [];
  const piped = program === 'sh' && flag === '-c' && script !== undefined ? shellWords(script) : undefined;
  return piped ? piped.flatMap(programsIn) : [program];
}

/** Where a secret is kept, and how Terraform is given one that it keeps nowhere. */
function keptIn(secret: string): string {
  const variable = /^terraform:var\.(.+)$/.exec(secret)?.[1];
  return variable ? `with you: \`export TF_VAR_${variable}=…\`` : `\`${secret}\``;
}

function secretTable(steps: readonly PlannedStep[]): string {
  const readers = new Map<string, Set<string>>();
  for (const { id, secrets = [] } of steps) {
    for (const secret of secrets) readers.set(secret, (readers.get(secret) ?? new Set()).add(id));
  }
  if (readers.size === 0) return '';
  const rows = [...readers]
    .sort(([a], [b]) => byName(a, b))
    .map(([secret, ids]) => {
      const named = [...ids]
        .sort(byName)
        .slice(0, NAMED)
        .map(id => `\`${id}\``)
        .join(', ');
      return [keptIn(secret), ids.size > NAMED ? `${named} and ${ids.size - NAMED} more` : named];
    });
  return `Secrets are kept where the first column says, and never in this folder. Whoever carries a step out needs access to those that it reads.

${markdownTable(['Kept in', 'Read by'], rows)}`;
}
