import { type IVlan, isPlannedVlan, isServing, type Output, pathOf, type Site } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { byName } from '../by-name';
import { addressesOf, fqdnOf, isSegment } from '../readings';
import { AddressRange } from './address-range';
import { CLAIM_KINDS, type ClaimKind } from './claim-kinds';
import type { EnvironmentClaim, EnvironmentClaims } from './environment-claim';
import { renderedClaims } from './rendered-claims';
import { terraformClaims } from './terraform-claims';

const NAME = /^(?=.*[a-z])[a-z0-9*_-]+(\.[a-z0-9_-]+)+$/;
const KINDS = Object.keys(CLAIM_KINDS) as ClaimKind[];

/** Everything that a rendered site takes for itself: from the contracts of the model where there is one, else from the files. */
export function claimsOf(site: Site, output: Output): EnvironmentClaims {
  const { domain } = site;
  const all = [
    { kind: 'domain', value: domain, path: pathOf(site) } as const,
    ...site.findAll().flatMap(construct => [...nameClaims(construct), ...networkClaims(construct)]),
    ...terraformClaims(output),
    ...renderedClaims(output),
  ];
  // Two constructs of one environment may say the same, such as the nodes of one cluster: the first by path stands for both.
  const first = new Map<string, EnvironmentClaim>();
  for (const claim of all.filter(isSound)) {
    const key = `${claim.kind}\0${claim.at ?? ''}\0${claim.value}`;
    const other = first.get(key);
    if (!other || byName(claim.path, other.path) < 0) first.set(key, claim);
  }
  const claims = [...first.values()].sort(
    (a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || byName(a.at ?? '', b.at ?? '') || byName(a.value, b.value),
  );
  return { environment: site.node.id, claims };
}

function nameClaims(construct: IConstruct): EnvironmentClaim[] {
  const names = [fqdnOf(construct), ...(isServing(construct) ? construct.serves : [])];
  return names.flatMap(value => (value !== undefined && NAME.test(value) ? [{ kind: 'name', value, path: pathOf(construct) }] : []));
}

function networkClaims(construct: IConstruct): EnvironmentClaim[] {
  const path = pathOf(construct);
  if (!isSegment(construct)) {
    const elsewhere = addressesOf(construct).filter(({ vlan }) => isOutside(vlan));
    return elsewhere.map(({ ip }) => ({ kind: 'address', value: ip, path, outside: true }));
  }
  const outside = isOutside(construct) ? ({ outside: true } as const) : {};
  const pools = isPlannedVlan(construct) ? construct.pools : [];
  return [
    { kind: 'vlan tag', value: String(construct.tag), path, ...outside },
    ...construct.cidrs.map((value): EnvironmentClaim => ({ kind: 'segment', value, path, ...outside })),
    ...pools.flatMap(pool =>
      pool.ranges.map(({ first, last }): EnvironmentClaim => ({ kind: 'pool', value: `${first}-${last}`, path: pathOf(pool), ...outside })),
    ),
  ];
}

function isOutside(vlan: IVlan): boolean {
  return isPlannedVlan(vlan) && vlan.outside === true;
}

/** Values of engines may be tokens, which are known when Terraform runs. */
function isSound({ kind, value }: EnvironmentClaim): boolean {
  return CLAIM_KINDS[kind].compared === 'equal' ? !value.includes('${') : AddressRange.parse(value) !== undefined;
}
