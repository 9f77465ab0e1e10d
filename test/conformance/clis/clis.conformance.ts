import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { ReplayedProviders } from '../terraform/replayed-providers';
import { describeWith, filesBelow, ROOT, tool } from '../tool';
import { Verdict } from '../verdict';

const APP = join(ROOT, 'apps/optiplex-cloud');

describeWith(['cdktf', 'cdk8s', 'tofu', 'terraform-provider-replay', 'shared'], 'command lines of both engines', () => {
  const verdict = new Verdict('cdk8s-cli and cdktf-cli, synth');
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'clis-'));
    for (const file of ['lib', 'cdktf.json', 'cdk8s.yaml', 'ledger.json', 'package.json'])
      cpSync(join(APP, file), join(folder, file), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  // The environment is built from nothing, and a proxy that is none keeps everything on this machine.
  const environment = () => ({
    PATH: `${dirname(process.execPath)}:/usr/bin:/bin`,
    HOME: folder,
    CI: '1',
    CHECKPOINT_DISABLE: '1',
    DISABLE_VERSION_CHECK: '1',
    FORCE_COLOR: '0',
    HTTPS_PROXY: 'http://127.0.0.1:9',
    TERRAFORM_BINARY_NAME: tool('tofu'),
  });
  const runWith = (settings: Record<string, string>, binary: string, ...args: string[]) => {
    const env = { ...environment(), ...settings };
    const done = spawnSync(process.execPath, [tool(binary) as string, ...args], { cwd: folder, env, encoding: 'utf8', timeout: 240_000 });
    return { status: done.status, told: done.stdout + done.stderr };
  };
  const run = (binary: string, ...args: string[]) => runWith({}, binary, ...args);
  const tree = (at: string, below: string) =>
    Object.fromEntries(filesBelow(join(at, below), () => true).map(file => [relative(join(at, below), file), readFileSync(file, 'utf8')]));

  test('cdk8s synth gives the manifests of our own synthesis', () => {
    const { status, told } = run('cdk8s', 'synth', '--no-check-upgrade', '--output', 'dist');
    expect({ status, told }).toMatchObject({ status: 0 });
    const own = tree(APP, 'out/kubernetes');
    expect(Object.keys(own).length).toBeGreaterThan(20);
    expect(tree(folder, 'dist')).toEqual(own);
    verdict.took(1);
  });

  test('cdktf synth gives the Terraform configuration of our own synthesis', () => {
    const { status, told } = run('cdktf', 'synth');
    expect({ status, told }).toMatchObject({ status: 0 });
    const own = tree(APP, 'out/terraform');
    expect(Object.keys(own)).not.toEqual([]);
    expect(tree(folder, 'cdktf.out/stacks')).toEqual(own);
    verdict.took(1);
  });

  describe('cdktf diff', () => {
    /** What `cdktf synth` wrote, with the state in its folder: the backend of the app is another machine. */
    const synthesized = (): string => {
      expect(run('cdktf', 'synth')).toMatchObject({ status: 0 });
      const stack = join(folder, 'cdktf.out/stacks/hypervisors');
      const override = { terraform: { backend: { local: { path: 'terraform.tfstate' } } } };
      writeFileSync(join(stack, 'state_override.tf.json'), JSON.stringify(override));
      return stack;
    };
    const diff = (settings: Record<string, string>) =>
      runWith(settings, 'cdktf', 'diff', 'hypervisors', '--skip-synth', '--skip-provider-lock');

    test('plans every resource, with a provider that replays the real schema', () => {
      const { resource, variable } = JSON.parse(readFileSync(join(synthesized(), 'cdk.tf.json'), 'utf8')) as Record<string, object>;
      const count = Object.values(resource as object).flatMap(byName => Object.keys(byName)).length;
      expect(count).toBeGreaterThan(0);
      // Of the form that the provider asks of its token.
      const values = Object.keys(variable ?? {}).map(name => [`TF_VAR_${name}`, 'root@pam!x=00000000-0000-0000-0000-000000000000']);
      const providers = new ReplayedProviders();
      try {
        const { status, told } = diff({ ...providers.environment, ...Object.fromEntries(values) });
        expect({ status, told }).toMatchObject({
          status: 0,
          told: expect.stringContaining(`Plan: ${count} to add, 0 to change, 0 to destroy.`),
        });
      } finally {
        providers.remove();
      }
      verdict.took(1);
    });

    test('broken: asks for the provider where there is none', () => {
      synthesized();
      const settings = join(folder, 'settings.tfrc');
      mkdirSync(join(folder, 'nothing'));
      writeFileSync(
        settings,
        `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(join(folder, 'nothing'))}\n  }\n}\n`,
      );
      const { status, told } = diff({ TF_CLI_CONFIG_FILE: settings });
      verdict.sawBroken(status !== 0);
      expect(status).not.toBe(0);
      // The terminal's width breaks the sentence.
      expect(told.replace(/\s+/g, ' ')).toMatch(/provider registry\.\S+\/bpg\/proxmox was not found/);
    });
  });

  test('broken: a program that finds a fault makes both fail', () => {
    const main = join(folder, 'lib/main.js');
    writeFileSync(main, readFileSync(main, 'utf8').replace('tag: 20', 'tag: 4095'));
    for (const [binary, ...args] of [
      ['cdk8s', 'synth', '--no-check-upgrade'],
      ['cdktf', 'synth'],
    ] as [string, ...string[]][]) {
      const { status, told } = run(binary, ...args);
      verdict.sawBroken(status !== 0);
      expect(status).not.toBe(0);
      expect(told).toContain('tag must be from 1 to 4094, got 4095');
    }
  });
});
