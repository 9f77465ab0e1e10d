import type { Endpoint } from '@ashlar/core';
import type { KubernetesCluster, Unit } from '@ashlar/kubernetes';
import type { ApiObject } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import type { Gateway } from './gateway';
import type { Retries } from './retries';
import type { RouteKind } from './route-backends';

/** A reference to an object of the namespace. */
export interface LocalReference {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
}

/** What a route adds to its rules so that a failed request is tried again. */
export interface RouteFilter {
  readonly type: 'ExtensionRef';
  readonly extensionRef: LocalReference;
}

/** The software that serves gateways: what it is called, where its proxies are, and what the Gateway API leaves to it. */
export interface IGatewayController extends IConstruct {
  readonly cluster: KubernetesCluster;
  /** What is of its own, and starts after its chart. */
  readonly unit: Unit;
  /** Name of its GatewayClass. */
  readonly className: string;
  /** What it can route. */
  readonly routeKinds: readonly RouteKind[];
  /** How the network sees the proxies of a gateway. */
  endpointOf(gateway: Gateway): Endpoint;
  /**
   * Defines what the proxies of a gateway need, once the gateway has its connections.
   * @returns its own settings of the gateway, for `spec.infrastructure.parametersRef`
   */
  serve(gateway: Gateway): LocalReference | undefined;
  /** Defines that requests of a route are tried again, by a filter or by an object beside the route. */
  defineRetries(scope: Construct, route: ApiObject, retries: Retries): readonly RouteFilter[];
}

export function isGatewayController(x: unknown): x is IGatewayController {
  return typeof x === 'object' && x !== null && CONTROLLER in x;
}

/** Marks what implements {@link IGatewayController}, so that copies of this package know each other's. */
export const CONTROLLER = Symbol.for('@ashlar/edge.GatewayController');
