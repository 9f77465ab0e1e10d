import type { Exposure } from '../kubernetes/exposures';
import { isAmong } from '../kubernetes/pod-group';
import type { PodGroup, PodPolicies } from '../router';
import type { IntervalSet, Protocol } from '../rule-chain';
import { setOf, single } from '../space/interval-set';
import { ALL_PORTS, parsePorts } from '../space/ports';

/** Pods of a platform by their labels; a label that is null may have any value. */
interface PlatformPods {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string | null>>;
}

/** What a platform needs of the pods on it, for which nobody declares a flow. */
interface PlatformNeed {
  /** For people, in the report. */
  readonly reason: string;
  /** Vendor's page that says so. */
  readonly see: string;
  /** @default - any pod */
  readonly from?: PlatformPods | 'pods with a token' | 'the controller of an Ingress';
  readonly to: PlatformPods | Pick<PlatformPods, 'labels'> | 'the same pods' | 'machines' | 'pods behind an Ingress';
  /** `53/udp`, with commas. @default - that of the Ingress, or every one */
  readonly ports?: string;
}

const ENVOY = 'envoy-gateway-system';
const PROXIES: PlatformPods = { namespace: ENVOY, labels: { 'gateway.envoyproxy.io/owning-gateway-name': null } };

/** All that may pass between pods, and from pods to machines, without a flow. A rule that opens anything else is in excess. */
const NEEDS: readonly PlatformNeed[] = [
  {
    reason: 'names of the cluster',
    see: 'https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/',
    to: { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
    ports: '53/udp,53/tcp',
  },
  {
    reason: 'members of one group among themselves',
    see: 'https://cloudnative-pg.io/documentation/current/networking/',
    to: 'the same pods',
  },
  {
    reason: 'API of the cluster, for pods with a token',
    see: 'https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/',
    from: 'pods with a token',
    to: 'machines',
    ports: '443/tcp,6443/tcp',
  },
  {
    reason: 'Ingress',
    see: 'https://kubernetes.io/docs/concepts/services-networking/ingress-controllers/',
    from: 'the controller of an Ingress',
    to: 'pods behind an Ingress',
  },
  {
    reason: 'operator of the database',
    see: 'https://cloudnative-pg.io/documentation/current/networking/',
    from: { namespace: 'cnpg-system', labels: { 'app.kubernetes.io/name': 'cloudnative-pg' } },
    to: { labels: { 'cnpg.io/cluster': null } },
    ports: '5432/tcp,8000/tcp',
  },
  {
    reason: 'settings of the proxy',
    see: 'https://gateway.envoyproxy.io/docs/concepts/',
    from: PROXIES,
    to: { namespace: ENVOY, labels: { 'control-plane': 'envoy-gateway' } },
    ports: '18000/tcp',
  },
  {
    reason: 'rate limits that proxies share',
    see: 'https://gateway.envoyproxy.io/docs/tasks/traffic/global-rate-limit/',
    from: PROXIES,
    to: { namespace: ENVOY, labels: { 'app.kubernetes.io/name': 'envoy-ratelimit' } },
    ports: '8081/tcp',
  },
];

/** Pods of the controllers whose classes are known by name; those of others are whoever a policy lets in to pods behind the Ingress. */
const CONTROLLERS: Readonly<Record<string, PlatformPods>> = {
  traefik: { namespace: 'kube-system', labels: { 'app.kubernetes.io/name': 'traefik' } },
  nginx: { namespace: 'ingress-nginx', labels: { 'app.kubernetes.io/name': 'ingress-nginx' } },
};

/** Ports that may pass for a need. */
export interface NeededPorts {
  readonly reason: string;
  readonly ports: IntervalSet;
}

/** What may pass from one group of pods to another without a flow. */
export function neededBetween(policies: PodPolicies, from: PodGroup, to: PodGroup, protocol: Protocol): readonly NeededPorts[] {
  return NEEDS.flatMap(need => {
    if (need.to === 'the same pods') return isAmong(from, to) ? [{ reason: need.reason, ports: ALL_PORTS[protocol] }] : [];
    if (need.to === 'pods behind an Ingress') {
      const exposed = policies.exposures.filter(exposure => isBehind(to, exposure) && isController(from, exposure));
      const ports = protocol === 'tcp' ? setOf(exposed.flatMap(({ port }) => single(port))) : [];
      return ports.length > 0 ? [{ reason: need.reason, ports }] : [];
    }
    if (typeof need.to === 'string' || typeof need.from === 'string') return [];
    const holds = (need.from === undefined || isOf(from, need.from)) && isOf(to, need.to);
    return holds ? portsOf(need, protocol) : [];
  });
}

/** What may pass from pods to the machines of their cluster without a flow. */
export function neededOfMachines(policies: PodPolicies, from: PodGroup, protocol: Protocol): readonly NeededPorts[] {
  const needs = policies.hasToken(from) ? NEEDS.filter(({ to }) => to === 'machines') : [];
  return needs.flatMap(need => portsOf(need, protocol));
}

function portsOf({ reason, ports = '' }: PlatformNeed, protocol: Protocol): NeededPorts[] {
  const own = ports
    .split(',')
    .map(port => port.split('/'))
    .filter(([, of]) => of === protocol);
  const set = setOf(own.flatMap(([port = '']) => parsePorts(port) ?? []));
  return set.length > 0 ? [{ reason, ports: set }] : [];
}

function isOf(group: PodGroup, pods: Partial<PlatformPods> & Pick<PlatformPods, 'labels'>): boolean {
  if (pods.namespace !== undefined && pods.namespace !== group.namespace) return false;
  return Object.entries(pods.labels).every(([key, value]) => (value === null ? key in group.labels : group.labels[key] === value));
}

function isBehind(group: PodGroup, { namespace, labels }: Exposure): boolean {
  return isAmong(group, { cluster: group.cluster, namespace, labels });
}

/** Of a class that is not known by name, pods with labels in another namespace. */
function isController(group: PodGroup, { className, namespace }: Exposure): boolean {
  const known = CONTROLLERS[className];
  return known ? isOf(group, known) : group.namespace !== namespace && group.namespace.length > 0;
}
