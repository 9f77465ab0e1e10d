import { ConfigError, pathOf } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import type { GatewayListener } from './gateway-listener';

/** What a route takes: requests for a name and a path, of some methods or of all. */
export interface RouteMatch {
  readonly kind: 'HTTPRoute' | 'GRPCRoute';
  readonly hosts: readonly string[];
  /** Of HTTP the prefix of paths; of gRPC the service and method. */
  readonly path: string;
  /** Empty for all. */
  readonly methods: readonly string[];
}

/** Which route of a gateway takes which requests. Of two that take the same one, a gateway serves the older and says nothing. */
export class RouteTable {
  private readonly routes = new Map<string, IConstruct>();
  private readonly hosts = new Map<string, Set<IConstruct>>();
  private readonly kinds = new Map<string, { readonly kind: RouteMatch['kind']; readonly route: IConstruct }>();

  /** Routes that take requests for `host`. */
  public of(host: string): readonly IConstruct[] {
    return [...(this.hosts.get(host) ?? [])];
  }

  /** @throws ROUTE_TAKEN */
  public add(route: IConstruct, listener: GatewayListener, host: string, match: RouteMatch): void {
    const kind = this.kinds.get(host);
    if (kind && kind.kind !== match.kind) {
      throw new ConfigError(route, 'ROUTE_TAKEN', `is a ${match.kind} for ${host}, for which ${pathOf(kind.route)} is a ${kind.kind}`, {
        fix: 'give one of them a name of its own',
        see: 'https://gateway-api.sigs.k8s.io/reference/spec/#grpcroute',
      });
    }
    this.kinds.set(host, { kind: match.kind, route });
    this.hosts.set(host, (this.hosts.get(host) ?? new Set()).add(route));
    for (const method of match.methods.length > 0 ? match.methods : ['']) {
      const key = `${listener.port} ${host} ${match.path.replace(/(?<=.)\/$/, '')} ${method}`;
      const holder = this.routes.get(key);
      if (holder) {
        throw new ConfigError(
          route,
          'ROUTE_TAKEN',
          `takes ${method && `${method} `}${host}${match.path}, which ${pathOf(holder)} already takes`,
          {
            fix: 'choose another path, or split the traffic of one route by weights',
          },
        );
      }
      this.routes.set(key, route);
    }
  }
}
