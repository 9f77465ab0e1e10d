import { ConfigError, ownerOf, type Version } from '@ashlar/core';
import {
  TalosClientConfigurationData,
  TalosMachineBootstrapResource,
  TalosMachineConfigurationApplyResource,
  TalosMachineConfigurationData,
  TalosMachineSecretsResource,
  TalosProvider,
} from '@ashlar/provider-talos';
import type { TerraformWorkspace } from '@ashlar/terraform';
import { Lazy, TerraformResource } from 'cdktf';
import { privateFile, type TalosTarget } from './talos-commands';
import type { TalosMember } from './talos-member';
import { plain } from './talos-releases';

export interface TalosWorkspaceProps extends TalosTarget {
  readonly talos: Version;
  /** The patch of a member, without secrets. */
  patchOf(member: TalosMember): string;
}

/**
 * Makes a cluster by a Terraform state, which also keeps its secrets: it must be encrypted where it is stored. The state configures the
 * machines one after the other, and begins etcd on the first; a file beside the output lets `talosctl` in.
 * @see https://registry.terraform.io/providers/siderolabs/talos/latest/docs
 */
export function defineInWorkspace({ stack }: TerraformWorkspace, props: TalosWorkspaceProps): void {
  const { cluster, endpoint, members } = props;
  const { name } = cluster;
  const talosVersion = String(props.talos);
  if (stack.node.tryFindChild('talos') === undefined) new TalosProvider(stack, 'talos');
  const secrets = new TalosMachineSecretsResource(stack, `${name}-secrets`, { talosVersion, lifecycle: { preventDestroy: true } });
  const { clientConfiguration, machineSecrets } = secrets;

  let last: TalosMachineConfigurationApplyResource | undefined;
  for (const member of members) {
    const { node, address } = member;
    const configuration = new TalosMachineConfigurationData(stack, `${name}-${node.hostName}`, {
      clusterName: name,
      clusterEndpoint: endpoint.url,
      machineType: member.controlPlane ? 'controlplane' : 'worker',
      machineSecrets,
      talosVersion,
      kubernetesVersion: plain(cluster.version),
      configPatches: [Lazy.stringValue({ produce: () => props.patchOf(member) })],
      docs: false,
      examples: false,
    });
    last = new TalosMachineConfigurationApplyResource(stack, `${name}-${node.hostName}-apply`, {
      clientConfiguration,
      machineConfigurationInput: configuration.machineConfiguration,
      node: address.ip,
      endpoint: address.ip,
      ...(last && { dependsOn: [last] }),
    });
  }
  const [first] = members as [TalosMember];
  const client = new TalosClientConfigurationData(stack, `${name}-client`, {
    clusterName: name,
    clientConfiguration,
    endpoints: members.filter(({ controlPlane }) => controlPlane).map(({ address }) => address.ip),
  });
  new TalosMachineBootstrapResource(stack, `${name}-bootstrap`, {
    clientConfiguration,
    node: first.address.ip,
    endpoint: first.address.ip,
    ...(last && { dependsOn: [last] }),
  });
  writeClient(stack, name, client.talosConfig);
}

/** Says of the state that it comes after the machines that others make. */
export function startAfterMachines(workspace: TerraformWorkspace, members: readonly TalosMember[]): void {
  for (const { node } of members) if (ownerOf(node) !== workspace) workspace.startAfter(node, 'the machine that it configures');
}

/** @throws TALOS_SECRETS always */
export function requireWorkspace(cluster: TalosTarget['cluster'], given: unknown): never {
  throw new ConfigError(cluster, 'TALOS_SECRETS', 'secrets is neither a bundle of talosctl, kept by SOPS, nor a Terraform workspace', {
    got: given,
    fix: "write Secret.fromSops('secrets/talos.yaml', 'bundle'), or pass the TerraformWorkspace that makes them",
    see: 'https://docs.siderolabs.com/talos/v1.13/reference/cli#talosctl-gen-secrets',
  });
}

/** @see https://github.com/hashicorp/terraform-provider-local/releases */
const LOCAL = '2.5.3';

/** The credentials of a client, as a file that only its owner reads. @see https://registry.terraform.io/providers/hashicorp/local/latest/docs/resources/sensitive_file */
function writeClient(stack: TerraformWorkspace['stack'], cluster: string, content: string): void {
  stack.addOverride('terraform.required_providers.local', { source: 'hashicorp/local', version: LOCAL });
  const file = new TerraformResource(stack, `${cluster}-talosconfig`, {
    terraformResourceType: 'local_sensitive_file',
  });
  file.addOverride('content', content);
  // The state is run in `terraform/<name>` of the output.
  file.addOverride('filename', `\${path.module}/../../${privateFile(cluster, 'talosconfig')}`);
  file.addOverride('file_permission', '0600');
  file.addOverride('directory_permission', '0700');
}
