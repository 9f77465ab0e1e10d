import { Check, Claims, ConfigError, pathOf, vacant } from '@ashlar/core';
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type BmcAction, bmcTasks } from './bmc-action';
import { BootHardware } from './boot-hardware';
import { DEFAULT_WORKER } from './boot-task';
import { BootTemplate } from './boot-template';
import type { ProvisioningStack } from './provisioning-stack';
import { HTTP_PORT, NAMESPACE } from './stack-values';

/**
 * How the BMC gets a machine to boot: `netboot` once from the network; `isoboot` from an image that it mounts as a CD, where no
 * request for an address gets through; `customboot` once from the network, and from its disk when it is installed.
 */
export type BootMode = 'netboot' | 'isoboot' | 'customboot';

export interface BootWorkflowProps {
  readonly hardware: BootHardware;
  readonly template: BootTemplate;
  /** Machine of each worker of the template. @default - `device_1` is the hardware */
  readonly hardwareMap?: Readonly<Record<string, BootHardware>>;
  /** @default `customboot` where there is a BMC; elsewhere somebody switches the machine on */
  readonly bootMode?: BootMode;
}

/**
 * One installation of one machine: Tinkerbell's Workflow. It runs once; another installation is another workflow, with an id of
 * its own. While the machine is installed it is disabled, so that a stack which is restored from the repository wipes nothing.
 *
 * @see https://github.com/tinkerbell/tinkerbell/blob/main/docs/technical/BOOT_MODES.md
 */
export class BootWorkflow extends Construct {
  public readonly name: string;
  public readonly hardware: BootHardware;
  public readonly template: BootTemplate;

  /** @throws WORKFLOW_HARDWARE, WORKFLOW_INSTALLER, WORKFLOW_STACK, WORKFLOW_WORKER, WORKFLOW_DISK, WORKFLOW_TWICE, WORKFLOW_WITHOUT_BMC, WORKFLOW_ISO, PROP_* */
  constructor(stack: ProvisioningStack, id: string, props: BootWorkflowProps) {
    super(vacant(stack, id), id);
    const check = new Check(this);
    check.known(props, ['hardware', 'template', 'hardwareMap', 'bootMode']);
    this.name = check.label('the name of a workflow', id);
    this.hardware = this.hardwareOf('hardware', check.present('hardware', props.hardware, 'pve01'));
    this.template = check.instance('template', props.template, { name: 'BootTemplate', is: BootTemplate.isBootTemplate }, 'debian');
    const map = Object.entries(props.hardwareMap ?? { [DEFAULT_WORKER]: this.hardware });
    const machines = map.map(([worker, hardware]) => [worker, this.hardwareOf(`hardwareMap.${worker}`, hardware)] as const);
    this.refuseOtherInstaller();
    this.refuseOtherStacks(stack, [this.hardware, this.template, ...machines.map(([, hardware]) => hardware)]);
    this.refuseOtherWorkers(machines.map(([worker]) => worker));
    this.refuseOtherDisks(machines);
    this.refuseSecond();
    const bootMode = this.bootModeOf(check, props.bootMode);

    new ApiObject(stack.unit, `workflow-${id}`, {
      apiVersion: 'tinkerbell.org/v1alpha1',
      kind: 'Workflow',
      metadata: { name: this.name, namespace: NAMESPACE },
      spec: {
        templateRef: this.template.name,
        hardwareRef: this.hardware.name,
        hardwareMap: Object.fromEntries(
          machines.map(([worker, hardware]) => [worker, hardware.mac]).sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
        ),
        ...(bootMode && { bootOptions: this.bootOptions(bootMode) }),
        ...(!this.hardware.allowNetboot && { disabled: true }),
      },
    });
  }

  private hardwareOf(prop: string, hardware: BootHardware): BootHardware {
    if (BootHardware.isBootHardware(hardware)) return hardware;
    throw new ConfigError(this, 'WORKFLOW_HARDWARE', `${prop} must be a BootHardware: Tinkerbell knows no other machine`, {
      got: Construct.isConstruct(hardware) ? pathOf(hardware) : hardware,
      fix: "write new BootHardware(stack, 'pve-01', { nic: machine.nic('eno1'), … }) and pass it",
    });
  }

  private refuseOtherStacks(stack: ProvisioningStack, parts: readonly (BootHardware | BootTemplate)[]): void {
    const foreign = parts.find(part => part.stack !== stack);
    if (!foreign) return;
    throw new ConfigError(this, 'WORKFLOW_STACK', `${pathOf(foreign)} belongs to ${pathOf(foreign.stack)}`, {
      fix: 'make hardware, template and workflow in one stack',
    });
  }

  /** Workflows run in Tinkerbell's installation environment, which the machine does not boot. */
  private refuseOtherInstaller(): void {
    if (this.hardware.ipxeUrl === undefined) return;
    throw new ConfigError(this, 'WORKFLOW_INSTALLER', `${pathOf(this.hardware)} boots an installer of its own, so no workflow would run`, {
      got: this.hardware.ipxeUrl,
      fix: 'remove the workflow, or leave ipxeUrl out of the hardware',
    });
  }

  private refuseOtherWorkers(given: readonly string[]): void {
    const missing = this.template.workers.filter(worker => !given.includes(worker));
    const idle = given.filter(worker => !this.template.workers.includes(worker));
    if (missing.length === 0 && idle.length === 0) return;
    const problem =
      missing.length > 0
        ? `${pathOf(this.template)} runs on ${missing.join(', ')}, which hardwareMap gives no machine`
        : `hardwareMap gives ${idle.join(', ')} a machine, and nothing of ${pathOf(this.template)} runs there`;
    throw new ConfigError(this, 'WORKFLOW_WORKER', problem, {
      fix: `write hardwareMap: { ${this.template.workers.map(worker => `${worker}: …`).join(', ')} }`,
    });
  }

  private refuseOtherDisks(machines: readonly (readonly [worker: string, hardware: BootHardware])[]): void {
    const other = machines.find(([worker, hardware]) => this.template.diskWorkers.includes(worker) && hardware !== this.hardware);
    if (!other) return;
    const [worker, hardware] = other;
    throw new ConfigError(
      this,
      'WORKFLOW_DISK',
      `${pathOf(this.template)} writes to a BootDisk on ${worker} (${pathOf(hardware)}), and Tinkerbell would fill in the disk of ${pathOf(this.hardware)}`,
      { fix: 'give each machine a workflow of its own' },
    );
  }

  /** Those that have run stay done, until the stack is made anew: then both would run. */
  private refuseSecond(): void {
    Claims.of(this).claim('boot workflow', this.hardware.node.path, this, holder => {
      return new ConfigError(
        this,
        'WORKFLOW_TWICE',
        `${pathOf(this.hardware)} already has ${pathOf(holder)}, and both would write to its disk`,
        {
          fix: 'remove the one that has run',
        },
      );
    });
  }

  private bootModeOf(check: Check, mode: BootMode | undefined): BootMode | undefined {
    const { bmc, machine } = this.hardware;
    if (mode === undefined) return bmc && 'customboot';
    check.choice('bootMode', mode, ['netboot', 'isoboot', 'customboot']);
    if (!bmc) {
      throw new ConfigError(this, 'WORKFLOW_WITHOUT_BMC', `bootMode ${mode} switches the machine on, and ${pathOf(machine)} has no BMC`, {
        fix: `add new Bmc(machine, 'bmc', …), or leave bootMode out and switch it on by hand`,
      });
    }
    if (mode === 'isoboot' && bmc.protocol !== 'redfish') {
      throw new ConfigError(this, 'WORKFLOW_ISO', `bootMode isoboot mounts a CD, and ${pathOf(bmc)} speaks ${bmc.protocol}, which cannot`, {
        fix: "write bootMode: 'netboot', or protocol: 'redfish' when the BMC has it",
      });
    }
    return mode;
  }

  private bootOptions(bootMode: BootMode): object {
    const { hardware } = this;
    if (bootMode === 'netboot') return { bootMode };
    if (bootMode === 'isoboot') {
      const mac = hardware.mac.replaceAll(':', '-');
      return { bootMode, isoURL: `http://${hardware.stack.address.ip}:${HTTP_PORT}/iso/${mac}/hook.iso` };
    }
    const tasks = (actions: readonly BmcAction[]) => bmcTasks(pathOf(this), hardware, actions);
    return { bootMode, custombootConfig: { preparingActions: tasks(FROM_NETWORK), postActions: tasks(FROM_DISK) } };
  }
}

const FROM_NETWORK: readonly BmcAction[] = [{ powerAction: 'off' }, { bootDevice: 'pxe' }, { powerAction: 'on' }];
const FROM_DISK: readonly BmcAction[] = [{ powerAction: 'off' }, { bootDevice: 'disk', persistent: true }, { powerAction: 'on' }];
