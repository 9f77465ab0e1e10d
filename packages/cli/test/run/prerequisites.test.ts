import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { making, TestApp } from './test-app';

let app: TestApp;
beforeEach(() => {
  app = new TestApp();
});
afterEach(() => app.remove());

function state(name: string, variables: readonly string[]): void {
  mkdirSync(join(app.folder, 'out/terraform', name), { recursive: true });
  const variable = Object.fromEntries(variables.map(key => [key, { sensitive: true }]));
  app.write(`out/terraform/${name}/cdk.tf.json`, JSON.stringify({ variable: { ...variable, region: { default: 'eu' } } }));
}

test('programs that are missing are told at once, and nothing is begun', async () => {
  app.environment.PATH = join(app.folder, 'bin');
  app.program('test', 'exec /usr/bin/test "$@"');
  app.plan([
    making('a'),
    { ...making('b', 'a'), action: { run: [['talosctl', 'health']] }, check: { command: ['kubectl', 'get', 'nodes'] } },
    { ...making('c', 'a'), action: { run: [['./own-program']] } },
    { ...making('d', 'a'), action: { terraform: 'hypervisors' } },
    { ...making('e', 'a'), check: { command: ['sh', '-c', `! said=$(pvesh get | jq -e 'all(.[]; .a | not)') && sort -u`] } },
  ]);
  expect(await app.ashlar('up')).toMatchObject({
    code: 1,
    said: 'error [start-up] this machine has no ./own-program (for lab/c:make), no jq (for lab/e:make), no kubectl (for lab/b:make), no pvesh (for lab/e:make), no sh (for lab/a:make), no sort (for lab/e:make), no talosctl (for lab/b:make), no terraform (for lab/d:make), no touch (for lab/a:make); install what is missing; nothing was started (RUN_PROGRAM_MISSING)\n',
  });
  expect(app.has('.ashlar')).toBe(false);
});

test('secrets that are missing are told at once, those of states too', async () => {
  app.program('terraform', 'exit 1');
  state('hypervisors', ['proxmox_api_token', 'region_key']);
  app.environment.TF_VAR_given = 'given';
  app.plan([
    making('a'),
    { ...making('b', 'a'), secrets: ['terraform:var.etcd_key', 'terraform:var.given', 'openbao:kv/a#b'] },
    { ...making('c', 'a'), action: { terraform: 'hypervisors' }, secrets: ['terraform:var.proxmox_api_token'] },
    { ...making('d', 'a'), action: { byHand: 'Type the password' }, secrets: ['terraform:var.typed_by_a_person'] },
  ]);
  expect(await app.ashlar('up')).toMatchObject({
    code: 1,
    said: 'error [start-up] the environment has no TF_VAR_etcd_key (for lab/b:make), no TF_VAR_proxmox_api_token (for lab/c:make), no TF_VAR_region_key (for lab/c:make); set them from where the secrets are kept; nothing was started (RUN_SECRET_MISSING)\n',
  });
  expect(app.has('.ashlar')).toBe(false);
});

test('a state that is not in the output is told before anything is done', async () => {
  app.program('terraform', 'exit 1');
  app.plan([making('a'), { ...making('b', 'a'), action: { terraform: 'hypervisors' } }]);
  expect((await app.ashlar('up')).said).toBe(
    `error [hypervisors] ${app.folder}/out/terraform/hypervisors/cdk.tf.json is missing or is not JSON; synthesize again: npm run synth (TERRAFORM_OUTPUT)\n`,
  );
  expect(app.has('done')).toBe(false);
});

test('steps that are named on the command line are there, and a person can say that they are done', async () => {
  app.plan([making('a'), { id: 'lab/b:look', check: { ask: 'Is it green?' } }]);
  expect((await app.ashlar('up', '--done', 'lab/c:look')).said).toBe(
    'error [start-up] there is no such step, got "lab/c:look"; --dry-run shows them all (RUN_STEP_UNKNOWN)\n',
  );
  expect((await app.ashlar('up', '--consent', 'a')).said).toBe(
    'error [start-up] there is no such step, got "a"; --dry-run shows them all (RUN_STEP_UNKNOWN)\n',
  );
  expect((await app.ashlar('up', '--done', 'lab/a:make')).said).toBe(
    'error [start-up] lab/a:make is done when its check says so, and not when somebody does; leave --done away for it (RUN_STEP_CHECKED)\n',
  );
  expect((await app.ashlar('up', '--jobs', '0')).said).toBe(
    "error: option '--jobs <number>' argument '0' is invalid. It is a whole number from 1 to 99.\n",
  );
  expect(app.has('done')).toBe(false);
});
