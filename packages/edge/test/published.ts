import { Duration, Port, Secret, Size } from '@ashlar/core';
import { Controller, Workload } from '@ashlar/kubernetes';
import { Internet } from '@ashlar/network';
import {
  AcmeChallenge,
  AcmeIssuer,
  AcmeServer,
  ApiGateway,
  ApiKeyAuth,
  Auth,
  BasicAuth,
  Certificate,
  EnvoyGateway,
  Gateway,
  JwtAuth,
  Middleware,
  OidcAuth,
  RateLimit,
  Retries,
  TraefikIngress,
  TraefikRoute,
} from '../src';
import { IMAGE, lab } from './lab';

/** Everything that the package makes, in one site: a shop and its API behind Envoy, and tools of the house behind Traefik. */
export function published() {
  const base = lab(
    (cluster, shop) =>
      new EnvoyGateway(cluster, 'envoy', {
        redis: new Workload(shop, 'redis', {
          image: IMAGE,
          port: 6379,
          controller: Controller.statefulSet({ replicas: 3, volume: { size: Size.gibibytes(1), path: '/data' } }),
        }),
      }),
  );
  const { site, cluster, edge, shop, people, pool, servers, workload, gateway } = base;
  const internet = Internet.of(site);
  const secret = (name: string, key: string) => Secret.fromKubernetes('edge', name, key);
  const kept = (name: string, key: string) => Secret.fromKubernetes('cert-manager', name, key);

  const front = gateway('public');
  front.connections.allowFrom(internet, Port.tcp(443));
  front.connections.allowFrom(internet, Port.tcp(80));
  front.connections.allowFrom(people, Port.tcp(1883));
  front.connections.allowTo(internet, Port.tcp(443));

  const issuer = (id: string, challenge: AcmeChallenge) => {
    const one = new AcmeIssuer(edge, id, { server: AcmeServer.LETS_ENCRYPT, email: 'ops@example.net', challenge });
    one.connections.allowTo(internet, Port.tcp(443));
    return one;
  };
  const [http, cloudflare, own] = [
    issuer('http', AcmeChallenge.http01(front)),
    issuer('cloudflare', AcmeChallenge.cloudflare({ apiToken: kept('cloudflare', 'token'), zones: ['example.net'] })),
    issuer('own', AcmeChallenge.rfc2136({ server: servers.host('ns1', 2), keyName: 'acme', key: kept('acme-tsig', 'key') })),
  ];
  const certificate = (id: string, one: AcmeIssuer, host: string) => new Certificate(edge, id, { issuer: one, hosts: [host] });
  front.https('shop', { host: 'shop.example.net', certificate: certificate('shop-certificate', http, 'shop.example.net') });
  front.https('api', { host: 'api.example.net', certificate: certificate('api-certificate', cloudflare, 'api.example.net') });
  front.https('apps', { host: '*.apps.example.net', certificate: certificate('apps-certificate', own, '*.apps.example.net') });

  const [web, next] = [workload('web'), workload('web-next')];
  front.route('shop', {
    hosts: ['shop.example.net'],
    to: [
      { to: web, weight: 90 },
      { to: next, weight: 10 },
    ],
    requestHeaders: { set: { 'X-Front': 'public' }, remove: ['X-Internal'] },
    responseHeaders: { add: { 'X-Shop': 'lab' } },
    timeout: Duration.seconds(10),
    retries: Retries.of({ attempts: 2 }),
  });
  front.route('search', { hosts: ['shop.example.net'], path: '/search', methods: ['GET'], to: workload('search') });
  front.grpc('stock', { hosts: ['stock.apps.example.net'], service: 'shop.v1.Stock', to: workload('inventory') });
  front.tcp('mqtt', { port: 1883, to: workload('mqtt', 1883) });
  front.tls('ledger', { host: 'ledger.example.net', to: workload('ledger', 8443) });

  const api = new ApiGateway(edge, 'api', {
    gateway: front,
    host: 'api.example.net',
    auth: JwtAuth.of({ issuer: 'https://id.example.net', audiences: ['shop-api'], jwksUri: 'https://id.example.net/keys' }),
    rateLimit: RateLimit.perClient(100, Duration.minutes(1)),
    cors: { origins: ['https://shop.example.net'], methods: ['GET', 'POST'], headers: ['Authorization'], credentials: true },
  });
  api.route('orders', { path: '/orders', methods: ['GET', 'POST'], to: workload('orders'), retries: Retries.of({ attempts: 3 }) });
  api.route('catalogue', { path: '/catalogue', to: workload('catalogue'), auth: Auth.none('the catalogue is public') });
  api.route('partners', {
    path: '/partners',
    to: workload('partners'),
    auth: ApiKeyAuth.of({ keys: [secret('api-keys', 'reseller')] }),
    rateLimit: RateLimit.perClient(1000, Duration.hours(1), { shared: true }),
  });
  api.route('reports', { path: '/reports', to: workload('reports'), auth: BasicAuth.of({ users: secret('users', '.htpasswd') }) });
  api.route('admin', {
    path: '/admin',
    to: workload('admin'),
    rateLimit: RateLimit.inTotal(20, Duration.seconds(1)),
    maxParallelRequests: 50,
    auth: OidcAuth.of({
      issuer: 'https://id.example.net',
      clientId: 'admin',
      clientSecret: secret('oidc', 'client-secret'),
      authorizationEndpoint: 'https://id.example.net/authorize',
      tokenEndpoint: 'https://id.example.net/token',
    }),
  });

  const traefik = new TraefikIngress(cluster, 'inside', { address: pool.host('inside', 210), replicas: 3 });
  traefik.connections.allowFrom(people);
  const staff = Middleware.ipAllowList(shop, 'staff', [people]);
  const login = Middleware.forwardAuth(shop, 'sign-in', { to: workload('login'), path: '/verify', responseHeaders: ['Remote-User'] });
  const slow = Middleware.rateLimit(shop, 'slow', { average: 20, burst: 50 });
  const headers = Middleware.headers(shop, 'headers', { response: { 'X-Robots-Tag': 'none' } });
  new TraefikRoute(shop, 'stock', {
    ingress: traefik,
    host: traefik.nipIo('stock'),
    to: workload('stock-ui'),
    middlewares: [staff, login, slow, headers],
  });
  const back = new Gateway(edge, 'inside', { controller: traefik, address: traefik.address });
  back.connections.allowFrom(people);
  const tools = Certificate.fromSecret(edge, 'tools-certificate', 'tools-tls', ['*.tools.example.net']);
  back.https('tools', { host: '*.tools.example.net', certificate: tools });
  back.route('grafana', { hosts: ['grafana.tools.example.net'], to: workload('grafana'), retries: Retries.of({ attempts: 1 }) });
  return { ...base, front, api, traefik, back };
}
