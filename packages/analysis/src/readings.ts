import {
  type BackupCoverage,
  type Depiction,
  type IAddressed,
  type IReplicated,
  type IVlan,
  isAddressed,
  isBackedUp,
  isConsumer,
  isDepicted,
  isPlaced,
  isProvider,
  isVlan,
  type Placement,
  type Replication,
  type Resources,
} from '@ashlar/core';
import type { IConstruct } from 'constructs';

// Classes of engines may have attributes with the name of a contract (an AWS load balancer has `addresses`), whose
// values are tokens. So what is read here has the form of the contract, or is not there.

export function depictionOf(construct: IConstruct): Depiction | undefined {
  if (!isDepicted(construct)) return undefined;
  const { depiction } = construct;
  return Array.isArray(depiction?.facts) && typeof depiction.label === 'string' ? depiction : undefined;
}

export function kindOf(construct: IConstruct): Depiction['kind'] | undefined {
  return depictionOf(construct)?.kind;
}

/** What pictures call it, or its id. */
export function labelOf(construct: IConstruct): string {
  return depictionOf(construct)?.label ?? construct.node.id;
}

export function placementOf(construct: IConstruct): Placement | undefined {
  if (!isPlaced(construct)) return undefined;
  const { placement } = construct;
  return Array.isArray(placement?.standsOn) ? placement : undefined;
}

export function addressesOf(construct: IConstruct): IAddressed['addresses'] {
  if (!isAddressed(construct)) return [];
  const { addresses } = construct;
  return Array.isArray(addresses) ? addresses.filter(a => typeof a === 'object' && a !== null && isSegment(a.vlan)) : [];
}

export function consumptionOf(construct: IConstruct): Resources {
  return isConsumer(construct) ? resources(construct.consumption) : {};
}

export function capacityOf(construct: IConstruct): Resources {
  return isProvider(construct) ? resources(construct.capacity) : {};
}

/** How the data of a construct is backed up, or why it is not; undefined when it holds none. */
export function backupOf(construct: IConstruct): BackupCoverage | undefined {
  if (!isBackedUp(construct)) return undefined;
  const { backup } = construct;
  return typeof backup === 'object' && backup !== null && ('waived' in backup || 'target' in backup) ? backup : undefined;
}

/** How a construct is copied to other hosts, if it is. */
export function replicationOf(construct: Partial<IReplicated>): Replication | undefined {
  const { replication } = construct;
  return typeof replication === 'object' && Array.isArray(replication.to) ? replication : undefined;
}

export function isSegment(construct: IConstruct): construct is IVlan {
  return isVlan(construct) && typeof construct.tag === 'number' && Array.isArray(construct.cidrs);
}

/** Name in DNS, of a construct that has one. */
export function fqdnOf(construct: IConstruct): string | undefined {
  return 'fqdn' in construct && typeof construct.fqdn === 'string' ? construct.fqdn : undefined;
}

function resources(given: Resources): Resources {
  return typeof given === 'object' && given !== null ? given : {};
}
