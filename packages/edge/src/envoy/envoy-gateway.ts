import { Check, ConfigError, type Endpoint, Port, vacant } from '@ashlar/core';
import { ChartRelease, type IWorkload, KubernetesCluster, NetworkPolicy, podSelection, type Unit } from '@ashlar/kubernetes';
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { Gateway } from '../gateway/gateway';
import { CONTROLLER, type IGatewayController, type LocalReference, type RouteFilter } from '../gateway/gateway-controller';
import type { Retries } from '../gateway/retries';
import type { RouteKind } from '../gateway/route-backends';
import { clientTraffic, envoyProxy } from './envoy-settings';
import { RateLimitService } from './rate-limit-service';
import { retryPart } from './retry-part';

export interface EnvoyGatewayProps {
  /**
   * Redis that counts requests for all proxies together, for `RateLimit`s that are shared. @default - each proxy counts by itself
   */
  readonly redis?: IWorkload;
}

/** Where the chart puts everything, and how it labels the controller. */
const NAMESPACE = 'envoy-gateway-system';
const CONTROL_PLANE = { namespace: NAMESPACE, labels: { 'control-plane': 'envoy-gateway' } };
const RATE_LIMIT = { namespace: NAMESPACE, labels: { 'app.kubernetes.io/name': 'envoy-ratelimit' } };
const LABEL = 'gateway.envoyproxy.io/owning-gateway';

/**
 * Envoy Gateway: serves gateways with proxies of their own, and has what an API gateway needs: tokens, OpenID Connect, rate limits.
 * @see https://gateway.envoyproxy.io/docs/
 */
export class EnvoyGateway extends Construct implements IGatewayController {
  public static isEnvoyGateway(x: unknown): x is EnvoyGateway {
    return typeof x === 'object' && x !== null && MARKER in x;
  }

  public readonly cluster: KubernetesCluster;
  public readonly className: string;
  public readonly routeKinds: readonly RouteKind[] = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute'];
  /** Whether something counts requests for all proxies together. */
  public readonly countsTogether: boolean;
  public readonly unit: Unit;

  /** @throws ENVOY_CLUSTER, ENVOY_REDIS, UNIT_TAKEN, PROP_* */
  constructor(cluster: KubernetesCluster, id: string, props: EnvoyGatewayProps = {}) {
    super(vacant(cluster, id), id);
    Object.defineProperty(this, MARKER, { value: true });
    Object.defineProperty(this, CONTROLLER, { value: true });
    if (!KubernetesCluster.isKubernetesCluster(cluster)) {
      throw new ConfigError(this, 'ENVOY_CLUSTER', 'must be made in the cluster whose gateways it serves', {
        fix: "write new EnvoyGateway(cluster, 'envoy')",
      });
    }
    const check = new Check(this);
    check.known(props, ['redis']);
    this.cluster = cluster;
    this.className = check.label('the id of a controller', id);
    const counting = props.redis && new RateLimitService(this, 'rate-limit', { cluster, namespace: NAMESPACE, redis: props.redis });
    this.countsTogether = counting !== undefined;
    const release = new ChartRelease(cluster, id, {
      chart: 'gateway-helm',
      repository: 'oci://docker.io/envoyproxy',
      version: 'v1.9.1',
      namespace: NAMESPACE,
      values: chartValues(counting?.redis),
      defines: ['gateway.envoyproxy.io', 'gateway.networking.k8s.io'],
    });
    this.unit = cluster.namespace(id, { existingNamespace: NAMESPACE });
    this.unit.startAfter(release);
    new ApiObject(this.unit, 'Class', {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'GatewayClass',
      metadata: { name: this.className, namespace: '' },
      spec: { controllerName: 'gateway.envoyproxy.io/gatewayclass-controller' },
    });
  }

  public endpointOf(gateway: Gateway): Endpoint {
    return {
      addresses: () => gateway.address.connections.endpoint.addresses(),
      pods: podSelection(gateway, NAMESPACE, { [`${LABEL}-name`]: gateway.name, [`${LABEL}-namespace`]: gateway.namespace }),
    };
  }

  /** Proxies of its own for each gateway: they fail, scale and are updated alone. */
  public serve(gateway: Gateway): LocalReference {
    new ApiObject(gateway, 'Proxies', { apiVersion: API, kind: 'EnvoyProxy', spec: envoyProxy(gateway) });
    new ApiObject(gateway, 'Clients', { apiVersion: API, kind: 'ClientTrafficPolicy', spec: clientTraffic(gateway) });
    new NetworkPolicy(this.unit, `${gateway.namespace}-${gateway.name}`, {
      pods: gateway,
      name: `${gateway.namespace}-${gateway.name}`,
      egress: [
        { peer: CONTROL_PLANE, ports: [Port.tcp(18_000)] },
        ...(this.countsTogether ? [{ peer: RATE_LIMIT, ports: [Port.tcp(8081)] }] : []),
      ],
    });
    return { group: 'gateway.envoyproxy.io', kind: 'EnvoyProxy', name: `${gateway.name}-proxies` };
  }

  public defineRetries(scope: Construct, route: ApiObject, retries: Retries): readonly RouteFilter[] {
    new ApiObject(scope, 'Retries', {
      apiVersion: API,
      kind: 'BackendTrafficPolicy',
      spec: {
        targetRefs: [{ group: 'gateway.networking.k8s.io', kind: route.kind, name: route.name }],
        retry: retryPart(retries),
      },
    });
    return [];
  }
}

const MARKER = Symbol.for('@ashlar/edge.EnvoyGateway');
const API = 'gateway.envoyproxy.io/v1alpha1';

function chartValues(redis: string | undefined): Record<string, unknown> {
  return {
    deployment: { replicas: 2 },
    podDisruptionBudget: { minAvailable: 1 },
    ...(redis && { config: { envoyGateway: { rateLimit: { backend: { type: 'Redis', redis: { url: redis } } } } } }),
  };
}
