import { Check, ConfigError, Duration, vacant } from '@ashlar/core';
import type { IWorkload } from '@ashlar/kubernetes';
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { Gateway } from './gateway';
import type { GatewayListener } from './gateway-listener';
import { type HeaderChanges, headerModifier } from './header-changes';
import { Retries } from './retries';
import { routeBackends, type Share } from './route-backends';
import { routeParents } from './route-parents';

export type HttpMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE' | 'OPTIONS' | 'PATCH';
export const HTTP_METHODS: readonly HttpMethod[] = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'];

export interface HttpRouteProps {
  /** Names that clients ask for, each served by an HTTPS listener. */
  readonly hosts: readonly string[];
  /** A workload, or several with their shares of the traffic. */
  readonly to: IWorkload | readonly Share[];
  /** Beginning of the path, in whole segments: `/api` takes `/api/v1` and not `/apix`. @default `/` */
  readonly path?: string;
  /** @default - all */
  readonly methods?: readonly HttpMethod[];
  /** Changes to requests on their way in. @default - none */
  readonly requestHeaders?: HeaderChanges;
  /** Changes to answers on their way out. @default - none */
  readonly responseHeaders?: HeaderChanges;
  /** How long an answer may take, retries included, 1 s to 1 h; then the client gets 504. @default Duration.seconds(30) */
  readonly timeout?: Duration;
  /** @default - no request is sent twice */
  readonly retries?: Retries;
}

/** Requests for a name and a path, and the workloads that answer them. @see https://gateway-api.sigs.k8s.io/api-types/httproute/ */
export class HttpRoute extends Construct {
  public readonly gateway: Gateway;
  public readonly hosts: readonly string[];
  public readonly path: string;
  /** The object, for policies that are about it. */
  public readonly resource: ApiObject;

  /** Call `gateway.route(…)` instead. @throws ROUTE_*, HEADER_CHANGES, PROP_* */
  constructor(scope: Construct, id: string, gateway: Gateway, props: HttpRouteProps) {
    super(vacant(scope, id), id);
    const check = new Check(this);
    check.known(props, ['hosts', 'to', 'path', 'methods', 'requestHeaders', 'responseHeaders', 'timeout', 'retries']);
    check.label('the id of a route', id);
    this.gateway = gateway;
    this.path = routePath(this, props.path ?? '/');
    const methods = methodsOf(this, check, props.methods);
    this.hosts = props.hosts;
    const parentRefs = routeParents(this, gateway, { kind: 'HTTPRoute', hosts: props.hosts, path: this.path, methods });
    const timeout = check.instance('timeout', props.timeout ?? Duration.seconds(30), Duration, 'Duration.seconds(30)');
    check.integer('timeout', timeout.toSeconds(), 1, 3600, 'seconds');

    const backendRefs = routeBackends(this, 'HTTPRoute', gateway, props.to);
    const filters: object[] = [];
    if (props.requestHeaders) {
      const requestHeaderModifier = headerModifier(this, 'requestHeaders', props.requestHeaders);
      filters.push({ type: 'RequestHeaderModifier', requestHeaderModifier });
    }
    if (props.responseHeaders) {
      const responseHeaderModifier = headerModifier(this, 'responseHeaders', props.responseHeaders);
      filters.push({ type: 'ResponseHeaderModifier', responseHeaderModifier });
    }
    const path = { type: 'PathPrefix', value: this.path };
    const rule = {
      matches: methods.length > 0 ? methods.map(method => ({ path, method })) : [{ path }],
      filters,
      backendRefs,
      timeouts: { request: timeout.toGo() },
    };
    this.resource = new ApiObject(this, 'Resource', {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      spec: { parentRefs, hostnames: [...props.hosts].sort(), rules: [rule] },
    });
    if (props.retries) {
      const retries = check.instance('retries', props.retries, Retries, 'Retries.of({ attempts: 2 })');
      filters.push(...gateway.controller.defineRetries(this, this.resource, retries));
    }
    if (filters.length === 0) Reflect.deleteProperty(rule, 'filters');
  }
}

/** Sends what comes over HTTP to HTTPS. Certificates are ordered over plain HTTP: a route for the exact path goes before this one. */
export function defineRedirect(listener: GatewayListener): void {
  listener.addRoute(listener);
  new ApiObject(listener, 'Redirect', {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    spec: {
      parentRefs: [{ name: listener.gateway.name, sectionName: listener.name }],
      rules: [{ filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', port: 443, statusCode: 301 } }] }],
    },
  });
}

function routePath(route: HttpRoute, value: string): string {
  const path = new Check(route).text(
    'path',
    value,
    /^\/([-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})*$/,
    'a path that starts with /, without query and fragment',
    '/api',
  );
  if (/\/\/|\/\.{1,2}(\/|$)|%2f/i.test(path)) {
    throw new ConfigError(route, 'ROUTE_PATH', 'path has an empty segment, or one that leads elsewhere', {
      got: path,
      fix: "write it like '/api/v1'",
    });
  }
  return path;
}

function methodsOf(route: HttpRoute, check: Check, given: readonly HttpMethod[] | undefined): readonly HttpMethod[] {
  if (given === undefined) return [];
  const methods = check.list('methods', given, "'GET'").map(method => check.choice('methods', method, HTTP_METHODS));
  const twice = methods.find((method, i) => methods.indexOf(method) < i);
  if (twice) throw new ConfigError(route, 'ROUTE_METHOD_TWICE', `methods has ${twice} twice`, { fix: 'name it once' });
  return [...methods].sort();
}
