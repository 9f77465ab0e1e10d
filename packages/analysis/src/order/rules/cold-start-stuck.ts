import { findingAt, type Rule } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { Rehearsal } from '../rehearsal';
import { SitePlans } from '../site-plans';

/** How many of those that wait are named. */
const NAMED = 5;

/** The plan is carried out on a model that knows only what needs what, so a fault of the plan shows before an outage does. */
export const COLD_START_STUCK: Rule = {
  code: 'COLD_START_STUCK',
  severity: 'error',
  incident:
    'After a power cut the order of the runbook was followed to its ninth step, which waited for what the fourteenth would have started.',
  *check(site) {
    const plans = SitePlans.of(site);
    if (plans.circles.length > 0) return; // whatever waits then waits for the circle, which is told with all its members
    const { graph } = plans;
    const start = new Rehearsal(plans).fromNothing();
    if (start.stuck.length === 0) return;
    const down = new Set(start.down);
    const waiting = start.down
      .filter(construct => (graph.lifecycleOf(construct)?.start ?? []).length > 0)
      .map(construct => ({ construct, on: graph.requirementsOf(construct).find(({ on }) => on.every(other => down.has(other))) }));
    const told = waiting.slice(0, NAMED).map(({ construct, on }) => waits(construct, on?.on ?? []));
    if (waiting.length > NAMED) told.push(`and ${waiting.length - NAMED} more`);
    const steps = start.done.length + start.stuck.length;
    yield findingAt(
      site,
      COLD_START_STUCK,
      `from an empty rack, ${start.done.length} of ${steps} steps of the start-up can be done: ${told.join('; ')}`,
      'see what they wait for, and let that come up without them',
    );

    function waits(construct: IConstruct, on: readonly IConstruct[]): string {
      return `${graph.pathOf(construct)} waits for ${on.map(other => graph.pathOf(other)).join(' or ')}`;
    }
  },
};
