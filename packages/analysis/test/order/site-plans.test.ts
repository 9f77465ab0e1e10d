import type { Replacement, Site, Step } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import type { Plan } from '../../src/order/plan';
import { SitePlans } from '../../src/order/site-plans';
import { Feed, Guest, Machine, Part, site, step, Workspace } from './parts';

/** `step ← needs`. */
function told({ steps }: Plan): string[] {
  return steps.map(({ id, needs }) => `${id} ← ${needs.join(', ') || 'nothing'}`);
}

const whole = { stop: [step('stop', 2)], upgrade: [step('upgrade', 3)] };

/** A database on a machine, a service that needs it, and one beside them. */
function small() {
  const lab = site();
  const machine = new Machine(lab, 'm1', { rest: { stop: [step('off')] } });
  const db = new Part(lab, 'db', { on: [[machine]], rest: { ...whole, restore: [step('restore', 10)] } });
  const web = new Part(lab, 'web', { after: [{ on: db, for: 'its data' }], start: [step('apply'), step('wait', 5)], rest: whole });
  new Part(lab, 'beside', { on: [[machine]], rest: { stop: [step('stop')] } });
  return { lab, machine, db, web };
}

test('the start-up does the steps of a construct one after the other, after all that it needs', () => {
  expect(told(new SitePlans(small().lab).startUp())).toEqual([
    'lab/m1:start ← nothing',
    'lab/beside:start ← lab/m1:start',
    'lab/db:start ← lab/m1:start',
    'lab/web:apply ← lab/db:start',
    'lab/web:wait ← lab/web:apply',
  ]);
});

test('the shutdown stops first what nothing needs', () => {
  expect(told(new SitePlans(small().lab).shutdown())).toEqual([
    'lab/beside:stop ← nothing',
    'lab/web:stop ← nothing',
    'lab/db:stop ← lab/web:stop',
    'lab/m1:off ← lab/beside:stop, lab/db:stop',
  ]);
});

test('what is not stopped itself lets what needs it go first all the same', () => {
  const lab = site();
  const machine = new Machine(lab, 'm1', { rest: { stop: [step('off')] } });
  const state = new Workspace(lab, 'guests', { on: [[machine]] });
  new Part(lab, 'web', { on: [[new Guest(state, 'g1')]], rest: { stop: [step('stop')] } });
  expect(told(new SitePlans(lab).shutdown())).toEqual(['lab/web:stop ← nothing', 'lab/m1:off ← lab/web:stop']);
});

test('the upgrade goes as the start-up does where nothing is said', () => {
  expect(told(new SitePlans(small().lab).upgrade())).toEqual(['lab/db:upgrade ← nothing', 'lab/web:upgrade ← lab/db:upgrade']);
});

test('what is upgraded after what needs it is, and all others keep their order', () => {
  const lab = site();
  const part = (id: string, ...after: IConstruct[]) => new Part(lab, id, { after, rest: { upgrade: [step('upgrade')] } });
  const router = part('router');
  const hypervisors = part('hypervisors', router);
  const cluster = part('cluster', hypervisors);
  part('web', cluster);
  Object.assign(router.props, { rest: { upgrade: [step('upgrade')], upgradesAfter: [cluster] } });
  expect(told(new SitePlans(lab).upgrade())).toEqual([
    'lab/hypervisors:upgrade ← nothing',
    'lab/cluster:upgrade ← lab/hypervisors:upgrade',
    'lab/router:upgrade ← lab/cluster:upgrade',
    'lab/web:upgrade ← lab/cluster:upgrade',
  ]);
});

test('the restore brings data back before anything that needs it starts', () => {
  expect(told(new SitePlans(small().lab).restore())).toEqual([
    'lab/m1:start ← nothing',
    'lab/beside:start ← lab/m1:start',
    'lab/db:start ← lab/m1:start',
    'lab/db:restore ← lab/db:start',
    'lab/web:apply ← lab/db:restore',
    'lab/web:wait ← lab/web:apply',
  ]);
});

test('the longest chain decides how long it takes, not the sum', () => {
  const { criticalPath, criticalSeconds } = new SitePlans(small().lab).startUp();
  expect(criticalPath).toEqual(['lab/m1:start', 'lab/db:start', 'lab/web:apply', 'lab/web:wait']);
  expect(criticalSeconds).toBe(8 * 60);
});

describe('a machine is replaced', () => {
  const passing = (leave: Step, join: Step) => ({
    replace: (machine: IConstruct): Replacement | undefined => (machine.node.id === 'm1' ? { leave: [leave], join: [join] } : undefined),
  });

  function plan(of: Site, name = 'replace-m1'): string[] {
    const found = new SitePlans(of).replacements().find(one => one.name === name);
    return found ? told(found) : [];
  }

  test('by what stands on it leaving first, those that need others before those', () => {
    const lab = site();
    const machine = new Machine(lab, 'm1', { rest: { stop: [step('off')] } });
    const other = new Machine(lab, 'm2');
    const node = new Part(lab, 'node', { on: [[machine]], rest: passing(step('drain'), step('uncordon')) });
    new Part(lab, 'member', { on: [[node], [machine, other]], rest: passing(step('leave'), step('join')) });
    expect(plan(lab)).toEqual([
      'lab/member:leave ← nothing',
      'lab/node:drain ← lab/member:leave',
      'lab/m1:off ← lab/node:drain',
      'lab/m1:start ← lab/m1:off',
      'lab/node:uncordon ← lab/m1:start',
      'lab/member:join ← lab/node:uncordon',
    ]);
  });

  test('what is lost with it and says nothing goes down, comes up and gets its data back; what can stay up stays', () => {
    const { lab, machine } = small();
    new Part(lab, 'moves', { on: [[machine, new Machine(lab, 'm2')]], rest: whole });
    expect(plan(lab)).toEqual([
      'lab/beside:stop ← nothing',
      'lab/db:stop ← nothing',
      'lab/m1:off ← lab/beside:stop, lab/db:stop',
      'lab/m1:start ← lab/m1:off',
      'lab/beside:start ← lab/m1:start',
      'lab/db:start ← lab/m1:start',
      'lab/db:restore ← lab/db:start',
    ]);
  });

  test('as it says itself, where it does', () => {
    const lab = site();
    new Machine(lab, 'm1', { rest: { stop: [step('off')], ...passing(step('take-out'), step('put-in')) } });
    expect(plan(lab)).toEqual(['lab/m1:take-out ← nothing', 'lab/m1:put-in ← lab/m1:take-out']);
  });

  test('machines of one name have a plan each, by their path; one that needs nothing has none', () => {
    const lab = site();
    for (const rack of ['a', 'b']) new Machine(new Feed(lab, rack), 'm1');
    new Machine(lab, 'idle', { start: [] });
    expect(new SitePlans(lab).replacements().map(({ name }) => name)).toEqual(['replace-lab-a-m1', 'replace-lab-b-m1']);
  });
});
