import { DefaultTokenResolver, StringConcat, TerraformStack, Tokenization } from 'cdktf';
import { Construct } from 'constructs';
import {
  TalosClusterKubeconfigResource,
  TalosImageFactoryUrlsData,
  TalosMachineBootstrapResource,
  TalosMachineConfigurationApplyResource,
  TalosMachineConfigurationData,
  TalosMachineSecretsResource,
  TalosProvider,
} from '../src';

const stack = () => new TerraformStack(new Construct(undefined as unknown as Construct, ''), 'metal');
const resolved = <T>(scope: TerraformStack, value: T): T =>
  Tokenization.resolve(value, { scope, resolver: new DefaultTokenResolver(new StringConcat()) });
const untyped = (type: unknown, props: unknown) => () => new (type as new (...args: unknown[]) => unknown)(stack(), 'talos', props);

test('the secrets of a cluster go from one resource to the next as references, and are never in the configuration', () => {
  const s = stack();
  new TalosProvider(s, 'talos');
  const secrets = new TalosMachineSecretsResource(s, 'secrets', { talosVersion: 'v1.12.4' });
  const configuration = new TalosMachineConfigurationData(s, 'configuration', {
    clusterName: 'media',
    clusterEndpoint: 'https://192.0.2.10:6443',
    machineType: 'controlplane',
    machineSecrets: secrets.machineSecrets,
    talosVersion: 'v1.12.4',
  });
  const apply = new TalosMachineConfigurationApplyResource(s, 'apply', {
    clientConfiguration: secrets.clientConfiguration,
    machineConfigurationInput: configuration.machineConfiguration,
    node: '192.0.2.11',
  });
  const bootstrap = new TalosMachineBootstrapResource(s, 'bootstrap', {
    clientConfiguration: secrets.clientConfiguration,
    node: '192.0.2.11',
    dependsOn: [apply],
  });
  const kubeconfig = new TalosClusterKubeconfigResource(s, 'kubeconfig', {
    clientConfiguration: secrets.clientConfiguration,
    node: '192.0.2.11',
    dependsOn: [bootstrap],
  });
  const rendered = resolved(s, { ...configuration.toTerraform(), ...apply.toTerraform() });
  expect(rendered).toMatchObject({
    data: {
      talos_machine_configuration: {
        configuration: {
          cluster_endpoint: 'https://192.0.2.10:6443',
          cluster_name: 'media',
          machine_secrets: '${talos_machine_secrets.secrets.machine_secrets}',
          machine_type: 'controlplane',
          talos_version: 'v1.12.4',
        },
      },
    },
    resource: {
      talos_machine_configuration_apply: {
        apply: {
          client_configuration: '${talos_machine_secrets.secrets.client_configuration}',
          machine_configuration_input: '${data.talos_machine_configuration.configuration.machine_configuration}',
          node: '192.0.2.11',
        },
      },
    },
  });
  expect(resolved(s, kubeconfig.kubeconfigRaw)).toBe('${talos_cluster_kubeconfig.kubeconfig.kubeconfig_raw}');
  expect(resolved(s, bootstrap.toTerraform())).toMatchObject({
    resource: { talos_machine_bootstrap: { bootstrap: { depends_on: ['talos_machine_configuration_apply.apply'] } } },
  });
});

test('the provider is pinned to the version of the lock', () => {
  expect(new TalosProvider(stack(), 'talos').toTerraform()).toEqual({
    terraform: { required_providers: { talos: { source: 'siderolabs/talos', version: '0.12.0-alpha.5' } } },
    provider: { talos: [{}] },
  });
});

test('a data source says what is wrong with its props, with the page that tells more', () => {
  expect(untyped(TalosImageFactoryUrlsData, { talosVersion: 'v1.12.4' })).toThrow(
    '[metal/talos] schematicId is missing; set it to a string, see https://registry.terraform.io/providers/siderolabs/talos/0.12.0-alpha.5/docs/data-sources/image_factory_urls (TALOS_MISSING_KEY)',
  );
  expect(untyped(TalosImageFactoryUrlsData, { talosVersion: 'v1.12.4', schematicId: 'a', urls: {} })).toThrow(
    '[metal/talos] urls is set by the provider, got an object with no keys; leave it out, and read it from the construct where it is needed (TALOS_COMPUTED_KEY)',
  );
  expect(untyped(TalosMachineConfigurationData, { clusterNam: 'media' })).toThrow(
    '[metal/talos] TalosMachineConfigurationData has no key clusterNam, got "media"; did you mean clusterName? (TALOS_UNKNOWN_KEY)',
  );
});

test('a data source takes no provisioner, because it makes nothing', () => {
  expect(untyped(TalosImageFactoryUrlsData, { talosVersion: 'v1.12.4', schematicId: 'a', provisioners: [] })).toThrow(
    '[metal/talos] TalosImageFactoryUrlsData has no key provisioners, got []; its keys are architecture, platform, sbc, schematicId, talosVersion, see https://registry.terraform.io/providers/siderolabs/talos/0.12.0-alpha.5/docs/data-sources/image_factory_urls (TALOS_UNKNOWN_KEY)',
  );
  expect(untyped(TalosImageFactoryUrlsData, { talosVersion: 'v1.12.4', schematicId: 'a', dependsOn: 'x' })).toThrow(
    '[metal/talos] dependsOn must be a list of constructs, got "x"; put it into a list (TALOS_WRONG_TYPE)',
  );
});

test('HCL output of a data source is refused, since it would be empty', () => {
  const urls = new TalosImageFactoryUrlsData(stack(), 'urls', { talosVersion: 'v1.12.4', schematicId: 'a' });
  expect(() => urls.toHclTerraform()).toThrow(
    '[metal/urls] these bindings render Terraform JSON only; unset SYNTH_HCL_OUTPUT (TALOS_NO_HCL)',
  );
});
