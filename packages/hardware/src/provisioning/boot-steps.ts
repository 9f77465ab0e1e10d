import { Duration, type Step } from '@ashlar/core';
import type { BootHardware } from './boot-hardware';
import { NAMESPACE } from './stack-values';

/**
 * How an empty machine is installed once it is switched on. Tinkerbell's workflow is waited for; an installer of its own reports to
 * nobody, and what it installs has its own check. Without a BMC, somebody has the machine boot from the network.
 */
export function bootSteps(hardware: BootHardware): readonly Step[] {
  const { workflow, bmc, nic, device, machine } = hardware;
  const destroys = `what is on ${device} of ${machine.name}`;
  const netboot: Step = {
    id: 'netboot',
    title: `Boot ${machine.name} from the network`,
    action: { byHand: `In the boot menu of ${machine.name}, choose the network port ${nic.name} (${hardware.mac})` },
    check: { ask: `Does ${machine.name} load its installer from ${hardware.stack.address.ip}?` },
    undo: { nothing: 'it boots from its disk the next time' },
    budget: Duration.minutes(10),
    destroys,
  };
  if (!workflow) return [netboot];
  const installed: Step = {
    id: 'install',
    title: `Install ${machine.name}`,
    action: { waits: `Tinkerbell runs the workflow ${workflow.name}` },
    check: {
      command: [
        'kubectl',
        ...['--context', hardware.stack.cluster.name, '--namespace', NAMESPACE],
        ...['wait', `workflows.tinkerbell.org/${workflow.name}`, '--for=jsonpath={.status.state}=SUCCESS', '--timeout=60s'],
      ],
    },
    undo: { nothing: 'a disk that was written to is written to again by another workflow' },
    budget: Duration.seconds(workflow.template.globalTimeout.toSeconds() + BOOTING.toSeconds()),
    destroys,
  };
  return bmc ? [installed] : [netboot, installed];
}

/** Firmware, network boot and the installation environment, before the first action. */
const BOOTING = Duration.minutes(10);
