import { Duration, Port, Secret, Version } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { KubernetesCluster, Workload } from '@ashlar/kubernetes';
import { Internet } from '@ashlar/network';
import {
  ApiGateway,
  type ApiGatewayProps,
  ApiKeyAuth,
  type ApiRouteProps,
  Auth,
  BasicAuth,
  type Cors,
  EnvoyGateway,
  Gateway,
  type IAuth,
  JwtAuth,
  OidcAuth,
  RateLimit,
  Retries,
  TraefikIngress,
} from '../../src';
import { IMAGE, lab, served } from '../lab';
import { manifest } from '../manifest';
import { refusal } from '../refusal';

const TOKENS = { issuer: 'https://id.example.net', audiences: ['shop-api'], jwksUri: 'https://id.example.net/keys' };
const LOGIN = { issuer: 'https://id.example.net', clientId: 'shop', clientSecret: Secret.fromKubernetes('edge', 'oidc', 'client-secret') };
const LIMIT = RateLimit.perClient(100, Duration.minutes(1));

/** An API at api.example.net, whose gateway may ask the identity provider. */
function anApi(props: Partial<ApiGatewayProps> = {}, base = served('api.example.net')) {
  const { site, edge, gateway, workload } = base;
  gateway.connections.allowTo(Internet.of(site), Port.tcp(443));
  const api = new ApiGateway(edge, 'api', { gateway, host: 'api.example.net', auth: JwtAuth.of(TOKENS), rateLimit: LIMIT, ...props });
  const route = (own: Partial<ApiRouteProps> = {}) => api.route('orders', { path: '/orders', to: workload('orders'), ...own });
  return { ...base, api, route };
}

const security = (auth?: IAuth) => {
  const { site, route } = anApi();
  route({ auth });
  return manifest(site, 'SecurityPolicy', 'api-orders-security').spec;
};

describe('a route of an API', () => {
  test('asks for a token and counts clients, unless something else is said', () => {
    const { site, route } = anApi();
    route();
    const targetRefs = [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: 'api-orders-http' }];
    expect(manifest(site, 'SecurityPolicy', 'api-orders-security').spec).toEqual({
      targetRefs,
      jwt: {
        providers: [
          {
            name: 'id.example.net',
            issuer: 'https://id.example.net',
            audiences: ['shop-api'],
            remoteJWKS: { uri: 'https://id.example.net/keys', cacheDuration: '5m' },
          },
        ],
      },
    });
    const limit = { requests: 100, unit: 'Minute' };
    expect(manifest(site, 'BackendTrafficPolicy', 'api-orders-traffic').spec).toEqual({
      targetRefs,
      rateLimit: {
        type: 'Local',
        local: {
          rules: ['0.0.0.0/0', '::/0'].map(value => ({ clientSelectors: [{ sourceCIDR: { type: 'Distinct', value } }], limit })),
        },
      },
      circuitBreaker: { maxParallelRequests: 1024 },
    });
    expect(Testing.findings(site)).toEqual([]);
  });

  test('has people log in and come back to its own path', () => {
    expect(security(OidcAuth.of({ ...LOGIN, scopes: ['profile', 'email'] })).oidc).toEqual({
      provider: { issuer: 'https://id.example.net' },
      clientID: 'shop',
      clientSecret: { name: 'oidc' },
      redirectURL: 'https://api.example.net/orders/oauth2/callback',
      logoutPath: '/orders/logout',
      cookieConfig: { sameSite: 'Lax' },
      scopes: ['email', 'profile'],
    });
  });

  test('takes keys, which go no further', () => {
    const key = (name: string) => Secret.fromKubernetes('edge', 'api-keys', name);
    expect(security(ApiKeyAuth.of({ keys: [key('reseller'), key('mobile-app')] })).apiKeyAuth).toEqual({
      credentialRefs: [{ name: 'api-keys' }],
      extractFrom: [{ headers: ['X-API-Key'] }],
      sanitize: true,
    });
  });

  test('takes names and passwords', () => {
    const users = Secret.fromKubernetes('edge', 'users', '.htpasswd');
    expect(security(BasicAuth.of({ users })).basicAuth).toEqual({ users: { name: 'users' } });
  });

  test('is open when it says why', () => {
    const { site, route } = anApi();
    route({ auth: Auth.none('the catalogue is public') });
    expect(Object.keys(Testing.files(site)).filter(path => path.includes('SecurityPolicy'))).toEqual([]);
  });

  test('takes the questions of browsers once, beside the methods that it is for', () => {
    const { site, api, workload } = anApi({ cors: { origins: ['https://shop.example.net'], credentials: true } });
    api.route('read', { path: '/orders', methods: ['GET'], to: workload('read') });
    api.route('write', { path: '/orders', methods: ['POST'], to: workload('write') });
    const methods = (name: string) =>
      manifest(site, 'HTTPRoute', name).spec.rules[0].matches.map((match: { method: string }) => match.method);
    expect(methods('api-read-http')).toEqual(['GET', 'OPTIONS']);
    expect(methods('api-write-http')).toEqual(['POST']);
    expect(manifest(site, 'SecurityPolicy', 'api-write-security').spec.cors).toEqual({
      allowOrigins: ['https://shop.example.net'],
      allowMethods: ['GET', 'HEAD', 'POST'],
      allowCredentials: true,
      maxAge: '10m',
    });
  });

  test('keeps retries, limits and the circuit breaker in one policy: of two for one route, Envoy Gateway takes the older', () => {
    const { site, route } = anApi();
    route({ retries: Retries.of({ attempts: 1 }), rateLimit: RateLimit.inTotal(5, Duration.seconds(1)), maxParallelRequests: 20 });
    const policies = Object.keys(Testing.files(site)).filter(path => path.includes('BackendTrafficPolicy'));
    expect(policies).toEqual(['kubernetes/prod/edge/BackendTrafficPolicy-api-orders-traffic.yaml']);
    expect(manifest(site, 'BackendTrafficPolicy', 'api-orders-traffic').spec).toMatchObject({
      rateLimit: { type: 'Local', local: { rules: [{ limit: { requests: 5, unit: 'Second' } }] } },
      circuitBreaker: { maxParallelRequests: 20 },
      retry: { numRetries: 1 },
    });
  });

  test('is counted for all proxies together in Redis, which lets the counter in', () => {
    const base = lab(
      (cluster, shop) => new EnvoyGateway(cluster, 'envoy', { redis: new Workload(shop, 'redis', { image: IMAGE, port: 6379 }) }),
    );
    const { site, route, cluster } = anApi({}, served('api.example.net', base));
    route({ rateLimit: RateLimit.perClient(10, Duration.hours(1), { shared: true }) });
    const { rateLimit } = manifest(site, 'BackendTrafficPolicy', 'api-orders-traffic').spec;
    expect(rateLimit.type).toBe('Global');
    expect(rateLimit.global.rules).toHaveLength(2);
    expect(cluster.releases.find(({ chart }) => chart === 'gateway-helm')?.values.config).toEqual({
      envoyGateway: { rateLimit: { backend: { type: 'Redis', redis: { url: 'redis.shop.svc.cluster.local:6379' } } } },
    });
    expect(manifest(site, 'NetworkPolicy', 'redis').spec.ingress[0].from[0].podSelector.matchLabels).toEqual({
      'app.kubernetes.io/name': 'envoy-ratelimit',
    });
  });
});

describe('what is refused', () => {
  const cors = (own: Partial<Cors>) => anApi({ cors: { origins: ['https://shop.example.net'], ...own } });
  const login = (own: object) => OidcAuth.of({ ...LOGIN, ...own });
  const tokens = (own: object) => JwtAuth.of({ ...TOKENS, ...own });

  test.each<[title: string, action: () => unknown, message: string]>([
    [
      'tokens without an audience',
      () => tokens({ audiences: [] }),
      `[JwtAuth.of] audiences must be 1 to 8 names, or tokens for any other service would do, got []; write audiences: ['shop-api'], see RFC 8725 section 3.9 (JWT_AUDIENCES)`,
    ],
    [
      'tokens whose audience was forgotten',
      () => tokens({ audiences: undefined }),
      `[JwtAuth.of] audiences must be 1 to 8 names, or tokens for any other service would do, got undefined; write audiences: ['shop-api'], see RFC 8725 section 3.9 (JWT_AUDIENCES)`,
    ],
    [
      'keys over http',
      () => tokens({ jwksUri: 'http://id.example.net/keys' }),
      '[JwtAuth.of] jwksUri must be an https address without query, got "http://id.example.net/keys"; write it like https://id.example.net/keys (AUTH_HTTPS)',
    ],
    [
      'an issuer over http',
      () => tokens({ issuer: 'http://id.example.net' }),
      '[JwtAuth.of] issuer must be an https address without query, got "http://id.example.net"; write it like https://id.example.net (AUTH_HTTPS)',
    ],
    [
      'no keys',
      () => tokens({ jwksUri: undefined }),
      `[JwtAuth.of] jwksUri is missing; write jwksUri: 'https://id.example.net/keys' (PROP_MISSING)`,
    ],
    [
      'a provider over http',
      () => login({ issuer: 'http://id.example.net' }),
      '[OidcAuth.of] issuer must be an https address without query, got "http://id.example.net"; write it like https://id.example.net (AUTH_HTTPS)',
    ],
    [
      'one endpoint of two',
      () => login({ tokenEndpoint: 'https://id.example.net/token' }),
      '[OidcAuth.of] has one endpoint of the provider and not the other; give authorizationEndpoint and tokenEndpoint, or none of them (OIDC_ENDPOINTS)',
    ],
    [
      'the secret of a client as text',
      () => login({ clientSecret: 'hunter2' }),
      `[OidcAuth.of] clientSecret must be a Secret; write clientSecret: Secret.fromKubernetes('edge', 'oidc', 'client-secret') (PROP_TYPE)`,
    ],
    [
      'the secret of a client elsewhere',
      () => anApi().route({ auth: login({ clientSecret: Secret.fromOpenBao('kv/oidc', 'secret') }) }),
      `[lab/prod/edge/api/orders] clientSecret is kept in openbao:kv/oidc#secret, where Envoy Gateway does not look for it; pass Secret.fromKubernetes('edge', …, 'client-secret') (AUTH_SECRET)`,
    ],
    [
      'the secret of a client under another key',
      () => anApi().route({ auth: login({ clientSecret: Secret.fromKubernetes('edge', 'oidc', 'secret') }) }),
      `[lab/prod/edge/api/orders] clientSecret is kept in kubernetes:edge/oidc#secret, where Envoy Gateway does not look for it; pass Secret.fromKubernetes('edge', …, 'client-secret') (AUTH_SECRET)`,
    ],
    [
      'log-in for a wildcard',
      () => {
        const base = served('*.example.net');
        anApi({ host: '*.example.net' }, base).route({ auth: OidcAuth.of(LOGIN) });
      },
      '[lab/prod/edge/api/orders] logs people in for *.example.net, and there is no one host for them to come back to; make an API for each host, see https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest (OIDC_REDIRECT_HOST)',
    ],
    [
      'an open route without a reason',
      () => Auth.none('public'),
      `[Auth.none] an open route needs a reason of at least 10 characters, got "public"; write it like Auth.none('the catalogue is public') (AUTH_REASON)`,
    ],
    [
      'an API without a way to authenticate',
      () => anApi({ auth: undefined }),
      '[lab/prod/edge/api] auth is missing; write auth: JwtAuth.of({ … }) (PROP_MISSING)',
    ],
    [
      'a way to authenticate that is none',
      () => anApi().route({ auth: 'jwt' as never }),
      '[lab/prod/edge/api/orders] auth must be a way to authenticate, got "jwt"; write auth: JwtAuth.of({ … }) (PROP_TYPE)',
    ],
    [
      'no keys of callers',
      () => ApiKeyAuth.of({ keys: [] }),
      `[ApiKeyAuth.of] keys is empty; write keys: [Secret.fromKubernetes('edge', 'api-keys', 'mobile-app')] (PROP_EMPTY)`,
    ],
    [
      'keys in another namespace',
      () => anApi().route({ auth: ApiKeyAuth.of({ keys: [Secret.fromKubernetes('shop', 'keys', 'mobile-app')] }) }),
      `[lab/prod/edge/api/orders] keys is kept in kubernetes:shop/keys#mobile-app, where Envoy Gateway does not look for it; pass Secret.fromKubernetes('edge', …, 'mobile-app') (AUTH_SECRET)`,
    ],
    [
      'a rate limit of 0',
      () => RateLimit.perClient(0, Duration.minutes(1)),
      '[RateLimit.perClient] requests must be from 1 to 1000000, got 0; choose a value inside the range (PROP_RANGE)',
    ],
    [
      'a rate limit in five minutes',
      () => RateLimit.perClient(500, Duration.minutes(5)),
      '[RateLimit.perClient] period must be a second, a minute, an hour or a day, got "5m"; write Duration.minutes(1) (RATE_LIMIT_PERIOD)',
    ],
    [
      'a period as a number',
      () => RateLimit.inTotal(500, 60 as never),
      '[RateLimit.inTotal] period must be a Duration, got 60; write period: Duration.minutes(1) (PROP_TYPE)',
    ],
    [
      'a shared limit without Redis',
      () => anApi().route({ rateLimit: RateLimit.perClient(10, Duration.hours(1), { shared: true }) }),
      `[lab/prod/edge/api/orders] counts requests for all proxies together, and lab/prod/envoy has no Redis to do so; write new EnvoyGateway(cluster, 'envoy', { redis }), or leave shared out (RATE_LIMIT_SHARED)`,
    ],
    [
      'an API without a rate limit',
      () => anApi({ rateLimit: undefined }),
      '[lab/prod/edge/api] rateLimit is missing; write rateLimit: RateLimit.perClient(100, Duration.minutes(1)) (PROP_MISSING)',
    ],
    [
      'every origin with credentials',
      () => cors({ origins: ['*'], credentials: true }),
      `[lab/prod/edge/api] cors lets every site's pages act with the cookies of whoever opens them: origins '*' with credentials; name the origins, or leave credentials out, see https://fetch.spec.whatwg.org/#cors-protocol-and-credentials (CORS_CREDENTIALS)`,
    ],
    [
      'every origin and one more',
      () => cors({ origins: ['*', 'https://shop.example.net'] }),
      '[lab/prod/edge/api] cors.origins names * and others, which it stands for already; keep one or the other (CORS_ORIGINS)',
    ],
    [
      'an origin with a path',
      () => cors({ origins: ['https://shop.example.net/'] }),
      '[lab/prod/edge/api] cors.origins must be * or origins, without a path, got "https://shop.example.net/"; write it like https://shop.example.net (PROP_FORMAT)',
    ],
    [
      'a permission for a day',
      () => cors({ maxAge: Duration.days(1) }),
      '[lab/prod/edge/api] cors.maxAge must be from 0 to 7200 seconds, got 86400; choose a value inside the range (PROP_RANGE)',
    ],
    [
      'a host that no listener serves',
      () => anApi({ host: 'other.example.net' }),
      `[lab/prod/edge/api] is at other.example.net, which no HTTPS listener of lab/prod/edge/public serves; write https('api', { host: 'other.example.net', certificate }) on it before (API_HOST)`,
    ],
    [
      'a host that DNS refuses',
      () => anApi({ host: 'api_1.example.net' }),
      '[lab/prod/edge/api] host must be a lower-case DNS name, whose first label may be *, got "api_1.example.net"; write it like shop.example.net (PROP_FORMAT)',
    ],
    [
      'one path twice',
      () => {
        const { api, workload } = anApi();
        api.route('a', { path: '/orders', to: workload('a') });
        api.route('b', { path: '/orders', to: workload('b') });
      },
      '[lab/prod/edge/api/b/http] takes api.example.net/orders, which lab/prod/edge/api/a/http already takes; choose another path, or split the traffic of one route by weights (ROUTE_TAKEN)',
    ],
    [
      'no circuit breaker',
      () => anApi().route({ maxParallelRequests: 0 }),
      '[lab/prod/edge/api/orders] maxParallelRequests must be from 1 to 100000, got 0; choose a value inside the range (PROP_RANGE)',
    ],
    [
      'a route with hosts of its own',
      () => anApi().route({ hosts: ['other.example.net'] } as object),
      '[lab/prod/edge/api/orders] there is no property hosts; use one of path, to, methods, requestHeaders, responseHeaders, timeout, retries, auth, rateLimit, maxParallelRequests (PROP_UNKNOWN)',
    ],
    [
      'an API in another namespace than its gateway',
      () => {
        const { shop, gateway } = served('api.example.net');
        new ApiGateway(shop, 'api', { gateway, host: 'api.example.net', auth: JwtAuth.of(TOKENS), rateLimit: LIMIT });
      },
      '[lab/prod/shop/api] is in namespace shop, and its gateway takes routes of edge only; make it in edge; its workloads may be elsewhere (API_NAMESPACE)',
    ],
    [
      'an API behind Traefik',
      () => {
        const { cluster, edge, pool } = lab();
        const controller = new TraefikIngress(cluster, 'inside', { address: pool.host('inside', 210) });
        const gateway = new Gateway(edge, 'inside', { controller, address: controller.address });
        new ApiGateway(edge, 'api', { gateway, host: 'api.example.net', auth: JwtAuth.of(TOKENS), rateLimit: LIMIT });
      },
      '[lab/prod/edge/api] its gateway lab/prod/edge/inside is served by lab/prod/inside, which checks neither tokens nor logins; take a gateway of an EnvoyGateway (API_CONTROLLER)',
    ],
    [
      'a route to another cluster',
      () => {
        const { site, route } = anApi();
        const other = new KubernetesCluster(site, 'other', { version: Version.of('1.34.2') });
        route({ to: new Workload(other.namespace('shop'), 'web', { image: IMAGE, port: 8080 }) });
      },
      '[lab/prod/edge/api/orders/http] leads to lab/other/shop/web, which does not run in prod; run it in prod, or make a gateway in its cluster (ROUTE_CLUSTER)',
    ],
  ])('%s', (_, action, message) => {
    expect(refusal(action)).toBe(message);
  });
});

describe('what only the whole model tells', () => {
  test('an API whose gateway cannot ask about callers', () => {
    const { site, edge, gateway, workload } = served('api.example.net');
    const api = new ApiGateway(edge, 'api', { gateway, host: 'api.example.net', auth: JwtAuth.of(TOKENS), rateLimit: LIMIT });
    api.route('orders', { path: '/orders', to: workload('orders') });
    api.route('catalogue', { path: '/catalogue', to: workload('catalogue'), auth: Auth.none('the catalogue is public') });
    expect(Testing.findings(site)).toEqual([
      'error [lab/prod/edge/api/orders] asks id.example.net about callers, and no flow lets lab/prod/edge/public reach anything on port 443; write public.connections.allowTo(Internet.of(site), Port.tcp(443)) (API_AUTH_UNREACHABLE)',
    ]);
  });

  test('a route past the API', () => {
    const { site, gateway, workload, route } = anApi();
    route();
    gateway.route('debug', { hosts: ['api.example.net'], path: '/debug', to: workload('debug') });
    expect(Testing.findings(site)).toEqual([
      `error [lab/prod/edge/public/debug] takes requests for api.example.net, the name of the API lab/prod/edge/api, and asks nobody who they are; write it as a route of the API, with auth: Auth.none('reason') when it is open (API_BYPASSED)`,
    ]);
  });
});
