import { losses, plannedChanges, planText } from '../src/terraform/planned-changes';

const plan = (changes: Readonly<Record<string, readonly string[]>>) =>
  JSON.stringify({ resource_changes: Object.entries(changes).map(([address, actions]) => ({ address, change: { actions } })) });

const CHANGES = plannedChanges(
  plan({
    'vm.new': ['create'],
    'vm.same': ['no-op'],
    'data.version': ['read'],
    'vm.moved': ['delete', 'create'],
    'vm.swapped': ['create', 'delete'],
    'vm.gone': ['delete'],
    'vm.grown': ['update'],
  }),
);

test('what is lost comes first, and what stays is left out', () => {
  expect(planText('dev-alice', CHANGES)).toBe(
    [
      'dev-alice: 1 to destroy, 2 to replace, 1 to update, 1 to create',
      '    - vm.gone',
      '  -/+ vm.moved',
      '  -/+ vm.swapped',
      '    ~ vm.grown',
      '    + vm.new',
    ].join('\n'),
  );
});

test('to destroy and to replace is to lose', () => {
  expect(losses(CHANGES).map(({ address }) => address)).toEqual(['vm.gone', 'vm.moved', 'vm.swapped']);
});

test('a plan without changes says so', () => {
  expect(planText('commons', plannedChanges('{}'))).toBe('commons: nothing to change');
});
