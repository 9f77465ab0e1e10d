import { Check, ConfigError, pathOf, vacant } from '@ashlar/core';
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type BmcAction, bmcTasks } from './bmc-action';
import { bmcName } from './bmc-machine';
import { BootHardware } from './boot-hardware';
import { ProvisioningStack } from './provisioning-stack';
import { NAMESPACE } from './stack-values';

export interface BmcJobProps {
  readonly hardware: BootHardware;
  /** In this order, each after the one before is done. */
  readonly actions: readonly BmcAction[];
}

/**
 * Something that a BMC does once, such as a boot from the network and a power cycle. It is done again when the stack is made anew
 * from the repository, and so is refused for a machine that is in use.
 *
 * @see https://github.com/tinkerbell/tinkerbell/blob/main/docs/technical/rufio/README.md
 */
export class BmcJob extends Construct {
  /** @throws JOB_HARDWARE, JOB_WITHOUT_BMC, JOB_IN_USE, PROP_* */
  constructor(stack: ProvisioningStack, id: string, props: BmcJobProps) {
    super(vacant(stack, id), id);
    const check = new Check(this);
    check.known(props, ['hardware', 'actions']);
    const name = check.label('the name of a job', id);
    const hardware = check.instance('hardware', props.hardware, { name: 'BootHardware', is: BootHardware.isBootHardware }, 'pve01');
    if (!ProvisioningStack.isProvisioningStack(stack) || hardware.stack !== stack) {
      throw new ConfigError(this, 'JOB_HARDWARE', `${pathOf(hardware)} is booted by ${pathOf(hardware.stack)}`, {
        fix: 'make the job in that stack',
      });
    }
    if (!hardware.bmc) {
      throw new ConfigError(this, 'JOB_WITHOUT_BMC', `${pathOf(hardware.machine)} has no BMC, which alone can switch it on`, {
        fix: `add new Bmc(machine, 'bmc', …), or press the button`,
      });
    }
    if (!hardware.allowNetboot) {
      throw new ConfigError(this, 'JOB_IN_USE', `${pathOf(hardware)} is installed, and whoever restores the stack would switch it off`, {
        fix: 'do it by hand, or give the hardware a reason in reinstall',
      });
    }
    new ApiObject(stack.unit, `job-${id}`, {
      apiVersion: 'bmc.tinkerbell.org/v1alpha1',
      kind: 'Job',
      metadata: { name, namespace: NAMESPACE },
      spec: { machineRef: { name: bmcName(hardware), namespace: NAMESPACE }, tasks: bmcTasks(pathOf(this), hardware, props.actions) },
    });
  }
}
