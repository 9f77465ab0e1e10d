import { BmcJob, BootWorkflow } from '../../src';
import { type Act, any, message } from './error-lab';

describe('a workflow', () => {
  test.each<[statement: string, act: Act, text: string]>([
    [
      'is for hardware, not for a machine',
      lab => {
        lab.workflow({ hardware: any(lab.pve01) });
      },
      `[lab/boot/tinkerbell/w] hardware must be a BootHardware: Tinkerbell knows no other machine, got "lab/rack/pve-01"; write new BootHardware(stack, 'pve-01', { nic: machine.nic('eno1'), … }) and pass it (WORKFLOW_HARDWARE)`,
    ],
    [
      'maps workers to hardware, not to addresses',
      lab => {
        lab.workflow({ hardwareMap: { device_1: any('02:00:5e:10:00:01') } });
      },
      `[lab/boot/tinkerbell/w] hardwareMap.device_1 must be a BootHardware: Tinkerbell knows no other machine, got "02:00:5e:10:00:01"; write new BootHardware(stack, 'pve-01', { nic: machine.nic('eno1'), … }) and pass it (WORKFLOW_HARDWARE)`,
    ],
    [
      'has a machine for every worker',
      lab => {
        const hardware = lab.hardware(lab.pve01, 11);
        lab.workflow({ hardware, hardwareMap: { device_2: hardware } });
      },
      '[lab/boot/tinkerbell/w] lab/boot/tinkerbell/image runs on device_1, which hardwareMap gives no machine; write hardwareMap: { device_1: … } (WORKFLOW_WORKER)',
    ],
    [
      'has no machine without work',
      lab => {
        const hardware = lab.hardware(lab.pve01, 11);
        lab.workflow({ hardware, hardwareMap: { device_1: hardware, device_2: hardware } });
      },
      '[lab/boot/tinkerbell/w] hardwareMap gives device_2 a machine, and nothing of lab/boot/tinkerbell/image runs there; write hardwareMap: { device_1: … } (WORKFLOW_WORKER)',
    ],
    [
      'writes to the disk of its own hardware',
      lab => {
        const [hardware, other] = [lab.hardware(lab.pve01, 11), lab.hardware(lab.pve02, 12)];
        lab.workflow({ hardware, hardwareMap: { device_1: other } });
      },
      '[lab/boot/tinkerbell/w] lab/boot/tinkerbell/image writes to a BootDisk on device_1 (lab/boot/tinkerbell/pve-02), and Tinkerbell would fill in the disk of lab/boot/tinkerbell/pve-01; give each machine a workflow of its own (WORKFLOW_DISK)',
    ],
    [
      'is the only one of its hardware',
      lab => {
        const hardware = lab.hardware(lab.pve01, 11);
        const template = lab.image();
        new BootWorkflow(lab.stack, 'first-time', { hardware, template });
        new BootWorkflow(lab.stack, 'second-time', { hardware, template });
      },
      '[lab/boot/tinkerbell/second-time] lab/boot/tinkerbell/pve-01 already has lab/boot/tinkerbell/first-time, and both would write to its disk; remove the one that has run (WORKFLOW_TWICE)',
    ],
    [
      'is not for a machine that boots an installer of its own',
      lab => {
        lab.workflow({ hardware: lab.hardware(lab.pve01, 11, { ipxeUrl: 'http://10.30.0.2:7173/pve-01.ipxe' }) });
      },
      '[lab/boot/tinkerbell/w] lab/boot/tinkerbell/pve-01 boots an installer of its own, so no workflow would run, got "http://10.30.0.2:7173/pve-01.ipxe"; remove the workflow, or leave ipxeUrl out of the hardware (WORKFLOW_INSTALLER)',
    ],
    [
      'stays within a stack',
      lab => {
        new BootWorkflow(lab.otherStack(), 'w', { hardware: lab.hardware(lab.pve01, 11), template: lab.image() });
      },
      '[lab/two/tinkerbell/w] lab/boot/tinkerbell/pve-01 belongs to lab/boot/tinkerbell; make hardware, template and workflow in one stack (WORKFLOW_STACK)',
    ],
    [
      'switches on what has a BMC',
      lab => {
        lab.workflow({ hardware: lab.hardware(lab.arm01, 13), bootMode: 'netboot' });
      },
      "[lab/boot/tinkerbell/w] bootMode netboot switches the machine on, and lab/rack/arm-01 has no BMC; add new Bmc(machine, 'bmc', …), or leave bootMode out and switch it on by hand (WORKFLOW_WITHOUT_BMC)",
    ],
    [
      'mounts a CD where the BMC can',
      lab => {
        lab.workflow({ hardware: lab.hardware(lab.pve02, 12), bootMode: 'isoboot' });
      },
      "[lab/boot/tinkerbell/w] bootMode isoboot mounts a CD, and lab/rack/pve-02/bmc speaks ipmi, which cannot; write bootMode: 'netboot', or protocol: 'redfish' when the BMC has it (WORKFLOW_ISO)",
    ],
    [
      'knows the ways to boot',
      lab => {
        lab.workflow({ bootMode: any('pxe') });
      },
      `[lab/boot/tinkerbell/w] bootMode must be one of netboot, isoboot, customboot, got "pxe"; write bootMode: 'netboot' (PROP_CHOICE)`,
    ],
  ])('%s', (_, act, text) => {
    expect(message(act)).toBe(text);
  });
});

describe('a job', () => {
  test.each<[statement: string, act: Act, text: string]>([
    [
      'is for a machine with a BMC',
      lab => {
        lab.job({ hardware: lab.hardware(lab.arm01, 13) });
      },
      "[lab/boot/tinkerbell/j] lab/rack/arm-01 has no BMC, which alone can switch it on; add new Bmc(machine, 'bmc', …), or press the button (JOB_WITHOUT_BMC)",
    ],
    [
      'switches no machine off that is in use',
      lab => {
        lab.job({ hardware: lab.hardware(lab.pve01, 13, { installed: true }) });
      },
      '[lab/boot/tinkerbell/j] lab/boot/tinkerbell/pve-01 is installed, and whoever restores the stack would switch it off; do it by hand, or give the hardware a reason in reinstall (JOB_IN_USE)',
    ],
    [
      'stays within a stack',
      lab => {
        new BmcJob(lab.otherStack(), 'j', { hardware: lab.hardware(lab.pve01, 11), actions: [{ powerAction: 'cycle' }] });
      },
      '[lab/two/tinkerbell/j] lab/boot/tinkerbell/pve-01 is booted by lab/boot/tinkerbell; make the job in that stack (JOB_HARDWARE)',
    ],
    [
      'does something',
      lab => {
        lab.job({ actions: [] });
      },
      "[lab/boot/tinkerbell/j] actions is empty; write actions: [{ powerAction: 'cycle' }] (PROP_EMPTY)",
    ],
    [
      'knows what power does',
      lab => {
        lab.job({ actions: [{ powerAction: any('explode') }] });
      },
      `[lab/boot/tinkerbell/j, action 1] powerAction must be one of on, off, soft, cycle, reset, got "explode"; write powerAction: 'on' (PROP_CHOICE)`,
    ],
    [
      'boots from devices that there are',
      lab => {
        lab.job({ actions: [{ bootDevice: any('floppy') }] });
      },
      `[lab/boot/tinkerbell/j, action 1] bootDevice must be one of pxe, disk, cdrom, bios, safe, got "floppy"; write bootDevice: 'pxe' (PROP_CHOICE)`,
    ],
    [
      'mounts images by their address',
      lab => {
        lab.job({ actions: [{ mediaURL: 'hook.iso' }] });
      },
      '[lab/boot/tinkerbell/j, action 1] mediaURL must be an address, or empty to eject, got "hook.iso"; write it like http://192.0.2.1/a.iso (PROP_FORMAT)',
    ],
    [
      'does one thing after another',
      lab => {
        lab.job({ actions: [any({ powerAction: 'on', bootDevice: 'pxe' })] });
      },
      "[lab/boot/tinkerbell/j, action 1] an action is one of powerAction, bootDevice and mediaURL, got an object with powerAction, bootDevice; write { powerAction: 'off' }, { bootDevice: 'pxe' }, { powerAction: 'on' } (BMC_ACTION)",
    ],
  ])('%s', (_, act, text) => {
    expect(message(act)).toBe(text);
  });
});
