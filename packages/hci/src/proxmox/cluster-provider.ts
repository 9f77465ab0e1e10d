import { Check, Secret } from '@ashlar/core';
import { ProxmoxProvider } from '@ashlar/provider-proxmox';
import { secretVariable } from '@ashlar/terraform';
import type { Construct } from 'constructs';
import type { ProxmoxClusterProps } from './cluster-props';
import type { ProxmoxCluster } from './proxmox-cluster';

/** How Terraform reaches a cluster and its nodes. */
export type ProviderAccess = Pick<ProxmoxClusterProps, 'apiToken' | 'insecure' | 'sshUser' | 'sshPrivateKey'>;

/** Configures the provider of the state of `scope` for a cluster. */
export function providerOf(scope: Construct, cluster: ProxmoxCluster, access: ProviderAccess): void {
  const check = new Check(scope);
  const { apiToken, sshPrivateKey } = access;
  const token = check.instance('apiToken', apiToken, Secret, "Secret.fromTerraformVariable('proxmox_api_token')");
  new ProxmoxProvider(scope, 'provider', {
    endpoint: cluster.endpoint,
    apiToken: secretVariable(scope, token),
    insecure: check.boolean('insecure', access.insecure ?? false),
    ssh: {
      username: check.text('sshUser', access.sshUser ?? 'root', /^[a-z_][a-z0-9_-]*$/, 'a user name', 'root'),
      ...(sshPrivateKey === undefined ? { agent: true } : { privateKey: secretVariable(scope, sshPrivateKey) }),
      node: cluster.nodes.map(node => ({ name: node.name, address: node.address })),
    },
  });
}
