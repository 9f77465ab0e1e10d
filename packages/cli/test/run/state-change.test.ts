import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { making, TestApp } from './test-app';

let app: TestApp;
beforeEach(() => {
  app = new TestApp();
  mkdirSync(join(app.folder, 'out/terraform/guests'), { recursive: true });
  app.write('out/terraform/guests/cdk.tf.json', '{}');
});
afterEach(() => app.remove());

const APPLY = {
  ...making('guests'),
  budgetSeconds: 1,
  action: { terraform: 'guests' },
  check: { command: ['terraform', 'plan'] },
} as const;

test('what Terraform has against it is told, without what it planned before', async () => {
  app.program(
    'terraform',
    'test "$1" = plan || exit 0; echo "guests.one will be created"; echo; echo "Error: there is no such node"; exit 1',
  );
  app.plan([APPLY]);
  const { code, said } = await app.ashlar('up');
  expect(said).toBe(
    [
      '[1/1] lab/guests:make  Make guests … failed',
      'error [start-up] 1 step failed',
      '[guests] terraform plan failed:',
      'Error: there is no such node',
      `; repair it and run the same command again: what was done stays done, and ${app.folder}/.ashlar/logs/start-up/1-lab-guests-make.log has all of it (TERRAFORM)`,
      '  to take it back: rm ../guests',
      '0 of 1 steps are done; what is done stays done: repair it, and go on with ashlar up (RUN_FAILED)',
      '',
    ].join('\n'),
  );
  expect(code).toBe(1);
});

test('Terraform is asked to stop when the budget is over', async () => {
  app.program('terraform', 'test "$1" = plan || exit 0; trap "exit 1" INT; for i in $(seq 100); do sleep 0.1; done');
  app.plan([APPLY]);
  expect((await app.ashlar('up')).said).toContain(
    '[lab/guests:make] it was not done within its 1 s: terraform plan was still running (STEP_LATE)\n',
  );
});

test('a plan that was left by a run that was killed is removed: it holds values of secrets', async () => {
  app.program('terraform', 'test "$1" = show && echo "{}"; exit 0');
  mkdirSync(join(app.folder, '.ashlar/terraform/guests'), { recursive: true });
  app.write('.ashlar/terraform/guests/plan-999999', 'secret');
  app.plan([APPLY]);
  expect((await app.ashlar('up')).said).toContain('Make guests … there already\n');
  expect(app.files('.ashlar/terraform/guests')).toEqual(['cdk.tf.json']);
});
