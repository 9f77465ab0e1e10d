import { vacant } from '@ashlar/core';
import type { IWorkload } from '@ashlar/kubernetes';
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { Gateway } from './gateway';
import { GatewayListener } from './gateway-listener';
import { routeBackends, type Share } from './route-backends';

export interface TcpRouteProps {
  /** 1–65535 */
  readonly port: number;
  /** A workload, or several with their shares of the connections. */
  readonly to: IWorkload | readonly Share[];
}

export interface TlsRouteProps {
  /** Name in the greeting of the client, `db.example.net` or `*.example.net`. */
  readonly host: string;
  /** 1–65535 @default 443 */
  readonly port?: number;
  /** A workload that speaks TLS, or several with their shares of the connections. */
  readonly to: IWorkload | readonly Share[];
}

/** How each kind of stream is routed. */
const KINDS = { TCP: 'TCPRoute', TLS: 'TLSRoute' } as const;

/** Connections that a gateway passes on without looking into them, with the listener that takes them. */
export class StreamRoute extends Construct {
  public readonly listener: GatewayListener;

  /** Call `gateway.tcp(…)` or `gateway.tls(…)` instead. @throws LISTENER_*, ROUTE_*, PROP_* */
  constructor(
    gateway: Gateway,
    id: string,
    props: { protocol: keyof typeof KINDS; port: number; host?: string; to: IWorkload | readonly Share[] },
  ) {
    super(vacant(gateway, id), id);
    const { protocol, port, host } = props;
    const kind = KINDS[protocol];
    this.listener = new GatewayListener(gateway, `${protocol.toLowerCase()}-${id}`, { protocol, port, host });
    this.listener.addRoute(this);
    new ApiObject(this, 'Resource', {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind,
      spec: {
        parentRefs: [{ name: gateway.name, sectionName: this.listener.name }],
        ...(host && { hostnames: [host] }),
        rules: [{ backendRefs: routeBackends(this, kind, gateway, props.to) }],
      },
    });
  }
}
