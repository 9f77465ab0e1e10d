import { Duration, type ILifecycle, type Lifecycle, needOf, pathOf, type Step } from '@ashlar/core';
import { HostTuning, Machine, ProvisioningStack, TuningProfile } from '../src';
import { expectGolden } from './golden';
import { bootLab, provisionedLab } from './provisioning/boot-lab';

const ids = (steps: readonly Step[] | undefined) => (steps ?? []).map(step => step.id);
const needs = ({ lifecycle }: ILifecycle) => lifecycle.startsAfter.map(needOf).map(need => `${pathOf(need.on)} for ${need.for}`);
const step = (lifecycle: Lifecycle, id: string) => lifecycle.start?.find(one => one.id === id) as Step;

/** Steps as a plan shows them. */
function told(steps: readonly Step[] | undefined) {
  return (steps ?? []).map(({ secrets, budget, ...rest }) => ({
    ...rest,
    budget: String(budget),
    ...(secrets && { secrets: secrets.map(secret => secret.describe()) }),
  }));
}

describe('what is switched on by hand', () => {
  const { feed, lan, server } = bootLab();

  test('a feed is closed by somebody who looks whether it carries voltage, and opened again', () => {
    expect(told(feed.lifecycle.start)).toEqual([
      {
        id: 'on',
        title: 'Switch lab/rack/mains on',
        action: { byHand: 'Close the breaker of lab/rack/mains' },
        check: { ask: 'Does lab/rack/mains carry voltage?' },
        undo: { byHand: 'Open the breaker of lab/rack/mains' },
        budget: '2m',
      },
    ]);
    expect(ids(feed.lifecycle.stop)).toEqual(['off']);
  });

  test('a switch is configured by the list of its ports', () => {
    expect(step(lan.lifecycle, 'configure').action).toEqual({
      byHand: 'Plug lan in, and configure its ports as devices/switches/lan.md lists them',
    });
  });

  test('a machine without a BMC has a button, and somebody who says whether it runs', () => {
    const on = step(server.lifecycle, 'power-on');
    expect(on.action).toEqual({ byHand: 'Press the power button of lab/rack/boot-01' });
    expect(on.check).toEqual({ ask: 'Is boot-01 on?' });
    expect(on.secrets).toBeUndefined();
  });
});

describe('what a BMC does', () => {
  const lab = provisionedLab();

  test('machines with Redfish and with IPMI are switched by commands whose account is in no argument', () => {
    const { pve01, pve02 } = lab;
    const both = [pve01, pve02].map(({ lifecycle }) => ({ start: told(lifecycle.start), stop: told(lifecycle.stop) }));
    expectGolden('provisioning/lifecycle-machines.json', `${JSON.stringify(both, undefined, 2)}\n`);
    expect(JSON.stringify(both)).not.toMatch(/"(-u|-p|--username|--password)"/);
  });

  test('a machine is replaced by one in its place: out with its power off, in by the page of its cables', () => {
    const { pve01, pve02 } = lab;
    const found = pve01.lifecycle.replace?.(pve01);
    expect(ids(found?.leave)).toEqual(['power-off', 'take-out']);
    expect(ids(found?.join)).toEqual(['put-in', 'power-on']);
    expect(pve01.lifecycle.replace?.(pve02)).toBeUndefined();
  });
});

describe('a machine that a stack boots', () => {
  test('is switched on after the stack, and stands when the workflow has run', () => {
    const { pve01 } = provisionedLab();
    expect(needs(pve01)).toEqual(['lab/boot/tinkerbell for what it boots from the network']);
    expect(ids(pve01.lifecycle.start)).toEqual(['power-on', 'install']);
    const install = step(pve01.lifecycle, 'install');
    expect(install.check).toEqual({
      command: [
        'kubectl',
        '--context',
        'boot',
        '--namespace',
        'tinkerbell',
        'wait',
        'workflows.tinkerbell.org/pve-01-debian',
        '--for=jsonpath={.status.state}=SUCCESS',
        '--timeout=60s',
      ],
    });
    expect(String(install.budget)).toBe(String(Duration.minutes(50)));
    expect(install.destroys).toBe('what is on /dev/disk/by-id/nvme-SAMSUNG_S64A1 of pve-01');
  });

  test('needs nobody any more once it is installed', () => {
    const { arm01 } = provisionedLab();
    expect(needs(arm01)).toEqual([]);
    expect(ids(arm01.lifecycle.start)).toEqual(['power-on']);
  });

  test('has somebody choose its network port when it has no BMC, and when its installer is its own nothing is waited for', () => {
    const { hardware, arm01 } = bootLab();
    hardware(arm01, 13, { ipxeUrl: 'http://10.30.0.2:7173/hci/arm-01.ipxe' });
    expect(ids(arm01.lifecycle.start)).toEqual(['power-on', 'netboot']);
    expect(step(arm01.lifecycle, 'netboot').action).toEqual({
      byHand: 'In the boot menu of arm-01, choose the network port eno1 (02:00:5e:10:00:03)',
    });
  });
});

describe('a stack', () => {
  test('stands on its node, comes after its objects, and answers at its address', () => {
    const { stack, server } = provisionedLab();
    expect(ProvisioningStack.isProvisioningStack(stack) && Machine.isMachine(server)).toBe(true);
    expect(needs(stack)).toEqual(['lab/boot/tinkerbell for the objects of the machines that it boots']);
    expect(stack.serves).toEqual(['10.30.0.2']);
  });

  test('has accounts and files put in by hand, each with a check', () => {
    const lab = provisionedLab();
    const spare = lab.machine('hci-01', 7);
    lab.hardware(spare, 20, { ipxeUrl: 'http://10.30.0.2:7173/hci/hci-01.ipxe' });
    expectGolden('provisioning/lifecycle-stack.json', `${JSON.stringify(told(lab.stack.lifecycle.start), undefined, 2)}\n`);
  });
});

describe('tuning', () => {
  const playbook = 'ansible-playbook --inventory devices/ansible/hosts/inventory.yml devices/ansible/hosts/site.yml';

  test('is applied to machines once their system runs, and done when Ansible would change nothing', () => {
    const { site, server, pve01 } = bootLab();
    const tuning = new HostTuning(site, 'hosts', { profile: TuningProfile.database() });
    for (const machine of [server, pve01]) tuning.applyTo(machine);
    expect(needs(tuning)).toEqual(['boot-01', 'pve-01'].map(name => `lab/rack/${name} for the operating system that it tunes`));
    const apply = step(tuning.lifecycle, 'apply');
    expect(apply.action).toEqual({ run: [playbook.split(' ')] });
    expect(apply.check).toEqual({
      command: ['sh', '-c', `${playbook} --check | grep -c 'changed=0 *unreachable=0 *failed=0 ' | grep -qx 2`],
    });
    expect(String(apply.budget)).toBe('15m');
  });

  test('of Talos, and of nothing, comes with what is tuned', () => {
    const { site } = bootLab();
    expect(new HostTuning(site, 'nodes', { profile: TuningProfile.kubernetesNode(), system: 'talos' }).lifecycle).toEqual({
      startsAfter: [],
    });
    expect(new HostTuning(site, 'none', { profile: TuningProfile.database() }).lifecycle).toEqual({ startsAfter: [] });
  });
});
