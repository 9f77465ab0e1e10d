import { findingAt, type Rule, type Step } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { stepLists } from '../declared-steps';
import { SitePlans } from '../site-plans';

/** The path of a construct and the id of a step name it in the record of a run. */
export const STEP_TWICE: Rule = {
  code: 'STEP_TWICE',
  severity: 'error',
  incident:
    'Two steps of a database were both called apply. When the run was continued, the second was taken for done, and the passwords were never set.',
  *check(site) {
    const plans = SitePlans.of(site);
    const known = new Map<string, { readonly construct: IConstruct; readonly step: Step }>();
    const told = new Set<string>();
    for (const { construct, plan, steps } of stepLists(plans)) {
      const path = plans.graph.pathOf(construct);
      for (const step of steps) {
        const other = known.get(`${plan} ${path} ${step.id}`);
        known.set(`${plan} ${path} ${step.id}`, { construct, step });
        if (!other || told.has(`${path} ${step.id}`)) continue;
        told.add(`${path} ${step.id}`);
        const what =
          other.construct === construct
            ? 'has two steps'
            : `is the path of two constructs (${classOf(other.construct)}, ${classOf(construct)}) with a step`;
        const message = `${what} ${step.id} in one plan: "${other.step.title}" and "${step.title}"`;
        yield findingAt(construct, STEP_TWICE, message, 'give one of them another id');
      }
    }
  },
};

function classOf(construct: IConstruct): string {
  return construct.constructor.name;
}
