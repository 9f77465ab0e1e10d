import { Claims, Duration, failureDomains, type Lifecycle, type Replacement, type Step } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import type { Machine } from './machine';
import { powerOff, powerOn } from './machine-power';
import { bootSteps } from './provisioning/boot-steps';
import { isBootHardware } from './provisioning/is-boot-hardware';

/**
 * How a machine comes up: it is switched on and, while nothing is installed on it, boots from the network what a stack has for it. Whoever
 * stands on the machine comes after that.
 */
export function machineLifecycle(machine: Machine): Lifecycle {
  const boot = bootHardwareOf(machine);
  const empty = boot?.allowNetboot ? boot : undefined;
  return {
    // A stack that stands on what it boots is told by a rule of its own.
    startsAfter: empty && !failureDomains(empty.stack).has(machine) ? [{ on: empty.stack, for: 'what it boots from the network' }] : [],
    start: [powerOn(machine), ...(empty ? bootSteps(empty) : [])],
    stop: [powerOff(machine)],
    replace: old => (old === machine ? successor(machine) : undefined),
  };
}

function bootHardwareOf(machine: Machine) {
  const found: IConstruct | undefined = Claims.of(machine).holder('boot hardware', machine.name);
  return isBootHardware(found) ? found : undefined;
}

/** What is in the model of the machine, such as its MAC addresses and disks, is that of its successor before the plan is made. */
function successor(machine: Machine): Replacement {
  const { name } = machine;
  const page = `devices/machines/${name}.md`;
  const off = powerOff(machine);
  const takeOut: Step = {
    id: 'take-out',
    title: `Take ${name} out`,
    action: { byHand: `Unplug ${name} and take it out; each cable keeps the number of its switch port` },
    check: { ask: `Is the old ${name} out, and its disks where nobody starts them?` },
    undo: { byHand: `Put the old ${name} back and plug its cables in, as ${page} has them` },
    budget: Duration.minutes(30),
  };
  const putIn: Step = {
    id: 'put-in',
    title: `Put the new ${name} in`,
    action: { byHand: `Put the new ${name} in, and plug each cable in where ${page} says` },
    check: { ask: `Does every link of ${name} show a light?` },
    undo: { byHand: `Unplug the new ${name}` },
    budget: Duration.minutes(30),
  };
  return { leave: [off, takeOut], join: [putIn, powerOn(machine)] };
}
