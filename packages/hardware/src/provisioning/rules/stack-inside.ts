import { findingAt, isPlaced, pathOf, type Rule } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { stacksOf } from '../stacks-of';

/** What installs machines must come up without them: it stands on none of those that it boots, however many steps away. */
export const STACK_INSIDE: Rule = {
  code: 'STACK_INSIDE',
  severity: 'error',
  incident:
    'The boot server was a guest of the hypervisors that it installed. Their disks were wiped for an upgrade, and the server was on them.',
  *check(site) {
    for (const stack of stacksOf(site)) {
      const booted = new Set<IConstruct>(stack.hardware.map(hardware => hardware.machine));
      const chain = wayDown(stack, booted, new Map());
      if (!chain) continue;
      const steps = chain.map(group => group.map(pathOf).sort().join(' or ')).join(', that on ');
      yield findingAt(
        stack,
        STACK_INSIDE,
        `stands on ${steps}, which it boots: when that is down, nothing is left to install it`,
        'run it on a machine of its own, a small one in a cluster of one node is enough',
      );
    }
  },
};

type Chain = readonly (readonly IConstruct[])[];

/**
 * How `construct` is lost when everything in `down` is: the supports that go with it, step by step, or undefined when it stays up.
 * Answers are kept, so that each construct is asked once; one that is asked while it is being answered stands on itself, and adds nothing.
 */
function wayDown(construct: IConstruct, down: ReadonlySet<IConstruct>, known: Map<IConstruct, Chain | undefined>): Chain | undefined {
  if (down.has(construct)) return [];
  if (known.has(construct) || !isPlaced(construct)) return known.get(construct);
  known.set(construct, undefined);
  for (const group of construct.placement.standsOn) {
    const ways = group.map(support => wayDown(support, down, known));
    const [first] = ways;
    if (!first || !ways.every(way => way !== undefined)) continue;
    const chain = [group, ...first];
    known.set(construct, chain);
    return chain;
  }
  return undefined;
}
