import { Check, ConfigError, pathOf, Site, vacant } from '@ashlar/core';
import { namespaceOf } from '@ashlar/kubernetes';
import { Construct } from 'constructs';
import { EnvoyGateway } from '../envoy/envoy-gateway';
import { dnsHost } from '../gateway/dns-host';
import { Gateway } from '../gateway/gateway';
import type { HttpMethod } from '../gateway/http-route';
import { ApiRoute, type ApiRouteProps } from './api-route';
import { type IAuth, isAuth } from './auth';
import { type Cors, corsPolicy } from './cors';
import { API_GATEWAY, isApiGateway } from './is-api-gateway';
import { RateLimit } from './rate-limit';
import { API_AUTH_UNREACHABLE } from './rules/api-auth-unreachable';
import { API_BYPASSED } from './rules/api-bypassed';

export interface ApiGatewayProps {
  /** Where it is reached, served by an `EnvoyGateway`. */
  readonly gateway: Gateway;
  /** Name of the API, which an HTTPS listener of the gateway serves. */
  readonly host: string;
  /** How callers show who they are, unless a route says otherwise. */
  readonly auth: IAuth;
  /** Of each route, unless it says otherwise. */
  readonly rateLimit: RateLimit;
  /** @default - no other site's pages may call it */
  readonly cors?: Cors;
}

/**
 * An API in front of workloads: every caller is known and counted before a request goes on.
 *
 * A route that nobody has to authenticate for is one that says `auth: Auth.none('reason')`.
 * @see https://gateway.envoyproxy.io/docs/tasks/security/
 */
export class ApiGateway extends Construct {
  public static isApiGateway(x: unknown): x is ApiGateway {
    return isApiGateway(x);
  }

  public readonly gateway: Gateway;
  public readonly controller: EnvoyGateway;
  public readonly namespace: string;
  public readonly host: string;
  public readonly auth: IAuth;
  public readonly rateLimit: RateLimit;
  /** As a SecurityPolicy has it. */
  public readonly cors?: object;
  private readonly routeList: ApiRoute[] = [];
  /** Paths whose first route also takes the questions of browsers. */
  private readonly asked = new Set<string>();

  /** @throws API_CONTROLLER, API_NAMESPACE, API_HOST, CORS_*, PROP_* */
  constructor(scope: Construct, id: string, props: ApiGatewayProps) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, API_GATEWAY, { value: true });
    const check = new Check(this);
    check.known(props, ['gateway', 'host', 'auth', 'rateLimit', 'cors']);
    this.gateway = check.instance('gateway', props.gateway, { name: 'Gateway', is: Gateway.isGateway }, 'gateway');
    this.namespace = namespaceOf(this);
    this.controller = this.capable(this.gateway);
    this.host = dnsHost(check, 'host', props.host);
    if (!this.gateway.listeners.some(listener => listener.protocol === 'HTTPS' && listener.serves(this.host))) {
      throw new ConfigError(this, 'API_HOST', `is at ${this.host}, which no HTTPS listener of ${pathOf(this.gateway)} serves`, {
        fix: `write https('api', { host: '${this.host}', certificate }) on it before`,
      });
    }
    this.auth = check.instance('auth', props.auth, { name: 'way to authenticate', is: isAuth }, 'JwtAuth.of({ … })');
    this.rateLimit = check.instance('rateLimit', props.rateLimit, RateLimit, 'RateLimit.perClient(100, Duration.minutes(1))');
    if (props.cors !== undefined) this.cors = corsPolicy(this, props.cors);
    Site.of(this).addRules(API_AUTH_UNREACHABLE, API_BYPASSED);
  }

  public get routes(): readonly ApiRoute[] {
    return this.routeList;
  }

  /** Adds a part of the API. @throws AUTH_*, OIDC_REDIRECT_HOST, RATE_LIMIT_SHARED, ROUTE_*, PROP_* */
  public route(id: string, props: ApiRouteProps): ApiRoute {
    const route = new ApiRoute(this, id, props);
    this.routeList.push(route);
    return route;
  }

  /** Methods that a route must take: a browser asks with OPTIONS before it calls, and Envoy answers where a route takes the question. @internal */
  public methodsOf({ path, methods }: Pick<ApiRouteProps, 'path' | 'methods'>): readonly HttpMethod[] | undefined {
    if (!this.cors || !Array.isArray(methods) || methods.length === 0 || methods.includes('OPTIONS') || this.asked.has(path))
      return methods;
    this.asked.add(path);
    return [...methods, 'OPTIONS'];
  }

  private capable(gateway: Gateway): EnvoyGateway {
    const { controller } = gateway;
    if (!EnvoyGateway.isEnvoyGateway(controller)) {
      throw new ConfigError(
        this,
        'API_CONTROLLER',
        `its gateway ${pathOf(gateway)} is served by ${pathOf(controller)}, which checks neither tokens nor logins`,
        { fix: 'take a gateway of an EnvoyGateway' },
      );
    }
    if (this.namespace !== gateway.namespace) {
      throw new ConfigError(
        this,
        'API_NAMESPACE',
        `is in namespace ${this.namespace}, and its gateway takes routes of ${gateway.namespace} only`,
        { fix: `make it in ${gateway.namespace}; its workloads may be elsewhere` },
      );
    }
    return controller;
  }
}
