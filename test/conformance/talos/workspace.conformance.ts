import { Version } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { TerraformWorkspace as State } from '@ashlar/terraform';
import { LocalBackend } from 'cdktf';
import { lab } from '../../../packages/clusters/test/talos/lab';
import { type Configuration, resources } from '../terraform/configuration';
import { engines } from '../terraform/engine';
import { ReplayedProviders } from '../terraform/replayed-providers';
import { TerraformWorkspace } from '../terraform/terraform-workspace';
import { describeWith } from '../tool';
import { Verdict } from '../verdict';
import { RELEASES } from './talos-labs';

/** The state that makes a cluster, as it is committed. */
function configurationOf({ talos, kubernetes }: (typeof RELEASES)[number]): Configuration {
  const { site, talos: make } = lab(parts => ({
    talos: Version.of(talos),
    version: Version.of(kubernetes),
    secrets: new State(parts.site, 'talos', { backend: stack => new LocalBackend(stack, { path: 'talos.tfstate' }) }),
  }));
  make();
  return JSON.parse(Testing.files(site)['terraform/talos/cdk.tf.json'] as string);
}

/** Without the file that lets `talosctl` in: it is one of hashicorp/local, whose schema nobody here has. */
function withoutFile(configuration: Configuration): Configuration {
  const copy = structuredClone(configuration) as unknown as {
    resource: Record<string, unknown>;
    terraform: { required_providers: object };
  };
  delete copy.resource.local_sensitive_file;
  copy.terraform.required_providers = { talos: (copy.terraform.required_providers as { talos: object }).talos };
  return copy as unknown as Configuration;
}

describeWith(['terraform-provider-replay', 'shared'], 'Terraform state of a Talos cluster', () => {
  let providers: ReplayedProviders;
  let open: TerraformWorkspace[] = [];
  beforeAll(() => {
    providers = new ReplayedProviders();
  });
  afterEach(() => {
    for (const workspace of open) workspace.remove();
    open = [];
  });
  afterAll(() => providers?.remove());

  describe.each(engines().filter(({ program }) => program !== undefined))('$name', engine => {
    const verdict = new Verdict(`${engine.name}, siderolabs/talos replayed`);
    const opened = (configuration: Configuration) => {
      const workspace = new TerraformWorkspace(engine, providers, configuration);
      open.push(workspace);
      return workspace;
    };

    test.each(RELEASES)('takes and plans the cluster of Talos $minor', async release => {
      const configuration = withoutFile(configurationOf(release));
      const workspace = opened(configuration);
      expect(await workspace.init()).toMatchObject({ code: 0 });
      expect(await workspace.validate()).toEqual({ code: 0, output: '' });
      expect(await workspace.plan()).toMatchObject({ code: 2 });
      const changes = await workspace.changes();
      const count = resources(configuration).length;
      verdict.took(count, count - changes.filter(({ actions }) => actions.join() === 'create').length);
      expect(changes.filter(({ actions }) => actions.join() === 'create')).toHaveLength(count);
    });

    test.each<[title: string, type: string, change: object]>([
      ['a machine without address', 'talos_machine_configuration_apply', { node: undefined }],
      ['a misspelt argument', 'talos_machine_bootstrap', { nodes: ['10.20.0.11'] }],
      ['secrets of a version that is a number list', 'talos_machine_secrets', { talos_version: [1, 13] }],
    ])('refuses %s', async (_, type, change) => {
      const configuration = structuredClone(withoutFile(configurationOf(RELEASES[1]))) as unknown as {
        resource: Record<string, Record<string, object>>;
      };
      const [resource] = Object.values(configuration.resource[type] ?? {});
      Object.assign(resource as object, change);
      const workspace = opened(configuration as unknown as Configuration);
      expect(await workspace.init()).toMatchObject({ code: 0 });
      const answer = await workspace.validate();
      verdict.sawBroken(answer.code !== 0);
      expect(answer).toMatchObject({ code: 1, output: expect.stringContaining('error') });
    });
  });
});

test('a state holds no secret, only references to what makes them', () => {
  const text = JSON.stringify(configurationOf(RELEASES[1]));
  expect(text).toContain('${talos_machine_secrets.prod-secrets.machine_secrets}');
  expect(text).not.toMatch(/BEGIN|PRIVATE KEY/);
});
