import { Check, ConfigError, type Flow, hostPrefix, type IConnectable, type PodSelection, Port, pathOf, Site } from '@ashlar/core';
import { Chart, Lazy } from 'cdk8s';
import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { Construct, type IConstruct } from 'constructs';
import { KubernetesCluster } from './kubernetes-cluster';
import { flowWithoutAddress } from './rules/flow-without-address';
import { icmpInNetworkPolicy } from './rules/icmp-in-network-policy';

/** Pods of a namespace, as the other end of an opening. */
export interface PodPeer {
  readonly namespace: string;
  /** @default - every pod of the namespace */
  readonly labels?: Readonly<Record<string, string>>;
}

/** A passage that is there whatever flows are declared: to DNS, from an operator. */
export interface NetworkOpening {
  /** Pods, or a prefix in CIDR notation. */
  readonly peer: PodPeer | string;
  readonly ports: readonly Port[];
}

export interface NetworkPolicyProps {
  /** The pods, with the flows to and from them; its endpoint says which pods they are. */
  readonly pods: IConnectable;
  /** Name of the object. */
  readonly name: string;
  /** @default - none */
  readonly ingress?: readonly NetworkOpening[];
  /** Besides DNS. @default - none */
  readonly egress?: readonly NetworkOpening[];
  /** Lets the pods reach the API of their own cluster: for operators and what they run. @default false */
  readonly kubernetesApi?: boolean;
}

/** Behind the address of the service `kubernetes`, on which policies are mostly not checked, and before it. */
const API_PORTS = [Port.tcp(443), Port.tcp(6443)];

/** The name service of the cluster, as kubeadm, K3s, Talos and the clouds label it. */
const CLUSTER_DNS: NetworkOpening = {
  peer: { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
  ports: [Port.udp(53), Port.tcp(53)],
};

/**
 * Drops everything to and from a group of pods except DNS, the openings given here, and the flows that were declared with
 * `connections.allowFrom` by the time of synthesis.
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export class NetworkPolicy extends Construct {
  public static isNetworkPolicy(x: unknown): x is NetworkPolicy {
    return typeof x === 'object' && x !== null && MARKER in x;
  }

  public readonly pods: IConnectable;
  private readonly kubernetesApi: boolean;
  private readonly openings: { ingress: NetworkOpening[]; egress: NetworkOpening[] };

  /** @throws NETWORK_POLICY_PODS when `pods` are not pods */
  constructor(scope: Construct, id: string, props: NetworkPolicyProps) {
    super(scope, id);
    Object.defineProperty(this, MARKER, { value: true });
    const check = new Check(this);
    check.known(props, ['pods', 'name', 'ingress', 'egress', 'kubernetesApi']);
    const selection = props.pods?.connections?.endpoint.pods;
    if (!selection)
      throw new ConfigError(this, 'NETWORK_POLICY_PODS', 'the policy needs something that runs as pods', { fix: 'pass a workload' });
    this.pods = props.pods;
    this.kubernetesApi = props.kubernetesApi ?? false;
    this.openings = { ingress: [...(props.ingress ?? [])], egress: [CLUSTER_DNS, ...(props.egress ?? [])] };

    new k8s.KubeNetworkPolicy(this, 'Resource', {
      metadata: { name: check.label('name', props.name) },
      spec: {
        podSelector: { matchLabels: { ...selection.labels } },
        policyTypes: ['Ingress', 'Egress'],
        ingress: Lazy.any({ produce: () => this.ingressRules() }),
        egress: Lazy.any({ produce: () => this.egressRules() }),
      },
    });
    Site.find(this)?.addRules(flowWithoutAddress, icmpInNetworkPolicy);
  }

  /** Opens a passage to the pods that no flow describes. */
  public openIngress(opening: NetworkOpening): void {
    this.openings.ingress.push(opening);
  }

  private ingressRules(): k8s.NetworkPolicyIngressRule[] {
    const flows = this.pods.connections.ingress.map(flow => ({ ports: [flow.port], peers: flowPeers(this.pods, flow, flow.from) }));
    const openings = this.openings.ingress.map(opening => ({ ports: opening.ports, peers: [openingPeer(opening)] }));
    return sorted([...openings, ...flows].map(({ ports, peers }) => ({ from: peers, ports: ports.map(networkPort) })));
  }

  private egressRules(): k8s.NetworkPolicyEgressRule[] {
    const flows = this.pods.connections.egress.map(flow => ({ ports: [flow.port], peers: flowPeers(this.pods, flow, flow.to) }));
    const openings = this.openings.egress.map(opening => ({ ports: opening.ports, peers: [openingPeer(opening)] }));
    const api = this.kubernetesApi ? [{ ports: API_PORTS, peers: apiPeers(this) }] : [];
    return sorted([...openings, ...api, ...flows].map(({ ports, peers }) => ({ to: peers, ports: ports.map(networkPort) })));
  }
}

const MARKER = Symbol.for('@ashlar/kubernetes.NetworkPolicy');

/** How pods of `scope` with these labels are known to the other ends of their flows. */
export function podSelection(scope: IConstruct, namespace: string, labels: Readonly<Record<string, string>>): PodSelection {
  return { cluster: KubernetesCluster.find(scope) ?? scope.node.root, namespace, labels };
}

/** Prefixes under which pods of `scope` are seen from outside their cluster: those of its nodes. */
export function podAddresses(scope: IConstruct): readonly string[] {
  return KubernetesCluster.find(scope)?.nodeAddresses ?? [];
}

/** The namespace of the chart. @throws NAMESPACE_MISSING, because others find pods by the name of their namespace */
export function namespaceOf(scope: IConstruct): string {
  const { namespace } = Chart.of(scope);
  if (namespace) return namespace;
  throw new ConfigError(scope, 'NAMESPACE_MISSING', 'is in a chart without a namespace', {
    fix: "write new Chart(app, 'shop', { namespace: 'shop' })",
  });
}

/** Pods of one cluster see each other by label, all others by address. */
export function seesByLabel(pods: IConnectable, peer: IConnectable): boolean {
  return peer.connections.endpoint.pods !== undefined && peer.connections.endpoint.pods.cluster === pods.connections.endpoint.pods?.cluster;
}

function flowPeers(pods: IConnectable, flow: Flow, peer: IConnectable): k8s.NetworkPolicyPeer[] {
  const { endpoint } = peer.connections;
  if (endpoint.pods && seesByLabel(pods, peer)) return [podPeer(endpoint.pods)];
  const prefixes = endpoint.addresses();
  // An empty list of peers means everybody, so a flow without an address must not be rendered.
  if (prefixes.length === 0) {
    throw new ConfigError(
      peer,
      'FLOW_WITHOUT_ADDRESS',
      `has no address for the flow ${pathOf(flow.from)} → ${pathOf(flow.to)} ${flow.port}`,
      { fix: 'give it an address' },
    );
  }
  return [...new Set(prefixes)].sort().map(prefix => ({ ipBlock: { cidr: cidr(prefix) } }));
}

/** The API runs on nodes. Where their addresses are not known, any address with its ports will do. */
function apiPeers(scope: IConstruct): k8s.NetworkPolicyPeer[] {
  const nodes = podAddresses(scope);
  return (nodes.length > 0 ? [...new Set(nodes)].sort() : ['0.0.0.0/0', '::/0']).map(node => ({ ipBlock: { cidr: cidr(node) } }));
}

function openingPeer({ peer }: NetworkOpening): k8s.NetworkPolicyPeer {
  return typeof peer === 'string' ? { ipBlock: { cidr: cidr(peer) } } : podPeer(peer);
}

function podPeer(peer: PodPeer): k8s.NetworkPolicyPeer {
  return {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': peer.namespace } },
    podSelector: peer.labels ? { matchLabels: { ...peer.labels } } : {},
  };
}

function networkPort(port: Port): k8s.NetworkPolicyPort {
  return {
    port: k8s.IntOrString.fromNumber(port.from),
    ...(port.to !== port.from && { endPort: port.to }),
    protocol: port.protocol.toUpperCase(),
  };
}

function cidr(prefix: string): string {
  return prefix.includes('/') ? prefix : hostPrefix(prefix);
}

/** The order of construction shows in no output. */
function sorted<T>(rules: T[]): T[] {
  const keyed = rules.map(rule => ({ rule, key: JSON.stringify(rule) }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ rule }) => rule);
}
