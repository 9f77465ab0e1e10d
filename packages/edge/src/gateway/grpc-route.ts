import { Check, ConfigError, vacant } from '@ashlar/core';
import type { IWorkload } from '@ashlar/kubernetes';
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { Gateway } from './gateway';
import { routeBackends, type Share } from './route-backends';
import { routeParents } from './route-parents';

export interface GrpcRouteProps {
  /** Names that clients ask for, each served by an HTTPS listener, and by no HTTP route. */
  readonly hosts: readonly string[];
  /** A workload, or several with their shares of the calls. */
  readonly to: IWorkload | readonly Share[];
  /** Service with its package, e.g. `shop.v1.Orders`. @default - all */
  readonly service?: string;
  /** Method of the service. @default - all */
  readonly method?: string;
}

/** Calls of gRPC for a name, and the workloads that answer them. @see https://gateway-api.sigs.k8s.io/api-types/grpcroute/ */
export class GrpcRoute extends Construct {
  /** Call `gateway.grpc(…)` instead. @throws ROUTE_*, PROP_* */
  constructor(gateway: Gateway, id: string, props: GrpcRouteProps) {
    super(vacant(gateway, id), id);
    const check = new Check(this);
    check.known(props, ['hosts', 'to', 'service', 'method']);
    check.label('the id of a route', id);
    const { service, method } = props;
    if (service !== undefined)
      check.text('service', service, /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/, 'a service with its package', 'shop.v1.Orders');
    if (method !== undefined) check.text('method', method, /^[A-Za-z_]\w*$/, 'a method', 'Place');
    if (method !== undefined && service === undefined) {
      throw new ConfigError(this, 'ROUTE_METHOD', `method ${method} is one of a service, and none is named`, {
        fix: "write service: 'shop.v1.Orders'",
      });
    }
    const path = `/${service ?? ''}${method === undefined ? '' : `/${method}`}`;
    const parentRefs = routeParents(this, gateway, { kind: 'GRPCRoute', hosts: props.hosts, path, methods: [] });
    new ApiObject(this, 'Resource', {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'GRPCRoute',
      spec: {
        parentRefs,
        hostnames: [...props.hosts].sort(),
        rules: [
          {
            ...(service && { matches: [{ method: { type: 'Exact', service, ...(method && { method }) } }] }),
            backendRefs: routeBackends(this, 'GRPCRoute', gateway, props.to),
          },
        ],
      },
    });
  }
}
