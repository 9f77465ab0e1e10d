import { adopt, Secret, type Site } from '@ashlar/core';
import { Construct, RootConstruct } from 'constructs';
import { DependencyGraph } from '../../src/order/dependency-graph';
import { SitePlans } from '../../src/order/site-plans';
import { Feed, Guest, Machine, Part, Registry, reading, SecretStore, site, step, Workspace } from './parts';

/** `a → b (for), …` of every construct that needs something. */
function needs(of: Site): string[] {
  const graph = new DependencyGraph(of.findAll());
  return graph.nodes.flatMap(node => {
    const said = graph.requirementsOf(node).map(({ on, for: what }) => `${on.map(other => graph.pathOf(other)).join(' or ')} for ${what}`);
    return said.length > 0 ? [`${graph.pathOf(node)} needs ${said.join(', ')}`] : [];
  });
}

/** `step ← needs` of the start-up. */
function startUp(of: Site): string[] {
  return new SitePlans(of).startUp().steps.map(({ id, needs: before }) => `${id} ← ${before.join(', ') || 'nothing'}`);
}

test('what is named and what is stood on are needs; without a reason it is for the start', () => {
  const lab = site();
  const feeds = [new Feed(lab, 'a'), new Feed(lab, 'b')];
  const machine = new Machine(lab, 'm1', { on: [feeds] });
  const resolver = new Part(lab, 'resolver', { on: [[machine]] });
  new Part(lab, 'web', { after: [machine, { on: resolver, for: 'the names of its peers' }] });
  expect(needs(lab)).toEqual([
    'lab/m1 needs lab/a or lab/b for its power',
    'lab/resolver needs lab/m1 for the machine under it',
    'lab/web needs lab/m1 for its start, lab/resolver for the names of its peers',
  ]);
});

test('a resource of an engine comes with the nearest construct above it that is started, and with what it stands on', () => {
  const lab = site();
  const machine = new Machine(lab, 'm1');
  const state = new Workspace(new Construct(lab, 'states'), 'guests');
  const app = new RootConstruct('');
  adopt(state, app);
  const guest = new Guest(new Construct(app, 'stack'), 'web', { standsOn: [[machine]] });
  new Part(lab, 'service', { on: [[guest]] });
  expect(needs(lab)).toEqual([
    'lab/service needs lab/states/guests/stack/web for what it stands on',
    'lab/states/guests/stack/web needs lab/states/guests for its creation, lab/m1 for the machine under it',
  ]);
  expect(startUp(lab)).toEqual([
    'lab/m1:start ← nothing',
    'lab/states/guests:start ← nothing',
    'lab/service:start ← lab/m1:start, lab/states/guests:start',
  ]);
});

test('what a construct stands on does not come with it, even when it is declared inside it', () => {
  const lab = site();
  const cluster = new Part(lab, 'cluster');
  const node = new Guest(cluster, 'node', { standsOn: [[new Machine(lab, 'm1')]] });
  Object.assign(cluster, { placement: { standsOn: [[node]] } });
  expect(startUp(lab)).toEqual(['lab/m1:start ← nothing', 'lab/cluster:start ← lab/m1:start']);
});

test('a need that nothing here starts is met from outside', () => {
  const lab = site();
  new Part(lab, 'web', { after: [new Construct(lab, 'provider')] });
  expect(startUp(lab)).toEqual(['lab/web:start ← nothing']);
});

test('a name leads to what serves it, else to the instance that has it, else outside', () => {
  const lab = site();
  const registry = new Registry(lab, 'registry');
  Object.assign(new Part(lab, 'guest'), { fqdn: 'registry.example.net' });
  Object.assign(new Part(lab, 'db'), { fqdn: 'db.example.net' });
  const use = (name: string, what: string) => ({ name, for: what });
  new Part(lab, 'web', {
    uses: [use('registry.example.net', 'its images'), use('db.example.net', 'its data'), use('example.org', 'time')],
  });
  expect(needs(lab)).toEqual(['lab/web needs lab/registry for its images, lab/db for its data']);
  expect(registry.serves).toEqual(['registry.example.net']);
});

test('a secret leads to the store that keeps it; one of SOPS or of Terraform to none', () => {
  const lab = site();
  new SecretStore(lab, 'bao');
  new Part(lab, 'a', { start: [reading(Secret.fromOpenBao('kv/a', 'token'))] });
  new Part(lab, 'b', { start: [reading(Secret.fromSops('secrets.yaml', 'token'))] });
  new Part(lab, 'c', {
    start: [reading(Secret.fromOpenBao('kv/c', 'y')), step('more', 1, { secrets: [Secret.fromOpenBao('kv/c', 'x')] })],
  });
  expect(needs(lab)).toEqual([
    'lab/a needs lab/bao for the secret openbao:kv/a#token',
    'lab/c needs lab/bao for 2 secrets, such as openbao:kv/c#x',
  ]);
});

test('of supports that can stand in for each other all are waited for', () => {
  const lab = site();
  const machines = ['m1', 'm2', 'm3'].map(id => new Machine(lab, id));
  new Part(lab, 'guest', { on: [machines] });
  expect(startUp(lab).at(-1)).toBe('lab/guest:start ← lab/m1:start, lab/m2:start, lab/m3:start');
});

test('of supports that can stand in for each other, one that closes a circle is not waited for', () => {
  const lab = site();
  const [first, second] = [new Machine(lab, 'm1'), new Machine(lab, 'm2')];
  const resolver = new Part(lab, 'resolver', { on: [[first, second]] });
  first.startsAfter({ on: resolver, for: 'names' });
  expect(startUp(lab)).toEqual(['lab/m2:start ← nothing', 'lab/resolver:start ← lab/m2:start', 'lab/m1:start ← lab/resolver:start']);
});

test('the order of declaration changes nothing', () => {
  const build = (ids: readonly string[]) => {
    const lab = site();
    const parts = new Map(ids.map((id): [string, Part] => [id, new Part(lab, id)]));
    for (const id of ids) if (id !== 'a') parts.get(id)?.startsAfter(parts.get('a') as Part);
    return startUp(lab);
  };
  expect(build(['a', 'b', 'c', 'd10', 'd9'])).toEqual(build(['d9', 'c', 'd10', 'a', 'b']));
});

test('a need that another need implies is not written down', () => {
  const lab = site();
  const machine = new Machine(lab, 'm1');
  const state = new Part(lab, 'state', { after: [machine] });
  const cluster = new Part(lab, 'cluster', { after: [state] });
  new Part(lab, 'web', { after: [machine, state, cluster] });
  expect(startUp(lab).at(-1)).toBe('lab/web:start ← lab/cluster:start');
});

test('many that wait for many meet in one step that says so', () => {
  const lab = site();
  const machines = Array.from({ length: 40 }, (_, i) => new Machine(lab, `m${i}`));
  const pool = new Guest(lab, 'pool', { standsOn: [machines] });
  for (let i = 0; i < 40; i++) new Part(lab, `guest-${i}`, { on: [[pool]] });
  const { steps } = new SitePlans(lab).startUp();
  expect(steps.find(({ id }) => id === 'lab/pool:all')).toEqual({
    id: 'lab/pool:all',
    title: 'All that lab/pool waits for is done',
    action: { waits: 'nothing of its own has to be done' },
    check: { command: ['true'] },
    undo: { nothing: 'it does nothing' },
    budgetSeconds: 0,
    needs: machines.map(({ node }) => `${node.path}:start`),
  });
  expect(steps.reduce((edges, { needs: before }) => edges + before.length, 0)).toBe(80);
});

test('a chain of 100,000 is ordered, and none overflows', () => {
  const lab = site();
  let before: Part | undefined;
  for (let i = 0; i < 100_000; i++) {
    const next: Part = new Part(lab, `p${i}`, { after: before ? [before] : [] });
    before = next;
  }
  const plan = new SitePlans(lab).startUp();
  expect(plan.steps.at(-1)?.id).toBe('lab/p99999:start');
  expect(plan.criticalSeconds).toBe(6_000_000);
});
