import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { durationText } from '../duration-text';
import { isPromisingTime } from '../promised-time';
import { SitePlans } from '../site-plans';

/** How many of the largest parts are named. */
const NAMED = 3;

/** A promise of an hour is kept by the longest chain, not by the number of hands. */
export const ORDER_OVER_BUDGET: Rule = {
  code: 'ORDER_OVER_BUDGET',
  severity: 'warning',
  incident:
    'A platform was promised in an hour. Four times nobody had added up what one thing waits for after another: it was two hours and ten minutes.',
  *check(site) {
    const promises = site.findAll().filter(isPromisingTime);
    if (promises.every(promise => promise.within === undefined)) return;
    const plan = SitePlans.of(site).startUp();
    const critical = new Set(plan.criticalPath);
    const largest = plan.steps
      .filter(step => critical.has(step.id))
      .sort((a, b) => b.budgetSeconds - a.budgetSeconds)
      .slice(0, NAMED)
      .map(step => `${step.id} ${durationText(step.budgetSeconds)}`);
    for (const promise of promises) {
      const within = promise.within?.toSeconds();
      if (within === undefined || plan.criticalSeconds <= within) continue;
      yield findingAt(
        promise,
        ORDER_OVER_BUDGET,
        `the start-up of ${pathOf(site)} takes up to ${durationText(plan.criticalSeconds)}, which is more than ${durationText(within)}; most of it are ${largest.join(', ')}`,
        'let fewer of them wait for each other, say how long they really take, or allow more',
      );
    }
  },
};
