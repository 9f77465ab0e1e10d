import type { Gateway } from '../gateway/gateway';

const REPLICAS = 2;

/**
 * The proxies of a gateway: two, on two nodes, never both gone at once, without root. They listen on the gateway's own ports, so
 * that a flow is the same port everywhere; the sysctl lets them do so without privileges.
 * @see https://gateway.envoyproxy.io/docs/api/extension_types/#envoyproxy
 */
export function envoyProxy(gateway: Gateway): object {
  const labels = {
    'gateway.envoyproxy.io/owning-gateway-name': gateway.name,
    'gateway.envoyproxy.io/owning-gateway-namespace': gateway.namespace,
  };
  return {
    logging: { level: { default: 'warn' } },
    // Longer than load balancers take to notice; then connections that are left are closed.
    shutdown: { drainTimeout: '60s', minDrainDuration: '10s' },
    telemetry: {
      accessLog: { settings: [{ format: { type: 'JSON', json: ACCESS_LOG }, sinks: [{ type: 'File', file: { path: '/dev/stdout' } }] }] },
    },
    provider: {
      type: 'Kubernetes',
      kubernetes: {
        useListenerPortAsContainerPort: true,
        envoyDeployment: {
          replicas: REPLICAS,
          container: {
            resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '512Mi' } },
            securityContext: {
              allowPrivilegeEscalation: false,
              capabilities: { drop: ['ALL'] },
              runAsNonRoot: true,
              runAsUser: 65_532,
              runAsGroup: 65_532,
              seccompProfile: { type: 'RuntimeDefault' },
            },
          },
          pod: {
            securityContext: { sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }] },
            topologySpreadConstraints: [
              {
                maxSkew: 1,
                topologyKey: 'kubernetes.io/hostname',
                whenUnsatisfiable: 'DoNotSchedule',
                labelSelector: { matchLabels: labels },
              },
            ],
          },
        },
        envoyPDB: { maxUnavailable: 1 },
        // Local keeps the address of the client, by which rate limits and access lists tell clients apart.
        envoyService: { type: 'LoadBalancer', externalTrafficPolicy: 'Local', loadBalancerIP: gateway.address.ip },
      },
    },
  };
}

/**
 * What clients may do: TLS 1.2 or later, and no tricks with paths by which a request passes a check that it should not.
 * @see https://gateway.envoyproxy.io/docs/api/extension_types/#clienttrafficpolicy
 */
export function clientTraffic(gateway: Gateway): object {
  return {
    targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: gateway.name }],
    tls: { minVersion: '1.2', alpnProtocols: ['h2', 'http/1.1'] },
    path: { escapedSlashesAction: 'RejectRequest' },
    headers: { withUnderscoresAction: 'RejectRequest' },
    timeout: { http: { requestReceivedTimeout: '30s', idleTimeout: '5m' }, tcp: { tlsHandshakeTimeout: '10s' } },
    connection: { connectionLimit: { value: 10_000 } },
    http2: { maxConcurrentStreams: 100 },
  };
}

/** @see https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage */
const ACCESS_LOG = {
  time: '%START_TIME%',
  client: '%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%',
  method: '%REQ(:METHOD)%',
  host: '%REQ(:AUTHORITY)%',
  path: '%REQ(X-ENVOY-ORIGINAL-PATH?:PATH)%',
  status: '%RESPONSE_CODE%',
  flags: '%RESPONSE_FLAGS%',
  route: '%ROUTE_NAME%',
  upstream: '%UPSTREAM_HOST%',
  duration: '%DURATION%',
  bytes: '%BYTES_SENT%',
};
