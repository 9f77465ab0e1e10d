/** Pods of a platform by their labels; a label that is null may have any value. */
export interface PlatformPods {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string | null>>;
}

/** What a platform needs of the pods on it, for which nobody declares a flow. */
export interface PlatformNeed {
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
export const PLATFORM_NEEDS: readonly PlatformNeed[] = [
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
export const INGRESS_CONTROLLERS: Readonly<Record<string, PlatformPods>> = {
  traefik: { namespace: 'kube-system', labels: { 'app.kubernetes.io/name': 'traefik' } },
  nginx: { namespace: 'ingress-nginx', labels: { 'app.kubernetes.io/name': 'ingress-nginx' } },
};
