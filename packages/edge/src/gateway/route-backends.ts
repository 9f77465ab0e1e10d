import { Check, ConfigError, isConnectable, pathOf } from '@ashlar/core';
import { type IWorkload, KubernetesCluster, Unit } from '@ashlar/kubernetes';
import { ApiObject } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import type { Gateway } from './gateway';

/** A part of the traffic of a route. */
export interface Share {
  readonly to: IWorkload;
  /** Its share, in proportion to those of the others, 0–1000000. With 0 it gets nothing, and is ready to. */
  readonly weight: number;
}

export type RouteKind = 'HTTPRoute' | 'GRPCRoute' | 'TLSRoute' | 'TCPRoute';

/** As the Gateway API refers to a Service. */
export interface BackendRef {
  readonly name: string;
  readonly namespace?: string;
  readonly port: number;
  readonly weight?: number;
}

const MOST_BACKENDS = 16;

/**
 * Where a route sends what it takes. Each workload lets the gateway in, and its namespace lets the route refer to it.
 * @throws ROUTE_KIND, ROUTE_TO, ROUTE_PORT, ROUTE_CLUSTER, ROUTE_WEIGHTS, PROP_*
 */
export function routeBackends(route: Construct, kind: RouteKind, gateway: Gateway, to: IWorkload | readonly Share[]): BackendRef[] {
  const check = new Check(route);
  const { controller } = gateway;
  if (!controller.routeKinds.includes(kind)) {
    throw new ConfigError(route, 'ROUTE_KIND', `is a ${kind}, and ${pathOf(controller)} serves ${controller.routeKinds.join(', ')}`, {
      fix: 'take a gateway of an EnvoyGateway',
    });
  }
  check.present('to', to, 'web');
  const shares = Array.isArray(to) ? (check.list('to', to, '{ to: web, weight: 1 }') as readonly Share[]) : undefined;
  if (shares === undefined) return [backend(route, kind, gateway, to as IWorkload)];

  if (shares.length > MOST_BACKENDS) {
    throw new ConfigError(route, 'ROUTE_WEIGHTS', `splits its traffic into ${shares.length} parts, and a route takes ${MOST_BACKENDS}`, {
      fix: 'use fewer',
    });
  }
  const refs = shares.map(share => {
    check.known(share, ['to', 'weight']);
    return { ...backend(route, kind, gateway, share.to), weight: check.integer('weight', share.weight, 0, 1_000_000) };
  });
  const twice = shares.find(({ to: one }, i) => shares.findIndex(other => other.to === one) < i);
  if (twice) {
    throw new ConfigError(route, 'ROUTE_WEIGHTS', `gives two shares to ${pathOf(twice.to)}`, { fix: 'add them up' });
  }
  if (refs.every(({ weight }) => weight === 0)) {
    throw new ConfigError(route, 'ROUTE_WEIGHTS', 'gives every workload a weight of 0, so that all requests would be answered with 500', {
      fix: 'give one of them a weight above 0',
    });
  }
  return refs;
}

function backend(route: IConstruct, kind: RouteKind, gateway: Gateway, to: IWorkload): BackendRef {
  if (!isConnectable(to) || typeof to.name !== 'string' || typeof to.namespace !== 'string') {
    throw new ConfigError(route, 'ROUTE_TO', 'to must be a workload', { got: to, fix: 'pass the Workload itself' });
  }
  const port = to.connections.defaultPort;
  if (port === undefined || port.protocol !== 'tcp') {
    throw new ConfigError(route, 'ROUTE_PORT', `leads to ${pathOf(to)}, which serves no port`, { fix: 'write port: 8080 there' });
  }
  const { cluster } = gateway.controller;
  if (KubernetesCluster.find(to) !== cluster) {
    throw new ConfigError(route, 'ROUTE_CLUSTER', `leads to ${pathOf(to)}, which does not run in ${cluster.name}`, {
      fix: `run it in ${cluster.name}, or make a gateway in its cluster`,
    });
  }
  to.connections.allowFrom(gateway);
  if (to.namespace === gateway.namespace) return { name: to.name, port: port.from };
  grant(to, kind, gateway);
  return { name: to.name, namespace: to.namespace, port: port.from };
}

/** The consent of the namespace of `to`, once for each kind of route. @see https://gateway-api.sigs.k8s.io/api-types/referencegrant/ */
function grant(to: IWorkload, kind: RouteKind, { namespace: from, controller }: Gateway): void {
  const id = `${kind.toLowerCase()}s-of-${from}`;
  if (to.node.tryFindChild(id)) return;
  Unit.find(to)?.startAfter(controller.unit);
  new ApiObject(to as unknown as Construct, id, {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'ReferenceGrant',
    spec: {
      from: [{ group: 'gateway.networking.k8s.io', kind, namespace: from }],
      to: [{ group: '', kind: 'Service', name: to.name }],
    },
  });
}
