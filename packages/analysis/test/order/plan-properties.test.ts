import fc from 'fast-check';
import { coldStart } from '../../src/order/cold-start';
import type { Plan } from '../../src/order/plan';
import { Rehearsal } from '../../src/order/rehearsal';
import { SitePlans } from '../../src/order/site-plans';
import { Feed, Guest, Machine, Part, site, step, Workspace } from './parts';

/** What each of some parts needs: others by number, all of them or any one of them. */
interface Drawn {
  readonly needs: readonly number[];
  readonly anyOf: readonly number[];
  readonly minutes: readonly number[];
  readonly kind: 'part' | 'machine' | 'guest';
}

const numbers = fc.array(fc.nat({ max: 29 }), { maxLength: 4 });
const part: fc.Arbitrary<Drawn> = fc.record({
  needs: numbers,
  anyOf: numbers,
  minutes: fc.array(fc.nat({ max: 30 }), { maxLength: 3 }),
  kind: fc.constantFrom('part' as const, 'machine' as const, 'guest' as const),
});

/** A site of parts that need parts before them, or, with `circular`, any. */
function build(drawn: readonly Drawn[], circular: boolean): SitePlans {
  const lab = site();
  const feeds = [new Feed(lab, 'feed-a'), new Feed(lab, 'feed-b')];
  const state = new Workspace(lab, 'state');
  const parts = drawn.map(({ minutes, kind }, i) => {
    if (kind === 'guest') return new Guest(state, `p${i}`);
    const start = minutes.map((budget, n) => step(`s${n}`, budget));
    return kind === 'machine' ? new Machine(lab, `p${i}`, { start }) : new Part(lab, `p${i}`, { start });
  });
  for (const [i, { needs, anyOf }] of drawn.entries()) {
    const picked = (list: readonly number[]) => list.map(n => n % (circular ? drawn.length : Math.max(i, 1))).filter(n => n !== i);
    const on = picked(anyOf).map(n => parts[n] as Part);
    const at = parts[i] as Part | Guest;
    const power = at instanceof Machine ? [feeds.slice(0, 1 + (i % 2))] : [];
    Object.assign(at, { placement: { standsOn: [...power, ...(on.length > 0 ? [on] : [])] } });
    if (at instanceof Part) at.startsAfter(...picked(needs).map(n => parts[n] as Part));
  }
  return new SitePlans(lab);
}

/** What comes up, tried in the plainest way there is: again and again, until nothing changes. */
function comesUp({ graph }: SitePlans): boolean {
  const up = new Set<unknown>();
  for (let before = -1; before < up.size; ) {
    before = up.size;
    for (const node of graph.nodes) if (graph.requirementsOf(node).every(({ on }) => on.some(other => up.has(other)))) up.add(node);
  }
  return graph.nodes.every(node => up.has(node));
}

function isInOrder({ steps }: Plan): boolean {
  const done = new Set<string>();
  return steps.every(({ id, needs }) => needs.every(need => done.has(need)) && done.add(id));
}

const straight = fc.array(part, { minLength: 1, maxLength: 30 });

test('every plan has each step after what it needs, and is as long as its longest chain', () => {
  fc.assert(
    fc.property(straight, drawn => {
      const plans = build(drawn, false);
      expect(plans.circles).toEqual([]);
      for (const plan of plans.all()) {
        expect(isInOrder(plan)).toBe(true);
        const seconds = new Map(plan.steps.map(({ id, budgetSeconds }) => [id, budgetSeconds]));
        expect(plan.criticalPath.reduce((sum, id) => sum + (seconds.get(id) as number), 0)).toBe(plan.criticalSeconds);
      }
    }),
  );
});

test('the shutdown is the start-up backwards: what is stopped later is never started later, where one waits for the other', () => {
  fc.assert(
    fc.property(straight, drawn => {
      const mirrored = drawn.map(one => ({ ...one, minutes: [1] }));
      const plans = build(mirrored, false);
      for (const node of plans.graph.nodes) {
        if (node instanceof Part) Object.assign(node.props, { rest: { stop: [step('s0')] } });
      }
      const again = new SitePlans(plans.site);
      const pairs = (plan: Plan) => reachable(plan).filter(pair => !pair.includes('state:'));
      const backwards = pairs(again.shutdown()).map(pair => pair.split(' < ').reverse().join(' < '));
      expect(backwards.sort()).toEqual(pairs(again.startUp()).sort());
    }),
  );
});

/** Every `earlier < later` of a plan that follows from its needs. */
function reachable({ steps }: Plan): string[] {
  const before = new Map<string, Set<string>>();
  for (const { id, needs } of steps) before.set(id, new Set(needs.flatMap(need => [need, ...(before.get(need) ?? [])])));
  return [...before].flatMap(([id, all]) => [...all].map(earlier => `${earlier} < ${id}`));
}

test('a cold start brings up everything, without one failed step, exactly when nothing needs itself', () => {
  fc.assert(
    fc.property(straight, fc.boolean(), (drawn, circular) => {
      const plans = build(drawn, circular);
      const start = new Rehearsal(plans).fromNothing();
      const sound = comesUp(plans);
      expect(plans.circles.length === 0).toBe(sound);
      expect(start.down.length === 0).toBe(sound);
      if (sound) expect(start).toMatchObject({ refused: 0, stuck: [], seconds: plans.startUp().criticalSeconds });
    }),
    { numRuns: 500 },
  );
});

test('steps that fail once are done the second time, whichever they are', () => {
  fc.assert(
    fc.property(straight, fc.func(fc.boolean()), (drawn, failOnce) => {
      const plans = build(drawn, false);
      const { graph } = plans;
      const steps = plans.startUp().steps;
      const source = { nodes: graph.nodes, requirementsOf: (node: (typeof graph.nodes)[number]) => graph.requirementsOf(node) };
      const start = coldStart(source, withConstructs(plans, steps), failOnce);
      expect(start.stuck).toEqual([]);
      expect(start.seconds).toBeGreaterThanOrEqual(plans.startUp().criticalSeconds);
    }),
  );
});

function withConstructs({ graph }: SitePlans, steps: Plan['steps']) {
  const owners = new Map(graph.nodes.map(node => [graph.pathOf(node), node]));
  return steps.map(one => {
    const construct = owners.get(one.id.slice(0, one.id.lastIndexOf(':')));
    return { ...one, ...(construct && !one.id.endsWith(':all') && { construct }) };
  });
}

test('what was lost with a feed comes back with it, whatever stood on it', () => {
  fc.assert(
    fc.property(straight, drawn => {
      const plans = build(drawn, false);
      for (const { result, steps } of new Rehearsal(plans).all()) {
        expect(result.stuck).toEqual([]);
        expect(result.done).toHaveLength(steps);
      }
    }),
  );
});
