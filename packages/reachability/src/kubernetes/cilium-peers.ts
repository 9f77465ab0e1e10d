import type { IntervalSet } from '../rule-chain';
import { ALL_ADDRESSES, type Family, parseRange } from '../space/address-text';
import { NOTHING, setOf, subtract, unite } from '../space/interval-set';
import type { CidrGroups } from './cidr-groups';
import { podsSelected } from './cilium-selector';
import type { Manifest } from './manifest';
import type { Pod } from './pod';
import { NOWHERE, type Outside, type SelectedPods } from './policy';

/** Who is at the other end of a rule of Cilium. */
export interface CiliumPeers {
  readonly pods: (pod: Pod) => boolean;
  /** @default - none by labels */
  readonly named?: readonly SelectedPods[];
  readonly outside: Outside;
  /** Names of DNS stand for them: which addresses they are is not known. */
  readonly isByName?: boolean;
}

/** What is known of a rule's surroundings. */
export interface CiliumContext {
  /** Namespace of the policy; empty when it is one of the cluster. */
  readonly home: string;
  readonly groups: CidrGroups;
  /** Addresses of machines; undefined when nobody said. */
  readonly machines: Readonly<Record<Family, IntervalSet>> | undefined;
  readonly isDeny: boolean;
}

const NO_POD = () => false;
const EVERY_POD = () => true;
/** Entities that are part of the machines only: as a denial they say less than the machines. */
const SOME_MACHINES = ['host', 'remote-node', 'kube-apiserver'];
const NOBODY = ['none', 'health', 'init'];
const WORLDS: Readonly<Record<string, readonly Family[]>> = { world: [4, 6], 'world-ipv4': [4], 'world-ipv6': [6] };

/**
 * The peers that a rule names in `from…` or `to…`; undefined when it names none.
 * @see https://docs.cilium.io/en/stable/security/policy/language/
 * @throws REACH_UNJUDGED
 */
export function readCiliumPeers(rule: Manifest, side: 'from' | 'to', context: CiliumContext): CiliumPeers | undefined {
  const named = ['Endpoints', 'CIDR', 'CIDRSet', 'Entities', 'FQDNs'].map(kind => `${side}${kind}`).filter(name => rule.has(name));
  const [field, second] = named;
  if (field === undefined) return undefined;
  if (second !== undefined) rule.refuse(second, `write a rule of its own for it, apart from ${field}`);
  switch (field.slice(side.length)) {
    case 'Endpoints': {
      const selectors = rule.parts(field).map(selector => podsSelected(selector, context.home));
      return {
        pods: pod => selectors.some(({ selects }) => selects(pod)),
        named: selectors.map(({ example }) => example),
        outside: NOWHERE,
      };
    }
    case 'CIDR':
      return { pods: NO_POD, outside: withoutMachines(rule, field, prefixes(rule.texts(field), [], rule, field), context) };
    case 'CIDRSet':
      return { pods: NO_POD, outside: withoutMachines(rule, field, cidrSets(rule, field, context.groups), context) };
    case 'FQDNs':
      if (context.isDeny || rule.parts(field).length === 0) rule.refuse(field, 'name addresses');
      return { pods: NO_POD, outside: undefined, isByName: true };
    default: {
      const entities = rule.texts(field).map(entity => entityNamed(entity, rule, field, context));
      return {
        pods: pod => entities.some(entity => entity.pods(pod)),
        outside: entities.reduce<Outside>((all, e) => either(all, e.outside), NOWHERE),
      };
    }
  }
}

function entityNamed(entity: string, rule: Manifest, field: string, { machines, isDeny }: CiliumContext): CiliumPeers {
  if (entity === 'all') return { pods: EVERY_POD, outside: undefined };
  if (NOBODY.includes(entity)) return { pods: NO_POD, outside: NOWHERE };
  const families = WORLDS[entity];
  if (families) {
    const known = machines ?? (isDeny ? rule.refuse(field, 'say which addresses the machines have') : undefined);
    const of = (family: Family) => (families.includes(family) ? subtract(ALL_ADDRESSES[family], known?.[family] ?? NOTHING) : NOTHING);
    return { pods: NO_POD, outside: { 4: of(4), 6: of(6) } };
  }
  if (entity !== 'cluster' && !SOME_MACHINES.includes(entity)) {
    rule.refuse(`${field} ${entity}`, 'name all, world, cluster or kube-apiserver, or select pods');
  }
  if (entity !== 'cluster' && isDeny) rule.refuse(field, 'deny the entity cluster, or world');
  const outside = machines ?? rule.refuse(`${field} ${entity}`, 'say which addresses the machines have, or write their addresses');
  return { pods: entity === 'cluster' ? EVERY_POD : NO_POD, outside };
}

/** Machines have an identity of their own, so that prefixes do not mean them. */
function withoutMachines(rule: Manifest, field: string, outside: NonNullable<Outside>, { machines, isDeny }: CiliumContext): Outside {
  if (!machines) return isDeny ? rule.refuse(field, 'say which addresses the machines have') : outside;
  return { 4: subtract(outside[4], machines[4]), 6: subtract(outside[6], machines[6]) };
}

function cidrSets(rule: Manifest, field: string, groups: CidrGroups): NonNullable<Outside> {
  const sets = rule.parts(field).map(entry => {
    entry.knows('cidr cidrGroupRef except');
    const texts = entry.has('cidrGroupRef') ? groups.prefixes(entry) : [entry.text('cidr')];
    return prefixes(texts, entry.texts('except'), entry, 'cidr');
  });
  const all = (family: Family) => sets.reduce<IntervalSet>((set, one) => unite(set, one[family]), NOTHING);
  return { 4: all(4), 6: all(6) };
}

function prefixes(texts: readonly string[], except: readonly string[], manifest: Manifest, field: string): NonNullable<Outside> {
  const read = (list: readonly string[]) => list.map(text => parseRange(text) ?? manifest.refuse(field, 'write prefixes'));
  const [ranges, holes] = [read(texts), read(except)];
  const of = (list: typeof ranges, family: Family) => setOf(list.filter(range => range.family === family).map(range => range.interval));
  return { 4: subtract(of(ranges, 4), of(holes, 4)), 6: subtract(of(ranges, 6), of(holes, 6)) };
}

function either(a: Outside, b: Outside): Outside {
  return a && b && { 4: unite(a[4], b[4]), 6: unite(a[6], b[6]) };
}
