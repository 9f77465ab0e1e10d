import type { Duration } from '@ashlar/core';
import { counted } from '../amount-text';
import { markdownTable } from '../markdown-table';
import { renderAtHand } from './at-hand';
import { durationText } from './duration-text';
import type { Plan, PlannedStep } from './plan';
import { PlanSection } from './plan-section';
import { Rehearsal, type TriedStart } from './rehearsal';
import type { SitePlans } from './site-plans';
import { waitingReason } from './waiting-reason';

/** Plans that every site has, what each is for, and the file that `ashlar` reads. */
const KINDS = [
  { name: 'start-up', title: 'Start-up', purpose: 'from an empty rack to everything up; again after a power cut', file: 'plan' },
  { name: 'shutdown', title: 'Shutdown', purpose: 'everything down, what nothing needs any more first', file: 'shutdown' },
  { name: 'upgrade', title: 'Upgrade', purpose: 'the versions that the program says, while everything runs', file: 'upgrade' },
  { name: 'restore', title: 'Restore', purpose: 'from an empty rack, with the data out of the backups', file: 'restore' },
] as const;

/** The document that somebody opens who has never seen the site, on its worst day. */
export function renderRunbook(plans: SitePlans, all: readonly Plan[], within?: Duration): string {
  const [startUp, shutdown, upgrade, restore, ...replacements] = all as [Plan, Plan, Plan, Plan, ...Plan[]];
  const starting = new PlanSection(startUp);
  const site = startUp.site;
  return `# Runbook of ${site}

How ${site} comes up from nothing, goes down, is upgraded, gets its data back, and goes on when a machine is replaced. It is made by the
program that describes ${site}, from what each part declares that it needs, and is as old as the files beside it.

${overview(all)}

\`ashlar up\` carries the start-up out, and \`ashlar down\` the shutdown; both can be stopped at any step and called again. Everything can
also be done from this document alone.

## How to read it

- A plan has rounds. All steps of a round may be done at once, by as many people as there are; a step may begin as soon as the steps that
  it names after "after" are done.
- Before a step, look whether it is done already: its check says so. A step may be done twice without harm.
- A step that is not done when its time is over has failed. Take it back as it says, find out why, do it again; nothing else has to be
  taken back.
- What a step **destroys** is gone for good. Such a step is confirmed by a second person.
- Steps that are the same for several machines are told once. \`<A>\` stands for the word in column \`<A>\` of the table below it.
- Nothing is changed by hand that a file of this folder says: it would be gone with the next machine. What has to change is changed in the
  program.

${renderAtHand(all)}

## Start-up

${whole(startUp, 'Nothing here has to be started.', starting)}

${critical(plans, startUp, starting, within)}

${tried(new Rehearsal(plans).all())}

## Shutdown

${whole(shutdown, 'Nothing has to be shut down in an order: whatever runs goes down with what it stands on.')}

## Upgrade

${whole(upgrade, 'Nothing is upgraded by a step of its own: what runs gets its version when its files are applied.')}

## Restore

${restored(restore, startUp, starting)}

## Replace a machine

${replaced(replacements)}
`;
}

/** The page of one machine. */
export function renderReplacement(plan: Plan): string {
  const machine = plan.name.slice('replace-'.length);
  const section = new PlanSection(plan);
  return `# Replace ${machine} of ${plan.site}

What stands on ${machine} leaves it, it goes down, and all comes back once the new machine runs. How to read it, and what must be at hand, is in
[the runbook](../RUNBOOK.md).

${lead(plan, section)}

${section.text()}
`;
}

function overview(all: readonly Plan[]): string {
  const rows = all.flatMap(plan => {
    const kind = KINDS.find(({ name }) => name === plan.name);
    if (!kind) return [];
    const byHand = plan.steps.filter(step => 'byHand' in step.action).length;
    const file = `bootstrap/${kind.file}.json`;
    return [
      [
        `[${kind.title}](#${kind.name})`,
        kind.purpose,
        String(plan.steps.length),
        String(byHand),
        durationText(plan.criticalSeconds),
        `[${file}](${file})`,
      ],
    ];
  });
  const replace = ['[Replace a machine](#replace-a-machine)', 'one machine makes room for another, while all else runs', '', '', '', ''];
  return markdownTable(['Plan', 'What it does', 'Steps:', 'By hand:', 'Takes at most:', 'For `ashlar`'], [...rows, replace]);
}

function lead(plan: Plan, section: PlanSection): string {
  const sum = plan.steps.reduce((total, step) => total + step.budgetSeconds, 0);
  return `${counted(plan.steps.length, 'step')} in ${counted(section.roundCount, 'round')}. It takes at most ${durationText(plan.criticalSeconds)} when all runs at once that may, and ${durationText(sum)} when one thing is done after the other.`;
}

function whole(plan: Plan, nothing: string, section = new PlanSection(plan)): string {
  if (plan.steps.length === 0) return nothing;
  return `${lead(plan, section)}\n\n${section.text()}`;
}

function critical(plans: SitePlans, plan: Plan, section: PlanSection, within?: Duration): string {
  if (plan.steps.length === 0) return '';
  const { graph } = plans;
  const steps = new Map(plan.steps.map((step): [string, PlannedStep] => [step.id, step]));
  const starters = plans.starters();
  let sum = 0;
  const rows = plan.criticalPath.map((id, i) => {
    const { budgetSeconds, title } = steps.get(id) as PlannedStep;
    const [own, before] = [starters.get(id), starters.get(plan.criticalPath[i - 1] ?? '')];
    const reason = own && before && own !== before ? waitingReason(graph, own, before) : undefined;
    sum += budgetSeconds;
    return [section.numbers.get(id) as string, title, `\`${id}\``, reason ?? '', durationText(budgetSeconds), durationText(sum)];
  });
  const promise = within ? ` It may take ${durationText(within.toSeconds())}.` : '';
  return `### What decides how long it takes

Each of these waits for the one before it, and nothing waits longer: ${durationText(plan.criticalSeconds)} in all.${promise} Whatever else there is to do is done meanwhile.

${markdownTable(['', 'Step', 'Its name', 'Needs the one before for', 'At most:', 'Done after:'], rows)}`;
}

function tried(starts: readonly TriedStart[]): string {
  const rows = starts.map(({ from, steps, result }) => [
    from,
    String(steps),
    String(result.ticks),
    String(result.width),
    durationText(result.seconds),
    result.stuck.length === 0 ? 'everything' : `all but ${counted(result.stuck.length, 'step')}`,
  ]);
  return `### Tried on a model

The plan was carried out on a model of the site that does not know the plan: there, a step fails while anything that it needs is down.

${markdownTable(['From', 'Steps:', 'Moments:', 'At once:', 'Takes at most:', 'Comes up'], rows)}`;
}

function restored(plan: Plan, startUp: Plan, starting: PlanSection): string {
  const known = new Set(startUp.steps.map(step => step.id));
  const own = plan.steps.filter(step => !known.has(step.id));
  if (own.length === 0) return 'Nothing here has data of its own that a step brings back.';
  const section = new PlanSection(plan, own, starting.numbers, 'R');
  return `The start-up, with ${counted(own.length, 'more step')}: as soon as one of these may be done it is, and whatever needs that part waits until it has its data. It takes at most ${durationText(plan.criticalSeconds)}.

${section.text()}`;
}

function replaced(plans: readonly Plan[]): string {
  if (plans.length === 0) return 'There is no machine for which anything has to be done.';
  const rows = plans.map(plan => {
    const machine = plan.name.slice('replace-'.length);
    return [`[${machine}](bootstrap/${plan.name}.md)`, String(plan.steps.length), durationText(plan.criticalSeconds), destroyed(plan)];
  });
  return `Each machine has a page of its own.

${markdownTable(['Machine', 'Steps:', 'Takes at most:', 'Destroys'], rows)}`;
}

function destroyed(plan: Plan): string {
  return [...new Set(plan.steps.flatMap(step => step.destroys ?? []))].join('; ') || 'nothing';
}
