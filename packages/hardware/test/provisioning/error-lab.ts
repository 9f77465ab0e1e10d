import { Duration, Version } from '@ashlar/core';
import { KubernetesCluster } from '@ashlar/kubernetes';
import { Construct } from 'constructs';
import {
  BmcJob,
  type BmcJobProps,
  type BootAction,
  type BootHardwareProps,
  type BootTask,
  BootTemplate,
  BootWorkflow,
  type BootWorkflowProps,
  diskImageTask,
  type Machine,
  ProvisioningStack,
} from '../../src';
import { action, bootLab } from './boot-lab';

export const any = (value: unknown) => value as never;

/** The lab, and short ways to make one thing in it. */
function parts() {
  const lab = bootLab();
  const onServer = { runsOn: lab.server, address: lab.address, vlan: lab.provisioning };
  const otherCluster = () => new KubernetesCluster(lab.site, 'two', { version: Version.of('1.34.2') });
  const otherStack = () => {
    const address = lab.servers.host('boot-02', 3);
    return new ProvisioningStack(otherCluster(), 'tinkerbell', { runsOn: lab.server, address, vlan: lab.servers });
  };
  const of = (machine: Machine, number: number): BootHardwareProps => ({
    nic: machine.nic('eno1'),
    disk: machine.disk('nvme'),
    address: lab.provisioning.host(`${machine.name}-${number}`, number),
    installed: false,
  });
  const strange = (ip: string) =>
    Object.assign(new Construct(lab.site, 'strange'), {
      addresses: [{ name: 'strange', ip, family: 4 as const, prefixLength: 24, vlan: lab.provisioning }],
    });
  const task = (more: Partial<BootAction>): BootTask => ({
    name: 'install',
    actions: [{ name: 'step', image: action('slurp'), timeout: Duration.minutes(1), ...more }],
  });
  const template = (tasks: readonly BootTask[]) => new BootTemplate(lab.stack, 't', { globalTimeout: Duration.minutes(5), tasks });
  const image = () => {
    const tasks = [diskImageTask(lab.stack, { url: 'http://192.0.2.1/a.raw', image2disk: action('image2disk') })];
    return new BootTemplate(lab.stack, 'image', { globalTimeout: Duration.minutes(30), tasks });
  };
  const workflow = (more: Partial<BootWorkflowProps>) =>
    new BootWorkflow(lab.stack, 'w', { hardware: more.hardware ?? lab.hardware(lab.pve01, 11), template: image(), ...more });
  const job = (more: Partial<BmcJobProps>) =>
    new BmcJob(lab.stack, 'j', { hardware: more.hardware ?? lab.hardware(lab.pve01, 11), actions: [{ powerAction: 'cycle' }], ...more });
  return {
    ...lab,
    onServer,
    otherCluster,
    otherStack,
    of,
    strange,
    task,
    template,
    action: (more: Partial<BootAction>) => template([task(more)]),
    image,
    workflow,
    job,
  };
}

export type Act = (lab: ReturnType<typeof parts>) => void;

/** The text of the ConfigError that `act` throws. */
export function message(act: Act): string {
  const lab = parts();
  try {
    act(lab);
  } catch (error) {
    if ((error as Error).name !== 'ConfigError') throw error;
    return (error as Error).message;
  }
  return 'nothing was thrown';
}
