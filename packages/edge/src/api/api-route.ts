import { Check, ConfigError, pathOf, vacant } from '@ashlar/core';
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { retryPart } from '../envoy/retry-part';
import { HttpRoute, type HttpRouteProps } from '../gateway/http-route';
import { Retries } from '../gateway/retries';
import type { ApiGateway } from './api-gateway';
import { type IAuth, isAuth } from './auth';
import { RateLimit } from './rate-limit';

export interface ApiRouteProps extends Omit<HttpRouteProps, 'hosts' | 'path'> {
  /** Beginning of the path, in whole segments. */
  readonly path: string;
  /** @default - that of the API */
  readonly auth?: IAuth;
  /** @default - that of the API */
  readonly rateLimit?: RateLimit;
  /** Requests that the workload is given at one time, 1–100000; more are answered with 503. @default 1024 */
  readonly maxParallelRequests?: number;
}

/** A part of an API: which requests, to which workload, from whom, and how many. */
export class ApiRoute extends Construct {
  public readonly auth: IAuth;

  /** Call `api.route(…)` instead. @throws AUTH_*, OIDC_REDIRECT_HOST, RATE_LIMIT_SHARED, ROUTE_*, PROP_* */
  constructor(api: ApiGateway, id: string, props: ApiRouteProps) {
    super(vacant(api, id), id);
    const check = new Check(this);
    check.known(props, KNOWN);
    this.auth = check.instance('auth', props.auth ?? api.auth, { name: 'way to authenticate', is: isAuth }, 'JwtAuth.of({ … })');
    const limit = check.instance('rateLimit', props.rateLimit ?? api.rateLimit, RateLimit, 'RateLimit.perClient(100, Duration.minutes(1))');
    if (limit.shared && !api.controller.countsTogether) {
      throw new ConfigError(
        this,
        'RATE_LIMIT_SHARED',
        `counts requests for all proxies together, and ${pathOf(api.controller)} has no Redis to do so`,
        {
          fix: "write new EnvoyGateway(cluster, 'envoy', { redis }), or leave shared out",
        },
      );
    }
    const maxParallelRequests = check.integer('maxParallelRequests', props.maxParallelRequests ?? 1024, 1, 100_000);
    const { auth: _auth, rateLimit: _limit, maxParallelRequests: _parallel, retries, ...http } = props;
    const route = new HttpRoute(this, 'http', api.gateway, { ...http, hosts: [api.host], methods: api.methodsOf(props) });
    const targetRefs = [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: route.resource.name }];

    const asked = this.auth.policy({ scope: this, namespace: api.namespace, host: api.host, path: route.path });
    if (asked || api.cors) {
      const spec = { targetRefs, ...asked, ...(api.cors && { cors: api.cors }) };
      new ApiObject(this, 'Security', { apiVersion: 'gateway.envoyproxy.io/v1alpha1', kind: 'SecurityPolicy', spec });
    }
    new ApiObject(this, 'Traffic', {
      apiVersion: 'gateway.envoyproxy.io/v1alpha1',
      kind: 'BackendTrafficPolicy',
      spec: {
        targetRefs,
        rateLimit: limit.policy(),
        circuitBreaker: { maxParallelRequests },
        ...(retries && { retry: retryPart(check.instance('retries', retries, Retries, 'Retries.of({ attempts: 2 })')) }),
      },
    });
  }
}

const KNOWN = [
  'path',
  'to',
  'methods',
  'requestHeaders',
  'responseHeaders',
  'timeout',
  'retries',
  'auth',
  'rateLimit',
  'maxParallelRequests',
];
