import type { IConstruct } from 'constructs';
import { coldStart, type SimulatedStep } from '../../src/order/cold-start';
import { DependencyGraph } from '../../src/order/dependency-graph';
import { Rehearsal } from '../../src/order/rehearsal';
import { SitePlans } from '../../src/order/site-plans';
import { Feed, Guest, Machine, Part, site, step } from './parts';

function rows(plans: SitePlans): string[] {
  return new Rehearsal(plans).all().map(({ from, steps, result }) => {
    const { seconds, width, done, stuck } = result;
    return `${from}: ${done.length} of ${steps} in ${seconds / 60} min, ${width} at once, ${stuck.length} stuck`;
  });
}

test('everything comes up from an empty rack, as fast as the longest chain', () => {
  const lab = site();
  const machines = ['m1', 'm2'].map(id => new Machine(lab, id, { start: [step('on', 5)] }));
  new Part(lab, 'web', { on: [machines], start: [step('apply', 10)] });
  expect(rows(new SitePlans(lab))).toEqual([
    'an empty rack: 3 of 3 in 15 min, 2 at once, 0 stuck',
    'an empty rack, and each step fails once: 3 of 3 in 30 min, 2 at once, 0 stuck',
  ]);
});

test('after a feed was without power, what hung on it alone comes up again, and nothing else', () => {
  const lab = site();
  const [a, b] = [new Feed(lab, 'feed-a'), new Feed(lab, 'feed-b')];
  const single = new Machine(lab, 'single', { on: [[a]], start: [step('on', 5)] });
  const double = new Machine(lab, 'double', { on: [[a, b]], start: [step('on', 5)] });
  new Part(lab, 'on-single', { on: [[new Guest(lab, 'g1', { standsOn: [[single]] })]], start: [step('start', 2), step('check', 1)] });
  new Part(lab, 'on-either', { on: [[single, double]], start: [step('start', 3)] });
  expect(rows(new SitePlans(lab)).slice(2)).toEqual(['lab/feed-a without power, and back: 3 of 3 in 8 min, 1 at once, 0 stuck']);
});

describe('a plan that forgot a need', () => {
  function world() {
    const lab = site();
    const db = new Part(lab, 'db', { start: [step('start', 10)] });
    const web = new Part(lab, 'web', { after: [db], start: [step('start', 1)] });
    const graph = new DependencyGraph(lab.findAll());
    const source = { nodes: graph.nodes, requirementsOf: (construct: IConstruct) => graph.requirementsOf(construct) };
    const planned = (construct: IConstruct, budgetSeconds: number, ...needs: string[]): SimulatedStep => {
      return { id: construct.node.id, construct, budgetSeconds, needs };
    };
    return { source, db, web, planned };
  }

  test('is tried too early, which the model refuses, and again when it may', () => {
    const { source, db, web, planned } = world();
    expect(coldStart(source, [planned(web, 60), planned(db, 600)])).toMatchObject({
      done: ['db', 'web'],
      refused: 1,
      seconds: 660,
      stuck: [],
    });
  });

  test('and has it the wrong way round, never comes up', () => {
    const { source, db, web, planned } = world();
    const start = coldStart(source, [planned(web, 60), planned(db, 600, 'web')]);
    expect(start).toMatchObject({ done: [], stuck: ['web', 'db'], refused: 1 });
    expect(start.down).toEqual([db, web]);
  });

  test('and lost a step, leaves everything after it down', () => {
    const { source, web, planned } = world();
    const other = planned(web, 60, 'db');
    expect(coldStart(source, [other])).toMatchObject({ done: [], stuck: ['web'] });
  });
});
