import { Check, Claims, ConfigError, pathOf, type Secret, vacant } from '@ashlar/core';
import { ProxmoxPoolResource } from '@ashlar/provider-proxmox';
import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { providerOf } from '../cluster-provider';
import { literal } from '../firewall-rules';
import { ProxmoxCluster } from '../proxmox-cluster';
import { TENANT } from './tenant-of';

export interface ProxmoxTenantProps {
  /** Cluster whose guests these are. Its own state is applied first: it holds storages, images, templates and this tenant's pool. */
  readonly cluster: ProxmoxCluster;
  /** API token of the tenant, in a sensitive Terraform variable; one that may do no more than its pool needs. */
  readonly apiToken: Secret;
  /** User for SSH to the nodes, by which snippets are uploaded; the API cannot. @default `root` */
  readonly sshUser?: string;
}

/**
 * Guests of a cluster in a Terraform state of their own, and in a resource pool of their own: they come up and go down
 * without a look at anybody else's. Its id is the name of the pool.
 *
 * Nodes, storages, VM ids and the firewall of the cluster are the same for all of its tenants.
 *
 * @see https://pve.proxmox.com/wiki/User_Management#pveum_pools
 */
export class ProxmoxTenant extends Construct {
  public readonly cluster: ProxmoxCluster;
  /** Name of the resource pool that its guests are in. */
  public readonly pool: string;

  /** @throws TENANT_STATE, TENANT_NAME */
  constructor(scope: Construct, id: string, props: ProxmoxTenantProps) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, TENANT, { value: true });
    const check = new Check(this);
    check.known(props, ['cluster', 'apiToken', 'sshUser']);
    this.pool = check.label('the name of a tenant', id);
    this.cluster = check.instance('cluster', props.cluster, { name: 'ProxmoxCluster', is: ProxmoxCluster.isProxmoxCluster }, 'pve');
    ownState(this);
    Claims.of(this.cluster).claim(`pool of ${pathOf(this.cluster)}`, id, this, holder => {
      return new ConfigError(this, 'TENANT_NAME', `the pool ${id} is already that of ${pathOf(holder)}`, { fix: 'choose another id' });
    });
    providerOf(this, this.cluster, { apiToken: props.apiToken, sshUser: props.sshUser });
    new ProxmoxPoolResource(this.cluster, `pool-${id}`, { poolId: id, comment: literal(`managed by Ashlar: ${pathOf(this)}`) });
  }
}

/** @throws TENANT_STATE */
function ownState(tenant: ProxmoxTenant): void {
  const stack = tenant.node.scopes.find(TerraformStack.isStack);
  const fix = 'give each tenant a TerraformWorkspace of its own, and create it with workspace.stack as scope';
  if (!stack) throw new ConfigError(tenant, 'TENANT_STATE', 'is in no Terraform state', { fix });
  const inside = (c: Construct) => ProxmoxCluster.isProxmoxCluster(c) || TENANT in c;
  const other = stack.node.findAll().find(c => c !== tenant && inside(c as Construct));
  if (other) throw new ConfigError(tenant, 'TENANT_STATE', `shares the state ${stack.node.id} with ${pathOf(other)}`, { fix });
}
