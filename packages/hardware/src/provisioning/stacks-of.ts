import type { Site } from '@ashlar/core';
import type { ProvisioningStack } from './provisioning-stack';

/** Marks a stack, so that copies of this package know each other's. */
export const STACK = Symbol.for('@ashlar/hardware.ProvisioningStack');

export function isProvisioningStack(x: unknown): x is ProvisioningStack {
  return typeof x === 'object' && x !== null && STACK in x;
}

/** The provisioning stacks of a site. They are model constructs, so engine trees need no search. */
export function stacksOf(site: Site): ProvisioningStack[] {
  return site.node.findAll().filter(isProvisioningStack);
}
