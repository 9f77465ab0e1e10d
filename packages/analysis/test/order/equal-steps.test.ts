import { renderAtHand } from '../../src/order/at-hand';
import { equalSteps } from '../../src/order/equal-steps';
import type { PlannedStep } from '../../src/order/plan';

function planned(name: string, more: Partial<PlannedStep> = {}): PlannedStep {
  return {
    id: `lab/${name}:on`,
    title: `Switch ${name} on`,
    action: { run: [['wakeonlan', name]] },
    check: { command: ['ping', '-c', '1', `${name}.example.net`] },
    undo: { nothing: 'it is a test' },
    budgetSeconds: 60,
    needs: [],
    ...more,
  };
}

const told = (steps: readonly PlannedStep[]) => equalSteps(steps).map(({ steps: group, told: { title } }) => `${title}: ${group.length}`);

test('three steps that differ in a name and what is made of it are told once, with what each word stands for', () => {
  const [only, ...more] = equalSteps(['a', 'b', 'c'].map(name => planned(name)));
  expect(more).toEqual([]);
  expect(only?.told).toMatchObject({
    title: 'Switch <A> on',
    action: { run: [['wakeonlan', '<A>']] },
    check: { command: ['ping', '-c', '1', '<B>'] },
  });
  expect(only?.words).toEqual([
    { placeholder: '<A>', values: ['a', 'b', 'c'] },
    { placeholder: '<B>', values: ['a.example.net', 'b.example.net', 'c.example.net'] },
  ]);
});

test('two are told one by one', () => {
  expect(told([planned('a'), planned('b')])).toEqual(['Switch a on: 1', 'Switch b on: 1']);
});

test('one that takes longer, or is another step, is told beside the others', () => {
  const three = ['a', 'b', 'c'].map(name => planned(name));
  expect(told([...three, planned('d', { budgetSeconds: 61 })])).toEqual(['Switch <A> on: 3', 'Switch d on: 1']);
  expect(told([...three, planned('d', { id: 'lab/d:boot' })])).toEqual(['Switch <A> on: 3', 'Switch d on: 1']);
  expect(told([...three, planned('d', { destroys: 'its disk' })])).toEqual(['Switch <A> on: 3', 'Switch d on: 1']);
});

test('a state that is destroyed is never told with one that is applied', () => {
  const state = (name: string, destroy: boolean) => planned(name, { action: { terraform: name, destroy } });
  expect(told([state('a', true), state('b', true), state('c', false)])).toHaveLength(3);
});

test('a line break before a word that differs is no reason to fail', () => {
  expect(told(['a', 'b', 'c'].map(name => planned(name, { action: { byHand: `Go to\n${name}` } })))).toHaveLength(3);
});

test('with more than four words that differ they are told one by one', () => {
  const many = ['a', 'b', 'c'].map(name => planned(name, { action: { run: [['wakeonlan', ...[1, 2, 3, 4].map(n => `${name}${n}`)]] } }));
  expect(told(many)).toHaveLength(3);
});

test('what must be at hand: programs also of pipes, access, variables of Terraform, eyes', () => {
  const steps = [
    planned('a', {
      check: { command: ['sh', '-c', 'talosctl version | grep -q Server'] },
      undo: { terraform: 'a', destroy: true },
      secrets: ['terraform:var.token', 'sops:a.yaml#key'],
    }),
    planned('b', { check: { ask: 'Is it on?' } }),
  ];
  expect(renderAtHand([{ site: 'lab', name: 'start-up', steps, criticalPath: [], criticalSeconds: 0 }])).toBe(`## What must be at hand

- This folder, and a shell in it: all commands are meant for here.
- Programs: \`grep\`, \`talosctl\`, \`terraform\`, \`wakeonlan\`.
- \`export TALOSCONFIG="$PWD/../.ashlar/talosconfig"\`, the access to the machines that run Talos. \`ashlar\` sets it itself; the file is for nobody else to read, and not in Git.
- Somebody at the machines, for 1 step of all plans.

Secrets are kept where the first column says, and never in this folder. Whoever carries a step out needs access to those that it reads.

| Kept in | Read by |
| --- | --- |
| \`sops:a.yaml#key\` | \`lab/a:on\` |
| with you: \`export TF_VAR_token=…\` | \`lab/a:on\` |`);
});
