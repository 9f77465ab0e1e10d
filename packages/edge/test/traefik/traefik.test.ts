import { Duration, Port, Version } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { KubernetesCluster, Workload } from '@ashlar/kubernetes';
import { Certificate, Gateway, Middleware, Retries, TraefikIngress, TraefikRoute, type TraefikRouteProps } from '../../src';
import { IMAGE, lab } from '../lab';
import { manifest } from '../manifest';
import { refusal } from '../refusal';

function inside() {
  const base = lab();
  const traefik = new TraefikIngress(base.cluster, 'inside', { address: base.pool.host('inside', 210) });
  traefik.connections.allowFrom(base.people);
  const route = (props: Partial<TraefikRouteProps> = {}, id = 'wiki-route') => {
    const to = props.to ?? base.workload(`web-of-${id}`);
    return new TraefikRoute(base.shop, id, { ingress: traefik, host: 'wiki.lab.example.net', ...props, to });
  };
  return { ...base, traefik, route };
}

describe('Traefik', () => {
  test('is two pods on two nodes, with access logs, without a dashboard', () => {
    const { values, version } = inside().cluster.releases.find(({ chart }) => chart === 'traefik') as { values: object; version: string };
    expect(version).toBe('41.3.0');
    expect(values).toMatchObject({
      deployment: { replicas: 2 },
      podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
      accessLog: { enabled: true, format: 'json' },
      api: { dashboard: false },
      service: { spec: { type: 'LoadBalancer', externalTrafficPolicy: 'Local', loadBalancerIP: '10.20.0.210' } },
      global: { checkNewVersion: false, sendAnonymousUsage: false },
    });
  });

  test('speaks no TLS before 1.2, and sends plain HTTP to HTTPS last of all', () => {
    const { site } = inside();
    expect(manifest(site, 'TLSOption', 'default').spec.minVersion).toBe('VersionTLS12');
    const [redirect] = manifest(site, 'IngressRoute', 'redirect').spec.routes;
    expect(redirect).toMatchObject({ match: 'PathPrefix(`/`)', priority: 1, middlewares: [{ name: 'https' }] });
  });

  test('is reached by whom flows say, and reaches what its routes lead to', () => {
    const { site, route } = inside();
    route();
    const { ingress, egress } = manifest(site, 'NetworkPolicy', 'inside').spec;
    expect(ingress).toEqual([{ from: [{ ipBlock: { cidr: '10.30.0.0/24' } }], ports: [{ port: 443, protocol: 'TCP' }] }]);
    expect(egress.at(-1).to[0].podSelector.matchLabels).toEqual({ 'app.kubernetes.io/name': 'web-of-wiki-route' });
    const web = manifest(site, 'NetworkPolicy', 'web-of-wiki-route').spec.ingress;
    expect(web[0].from[0].podSelector.matchLabels).toEqual({
      'app.kubernetes.io/instance': 'inside-traefik',
      'app.kubernetes.io/name': 'traefik',
    });
    expect(Testing.findings(site)).toEqual([]);
  });

  test('takes a name and a path through middlewares in their order', () => {
    const { site, shop, people, workload, route } = inside();
    const staff = Middleware.ipAllowList(shop, 'staff', [people]);
    const login = Middleware.forwardAuth(shop, 'sign-in', { to: workload('login'), path: '/verify', responseHeaders: ['Remote-User'] });
    const slow = Middleware.rateLimit(shop, 'slow', { average: 60, period: Duration.minutes(1) });
    const headers = Middleware.headers(shop, 'headers', { request: { 'X-Internal': '' } });
    route({ path: '/docs', middlewares: [staff, slow, login, headers] });
    expect(manifest(site, 'IngressRoute', 'wiki-route').spec.routes).toEqual([
      {
        kind: 'Rule',
        match: 'Host(`wiki.lab.example.net`) && PathPrefix(`/docs`)',
        middlewares: [{ name: 'staff' }, { name: 'slow' }, { name: 'sign-in' }, { name: 'headers' }],
        services: [{ name: 'web-of-wiki-route', port: 8080 }],
      },
    ]);
    expect(manifest(site, 'Middleware', 'staff').spec).toEqual({ ipAllowList: { sourceRange: ['10.30.0.0/24'] } });
    expect(manifest(site, 'Middleware', 'slow').spec).toEqual({ rateLimit: { average: 60, period: '1m', burst: 60 } });
    expect(manifest(site, 'Middleware', 'sign-in').spec.forwardAuth.address).toBe('http://login.shop.svc.cluster.local:8080/verify');
    expect(manifest(site, 'Middleware', 'headers').spec.headers).toMatchObject({
      stsSeconds: 31_536_000,
      customRequestHeaders: { 'X-Internal': '' },
    });
    expect(manifest(site, 'NetworkPolicy', 'login').spec.ingress).toHaveLength(1);
  });

  test('has the certificate that a route names, which then is one that is served', () => {
    const { site, shop, route } = inside();
    route({ certificate: Certificate.fromSecret(shop, 'wiki-certificate', 'wiki-tls', ['*.lab.example.net']) });
    expect(manifest(site, 'IngressRoute', 'wiki-route').spec.tls).toEqual({ secretName: 'wiki-tls' });
  });

  test('has names that public DNS leads to its address', () => {
    expect(inside().traefik.nipIo('wiki')).toBe('wiki.10-20-0-210.nip.io');
  });

  test('serves gateways at its address, and tries again by a middleware', () => {
    const { site, edge, people, traefik, workload } = inside();
    const gateway = new Gateway(edge, 'tools', { controller: traefik, address: traefik.address });
    gateway.connections.allowFrom(people, Port.tcp(443));
    gateway.https('grafana', {
      host: 'grafana.example.net',
      certificate: Certificate.fromSecret(edge, 'own', 'own-tls', ['*.example.net']),
    });
    gateway.route('grafana', { hosts: ['grafana.example.net'], to: workload('grafana'), retries: Retries.of({ attempts: 1 }) });
    expect(manifest(site, 'Gateway', 'tools').spec.gatewayClassName).toBe('inside');
    expect(manifest(site, 'Middleware', 'tools-grafana-retries').spec.retry).toEqual({
      attempts: 1,
      initialInterval: '1s',
      status: ['502-504'],
    });
    expect(manifest(site, 'HTTPRoute', 'tools-grafana').spec.rules[0].filters).toEqual([
      { type: 'ExtensionRef', extensionRef: { group: 'traefik.io', kind: 'Middleware', name: 'tools-grafana-retries' } },
    ]);
    expect(Testing.findings(site)).toEqual([]);
  });
});

describe('what is refused', () => {
  const elsewhere = () => {
    const base = inside();
    const other = new KubernetesCluster(base.site, 'other', { version: Version.of('1.34.2') });
    return new Workload(other.namespace('shop'), 'web', { image: IMAGE, port: 8080 });
  };
  const limit = (props: object) => Middleware.rateLimit(lab().shop, 'slow', { average: 20, ...props });

  test.each<[title: string, action: () => unknown, message: string]>([
    [
      'one host and path twice',
      () => {
        const { route } = inside();
        route({ path: '/docs' });
        route({ path: '/docs/' }, 'again');
      },
      '[lab/prod/shop/again] takes wiki.lab.example.net/docs/, which lab/prod/shop/wiki-route already takes; choose another path (ROUTE_TAKEN)',
    ],
    [
      'a wildcard',
      () => inside().route({ host: '*.lab.example.net' }),
      '[lab/prod/shop/wiki-route] host is a wildcard, and Traefik takes *.lab.example.net for that very name; name the host (ROUTE_HOST)',
    ],
    [
      'a host that DNS refuses',
      () => inside().route({ host: 'wiki' }),
      '[lab/prod/shop/wiki-route] host must be a lower-case DNS name, whose first label may be *, got "wiki"; write it like shop.example.net (PROP_FORMAT)',
    ],
    [
      'a path that would end the rule',
      () => inside().route({ path: '/`) || Host(`x' }),
      '[lab/prod/shop/wiki-route] path must be a path that starts with /, got "/`) || Host(`x"; write it like /api (PROP_FORMAT)',
    ],
    [
      'a workload of another cluster',
      () => inside().route({ to: elsewhere() }),
      '[lab/prod/shop/wiki-route] leads to lab/other/shop/web, which does not run in prod; make a TraefikIngress in its cluster (ROUTE_CLUSTER)',
    ],
    [
      'a workload of another namespace',
      () => {
        const base = inside();
        base.route({ to: new Workload(base.edge, 'web', { image: IMAGE, port: 8080 }) });
      },
      '[lab/prod/shop/wiki-route] is in namespace shop, and lab/prod/edge/web in edge; make the route in edge (ROUTE_NAMESPACE)',
    ],
    [
      'a middleware of another namespace',
      () => {
        const base = inside();
        base.route({ middlewares: [Middleware.headers(base.edge, 'headers')] });
      },
      '[lab/prod/shop/wiki-route] is in namespace shop, and lab/prod/edge/headers in edge; make the middleware in shop (ROUTE_NAMESPACE)',
    ],
    [
      'a middleware by its name',
      () => inside().route({ middlewares: ['headers' as never] }),
      `[lab/prod/shop/wiki-route] middlewares must be a Middleware, got "headers"; write middlewares: [Middleware.headers(shop, 'headers')] (PROP_TYPE)`,
    ],
    [
      'a certificate for another host',
      () => {
        const base = inside();
        base.route({ certificate: Certificate.fromSecret(base.shop, 'own', 'own-tls', ['shop.example.net']) });
      },
      '[lab/prod/shop/wiki-route] serves wiki.lab.example.net from namespace shop, and the certificate lab/prod/shop/own is for shop.example.net in shop; make a certificate for wiki.lab.example.net in shop (ROUTE_CERTIFICATE)',
    ],
    [
      'an address outside the pool',
      () => {
        const { cluster, servers } = lab();
        new TraefikIngress(cluster, 'inside', { address: servers.host('front', 50) });
      },
      `[lab/prod/inside] address 10.20.0.50 is in no pool of a load balancer, so that nothing would answer for it; take it from the pool that the cluster has: loadBalancers.host('front') (GATEWAY_ADDRESS)`,
    ],
    [
      'one pod',
      () => {
        const { cluster, pool } = lab();
        new TraefikIngress(cluster, 'inside', { address: pool.host('inside', 210), replicas: 1 });
      },
      '[lab/prod/inside] replicas must be from 2 to 50, got 1; choose a value inside the range (PROP_RANGE)',
    ],
    [
      'a rate of 0',
      () => limit({ average: 0 }),
      '[lab/prod/shop/slow] average must be from 1 to 1000000, got 0; choose a value inside the range (PROP_RANGE)',
    ],
    [
      'a burst of 0',
      () => limit({ burst: 0 }),
      '[lab/prod/shop/slow] burst must be from 1 to 1000000, got 0; choose a value inside the range (PROP_RANGE)',
    ],
    [
      'nobody on the list',
      () => Middleware.ipAllowList(lab().shop, 'staff', []),
      '[lab/prod/shop/staff] clients is empty; write clients: [management] (PROP_EMPTY)',
    ],
    [
      'an address on the list as text',
      () => Middleware.ipAllowList(lab().shop, 'staff', ['10.30.0.0/24' as never]),
      '[lab/prod/shop/staff] clients are things that have connections, got "10.30.0.0/24"; pass the construct itself: a VLAN, a zone, a host (MIDDLEWARE_CLIENT)',
    ],
    [
      'a header with a line break',
      () => Middleware.headers(lab().shop, 'headers', { response: { 'X-A': 'a\r\nSet-Cookie: b' } }),
      '[lab/prod/shop/headers] X-A must be printable ASCII, got "a\\r\\nSet-Cookie: b"; write it like shop (PROP_FORMAT)',
    ],
    [
      'somebody to ask who is no workload',
      () => Middleware.forwardAuth(lab().shop, 'sign-in', { to: 'login' as never, path: '/verify' }),
      '[lab/prod/shop/sign-in] to must be a workload with a port, got "login"; pass the Workload itself (MIDDLEWARE_PORT)',
    ],
  ])('%s', (_, action, message) => {
    expect(refusal(action)).toBe(message);
  });
});
