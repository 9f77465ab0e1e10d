import type { Plan } from '@ashlar/analysis';
import { readPlan } from '../../src/run/plan-file';
import { making, TestApp } from './test-app';

let app: TestApp;
let file: string;
beforeEach(() => {
  app = new TestApp();
  file = `${app.folder}/out/bootstrap/plan.json`;
});
afterEach(() => app.remove());

const read = (name = 'start-up') => readPlan(`${app.folder}/out`, name);
/** Writes a plan of two steps that somebody has edited. */
function edited(change: (plan: Record<string, unknown> & { steps: Record<string, unknown>[] }) => void): void {
  app.plan([making('a'), making('b', 'a')]);
  const plan = JSON.parse(app.read('out/bootstrap/plan.json'));
  change(plan);
  app.write('out/bootstrap/plan.json', JSON.stringify(plan));
}
const form = (what: string) =>
  `[plan] ${file} is no plan of this version of ashlar: ${what}; synthesize again: npm run synth (PLAN_FORMAT)`;

test('a plan is read as it was written', () => {
  app.plan([making('a'), making('b', 'a')]);
  expect(read()).toEqual(JSON.parse(app.read('out/bootstrap/plan.json')) as Plan);
});

test('steps that are not in order are brought into one', () => {
  app.plan([making('c', 'b'), making('b', 'a'), making('a'), making('d')]);
  expect(read().steps.map(({ id }) => id)).toEqual(['lab/a:make', 'lab/d:make', 'lab/b:make', 'lab/c:make']);
});

test('a long chain is read without end of the stack', () => {
  const names = Array.from({ length: 5000 }, (_, i) => `s${i}`);
  app.plan(names.map((name, i) => (i === 0 ? making(name) : making(name, names[i - 1] as string))).reverse());
  expect(read().steps[0]?.id).toBe('lab/s0:make');
});

test('a plan that is not there is asked for', () => {
  expect(() => read()).toThrow(
    `[plan] there is no ${file}; synthesize an environment with a BootstrapPlan first: npm run synth, or say with --out where its output is (PLAN_MISSING)`,
  );
  expect(() => read('../plan')).toThrow(
    '[plan] a plan has another name, got "../plan"; write upgrade, restore or replace-<machine> (PLAN_NAME)',
  );
});

test.each([
  ['{', 'it is not JSON'],
  ['[]', 'it has no site, no name or no steps'],
  ['{"site":"lab","name":"start-up","steps":[]}', 'it has no critical path'],
])('%s is no plan', (text, what) => {
  app.write('out/bootstrap/plan.json', text);
  expect(() => read()).toThrow(form(what));
});

test.each<[string, string, unknown]>([
  ['step lab/a:make has when, which is not known here', 'when', 'now'],
  ['step lab/a:make has no id or no title', 'title', undefined],
  ['step lab/a:make has an action that is not known here', 'action', { sing: 'a song' }],
  ['step lab/a:make has an action that is not known here', 'action', { run: [] }],
  ['step lab/a:make has an action that is not known here', 'action', { run: ['rm'] }],
  ['step lab/a:make has an action that is not known here', 'action', { terraform: '../../etc' }],
  ['step lab/a:make has no check', 'check', { command: [] }],
  ['step lab/a:make has no check', 'check', undefined],
  ['step lab/a:make has an undo that is not known here', 'undo', {}],
  ['step lab/a:make has no budget', 'budgetSeconds', 0],
  ['step lab/a:make has no list of what it needs', 'needs', 'lab/b:make'],
  ['step lab/a:make has secrets that are no references', 'secrets', [{}]],
  ['step lab/a:make destroys something that is no text', 'destroys', true],
])('%s', (what, key, value) => {
  edited(plan => {
    (plan.steps[0] as Record<string, unknown>)[key] = value;
  });
  expect(() => read()).toThrow(form(what));
});

test('what no step is, nobody needs', () => {
  edited(plan => {
    (plan.steps[1] as Record<string, unknown>).needs = ['lab/z:make'];
  });
  expect(() => read()).toThrow(
    `[lab/b:make] it needs lab/z:make, which ${file} does not have; synthesize again: npm run synth (PLAN_NEED)`,
  );
});

test('a name is that of one step', () => {
  edited(plan => plan.steps.push({ ...plan.steps[0] }));
  expect(() => read()).toThrow(`[lab/a:make] ${file} has two steps of this name; synthesize again: npm run synth (PLAN_STEP_TWICE)`);
});

test('steps that wait for each other are shown, once round', () => {
  app.plan([making('x', 'c'), making('a', 'b'), making('b', 'c'), making('c', 'a'), making('free')]);
  expect(() => read()).toThrow(
    `[lab/c:make → lab/a:make → lab/b:make → lab/c:make] these steps of ${file} wait for each other; synthesize again: npm run synth (PLAN_CIRCLE)`,
  );
});

test('the file of one plan does not hold another', async () => {
  edited(plan => {
    plan.name = 'upgrade';
  });
  expect((await app.ashlar('up')).said).toBe(
    'error [plan] the file of start-up has the plan upgrade; synthesize again: npm run synth (PLAN_OTHER)\n',
  );
});

test('a shutdown that destroys is none', async () => {
  app.plan([{ ...making('a'), destroys: 'the disks' }], 'shutdown');
  expect(await app.ashlar('down')).toMatchObject({
    code: 1,
    said: 'error [lab/a:make] it destroys the disks, which no shutdown may do; declare as stop only what a start takes back (SHUTDOWN_LOSS)\n',
  });
  app.plan([{ id: 'lab/state:gone', action: { terraform: 'state', destroy: true } }], 'shutdown');
  expect((await app.ashlar('down', '--dry-run')).said).toBe(
    'error [lab/state:gone] it destroys a Terraform state, which no shutdown may do; declare as stop only what a start takes back (SHUTDOWN_LOSS)\n',
  );
  expect(app.has('.ashlar')).toBe(false);
});
