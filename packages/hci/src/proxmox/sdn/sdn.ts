import { ProxmoxSdnApplierResource } from '@ashlar/provider-proxmox';
import type { ITerraformDependable, TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import type { ProxmoxCluster } from '../proxmox-cluster';
import type { SdnSubnet } from './sdn-subnet';
import type { SdnVnet } from './sdn-vnet';
import type { SdnZone } from './sdn-zone';

/**
 * The software-defined networks of a cluster. Changes to them are pending until they are applied, which is done once, after all of them;
 * and once more after all of them are gone.
 */
export class Sdn extends Construct {
  /** That of a cluster; made with its first zone. */
  public static of(cluster: ProxmoxCluster): Sdn {
    return Sdn.find(cluster) ?? new Sdn(cluster);
  }

  public static find(cluster: ProxmoxCluster): Sdn | undefined {
    return cluster.node.tryFindChild(ID) as Sdn | undefined;
  }

  public readonly zones: SdnZone[] = [];
  public readonly vnets: SdnVnet[] = [];
  public readonly subnets: SdnSubnet[] = [];
  /** What guests on a vnet wait for. */
  public readonly applied: ITerraformDependable;
  /** What all of it waits for, so that it outlives it when everything is destroyed. */
  private readonly removed: ITerraformDependable;
  private readonly applier: ProxmoxSdnApplierResource;

  private constructor(cluster: ProxmoxCluster) {
    super(cluster, ID);
    this.removed = new ProxmoxSdnApplierResource(this, 'removed', { onCreate: false, onDestroy: true });
    this.applier = new ProxmoxSdnApplierResource(this, 'applied', { onCreate: true, onDestroy: false });
    this.applied = this.applier;
  }

  /** What a zone, a vnet or a subnet depends on, besides `others`. */
  public after(...others: readonly ITerraformDependable[]): ITerraformDependable[] {
    return [this.removed, ...others];
  }

  /** Applies `resource` with the others: after it was made, and again when it changes. */
  public apply(resource: TerraformResource): void {
    const changes = [...(this.applier.lifecycle?.replaceTriggeredBy ?? []), addressOf(resource)].map(String).sort();
    this.applier.lifecycle = { replaceTriggeredBy: changes };
    this.applier.dependsOn = [...changes];
  }
}

const ID = 'sdn';

/** Its address as Terraform wants it in a lifecycle: the engine would write an interpolation, which Terraform refuses there. */
function addressOf(resource: TerraformResource): string {
  return `${resource.terraformResourceType}.${resource.friendlyUniqueId}`;
}
