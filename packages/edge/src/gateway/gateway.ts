import { Check, ConfigError, Connections, type IConnectable, Port, pathOf, Site, vacant } from '@ashlar/core';
import { KubernetesCluster, namespaceOf, objectName, Unit } from '@ashlar/kubernetes';
import type { Host } from '@ashlar/network';
import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import type { ICertificate } from '../acme/certificate';
import { type IGatewayController, isGatewayController } from './gateway-controller';
import { GatewayListener } from './gateway-listener';
import { GrpcRoute, type GrpcRouteProps } from './grpc-route';
import { defineRedirect, HttpRoute, type HttpRouteProps } from './http-route';
import { GATEWAY, isGateway } from './is-gateway';
import { poolAddress } from './pool-address';
import { RouteTable } from './route-table';
import { GATEWAY_LISTENER_IDLE } from './rules/gateway-listener-idle';
import { GATEWAY_UNREACHED } from './rules/gateway-unreached';
import { carryFlows } from './service-carrier';
import { StreamRoute, type TcpRouteProps, type TlsRouteProps } from './stream-route';

export interface GatewayProps {
  /** The software that serves it, in the same cluster. */
  readonly controller: IGatewayController;
  /** Where it answers: an address of the pool of the cluster's load balancer, `loadBalancers.host('edge')`. */
  readonly address: Host;
  /** Answers on port 80 with a redirect to HTTPS; ACME's http-01 needs the port too. @default true */
  readonly redirect?: boolean;
}

export interface HttpsListenerProps {
  /** `shop.example.net`, or `*.example.net`. */
  readonly host: string;
  /** Of the gateway's namespace, for the host. */
  readonly certificate: ICertificate;
  /** 1–65535 @default 443 */
  readonly port?: number;
}

/**
 * The way into a cluster by the Gateway API: an address, what is listened for there, and the routes to workloads.
 *
 * Port 80 does nothing but redirect. Nobody reaches the gateway until `connections.allowFrom` says so, and what it may reach are
 * the workloads of its routes.
 * @see https://gateway-api.sigs.k8s.io/api-types/gateway/
 */
export class Gateway extends Construct implements IConnectable {
  public static isGateway(x: unknown): x is Gateway {
    return isGateway(x);
  }

  public readonly name: string;
  public readonly namespace: string;
  public readonly controller: IGatewayController;
  public readonly address: Host;
  public readonly connections: Connections;
  /** @internal */
  public readonly routeTable = new RouteTable();
  private readonly listenerList: GatewayListener[] = [];

  /** @throws GATEWAY_CONTROLLER, GATEWAY_CLUSTER, GATEWAY_ADDRESS, PROP_* */
  constructor(scope: Construct, id: string, props: GatewayProps) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, GATEWAY, { value: true });
    const check = new Check(this);
    check.known(props, ['controller', 'address', 'redirect']);
    this.namespace = namespaceOf(this);
    this.name = check.label('the name of a gateway', objectName(this));
    this.controller = this.ownController(check.present('controller', props.controller, 'envoy'));
    this.address = poolAddress(this, props.address);
    this.connections = new Connections(this, this.controller.endpointOf(this), Port.tcp(443));
    if (check.boolean('redirect', props.redirect ?? true)) {
      const plain = new GatewayListener(this, 'http', { protocol: 'HTTP', port: 80 });
      defineRedirect(plain);
    }
    const parametersRef = this.controller.serve(this);
    new ApiObject(this, 'Resource', {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      spec: {
        gatewayClassName: this.controller.className,
        ...(parametersRef && { infrastructure: { parametersRef } }),
        listeners: Lazy.any({ produce: () => sorted(this.listenerList).map(listener => listener.toJson()) }),
      },
    });
    Unit.find(this)?.startAfter(this.controller.unit);
    const site = Site.of(this);
    site.addRules(GATEWAY_UNREACHED, GATEWAY_LISTENER_IDLE);
    // The nodes answer for the address, so what may reach the gateway must be let in by them.
    site.onPrepare(() => carryFlows(this.controller.cluster, this.connections));
  }

  public get listeners(): readonly GatewayListener[] {
    return this.listenerList;
  }

  /** The listener of port 80, when there is one. */
  public get plainListener(): GatewayListener | undefined {
    return this.listenerList.find(({ protocol }) => protocol === 'HTTP');
  }

  /** Serves a name over HTTPS. @throws LISTENER_*, PROP_* */
  public https(id: string, props: HttpsListenerProps): GatewayListener {
    new Check(this).known(props, ['host', 'certificate', 'port']);
    return new GatewayListener(this, id, { protocol: 'HTTPS', port: 443, ...props });
  }

  /** Sends HTTP requests to workloads. @throws ROUTE_*, HEADER_CHANGES, PROP_* */
  public route(id: string, props: HttpRouteProps): HttpRoute {
    return new HttpRoute(this, id, this, props);
  }

  /** Sends calls of gRPC to workloads. @throws ROUTE_*, PROP_* */
  public grpc(id: string, props: GrpcRouteProps): GrpcRoute {
    return new GrpcRoute(this, id, props);
  }

  /** Passes TLS on as it is, by the name in its greeting: the workload has the certificate. @throws LISTENER_*, ROUTE_*, PROP_* */
  public tls(id: string, props: TlsRouteProps): StreamRoute {
    new Check(this).known(props, ['host', 'port', 'to']);
    return new StreamRoute(this, id, { protocol: 'TLS', port: 443, ...props });
  }

  /** Passes a TCP port on. @throws LISTENER_*, ROUTE_*, PROP_* */
  public tcp(id: string, props: TcpRouteProps): StreamRoute {
    new Check(this).known(props, ['port', 'to']);
    return new StreamRoute(this, id, { protocol: 'TCP', ...props });
  }

  /** @internal */
  public addListener(listener: GatewayListener): void {
    if (this.listenerList.length === MOST_LISTENERS) {
      throw new ConfigError(
        listener,
        'LISTENER_COUNT',
        `is listener ${MOST_LISTENERS + 1} of ${pathOf(this)}, and a gateway takes ${MOST_LISTENERS}`,
        {
          fix: 'serve several names by one wildcard, or make another gateway',
        },
      );
    }
    this.listenerList.push(listener);
  }

  private ownController(controller: IGatewayController): IGatewayController {
    if (!isGatewayController(controller)) {
      throw new ConfigError(this, 'GATEWAY_CONTROLLER', 'controller must be what serves gateways', {
        got: controller,
        fix: "write new EnvoyGateway(cluster, 'envoy')",
      });
    }
    if (KubernetesCluster.find(this) !== controller.cluster) {
      throw new ConfigError(this, 'GATEWAY_CLUSTER', `is not in ${controller.cluster.name}, the cluster of ${pathOf(controller)}`, {
        fix: `make it in a namespace of ${controller.cluster.name}`,
      });
    }
    return controller;
  }
}

const MOST_LISTENERS = 64;

function sorted(listeners: readonly GatewayListener[]): GatewayListener[] {
  return [...listeners].sort((a, b) => (a.name < b.name ? -1 : 1));
}
