import {
  type Depiction,
  type IAddressed,
  type IVlan,
  isAddressed,
  isConsumer,
  isDepicted,
  isPlaced,
  isProvider,
  isVlan,
  type Placement,
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
