import type { PodEnds, PodGroup, PodPolicies } from '../router';
import type { IntervalSet } from '../rule-chain';
import { product } from '../rule-product';
import { addressesOf, type Family } from '../space/address-text';
import { unjudged } from '../unjudged';
import { CidrGroups } from './cidr-groups';
import { readCiliumPolicy } from './cilium-policy';
import { exposuresIn } from './exposures';
import { namedPods } from './named-pods';
import { readNetworkPolicy } from './network-policy';
import { type ApiObject, parseManifests } from './parse-manifests';
import { type Pod, Pods } from './pod';
import { calledGroup } from './pod-group';
import type { Direction, Policy } from './policy';
import { PolicyChains } from './policy-chains';

/** Addresses inside a cluster, which its manifests do not say. */
export interface ClusterNetwork {
  /** Prefixes of its pods. @default - unknown, and no `ipBlock` means a pod */
  readonly pods?: readonly string[];
  /** Prefixes of its services: a rule that names one is about what is behind it. @default - unknown */
  readonly services?: readonly string[];
  /** Addresses of its machines. @default - unknown, and rules that mean machines are refused */
  readonly machines?: readonly string[];
}

/** Kinds that let through or redirect what these do not say: group of the API and kind. */
const FOREIGN =
  /^(crd\.)?projectcalico\.org\/\w+Policy$|^policy\.networking\.k8s\.io\/|^cilium\.io\/Cilium(EgressGateway|LocalRedirect)Policy$/;

/**
 * The network policies in the manifests of a cluster: NetworkPolicy, CiliumNetworkPolicy and CiliumClusterwideNetworkPolicy, all of which
 * apply together.
 * @param files texts by path; those that are not in `kubernetes/<cluster>/` are left aside
 * @throws REACH_UNJUDGED at the first field whose effect is not known here
 */
export function readKubernetes(cluster: string, files: Iterable<readonly [string, string]>, network: ClusterNetwork = {}): PodPolicies {
  const folder = `kubernetes/${cluster}`;
  const objects = [...files]
    .filter(([path]) => path.startsWith(`${folder}/`) && /\.ya?ml$/.test(path))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([path, text]) => parseManifests(path, text));
  const pods = new Pods(objects);
  const prefixes = (texts: readonly string[] | undefined) => ({ 4: addressesOf(texts ?? [], 4), 6: addressesOf(texts ?? [], 6) });
  const groups = new CidrGroups(objects);
  const [podNetworks, machines] = [prefixes(network.pods), network.machines && prefixes(network.machines)];
  const all = objects.flatMap(object => policiesOf(object, podNetworks, groups, machines));
  const policies = new PolicyChains(all);
  const known = new Map<PodGroup, readonly Pod[]>();
  const members = (group: PodGroup) => {
    const found = known.get(group) ?? pods.with(group.namespace, group.labels).map(pod => judged(folder, group, pod));
    known.set(group, found);
    return found;
  };
  const only = <T>(whose: string, found: readonly T[]): T => {
    const [first, ...rest] = found as [T, ...T[]];
    if (rest.some(one => textOf(one) !== textOf(first))) {
      throw unjudged(
        folder,
        undefined,
        `${whose}, some of which are under other policies than others,`,
        'name pods by labels that set them apart',
      );
    }
    return first;
  };
  const closedFrom = (group: PodGroup) => `${folder}: default deny from ${calledGroup(group)}`;
  const closedTo = (group: PodGroup) => `${folder}: default deny to ${calledGroup(group)}`;
  const ends = (from: PodGroup, to: PodGroup): PodEnds => {
    const pairs = members(from).flatMap(source => members(to).map(target => ({ source, target })));
    return only(
      `${calledGroup(from)} and ${calledGroup(to)}`,
      pairs.map(({ source, target }) => ({
        egress: policies.chain(closedFrom(from), 'egress', source, target),
        ingress: policies.chain(closedTo(to), 'ingress', target, source),
      })),
    );
  };
  const outside = (group: PodGroup, direction: Direction, name: string) =>
    only(
      calledGroup(group),
      members(group).map(pod => policies.chain(name, direction, pod, 'outside')),
    );
  return {
    cluster,
    ends,
    between: (from, to) => {
      const { egress, ingress } = ends(from, to);
      return product(egress, ingress);
    },
    leaving: from => outside(from, 'egress', closedFrom(from)),
    entering: to => outside(to, 'ingress', closedTo(to)),
    namespaces: pods.made,
    named: namedPods(cluster, all, pods),
    exposures: exposuresIn(objects, pods),
    hasToken: group => pods.with(group.namespace, group.labels).some(pod => pod.hasToken),
  };
}

type Prefixes = Readonly<Record<Family, IntervalSet>>;

function policiesOf(object: ApiObject, podNetworks: Prefixes, groups: CidrGroups, machines: Prefixes | undefined): readonly Policy[] {
  const { apiVersion, kind, manifest } = object;
  if (FOREIGN.test(`${apiVersion.split('/')[0]}/${kind}`)) manifest.refuse(undefined, 'use NetworkPolicy');
  if (kind === 'NetworkPolicy') {
    if (apiVersion !== 'networking.k8s.io/v1') manifest.refuse('apiVersion', 'write networking.k8s.io/v1');
    return readNetworkPolicy(object, podNetworks);
  }
  if (kind !== 'CiliumNetworkPolicy' && kind !== 'CiliumClusterwideNetworkPolicy') return [];
  if (apiVersion !== 'cilium.io/v2') manifest.refuse('apiVersion', 'write cilium.io/v2');
  return readCiliumPolicy(object, groups, machines);
}

function judged(folder: string, group: PodGroup, pod: Pod): Pod {
  if (!pod.isOnHostNetwork) return pod;
  throw unjudged(
    folder,
    undefined,
    `${calledGroup(group)}, which has the addresses of its machines,`,
    'name the machines: policies of pods do not apply',
  );
}

function textOf(chains: unknown): string {
  return JSON.stringify(chains, (_key, value) => (typeof value === 'bigint' ? String(value) : value));
}
