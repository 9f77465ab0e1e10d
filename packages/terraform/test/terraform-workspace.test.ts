import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret, Site } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { Annotations, Aspects, LocalBackend, TerraformOutput, type TerraformStack } from 'cdktf';
import { secretVariable, TerraformWorkspace } from '../src';

const backend = (stack: TerraformStack) => new LocalBackend(stack, { path: 'terraform.tfstate' });

test('a workspace is one state, in a folder of its name', () => {
  const site = Testing.site();
  new TerraformWorkspace(site, 'vms', { backend });
  const { 'terraform/vms/cdk.tf.json': text = '' } = Testing.files(site);
  expect(JSON.parse(text).terraform.backend).toEqual({ local: { path: 'terraform.tfstate' } });
});

test('a backend is required', () => {
  expect(() => new TerraformWorkspace(Testing.site(), 'vms', {} as never)).toThrow(
    '[test/vms] a workspace needs a backend, got undefined; write backend: stack => new S3Backend(stack, { … }) (WORKSPACE_BACKEND)',
  );
});

test('a state on an absolute path of this machine is refused', () => {
  const local = (stack: TerraformStack) => new LocalBackend(stack, { path: '/home/me/terraform.tfstate' });
  expect(() => new TerraformWorkspace(Testing.site(), 'vms', { backend: local })).toThrow(
    "[test/vms] the local backend has an absolute path, which is of this machine; write new LocalBackend(stack, { path: 'terraform.tfstate' }), or a remote backend (WORKSPACE_BACKEND)",
  );
});

test('two workspaces of one name are refused, with both named', () => {
  const site = Testing.site();
  const first = new TerraformWorkspace(site, 'vms', { backend });
  expect(() => new TerraformWorkspace(first, 'vms', { backend })).toThrow(
    '[test/vms/vms] the name vms is already that of test/vms, and two states cannot share a folder; choose another id (WORKSPACE_TAKEN)',
  );
});

test('the site is found from inside the engine', () => {
  const site = Testing.site();
  const { stack } = new TerraformWorkspace(site, 'vms', { backend });
  expect(Site.of(stack)).toBe(site);
});

test("an error annotation of another team's construct stops synthesis", () => {
  const site = Testing.site();
  const { stack } = new TerraformWorkspace(site, 'vms', { backend });
  Annotations.of(new TerraformOutput(stack, 'out', { value: 1 })).addError('no such region');
  expect(Testing.findings(site)).toEqual(['error [test/vms/out] no such region (TERRAFORM_ANNOTATION)']);
});

test('aspects are applied before the site is checked', () => {
  const site = Testing.site();
  const { stack } = new TerraformWorkspace(site, 'vms', { backend });
  new TerraformOutput(stack, 'out', { value: 1 });
  Aspects.of(stack).add({ visit: c => TerraformOutput.isTerraformOutput(c) && c.addOverride('description', 'by aspect') });
  expect(Testing.files(site)['terraform/vms/cdk.tf.json']).toContain('"description": "by aspect"');
});

test('a secret becomes one sensitive variable, however often it is used', () => {
  const site = Testing.site();
  const { stack } = new TerraformWorkspace(site, 'vms', { backend });
  const token = Secret.fromTerraformVariable('k3s_token');
  new TerraformOutput(stack, 'a', { value: secretVariable(stack, token), sensitive: true });
  new TerraformOutput(stack, 'b', { value: secretVariable(stack, token), sensitive: true });
  const rendered = JSON.parse(Testing.files(site)['terraform/vms/cdk.tf.json'] as string);
  expect(rendered.variable).toEqual({ k3s_token: { nullable: false, sensitive: true, type: 'string' } });
  expect(rendered.output.a.value).toBe('${var.k3s_token}');
});

test('a secret that Terraform does not read is refused', () => {
  const { stack } = new TerraformWorkspace(Testing.site(), 'vms', { backend });
  expect(() => secretVariable(stack, Secret.fromOpenBao('kv/k3s', 'token'))).toThrow(
    `[test/vms] Terraform reads secrets from sensitive variables only, got "openbao:kv/k3s#token"; write Secret.fromTerraformVariable('name'), and set TF_VAR_name from where it is kept (SECRET_KIND)`,
  );
});

test('with CDKTF_OUTDIR set, the layout is that of cdktf, and nothing else is written', () => {
  const site = Testing.site();
  new TerraformWorkspace(site, 'vms', { backend });
  const outdir = mkdtempSync(join(tmpdir(), 'cdktf-out-'));
  process.env.CDKTF_OUTDIR = outdir;
  try {
    site.synth(join(outdir, 'unused'));
  } finally {
    delete process.env.CDKTF_OUTDIR;
  }
  expect(JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8')).stacks.vms.synthesizedStackPath).toBe('stacks/vms/cdk.tf.json');
  expect(readFileSync(join(outdir, 'stacks/vms/cdk.tf.json'), 'utf8')).toBe(Testing.files(site)['terraform/vms/cdk.tf.json']);
  expect(existsSync(join(outdir, 'unused'))).toBe(false);
});
