import { Check, Duration, onRender, Site, vacant } from '@ashlar/core';
import { Construct } from 'constructs';
import { type IPromisingTime, promiseTime } from './promised-time';
import { COLD_START_STUCK } from './rules/cold-start-stuck';
import { LIFECYCLE_CIRCLE } from './rules/lifecycle-circle';
import { ORDER_OVER_BUDGET } from './rules/order-over-budget';
import { STEP_INCOMPLETE } from './rules/step-incomplete';
import { STEP_OUTSIDE_GIT } from './rules/step-outside-git';
import { STEP_TWICE } from './rules/step-twice';
import { renderReplacement, renderRunbook } from './runbook';
import { SitePlans } from './site-plans';

export interface BootstrapPlanProps {
  /**
   * How long the start-up may take when everything runs at once that may. More is a warning that names the largest parts.
   * @default - as long as it takes
   */
  readonly within?: Duration;
}

/**
 * How the whole site comes up from nothing, goes down, is upgraded, restored and repaired: `bootstrap/plan.json`,
 * `bootstrap/{shutdown,upgrade,restore}.json` and `bootstrap/replace-<machine>.json` for `ashlar up` and `down`, and `RUNBOOK.md` for
 * people.
 *
 * The order follows from what constructs declare that they need, and from nothing else.
 */
export class BootstrapPlan extends Construct implements IPromisingTime {
  public readonly within?: Duration;

  constructor(scope: Construct, id: string, props: BootstrapPlanProps = {}) {
    super(vacant(scope, id), id);
    promiseTime(this);
    const check = new Check(this);
    check.known(props, ['within']);
    if (props.within !== undefined) this.within = check.instance('within', props.within, Duration, 'Duration.minutes(60)');
    const site = Site.of(this);
    site.addRules(LIFECYCLE_CIRCLE, COLD_START_STUCK, STEP_INCOMPLETE, STEP_OUTSIDE_GIT, STEP_TWICE, ORDER_OVER_BUDGET);
    onRender(this, output => {
      const plans = SitePlans.of(site);
      const all = plans.all();
      for (const plan of all) {
        const file = `bootstrap/${plan.name === 'start-up' ? 'plan' : plan.name}`;
        output.write(this, `${file}.json`, `${JSON.stringify(plan, undefined, 2)}\n`);
        if (plan.name.startsWith('replace-')) output.write(this, `${file}.md`, renderReplacement(plan));
      }
      output.write(this, 'RUNBOOK.md', renderRunbook(plans, all, this.within));
    });
  }
}
