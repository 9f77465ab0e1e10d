import * as fc from 'fast-check';
import type { PodGroup } from '../../src/router';
import type { Protocol } from '../../src/rule-chain';
import { isIn, type Packet, packets } from '../chains/packet';
import { ciliumPolicy, clusterwidePolicy, deployment, group, namespace, networkPolicy } from './manifests';

type Labels = Readonly<Record<string, string>>;

/** Whom a rule means, on paper. */
export type PaperPeer =
  | { readonly is: 'pods'; readonly labels: Labels }
  | { readonly is: 'namespace'; readonly team: string; readonly labels?: Labels }
  | { readonly is: 'block'; readonly cidr: string; readonly except?: string }
  | { readonly is: 'world' }
  | { readonly is: 'all' };

export interface PaperRule {
  /** @default - everybody */
  readonly peer?: PaperPeer;
  /** `TCP 80`, `UDP 53`, `TCP 80-90`, `TCP sql` @default - every protocol and port */
  readonly port?: string;
}

/** One policy on paper: what the file says, and what the interpreter below reads. */
export interface PaperPolicy {
  readonly kind: 'NetworkPolicy' | 'Cilium' | 'Clusterwide';
  readonly selects: Labels;
  readonly direction: 'ingress' | 'egress';
  readonly allow: readonly PaperRule[];
  /** Of Cilium only. */
  readonly deny: readonly PaperRule[];
  /** Of Cilium only: says that it closes nothing. */
  readonly open: boolean;
}

interface PaperPod {
  readonly group: PodGroup;
  readonly team: string;
}

const pod = (space: string, labels: Labels): PaperPod => ({ group: group(space, labels), team: space === 'shop' ? 'a' : 'b' });
export const PODS: readonly PaperPod[] = [
  pod('shop', { app: 'web', tier: 'front' }),
  pod('shop', { app: 'db' }),
  pod('other', { app: 'web', tier: 'back' }),
];

const BLOCKS = ['192.0.2.0/24', '192.0.2.64/26', '2001:db8::/32', '0.0.0.0/0'];
export const RULE_PORTS = ['TCP 80', 'UDP 53', 'TCP 80-90', 'TCP', 'TCP sql'];
const OUTSIDE = ['192.0.2.9', '192.0.2.70', '198.51.100.7', '2001:db8::1', '2001:db9::1'];
const SERVICES: readonly (readonly [Protocol, number])[] = [
  ...[53, 80, 85, 5432, 9].flatMap(port => (['tcp', 'udp'] as Protocol[]).map(protocol => [protocol, port] as const)),
  ['sctp', 80],
  ['icmp', 8],
];

/** Packets of every part of the space that the vocabulary above tells apart; between pods the addresses say nothing. */
export const BETWEEN: readonly Packet[] = packets(['192.0.2.1'], ['192.0.2.2'], SERVICES);
export const OUTWARD: readonly Packet[] = OUTSIDE.flatMap(address => packets([address], [address], SERVICES));

export function rendered(policies: readonly PaperPolicy[]): readonly Readonly<Record<string, unknown>>[] {
  const pods = PODS.map(({ group: { namespace: space, labels } }) => {
    const whole = deployment(labels, [{ name: 'sql', containerPort: 5432 }]) as { metadata: object };
    return { ...whole, metadata: { ...whole.metadata, namespace: space } };
  });
  return [namespace('shop', { team: 'a' }), namespace('other', { team: 'b' }), ...pods, ...policies.map(manifest)];
}

function manifest(policy: PaperPolicy): Readonly<Record<string, unknown>> {
  const { direction, allow, deny, open, selects } = policy;
  const side = direction === 'ingress' ? 'from' : 'to';
  if (policy.kind === 'NetworkPolicy') {
    return networkPolicy({
      podSelector: { matchLabels: selects },
      policyTypes: [direction === 'ingress' ? 'Ingress' : 'Egress'],
      [direction]: allow.map(rule => ({
        ...(rule.peer && { [side]: peers(rule.peer) }),
        ...(rule.port && { ports: [plainPort(rule.port)] }),
      })),
    });
  }
  const rules = (list: readonly PaperRule[]) =>
    list.map(rule => ({ ...ciliumPeer(rule, side), ...(rule.port && { toPorts: [{ ports: [ciliumPort(rule.port)] }] }) }));
  const spec = {
    endpointSelector: { matchLabels: selects },
    [direction]: rules(allow),
    [`${direction}Deny`]: rules(deny),
    ...(open && { enableDefaultDeny: { [direction]: false } }),
  };
  return policy.kind === 'Cilium' ? ciliumPolicy(spec) : clusterwidePolicy(spec);
}

/** What a policy of Kubernetes has no words for, it says with others. */
function peers(peer: PaperPeer): readonly object[] {
  switch (peer.is) {
    case 'pods':
      return [{ podSelector: { matchLabels: peer.labels } }];
    case 'namespace':
      return [
        { namespaceSelector: { matchLabels: { team: peer.team } }, ...(peer.labels && { podSelector: { matchLabels: peer.labels } }) },
      ];
    case 'block':
      return [{ ipBlock: { cidr: peer.cidr, ...(peer.except && { except: [peer.except] }) } }];
    case 'world':
      return [{ ipBlock: { cidr: '0.0.0.0/0' } }, { ipBlock: { cidr: '::/0' } }];
    default:
      return [{ ipBlock: { cidr: '0.0.0.0/0' } }, { ipBlock: { cidr: '::/0' } }, { namespaceSelector: {} }];
  }
}

function ciliumPeer({ peer, port }: PaperRule, side: 'from' | 'to'): object {
  if (!peer) return port ? {} : { [`${side}Entities`]: ['all'] };
  switch (peer.is) {
    case 'pods':
      return { [`${side}Endpoints`]: [{ matchLabels: peer.labels }] };
    case 'namespace':
      return { [`${side}Endpoints`]: [{ matchLabels: { 'k8s:io.cilium.k8s.namespace.labels.team': peer.team, ...peer.labels } }] };
    case 'block':
      return { [`${side}CIDRSet`]: [{ cidr: peer.cidr, ...(peer.except && { except: [peer.except] }) }] };
    default:
      return { [`${side}Entities`]: [peer.is] };
  }
}

function parts(port: string): { readonly protocol: string; readonly from?: string; readonly to?: string } {
  const [protocol = '', numbers] = port.split(' ');
  const [from, to] = numbers?.split('-') ?? [];
  return { protocol, ...(from && { from }), ...(to && { to }) };
}

function plainPort(port: string): object {
  const { protocol, from, to } = parts(port);
  return { protocol, ...(from && { port: from === 'sql' ? from : Number(from) }), ...(to && { endPort: Number(to) }) };
}

function ciliumPort(port: string): object {
  const { protocol, from = '0', to } = parts(port);
  return { protocol, port: from, ...(to && { endPort: Number(to) }) };
}

/** Whether the policies at both ends let a connection between two pods through. */
export function passesBetween(policies: readonly PaperPolicy[], from: PaperPod, to: PaperPod, packet: Packet): boolean {
  return allowed(policies, 'egress', from, to, packet) && allowed(policies, 'ingress', to, from, packet);
}

/** Whether the policies of one pod let a packet through; the other end is a pod, or an address outside. */
export function allowed(
  policies: readonly PaperPolicy[],
  direction: 'ingress' | 'egress',
  self: PaperPod,
  peer: PaperPod | string,
  packet: Packet,
): boolean {
  const own = policies.filter(policy => policy.direction === direction && isSelected(policy, self));
  for (const policy of own) if (policy.deny.some(rule => isMeant(policy, rule, peer, packet))) return false;
  for (const policy of own) if (policy.allow.some(rule => isMeant(policy, rule, peer, packet))) return true;
  return own.every(policy => policy.kind !== 'NetworkPolicy' && (policy.open || policy.allow.length + policy.deny.length === 0));
}

function isSelected({ kind, selects }: PaperPolicy, { group: { namespace: space, labels } }: PaperPod): boolean {
  return (kind === 'Clusterwide' || space === 'shop') && hasLabels(labels, selects);
}

function hasLabels(labels: Labels, wanted: Labels): boolean {
  for (const key of Object.keys(wanted)) if (labels[key] !== wanted[key]) return false;
  return true;
}

function isMeant(policy: PaperPolicy, { peer, port }: PaperRule, other: PaperPod | string, packet: Packet): boolean {
  if (port) {
    const { protocol, from, to = from } = parts(port);
    if (packet.protocol !== protocol.toLowerCase()) return false;
    const [first, last] = from === 'sql' ? [5432, 5432] : [Number(from ?? 0), Number(to ?? 65_535)];
    if (packet.port < first || packet.port > last) return false;
  }
  if (!peer || peer.is === 'all') return true;
  if (typeof other === 'string') {
    if (peer.is === 'world') return true;
    return peer.is === 'block' && isIn(other, peer.cidr) && !(peer.except && isIn(other, peer.except));
  }
  if (peer.is === 'pods')
    return (policy.kind === 'Clusterwide' || other.group.namespace === 'shop') && hasLabels(other.group.labels, peer.labels);
  return peer.is === 'namespace' && other.team === peer.team && hasLabels(other.group.labels, peer.labels ?? {});
}

const labels = fc.constantFrom<Labels>({}, { app: 'web' }, { app: 'db' }, { tier: 'front' }, { app: 'web', tier: 'front' });
const peer: fc.Arbitrary<PaperPeer | undefined> = fc.oneof(
  fc.constant(undefined),
  labels.map(of => ({ is: 'pods' as const, labels: of })),
  fc.record({ is: fc.constant('namespace' as const), team: fc.constantFrom('a', 'b'), labels }),
  fc.constantFrom(...BLOCKS).map(cidr => ({ is: 'block' as const, cidr, ...(cidr === '192.0.2.0/24' && { except: '192.0.2.64/26' }) })),
  fc.constantFrom({ is: 'world' as const }, { is: 'all' as const }),
);

/** A port by its name has no meaning at an address outside. */
const rule: fc.Arbitrary<PaperRule> = fc
  .record({ peer, port: fc.option(fc.constantFrom(...RULE_PORTS), { nil: undefined }) })
  .map(({ peer: whom, port }) => {
    const outside = !whom || ['block', 'world', 'all'].includes(whom.is);
    return { ...(whom && { peer: whom }), ...(port && !(outside && port === 'TCP sql') && { port }) };
  });

export const paperPolicies: fc.Arbitrary<readonly PaperPolicy[]> = fc.array(
  fc
    .record({
      kind: fc.constantFrom('NetworkPolicy' as const, 'Cilium' as const, 'Clusterwide' as const),
      selects: labels,
      direction: fc.constantFrom('ingress' as const, 'egress' as const),
      allow: fc.array(rule, { maxLength: 2 }),
      deny: fc.array(rule.map(withoutAddresses), { maxLength: 1 }),
      open: fc.constantFrom(false, false, false, true),
    })
    .map(policy => (policy.kind === 'NetworkPolicy' ? { ...policy, deny: [], open: false } : policy)),
  { minLength: 1, maxLength: 4 },
);

/** A denial names no addresses here: which of them machines have is not known. */
function withoutAddresses({ peer: whom, ...rest }: PaperRule): PaperRule {
  return whom?.is === 'pods' || whom?.is === 'namespace' ? { peer: whom, ...rest } : { peer: { is: 'all' }, ...rest };
}
