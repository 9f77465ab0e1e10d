import { Check, Claims, ConfigError, pathOf, type Secret, vacant } from '@ashlar/core';
import { ProxmoxPoolResource } from '@ashlar/provider-proxmox';
import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { TENANT } from '../cluster-of';
import { providerOf } from '../cluster-provider';
import { literal } from '../firewall-rules';
import { ImageStore } from '../guests/image-store';
import { ApplyNeeds } from '../lifecycle/apply-needs';
import { ProxmoxCluster } from '../proxmox-cluster';

export interface ProxmoxTenantProps {
  /** Cluster whose guests these are. Its own state is applied first: it holds storages, this tenant's pool, and images unless `ownImages`. */
  readonly cluster: ProxmoxCluster;
  /** API token of the tenant, in a sensitive Terraform variable; one that may do no more than its pool needs. */
  readonly apiToken: Secret;
  /**
   * Whether what its guests and templates are made from is downloaded in its own state, and not in that of the cluster: for guests that come
   * up after the gateway which leads to those downloads. @default false
   */
  readonly ownImages?: boolean;
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
  /** Files that nodes download for its guests. */
  public readonly images: ImageStore;

  /** @throws TENANT_STATE, TENANT_NAME */
  constructor(scope: Construct, id: string, props: ProxmoxTenantProps) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, TENANT, { value: true });
    const check = new Check(this);
    check.known(props, ['cluster', 'apiToken', 'ownImages', 'sshUser']);
    this.pool = check.label('the name of a tenant', id);
    this.cluster = check.instance('cluster', props.cluster, { name: 'ProxmoxCluster', is: ProxmoxCluster.isProxmoxCluster }, 'pve');
    ownState(this);
    const ownImages = check.boolean('ownImages', props.ownImages ?? false);
    this.images = ownImages ? new ImageStore(this, this.cluster) : this.cluster.images;
    Claims.of(this.cluster).claim(`pool of ${pathOf(this.cluster)}`, id, this, holder => {
      return new ConfigError(this, 'TENANT_NAME', `the pool ${id} is already that of ${pathOf(holder)}`, { fix: 'choose another id' });
    });
    new ApplyNeeds(this, this.cluster, ownImages ? this.images : undefined);
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
