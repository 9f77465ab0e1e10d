import type { PodGroup, PodPolicies } from '../router';
import type { IntervalSet, RuleChain } from '../rule-chain';
import { product } from '../rule-product';
import { addressesOf, type Family } from '../space/address-text';
import { unjudged } from '../unjudged';
import { CidrGroups } from './cidr-groups';
import { readCiliumPolicy } from './cilium-policy';
import { readNetworkPolicy } from './network-policy';
import { type ApiObject, parseManifests } from './parse-manifests';
import { type Pod, Pods } from './pod';
import type { Policy } from './policy';
import { PolicyChains } from './policy-chains';

/** Addresses inside a cluster, which its manifests do not say. */
export interface ClusterNetwork {
  /** Prefixes of its pods. @default - unknown, and no `ipBlock` means a pod */
  readonly pods?: readonly string[];
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
  const policies = new PolicyChains(objects.flatMap(object => policiesOf(object, podNetworks, groups, machines)));
  const members = (group: PodGroup) => pods.with(group.namespace, group.labels).map(pod => judged(folder, group, pod));
  const only = (whose: string, chains: readonly RuleChain[]): RuleChain => {
    const [first, ...rest] = chains as [RuleChain, ...RuleChain[]];
    if (rest.some(chain => textOf(chain) !== textOf(first))) {
      throw unjudged(
        folder,
        undefined,
        `${whose}, some of which are under other policies than others,`,
        'name pods by labels that set them apart',
      );
    }
    return first;
  };
  return {
    cluster,
    between: (from, to) => {
      const [closedFrom, closedTo] = [`${folder}: default deny from ${called(from)}`, `${folder}: default deny to ${called(to)}`];
      const chains = members(from).flatMap(source =>
        members(to).map(target =>
          product(policies.chain(closedFrom, 'egress', source, target), policies.chain(closedTo, 'ingress', target, source)),
        ),
      );
      return only(`${called(from)} and ${called(to)}`, chains);
    },
    leaving: from => {
      const name = `${folder}: default deny from ${called(from)}`;
      return only(
        called(from),
        members(from).map(pod => policies.chain(name, 'egress', pod, 'outside')),
      );
    },
    entering: to => {
      const name = `${folder}: default deny to ${called(to)}`;
      return only(
        called(to),
        members(to).map(pod => policies.chain(name, 'ingress', pod, 'outside')),
      );
    },
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
    `${called(group)}, which has the addresses of its machines,`,
    'name the machines: policies of pods do not apply',
  );
}

function called({ namespace, labels }: PodGroup): string {
  return `pods of ${namespace} with ${
    Object.entries(labels)
      .sort()
      .map(([key, value]) => `${key}=${value}`)
      .join(',') || 'any labels'
  }`;
}

function textOf(chain: RuleChain): string {
  return JSON.stringify(chain, (_key, value) => (typeof value === 'bigint' ? String(value) : value));
}
