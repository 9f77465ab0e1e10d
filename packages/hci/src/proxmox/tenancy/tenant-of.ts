import type { ITerraformDependable } from 'cdktf';
import { TerraformStack } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { clusterOf, TENANT } from '../cluster-of';
import type { ImageStore } from '../guests/image-store';
import type { ProxmoxTenant } from './proxmox-tenant';

/** The tenant that a construct was created in, if any. */
export function tenantOf(construct: IConstruct): ProxmoxTenant | undefined {
  for (let at = construct.node.scope; at; at = at.node.scope) if (TENANT in at) return at as IConstruct as ProxmoxTenant;
  return undefined;
}

/** Files that nodes download for what is made from them in a cluster or in its tenant. */
export function imagesOf(construct: IConstruct): ImageStore {
  return (tenantOf(construct) ?? clusterOf(construct)).images;
}

/** Those that are in the state of `construct`. What a tenant stands on besides is in the state of the cluster, which is applied first. */
export function inOwnState(construct: Construct, resources: readonly ITerraformDependable[]): ITerraformDependable[] {
  const stack = TerraformStack.of(construct);
  return resources.filter(resource => !Construct.isConstruct(resource) || TerraformStack.of(resource) === stack);
}
