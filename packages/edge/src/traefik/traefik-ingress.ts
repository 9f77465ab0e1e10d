import { Check, ConfigError, Connections, type Endpoint, type IConnectable, Port, pathOf, Site, vacant } from '@ashlar/core';
import { ChartRelease, KubernetesCluster, NetworkPolicy, podSelection, type Unit } from '@ashlar/kubernetes';
import type { Host } from '@ashlar/network';
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { Gateway } from '../gateway/gateway';
import { CONTROLLER, type IGatewayController, type RouteFilter } from '../gateway/gateway-controller';
import { poolAddress } from '../gateway/pool-address';
import type { Retries } from '../gateway/retries';
import type { RouteKind } from '../gateway/route-backends';
import { carryFlows } from '../gateway/service-carrier';
import { traefikValues } from './traefik-values';

export interface TraefikIngressProps {
  /** Where it answers: an address of the pool of the cluster's load balancer. */
  readonly address: Host;
  /** Pods, each on a node of its own, 2–50. @default 2 */
  readonly replicas?: number;
}

const NAMESPACE = 'traefik';
const API = 'traefik.io/v1alpha1';

/**
 * Traefik: one address for all of a cluster's web services, as `TraefikRoute`s or gateways.
 *
 * It speaks TLS 1.2 and later, and sends what comes over plain HTTP to HTTPS. Nobody reaches it until `connections.allowFrom` says so.
 * @see https://doc.traefik.io/traefik/
 */
export class TraefikIngress extends Construct implements IConnectable, IGatewayController {
  public static isTraefikIngress(x: unknown): x is TraefikIngress {
    return typeof x === 'object' && x !== null && MARKER in x;
  }

  public readonly cluster: KubernetesCluster;
  /** Of its GatewayClass, and of the routes that it serves. */
  public readonly className: string;
  public readonly address: Host;
  public readonly connections: Connections;
  /** It reads TCP routes of an older version, which the Gateway API no longer serves. */
  public readonly routeKinds: readonly RouteKind[] = ['HTTPRoute', 'GRPCRoute', 'TLSRoute'];
  public readonly unit: Unit;

  /** @throws TRAEFIK_CLUSTER, GATEWAY_ADDRESS, UNIT_TAKEN, PROP_* */
  constructor(cluster: KubernetesCluster, id: string, props: TraefikIngressProps) {
    super(vacant(cluster, id), id);
    Object.defineProperty(this, MARKER, { value: true });
    Object.defineProperty(this, CONTROLLER, { value: true });
    if (!KubernetesCluster.isKubernetesCluster(cluster)) {
      throw new ConfigError(this, 'TRAEFIK_CLUSTER', 'must be made in the cluster whose services it serves', {
        fix: "write new TraefikIngress(cluster, 'web', { address })",
      });
    }
    const check = new Check(this);
    check.known(props, ['address', 'replicas']);
    this.cluster = cluster;
    this.className = check.label('the id of a controller', id);
    this.address = poolAddress(this, props.address);
    const replicas = check.integer('replicas', props.replicas ?? 2, 2, 50);
    const release = new ChartRelease(cluster, id, {
      chart: 'traefik',
      repository: 'https://traefik.github.io/charts',
      version: '41.3.0',
      namespace: NAMESPACE,
      values: { ...traefikValues(this.className, replicas, this.address.ip) },
      defines: ['traefik.io', 'gateway.networking.k8s.io'],
    });
    this.unit = cluster.namespace(id, { existingNamespace: NAMESPACE });
    this.unit.startAfter(release);
    const labels = { 'app.kubernetes.io/name': 'traefik', 'app.kubernetes.io/instance': `${id}-${NAMESPACE}` };
    this.connections = new Connections(
      this,
      {
        addresses: () => this.address.connections.endpoint.addresses(),
        pods: { ...podSelection(this.unit, NAMESPACE, labels) },
      },
      Port.tcp(443),
    );
    this.defineDefaults();
    new NetworkPolicy(this.unit, 'policy', { pods: this, name: id, kubernetesApi: true });
    Site.of(this).onPrepare(() => carryFlows(cluster, this.connections));
  }

  public endpointOf(): Endpoint {
    return this.connections.endpoint;
  }

  /** All gateways share its pods and its address. @throws GATEWAY_ADDRESS */
  public serve(gateway: Gateway): undefined {
    if (gateway.address !== this.address) {
      throw new ConfigError(
        gateway,
        'GATEWAY_ADDRESS',
        `address ${gateway.address.ip} is not ${this.address.ip}, which all gateways of ${pathOf(this)} share`,
        { fix: `write address: ${this.className}.address` },
      );
    }
    const name = `${gateway.namespace}-${gateway.name}`;
    new NetworkPolicy(this.unit, name, { pods: gateway, name });
    return undefined;
  }

  public defineRetries(scope: Construct, _route: ApiObject, retries: Retries): readonly RouteFilter[] {
    const { name } = new ApiObject(scope, 'Retries', {
      apiVersion: API,
      kind: 'Middleware',
      spec: { retry: { attempts: retries.attempts, initialInterval: retries.pause.toGo(), status: ['502-504'] } },
    });
    return [{ type: 'ExtensionRef', extensionRef: { group: 'traefik.io', kind: 'Middleware', name } }];
  }

  /** The name `<label>.<address>.nip.io`, which public DNS leads to the address: for trying things out without a zone. @see https://nip.io */
  public nipIo(label: string): string {
    return `${new Check(this).label('label', label)}.${this.address.ip.replaceAll('.', '-')}.nip.io`;
  }

  private defineDefaults(): void {
    new ApiObject(this.unit, 'TlsOptions', {
      apiVersion: API,
      kind: 'TLSOption',
      // Traefik uses the one of this name wherever no other is named.
      metadata: { name: 'default' },
      spec: { minVersion: 'VersionTLS12', sniStrict: true, alpnProtocols: ['h2', 'http/1.1'] },
    });
    const https = new ApiObject(this.unit, 'Https', {
      apiVersion: API,
      kind: 'Middleware',
      spec: { redirectScheme: { scheme: 'https', permanent: true } },
    });
    new ApiObject(this.unit, 'Redirect', {
      apiVersion: API,
      kind: 'IngressRoute',
      spec: {
        ingressClassName: this.className,
        entryPoints: ['web'],
        // The lowest priority: files by which names are shown to be ours are asked for over plain HTTP, and go before.
        routes: [
          {
            kind: 'Rule',
            match: 'PathPrefix(`/`)',
            priority: 1,
            middlewares: [{ name: https.name }],
            services: [{ kind: 'TraefikService', name: 'noop@internal' }],
          },
        ],
      },
    });
  }
}

const MARKER = Symbol.for('@ashlar/edge.TraefikIngress');
