import { adopt, Duration, Secret, type Site } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { RootConstruct } from 'constructs';
import { expectGolden } from '../../../network/test/golden';
import { BootstrapPlan } from '../../src';
import { Feed, Guest, Machine, Part, SecretStore, site, step, Workspace } from './parts';

/** Three machines on two feeds, a state with their guests, a cluster on those, a store of secrets outside, a database in the cluster. */
function smallSite(): Site {
  const lab = site();
  const feeds = ['a', 'b'].map(id => new Feed(lab, `feed-${id}`));
  const machines = [1, 2, 3].map(
    n =>
      new Machine(lab, `pve-0${n}`, {
        on: [n === 3 ? feeds : [feeds[n - 1] as Feed]],
        start: [power(`pve-0${n}`, `192.0.2.2${n}`, 'on')],
        rest: { stop: [power(`pve-0${n}`, `192.0.2.2${n}`, 'off')] },
      }),
  );
  const hypervisors = new Part(lab, 'hypervisors', { on: [machines], start: [] });
  const store = new SecretStore(lab, 'bao', {
    start: [step('unseal', 5, { action: { byHand: 'Give three of the five keys to `bao operator unseal`' } })],
  });
  const guests = new Workspace(lab, 'guests', {
    after: [{ on: hypervisors, for: 'the API of its provider' }],
    start: [
      step('apply', 10, {
        title: 'Apply the state guests',
        action: { terraform: 'guests' },
        undo: { terraform: 'guests', destroy: true },
        check: { command: ['terraform', '-chdir=terraform/guests', 'plan', '-detailed-exitcode'] },
        secrets: [Secret.fromOpenBao('kv/proxmox', 'token')],
      }),
    ],
  });
  const nodes = machines.map((machine, i) => {
    const name = `node-${i + 1}`;
    const kubectl = ['kubectl', '--context', 'lab'] as const;
    const ready = { command: [...kubectl, 'wait', `node/${name}`, '--for=condition=Ready', '--timeout=30s'] } as const;
    return new Part(lab, name, {
      on: [[new Guest(guests, `vm-${name}`, { standsOn: [[machine]] })]],
      start: [
        step('ready', 10, { title: `Wait for ${name}`, action: { waits: `${name} installs itself at its first boot.` }, check: ready }),
      ],
      rest: {
        upgrade: [step('upgrade', 15, { title: `Upgrade ${name}`, action: { waits: `the controller upgrades ${name}` }, check: ready })],
        replace: () => ({
          leave: [step('drain', 10, { title: `Drain ${name}`, action: { run: [[...kubectl, 'drain', name, '--ignore-daemonsets']] } })],
          join: [step('uncordon', 1, { title: `Let ${name} take load`, action: { run: [[...kubectl, 'uncordon', name]] }, check: ready })],
        }),
      },
    });
  });
  const cluster = new Part(lab, 'cluster', { after: nodes, start: [] });
  new Part(lab, 'orders', {
    after: [{ on: cluster, for: 'the cluster that it runs in' }],
    start: [
      step('apply', 10, {
        title: 'Apply orders',
        action: { run: [['kubectl', '--context', 'lab', 'apply', '-f', 'kubernetes/lab/orders']] },
      }),
    ],
    rest: {
      stop: [
        step('freeze', 2, {
          title: 'Let nobody order any more',
          action: { byHand: 'Tell the shop' },
          destroys: 'carts that are not paid for',
        }),
      ],
      restore: [
        step('restore', 30, {
          title: 'Restore orders from its backup',
          action: { run: [['velero', 'restore', 'create', '--from-backup', 'orders']] },
        }),
      ],
    },
  });
  new Part(lab, 'shop', { after: [lab.node.findChild('orders')], start: [step('apply', 5)] });
  expect(store.keepsSecrets).toBe('openbao');
  return lab;
}

function power(name: string, ip: string, state: 'on' | 'off') {
  const program = ['ipmipower', '--config-file', '../.ashlar/bmc.conf', '-h', ip] as const;
  return step(`power-${state}`, 5, {
    title: `Switch ${name} ${state}`,
    action: { run: [[...program, `--${state}`]] },
    check: { command: ['sh', '-c', `${program.join(' ')} --stat | grep -q ': ${state}$'`] },
    undo: { run: [[...program, state === 'on' ? '--soft' : '--on']] },
    secrets: [Secret.fromSops('bmc.yaml', 'password')],
  });
}

function files(lab: Site): Record<string, string> {
  new BootstrapPlan(lab, 'bootstrap', { within: Duration.minutes(60) });
  return Testing.files(lab);
}

test.each(['RUNBOOK.md', 'bootstrap/plan.json', 'bootstrap/restore.json', 'bootstrap/replace-pve-01.json', 'bootstrap/replace-pve-01.md'])(
  '%s of a small site is as it was read and found good',
  name => {
    expectGolden(`../../../analysis/test/golden/order/${name}`, files(smallSite())[name]);
  },
);

test('a site has a start-up, a shutdown, an upgrade, a restore, a plan for each machine, and a runbook', () => {
  expect(Object.keys(files(smallSite()))).toEqual([
    'RUNBOOK.md',
    'bootstrap/plan.json',
    'bootstrap/replace-pve-01.json',
    'bootstrap/replace-pve-01.md',
    'bootstrap/replace-pve-02.json',
    'bootstrap/replace-pve-02.md',
    'bootstrap/replace-pve-03.json',
    'bootstrap/replace-pve-03.md',
    'bootstrap/restore.json',
    'bootstrap/shutdown.json',
    'bootstrap/upgrade.json',
  ]);
});

test('a site without anything that is started has plans without steps', () => {
  const text = files(site())['RUNBOOK.md'] as string;
  expect(JSON.parse(files(site())['bootstrap/plan.json'] as string)).toEqual({
    site: 'lab',
    name: 'start-up',
    steps: [],
    criticalPath: [],
    criticalSeconds: 0,
  });
  expect(text).toContain('Nothing here has to be started.');
});

describe('a promised time', () => {
  function warnings(minutes: number) {
    const lab = site();
    const first = new Part(lab, 'first', { start: [step('a', 30), step('b', 5)] });
    new Part(lab, 'second', { after: [first], start: [step('c', 20), step('d', 10)] });
    new Part(lab, 'beside', { start: [step('e', 40)] });
    new BootstrapPlan(lab, 'bootstrap', { within: Duration.minutes(minutes) });
    return Testing.findings(lab);
  }

  test('that the longest chain breaks is told with its largest parts', () => {
    expect(warnings(60)).toEqual([
      'warning [lab/bootstrap] the start-up of lab takes up to 1 h 5 min, which is more than 1 h; most of it are lab/first:a 30 min, lab/second:c 20 min, lab/second:d 10 min; let fewer of them wait for each other, say how long they really take, or allow more (ORDER_OVER_BUDGET)',
    ]);
  });

  test('that is just kept is none to tell of', () => {
    expect(warnings(65)).toEqual([]);
  });
});

describe('props', () => {
  test('within is a Duration', () => {
    expect(() => new BootstrapPlan(site(), 'bootstrap', { within: 60 as unknown as Duration })).toThrow(
      '[lab/bootstrap] within must be a Duration, got 60; write within: Duration.minutes(60) (PROP_TYPE)',
    );
  });

  test('there is no other', () => {
    expect(() => new BootstrapPlan(site(), 'bootstrap', { budget: 60 } as object)).toThrow(
      '[lab/bootstrap] there is no property budget; use one of within (PROP_UNKNOWN)',
    );
  });
});

test('two plans of one site write the same files, which is an error', () => {
  const lab = site();
  new BootstrapPlan(lab, 'first');
  new BootstrapPlan(lab, 'second');
  expect(Testing.findings(lab)).toEqual([
    'error [lab/second] writes bootstrap/plan.json, which [lab/first] already wrote; give one of them another id (OUTPUT_TWO_AUTHORS)',
  ]);
});

describe('steps', () => {
  function findings(...steps: readonly object[]) {
    const lab = site();
    new Part(lab, 'web', { start: steps as ReturnType<typeof step>[] });
    new BootstrapPlan(lab, 'bootstrap');
    return Testing.findings(lab);
  }

  test('two of one id are told once, also when one is a restore', () => {
    const twice = 'error [lab/web] has two steps apply in one plan: "Do apply" and "Do it again"; give one of them another id (STEP_TWICE)';
    expect(findings(step('apply'), step('apply', 1, { title: 'Do it again' }))).toEqual([twice]);
    const lab = site();
    new Part(lab, 'web', { start: [step('apply')], rest: { restore: [step('apply', 1, { title: 'Do it again' })] } });
    new BootstrapPlan(lab, 'bootstrap');
    expect(Testing.findings(lab)).toEqual([twice]);
  });

  test('two constructs of one path, as an engine may make them, have steps of different ids', () => {
    const lab = site();
    const cluster = new Part(lab, 'argocd', { start: [step('apply')] });
    const app = new RootConstruct('');
    adopt(cluster, app);
    new Machine(app, 'argocd', { start: [step('apply', 1, { title: 'Do it again' })] });
    new BootstrapPlan(lab, 'bootstrap');
    expect(Testing.findings(lab)).toEqual([
      'error [lab/argocd] is the path of two constructs (Part, Machine) with a step apply in one plan: "Do apply" and "Do it again"; give one of them another id (STEP_TWICE)',
    ]);
  });

  test('one of the start and one of the upgrade may have one id', () => {
    const lab = site();
    new Part(lab, 'web', { start: [step('apply')], rest: { upgrade: [step('apply')] } });
    new BootstrapPlan(lab, 'bootstrap');
    expect(Testing.findings(lab)).toEqual([]);
  });

  test('one without its parts, as a caller without types may write it, is told which', () => {
    expect(findings({ id: 'apply', title: 'Apply' })).toEqual([
      "error [lab/web] the step apply does not say how it is taken back; write undo: { nothing: 'it only reads' } (STEP_INCOMPLETE)",
      'error [lab/web] the step apply does not say how long it may take; write budget: Duration.minutes(5) (STEP_INCOMPLETE)',
      "error [lab/web] the step apply does not say how one knows that it is done; write check: { command: ['ping', '-c', '1', '-W', '2', '192.0.2.11'] } (STEP_INCOMPLETE)",
      "error [lab/web] the step apply does not say what is done; write action: { run: [['kubectl', '--context', 'lab', 'apply', '-f', 'kubernetes/lab/web']] } (STEP_INCOMPLETE)",
    ]);
  });
});

test('of a circle its members are told, and not besides all that waits for them', () => {
  const lab = site();
  const [a, b] = [new Part(lab, 'a'), new Part(lab, 'b')];
  a.startsAfter(b);
  b.startsAfter(a);
  new Part(lab, 'up');
  for (let i = 0; i < 5; i++) new Part(lab, `w${i}`, { after: [a] });
  new BootstrapPlan(lab, 'bootstrap');
  expect(Testing.findings(lab).map(line => /\((\w+)\)$/.exec(line)?.[1])).toEqual(['LIFECYCLE_CIRCLE']);
});
