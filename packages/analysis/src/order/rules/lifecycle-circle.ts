import { type Finding, findingAt, pathOf, type Rule } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import type { Circle } from '../requirement';
import { SitePlans } from '../site-plans';

/** Whatever needs itself can never come up from nothing, though it may run for years until then. */
export const LIFECYCLE_CIRCLE: Rule = {
  code: 'LIFECYCLE_CIRCLE',
  severity: 'error',
  incident:
    'A registry ran in the cluster that pulled from it, a resolver on a guest that was found by name. All went well until the power was out: the cluster waited for images, the registry for the cluster.',
  *check(site) {
    const plans = SitePlans.anew(site);
    for (const circle of plans.circles) {
      yield circleFinding(
        circle,
        'never comes up',
        'move one of them out of what needs it, or name a second one outside that is up before',
      );
    }
    if (plans.circles.length > 0) return;
    for (const circle of plans.upgradeOrder().circles) {
      yield circleFinding(circle, 'is never upgraded', 'leave out one of the upgradesAfter');
    }
  },
};

function circleFinding(circle: Circle, problem: string, fix: string): Finding {
  const [first] = circle as [Circle[number]];
  const edges = circle.map(link => `${named(link.construct)} needs ${pathOf(link.on)} for ${link.for}`);
  const message =
    circle.length === 1 ? `${problem}: it needs itself for ${first.for}` : `${problem}, because it needs itself: ${edges.join(' → ')}`;
  return findingAt(first.construct, LIFECYCLE_CIRCLE, message, fix);
}

/** Path and class: what people search for in the program. */
function named(construct: IConstruct): string {
  const { name } = construct.constructor;
  return name === 'Construct' ? pathOf(construct) : `${pathOf(construct)} (${name})`;
}
