import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { describeWith, filesBelow, ROOT, tool } from '../tool';
import { Verdict } from '../verdict';

const APP = join(ROOT, 'apps/optiplex-cloud');

describeWith(['cdktf', 'cdk8s'], 'command lines of both engines', () => {
  const verdict = new Verdict('cdk8s-cli and cdktf-cli, synth');
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'clis-'));
    for (const file of ['lib', 'cdktf.json', 'cdk8s.yaml', 'ledger.json', 'package.json'])
      cpSync(join(APP, file), join(folder, file), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const run = (binary: string, ...args: string[]) => {
    const path = `${dirname(process.execPath)}:${dirname(spawnSync('sh', ['-c', 'command -v terraform']).stdout.toString().trim() || '/nowhere')}:/usr/bin:/bin`;
    const env = { PATH: path, HOME: folder, CI: '1', CHECKPOINT_DISABLE: '1', DISABLE_VERSION_CHECK: '1', FORCE_COLOR: '0' };
    const done = spawnSync(process.execPath, [tool(binary) as string, ...args], { cwd: folder, env, encoding: 'utf8', timeout: 240_000 });
    return { status: done.status, told: done.stdout + done.stderr };
  };
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
    const own = readFileSync(join(APP, 'out/terraform/hypervisors/cdk.tf.json'), 'utf8');
    expect(readFileSync(join(folder, 'cdktf.out/stacks/hypervisors/cdk.tf.json'), 'utf8')).toBe(own);
    verdict.took(1);
  });

  test('cdktf diff gets as far as terraform, which asks for the provider and the state', () => {
    const { status, told } = run('cdktf', 'diff', 'hypervisors');
    expect(status).not.toBe(0);
    expect(told).toMatch(/terraform init|Initializing the backend|bpg\/proxmox|S3|backend/);
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
