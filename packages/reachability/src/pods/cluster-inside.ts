import type { DeclaredEnd } from '../declaration';
import type { ClusterNetwork } from '../kubernetes/read-kubernetes';
import type { IntervalSet } from '../rule-chain';
import { addressesOf, FAMILIES, type Family, UNFORWARDED } from '../space/address-text';
import { setOf } from '../space/interval-set';

/** The addresses of a cluster as its policies see them. */
export interface ClusterInside {
  /** Families in which its pods have addresses. */
  readonly families: readonly Family[];
  /** Those that are never outside: of its pods, its services and of a host itself. */
  readonly addresses: Readonly<Record<Family, IntervalSet>>;
  /** Those of its machines, under which pods leave it; undefined when nobody said. */
  readonly machines: Readonly<Record<Family, IntervalSet>> | undefined;
}

/** @param ends pods of the cluster: where its nodes do not say their addresses, those under which its pods are seen outside will do */
export function insideOf({ pods = [], services = [], machines }: ClusterNetwork, ends: readonly DeclaredEnd[]): ClusterInside {
  const known = FAMILIES.filter(family => addressesOf(pods, family).length > 0);
  const inside = (family: Family) => setOf([...addressesOf([...pods, ...services], family), ...UNFORWARDED[family]]);
  return {
    families: known.length > 0 ? known : FAMILIES,
    addresses: { 4: inside(4), 6: inside(6) },
    machines: machines ? { 4: addressesOf(machines, 4), 6: addressesOf(machines, 6) } : seenAs(ends),
  };
}

function seenAs(ends: readonly DeclaredEnd[]): ClusterInside['machines'] {
  const of = (family: Family) => setOf(ends.flatMap(({ addresses }) => addresses[family]));
  return FAMILIES.some(family => of(family).length > 0) ? { 4: of(4), 6: of(6) } : undefined;
}
