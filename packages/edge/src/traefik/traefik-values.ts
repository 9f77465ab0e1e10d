/** What of the chart's values differs from its own. @see https://github.com/traefik/traefik-helm-chart/blob/master/traefik/VALUES.md */
export interface TraefikValues {
  readonly deployment: { readonly replicas: number };
  readonly podDisruptionBudget: { readonly enabled: boolean; readonly maxUnavailable: number };
  readonly topologySpreadConstraints: readonly object[];
  readonly resources: object;
  readonly podSecurityContext: object;
  readonly ingressClass: { readonly enabled: boolean };
  readonly gatewayClass: { readonly name: string };
  readonly gateway: { readonly enabled: boolean };
  readonly providers: {
    readonly kubernetesCRD: { readonly ingressClass: string };
    readonly kubernetesIngress: { readonly enabled: boolean };
    readonly kubernetesGateway: { readonly enabled: boolean };
  };
  readonly ports: Readonly<Record<'web' | 'websecure', { readonly port: number }>>;
  readonly service: { readonly spec: object };
  readonly accessLog: { readonly enabled: boolean; readonly format: 'json' };
  readonly api: { readonly dashboard: boolean };
  readonly global: { readonly checkNewVersion: boolean; readonly sendAnonymousUsage: boolean };
}

/**
 * Pods on nodes of their own that never go all at once, without root, with access logs as JSON, and no dashboard. They listen on 80
 * and 443 themselves, because listeners of the Gateway API must have the ports of the pods; the sysctl lets them do so without
 * privileges.
 */
export function traefikValues(className: string, replicas: number, address: string): TraefikValues {
  return {
    deployment: { replicas },
    podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: 'kubernetes.io/hostname',
        whenUnsatisfiable: 'DoNotSchedule',
        labelSelector: { matchLabels: { 'app.kubernetes.io/name': 'traefik' } },
      },
    ],
    resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
    podSecurityContext: { sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }] },
    // What an Ingress leads to is no flow, and the policy of the pods would drop it.
    ingressClass: { enabled: false },
    gatewayClass: { name: className },
    gateway: { enabled: false },
    providers: {
      kubernetesCRD: { ingressClass: className },
      kubernetesIngress: { enabled: false },
      kubernetesGateway: { enabled: true },
    },
    ports: { web: { port: 80 }, websecure: { port: 443 } },
    // Local keeps the address of the client, by which rate limits and access logs tell clients apart.
    service: { spec: { type: 'LoadBalancer', externalTrafficPolicy: 'Local', loadBalancerIP: address } },
    accessLog: { enabled: true, format: 'json' },
    api: { dashboard: false },
    global: { checkNewVersion: false, sendAnonymousUsage: false },
  };
}
