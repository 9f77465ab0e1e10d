import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chosenDevelopers, readSandboxIndex } from '../src/dev/sandbox-index';
import { Terraform } from '../src/terraform/terraform';
import { WorkspaceFolder } from '../src/terraform/workspace-folder';

const sandbox = { workspace: 'dev', machines: [] };
const INDEX = { shared: ['commons'], developers: { alice: sandbox, bob: sandbox } };
let out: string;
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'sandbox-index-'));
});
afterEach(() => rmSync(out, { recursive: true }));

test('developers are named, or all are meant', () => {
  expect(chosenDevelopers(INDEX, ['bob', 'bob'], false)).toEqual(['bob']);
  expect(chosenDevelopers(INDEX, [], true)).toEqual(['alice', 'bob']);
  expect(() => chosenDevelopers(INDEX, [], false)).toThrow(
    '[sandboxes] names no developer; write one of alice, bob, or --all (SANDBOX_CHOICE)',
  );
  expect(() => chosenDevelopers(INDEX, ['bob'], true)).toThrow(
    '[sandboxes] names developers and --all; write one of alice, bob, or --all (SANDBOX_CHOICE)',
  );
  expect(() => chosenDevelopers(INDEX, ['carl'], false)).toThrow(
    '[sandboxes] there is no such developer, got "carl"; use one of alice, bob, or add the name to the file of developers and synthesize (SANDBOX_UNKNOWN)',
  );
});

test('an index that is missing or is something else is refused', () => {
  expect(() => readSandboxIndex(out)).toThrow(
    `[sandboxes] there is no ${out}/sandboxes.json; synthesize an environment with DeveloperSandboxes first: npm run synth (SANDBOX_INDEX)`,
  );
  for (const text of ['{', '{}', '[]', '{"shared":[],"developers":null}']) {
    writeFileSync(join(out, 'sandboxes.json'), text);
    expect(() => readSandboxIndex(out)).toThrow(
      `[sandboxes] ${out}/sandboxes.json is not an index of sandboxes; synthesize again: npm run synth (SANDBOX_INDEX)`,
    );
  }
});

test('a state that is not in the output is refused', () => {
  expect(() => new WorkspaceFolder(out, 'dev-alice')).toThrow(
    `[dev-alice] ${out}/terraform/dev-alice/cdk.tf.json is missing or is not JSON; synthesize again: npm run synth (TERRAFORM_OUTPUT)`,
  );
});

test('a machine without terraform is told how to get it', () => {
  expect(() => Terraform.program({ PATH: out })).toThrow(
    '[terraform] terraform or tofu is not installed; install it, or set TERRAFORM_BINARY_NAME to its path, see https://developer.hashicorp.com/terraform/install (TERRAFORM_MISSING)',
  );
  expect(() => Terraform.program({ PATH: out, TERRAFORM_BINARY_NAME: 'tofu' })).toThrow('[terraform] tofu is not installed;');
  writeFileSync(join(out, 'tofu'), '', { mode: 0o755 });
  expect(Terraform.program({ PATH: out })).toBe(join(out, 'tofu'));
});
