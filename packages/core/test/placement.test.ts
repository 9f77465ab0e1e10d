import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { failureDomains, type IPlaced, majorityOf, type Placement, Site } from '../src';

class Placed extends Construct implements IPlaced {
  constructor(
    scope: Construct,
    id: string,
    public placement: Placement = { standsOn: [] },
  ) {
    super(scope, id);
  }
}

const site = () => new Site('lab', { domain: 'lab.example.net' });
const ids = (constructs: Iterable<Construct>) => [...constructs].map(c => c.node.id).sort();

test('failure domains are what one cannot do without, through others too', () => {
  const lab = site();
  const rack = new Placed(lab, 'rack');
  const [feedA, feedB] = [new Placed(lab, 'feed-a'), new Placed(lab, 'feed-b')];
  const machine = new Placed(lab, 'machine', { standsOn: [[rack], [feedA, feedB]] });
  const vm = new Placed(lab, 'vm', { standsOn: [[machine]] });
  expect(ids(failureDomains(vm) as Set<Construct>)).toEqual(['machine', 'rack']);
  expect(ids(failureDomains(rack) as Set<Construct>)).toEqual([]);
});

test('something that has no place has no failure domain, and a circle of places ends', () => {
  const lab = site();
  expect(failureDomains(new Construct(lab, 'idea')).size).toBe(0);
  const a = new Placed(lab, 'a');
  const b = new Placed(lab, 'b', { standsOn: [[a]] });
  a.placement = { standsOn: [[b]] };
  expect(ids(failureDomains(a) as Set<Construct>)).toEqual(['a', 'b']);
});

test('a stack of 100,000 is no recursion', () => {
  const lab = site();
  let top = new Placed(lab, '0');
  for (let i = 1; i < 100_000; i++) top = new Placed(lab, String(i), { standsOn: [[top]] });
  expect(failureDomains(top).size).toBe(99_999);
});

test('of three members any two are too many to lose', () => {
  const lab = site();
  const members = ['a', 'b', 'c'].map(id => new Placed(lab, id));
  expect(majorityOf(members).map(group => group.map(m => m.node.id))).toEqual([
    ['a', 'b'],
    ['a', 'c'],
    ['b', 'c'],
  ]);
  expect(majorityOf(members.slice(0, 1))).toEqual([[members[0]]]);
});

test('lost, by its groups, exactly when the living are no majority', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 7 }), alive => {
      const lab = site();
      const members = alive.map((_, i) => new Placed(lab, String(i)));
      const down = new Set<Construct>(members.filter((_, i) => !alive[i]));
      const lost = majorityOf(members).some(group => group.every(member => down.has(member as Construct)));
      expect(lost).toBe(members.length - down.size <= members.length / 2);
    }),
    { seed: 1, numRuns: 300 },
  );
});
