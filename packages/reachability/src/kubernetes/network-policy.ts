import type { IntervalSet, Protocol } from '../rule-chain';
import { FAMILIES, type Family, parseRange } from '../space/address-text';
import { NOTHING, overlaps, setOf, subtract, unite } from '../space/interval-set';
import { LabelSelector } from './label-selector';
import type { Manifest } from './manifest';
import type { ApiObject } from './parse-manifests';
import { NAMESPACE_NAME, type Pod } from './pod';
import { type Direction, NOWHERE, type Outside, type Policy, type PolicyRule, type PortSpec, type SelectedPods } from './policy';

const PROTOCOLS: Readonly<Record<string, Protocol>> = { '': 'tcp', TCP: 'tcp', UDP: 'udp', SCTP: 'sctp' };

/** One entry of `from` or `to`. */
interface Peer {
  readonly pods: (pod: Pod) => boolean;
  readonly named: readonly SelectedPods[];
  readonly outside: NonNullable<Outside>;
}

/**
 * What a NetworkPolicy says, in each direction that it is about.
 * @param podNetworks prefixes of the cluster's pods: an `ipBlock` that meets one may mean any pod
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 * @throws REACH_UNJUDGED
 */
export function readNetworkPolicy(
  { manifest, namespace }: ApiObject,
  podNetworks: Readonly<Record<Family, IntervalSet>>,
): readonly Policy[] {
  const spec = manifest.part('spec')?.knows('podSelector policyTypes ingress egress') ?? manifest.refuse('spec', 'write what it is about');
  const selector = new LabelSelector(spec.part('podSelector') ?? spec.refuse('podSelector', 'write podSelector: {} for all pods'));
  const home = namespace || 'default';
  const written = spec.texts('policyTypes');
  const types = written.length > 0 ? written : ['Ingress', ...(spec.parts('egress').length > 0 ? ['Egress'] : [])];
  return types.map(type => {
    if (type !== 'Ingress' && type !== 'Egress') spec.refuse('policyTypes', 'write Ingress or Egress');
    const direction: Direction = type === 'Ingress' ? 'ingress' : 'egress';
    return {
      direction,
      selects: pod => pod.namespace === home && selector.selects(key => pod.labels[key]),
      selected: { namespace: home, labels: selector.example },
      isolates: true,
      rules: spec.parts(direction).map(rule => readRule(rule, direction, home, podNetworks)),
    };
  });
}

function readRule(rule: Manifest, direction: Direction, home: string, podNetworks: Readonly<Record<Family, IntervalSet>>): PolicyRule {
  const side = direction === 'ingress' ? 'from' : 'to';
  rule.knows(`${side} ports`);
  const peers = rule.parts(side).map(peer => readPeer(peer, home, podNetworks));
  const ports = rule.parts('ports').map(port => readPort(port));
  const base = { action: 'accept' as const, name: `${rule.file}: ${rule.path}`, manifest: rule, ...(ports.length > 0 && { ports }) };
  if (peers.length === 0) return { ...base, pods: () => true, named: [], outside: undefined };
  const all = (family: Family) => peers.reduce<IntervalSet>((set, peer) => unite(set, peer.outside[family]), NOTHING);
  return {
    ...base,
    pods: pod => peers.some(peer => peer.pods(pod)),
    named: peers.flatMap(peer => peer.named),
    outside: { 4: all(4), 6: all(6) },
  };
}

function readPeer(peer: Manifest, home: string, podNetworks: Readonly<Record<Family, IntervalSet>>): Peer {
  peer.knows('podSelector namespaceSelector ipBlock');
  const block = peer.part('ipBlock');
  if (block) {
    if (peer.names.length > 1) peer.refuse('ipBlock', 'write it in an entry of its own');
    const outside = readBlock(block);
    const meansPods = FAMILIES.some(family => overlaps(outside[family], podNetworks[family]));
    return { pods: () => meansPods, named: [], outside };
  }
  if (peer.isEmpty) peer.refuse(undefined, 'write podSelector: {} for all pods of the namespace');
  const [pods, namespaces] = [peer.part('podSelector'), peer.part('namespaceSelector')];
  const podSelector = pods && new LabelSelector(pods);
  const namespaceSelector = namespaces && new LabelSelector(namespaces);
  const namespace = namespaceSelector ? namespaceSelector.example[NAMESPACE_NAME] : home;
  return {
    named: [{ ...(namespace !== undefined && { namespace }), labels: podSelector?.example ?? {} }],
    pods: pod =>
      (namespaceSelector ? namespaceSelector.selects(key => pod.namespaceLabels[key]) : pod.namespace === home) &&
      (podSelector?.selects(key => pod.labels[key]) ?? true),
    outside: NOWHERE as NonNullable<Outside>,
  };
}

function readBlock(block: Manifest): NonNullable<Outside> {
  const cidr = parseRange(block.knows('cidr except').text('cidr')) ?? block.refuse('cidr', 'write a prefix');
  const except = block.texts('except').map(text => {
    const range = parseRange(text);
    return range?.family === cidr.family ? range.interval : block.refuse('except', `write prefixes of IPv${cidr.family}`);
  });
  return { 4: [], 6: [], [cidr.family]: subtract([cidr.interval], setOf(except)) };
}

function readPort(port: Manifest): PortSpec {
  port.knows('protocol port endPort');
  const protocol = PROTOCOLS[port.text('protocol')] ?? port.refuse('protocol', 'write TCP, UDP or SCTP');
  const [from, to] = [port.text('port'), port.text('endPort')];
  if (from === '' && to === '') return { protocols: [protocol] };
  if (!/^\d+$/.test(from)) return to === '' ? { protocols: [protocol], ports: from } : port.refuse('endPort', 'write a number as port');
  const [first, last] = [BigInt(from), BigInt(to || from)];
  if (first > last || last > 65_535n) port.refuse(to === '' ? 'port' : 'endPort', 'write ports from 1 to 65535, the lower one first');
  return { protocols: [protocol], ports: [{ first, last }] };
}
