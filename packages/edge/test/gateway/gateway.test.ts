import { Duration, Port, Version } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { Controller, type IWorkload, KubernetesCluster, Workload } from '@ashlar/kubernetes';
import { Certificate, EnvoyGateway, Gateway, type HttpRouteProps, Retries, TraefikIngress } from '../../src';
import { IMAGE, lab, served } from '../lab';
import { manifest } from '../manifest';
import { refusal } from '../refusal';

describe('a gateway', () => {
  test('redirects plain HTTP, and serves a name over HTTPS with its certificate', () => {
    const { site, gateway, workload } = served();
    gateway.route('shop', { hosts: ['shop.example.net'], to: workload('web') });
    expect(manifest(site, 'Gateway', 'public').spec.listeners).toEqual([
      { name: 'http', protocol: 'HTTP', port: 80, allowedRoutes: { namespaces: { from: 'Same' } } },
      {
        name: 'shop',
        protocol: 'HTTPS',
        port: 443,
        hostname: 'shop.example.net',
        tls: { mode: 'Terminate', certificateRefs: [{ kind: 'Secret', name: 'shop-tls' }] },
        allowedRoutes: { namespaces: { from: 'Same' } },
      },
    ]);
    const redirect = manifest(site, 'HTTPRoute', 'public-listener-http-redirect').spec;
    expect(redirect.rules[0].filters[0].requestRedirect).toEqual({ scheme: 'https', port: 443, statusCode: 301 });
  });

  test('answers at its address, which keeps the addresses of clients', () => {
    const { site, gateway } = served();
    expect(manifest(site, 'EnvoyProxy', 'public-proxies').spec.provider.kubernetes.envoyService).toEqual({
      type: 'LoadBalancer',
      externalTrafficPolicy: 'Local',
      loadBalancerIP: gateway.address.ip,
    });
  });

  test('may reach the workloads of its routes, and nothing else', () => {
    const { site, gateway, workload } = served();
    gateway.route('shop', { hosts: ['shop.example.net'], to: workload('web') });
    const { ingress, egress } = manifest(site, 'NetworkPolicy', 'edge-public').spec;
    expect(ingress).toEqual([{ from: [{ ipBlock: { cidr: '10.30.0.0/24' } }], ports: [{ port: 443, protocol: 'TCP' }] }]);
    expect(egress.map((rule: { ports: { port: number }[] }) => rule.ports[0]?.port).sort()).toEqual([18_000, 53, 8080]);
    const web = manifest(site, 'NetworkPolicy', 'web').spec.ingress;
    expect(web).toHaveLength(1);
    expect(web[0].from[0].namespaceSelector.matchLabels).toEqual({ 'kubernetes.io/metadata.name': 'envoy-gateway-system' });
  });

  test('has the consent of the namespace that a route leads to, for one Service only', () => {
    const { site, gateway, workload } = served();
    const web = workload('web');
    gateway.route('shop', { hosts: ['shop.example.net'], to: web });
    gateway.route('api', { hosts: ['shop.example.net'], path: '/api', to: web });
    expect(manifest(site, 'ReferenceGrant', 'web-httproutes-of-edge').spec).toEqual({
      from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'edge' }],
      to: [{ group: '', kind: 'Service', name: 'web' }],
    });
  });

  test('needs no consent in its own namespace', () => {
    const { site, edge, gateway } = served();
    gateway.route('shop', { hosts: ['shop.example.net'], to: new Workload(edge, 'web', { image: IMAGE, port: 8080 }) });
    expect(Object.keys(Testing.files(site)).filter(path => path.includes('ReferenceGrant'))).toEqual([]);
    expect(manifest(site, 'HTTPRoute', 'public-shop').spec.rules[0].backendRefs).toEqual([{ name: 'web', port: 8080 }]);
  });

  test('splits traffic, changes headers, waits and tries again', () => {
    const { site, gateway, workload } = served();
    gateway.route('shop', {
      hosts: ['shop.example.net'],
      to: [
        { to: workload('old'), weight: 9 },
        { to: workload('new'), weight: 1 },
      ],
      requestHeaders: { set: { 'X-B': '2', 'X-A': '1' }, remove: ['X-C'] },
      timeout: Duration.minutes(1),
      retries: Retries.of({ attempts: 2 }),
    });
    const [rule] = manifest(site, 'HTTPRoute', 'public-shop').spec.rules;
    expect(rule.backendRefs.map((ref: { name: string; weight: number }) => [ref.name, ref.weight])).toEqual([
      ['old', 9],
      ['new', 1],
    ]);
    expect(rule.filters).toEqual([
      {
        type: 'RequestHeaderModifier',
        requestHeaderModifier: {
          set: [
            { name: 'X-A', value: '1' },
            { name: 'X-B', value: '2' },
          ],
          remove: ['X-C'],
        },
      },
    ]);
    expect(rule.timeouts).toEqual({ request: '1m' });
    expect(manifest(site, 'BackendTrafficPolicy', 'public-shop-retries').spec.retry).toEqual({
      numRetries: 2,
      perRetry: { backOff: { baseInterval: '1s' } },
      retryOn: { triggers: ['connect-failure', 'retriable-status-codes'], httpStatusCodes: [502, 503, 504] },
    });
  });

  test('passes TCP and TLS on by listeners of their own', () => {
    const { site, gateway, workload } = served();
    gateway.tcp('mqtt', { port: 1883, to: workload('mqtt', 1883) });
    gateway.tls('ledger', { host: 'ledger.example.net', to: workload('ledger', 8443) });
    const { listeners } = manifest(site, 'Gateway', 'public').spec;
    expect(listeners.map((one: { name: string }) => one.name)).toEqual(['http', 'shop', 'tcp-mqtt', 'tls-ledger']);
    expect(manifest(site, 'TLSRoute', 'public-ledger').spec.hostnames).toEqual(['ledger.example.net']);
    expect(manifest(site, 'TCPRoute', 'public-mqtt').spec.parentRefs).toEqual([{ name: 'public', sectionName: 'tcp-mqtt' }]);
  });

  test('has its clients let in by the nodes that answer for its address', () => {
    const base = lab();
    const opened: string[] = [];
    Object.assign(base.cluster, {
      allowServicesFrom: (peer: { node: { id: string } }, port: Port) => opened.push(`${peer.node.id} ${port}`),
    });
    const { site, gateway, people } = served('shop.example.net', base);
    gateway.connections.allowFrom(people, Port.tcp(80));
    gateway.connections.allowFrom(base.workload('inside'));
    site.check();
    expect(opened).toEqual(['people 443/tcp', 'people 80/tcp']);
  });
});

describe('what is refused', () => {
  const route = (props: Partial<HttpRouteProps>) => {
    const base = served();
    return base.gateway.route('shop', { hosts: ['shop.example.net'], to: base.workload('web'), ...props });
  };
  const both = (first: Partial<HttpRouteProps>, second: Partial<HttpRouteProps>) => {
    const { gateway, workload } = served();
    gateway.route('first', { hosts: ['shop.example.net'], to: workload('web'), ...first });
    gateway.route('second', { hosts: ['shop.example.net'], to: workload('other'), ...second });
  };
  const shares = (...weights: number[]) => {
    const { gateway, workload } = served();
    const to = weights.map((weight, i) => ({ to: workload(`web-${i}`), weight }));
    gateway.route('shop', { hosts: ['shop.example.net'], to });
  };
  const worker = () => {
    const base = served();
    const to = new Workload(base.shop, 'worker', {
      image: IMAGE,
      controller: Controller.cronJob({ schedule: '0 3 * * *' }),
    });
    base.gateway.route('shop', { hosts: ['shop.example.net'], to });
  };
  const elsewhere = () => {
    const base = served();
    const other = new KubernetesCluster(base.site, 'other', { version: Version.of('1.34.2') });
    base.gateway.route('shop', {
      hosts: ['shop.example.net'],
      to: new Workload(other.namespace('shop'), 'web', { image: IMAGE, port: 8080 }),
    });
  };
  const traefik = () => {
    const base = lab();
    const controller = new TraefikIngress(base.cluster, 'inside', { address: base.pool.host('inside', 210) });
    return { ...base, controller };
  };

  test.each<[title: string, action: () => unknown, message: string]>([
    [
      'one host and path twice',
      () => both({ path: '/api' }, { path: '/api/' }),
      '[lab/prod/edge/public/second] takes shop.example.net/api/, which lab/prod/edge/public/first already takes; choose another path, or split the traffic of one route by weights (ROUTE_TAKEN)',
    ],
    [
      'one method of a path twice',
      () => both({ methods: ['GET', 'POST'] }, { methods: ['POST'] }),
      '[lab/prod/edge/public/second] takes POST shop.example.net/, which lab/prod/edge/public/first already takes; choose another path, or split the traffic of one route by weights (ROUTE_TAKEN)',
    ],
    [
      'calls and requests for one name',
      () => {
        const { gateway, workload } = served();
        gateway.route('shop', { hosts: ['shop.example.net'], to: workload('web') });
        gateway.grpc('stock', { hosts: ['shop.example.net'], to: workload('stock') });
      },
      '[lab/prod/edge/public/stock] is a GRPCRoute for shop.example.net, for which lab/prod/edge/public/shop is a HTTPRoute; give one of them a name of its own, see https://gateway-api.sigs.k8s.io/reference/spec/#grpcroute (ROUTE_TAKEN)',
    ],
    [
      'a workload without a port',
      worker,
      '[lab/prod/edge/public/shop] leads to lab/prod/shop/worker, which serves no port; write port: 8080 there (ROUTE_PORT)',
    ],
    [
      'a workload of another cluster',
      elsewhere,
      '[lab/prod/edge/public/shop] leads to lab/other/shop/web, which does not run in prod; run it in prod, or make a gateway in its cluster (ROUTE_CLUSTER)',
    ],
    [
      'what is no workload',
      () => route({ to: 'web' as unknown as IWorkload }),
      '[lab/prod/edge/public/shop] to must be a workload, got "web"; pass the Workload itself (ROUTE_TO)',
    ],
    [
      'a host that DNS refuses',
      () => route({ hosts: ['shop_1.example.net'] }),
      '[lab/prod/edge/public/shop] hosts must be a lower-case DNS name, whose first label may be *, got "shop_1.example.net"; write it like shop.example.net (PROP_FORMAT)',
    ],
    [
      'a host of one label',
      () => route({ hosts: ['shop'] }),
      '[lab/prod/edge/public/shop] hosts must be a lower-case DNS name, whose first label may be *, got "shop"; write it like shop.example.net (PROP_FORMAT)',
    ],
    [
      'a wildcard in the middle',
      () => route({ hosts: ['shop.*.example.net'] }),
      '[lab/prod/edge/public/shop] hosts must be a lower-case DNS name, whose first label may be *, got "shop.*.example.net"; write it like shop.example.net (PROP_FORMAT)',
    ],
    [
      'a wildcard wider than the listener',
      () => route({ hosts: ['*.example.net'] }),
      `[lab/prod/edge/public/shop] is for *.example.net, which no HTTPS listener of lab/prod/edge/public serves; write https('shop', { host: '*.example.net', certificate }) on it before (ROUTE_HOST)`,
    ],
    [
      'a host that no listener serves',
      () => route({ hosts: ['api.example.net'] }),
      `[lab/prod/edge/public/shop] is for api.example.net, which no HTTPS listener of lab/prod/edge/public serves; write https('shop', { host: 'api.example.net', certificate }) on it before (ROUTE_HOST)`,
    ],
    [
      'a host twice',
      () => route({ hosts: ['shop.example.net', 'shop.example.net'] }),
      '[lab/prod/edge/public/shop] hosts has shop.example.net twice; name it once (ROUTE_HOST_TWICE)',
    ],
    ['no host', () => route({ hosts: [] }), `[lab/prod/edge/public/shop] hosts is empty; write hosts: ['shop.example.net'] (PROP_EMPTY)`],
    [
      'weights that sum to 0',
      () => shares(0, 0),
      '[lab/prod/edge/public/shop] gives every workload a weight of 0, so that all requests would be answered with 500; give one of them a weight above 0 (ROUTE_WEIGHTS)',
    ],
    [
      'a negative weight',
      () => shares(1, -1),
      '[lab/prod/edge/public/shop] weight must be from 0 to 1000000, got -1; choose a value inside the range (PROP_RANGE)',
    ],
    [
      'two shares of one workload',
      () => {
        const { gateway, workload } = served();
        const to = workload('web');
        gateway.route('shop', {
          hosts: ['shop.example.net'],
          to: [
            { to, weight: 1 },
            { to, weight: 2 },
          ],
        });
      },
      '[lab/prod/edge/public/shop] gives two shares to lab/prod/shop/web; add them up (ROUTE_WEIGHTS)',
    ],
    [
      'a path without a slash',
      () => route({ path: 'api' }),
      '[lab/prod/edge/public/shop] path must be a path that starts with /, without query and fragment, got "api"; write it like /api (PROP_FORMAT)',
    ],
    [
      'a path that leads up',
      () => route({ path: '/api/../admin' }),
      `[lab/prod/edge/public/shop] path has an empty segment, or one that leads elsewhere, got "/api/../admin"; write it like '/api/v1' (ROUTE_PATH)`,
    ],
    [
      'a timeout of two hours',
      () => route({ timeout: Duration.hours(2) }),
      '[lab/prod/edge/public/shop] timeout must be from 1 to 3600 seconds, got 7200; choose a value inside the range (PROP_RANGE)',
    ],
    [
      'an unknown method',
      () => route({ methods: ['get' as 'GET'] }),
      `[lab/prod/edge/public/shop] methods must be one of GET, HEAD, POST, PUT, DELETE, OPTIONS, PATCH, got "get"; write methods: 'GET' (PROP_CHOICE)`,
    ],
    [
      'a method twice',
      () => route({ methods: ['GET', 'GET'] }),
      '[lab/prod/edge/public/shop] methods has GET twice; name it once (ROUTE_METHOD_TWICE)',
    ],
    [
      'changes that change nothing',
      () => route({ requestHeaders: {} }),
      `[lab/prod/edge/public/shop] requestHeaders changes nothing; write requestHeaders: { set: { 'X-Shop': 'lab' } } (HEADER_CHANGES)`,
    ],
    [
      'a header set and removed',
      () => route({ requestHeaders: { set: { 'X-A': '1' }, remove: ['x-a'] } }),
      '[lab/prod/edge/public/shop] requestHeaders names x-a twice; say once what becomes of a header (HEADER_CHANGES)',
    ],
    [
      'too many headers',
      () => route({ responseHeaders: { remove: Array.from({ length: 17 }, (_, i) => `X-${i}`) } }),
      '[lab/prod/edge/public/shop] responseHeaders sets, adds or removes more than 16 headers, the most that a route takes; let the workload write the others (HEADER_CHANGES)',
    ],
    [
      'a property that there is not',
      () => route({ rewrite: '/' } as object),
      '[lab/prod/edge/public/shop] there is no property rewrite; use one of hosts, to, path, methods, requestHeaders, responseHeaders, timeout, retries (PROP_UNKNOWN)',
    ],
    [
      'eleven retries',
      () => Retries.of({ attempts: 11 }),
      '[Retries.of] attempts must be from 1 to 10, got 11; choose a value inside the range (PROP_RANGE)',
    ],
    [
      'a method of gRPC without a service',
      () => {
        const { gateway, workload } = served();
        gateway.grpc('stock', { hosts: ['shop.example.net'], method: 'Place', to: workload('stock') });
      },
      `[lab/prod/edge/public/stock] method Place is one of a service, and none is named; write service: 'shop.v1.Orders' (ROUTE_METHOD)`,
    ],
    [
      'two protocols on a port',
      () => {
        const { gateway, workload } = served();
        gateway.tcp('mqtt', { port: 443, to: workload('mqtt', 1883) });
      },
      '[lab/prod/edge/public/listener-tcp-mqtt] listens for TCP on port 443, where lab/prod/edge/public/listener-shop listens for HTTPS; choose another port (LISTENER_PORT)',
    ],
    [
      'a name served twice',
      () => {
        const { gateway, certificate } = served();
        gateway.https('again', { host: 'shop.example.net', certificate });
      },
      '[lab/prod/edge/public/listener-again] serves shop.example.net on port 443, which lab/prod/edge/public/listener-shop already does; use the listener that is there (LISTENER_PORT)',
    ],
    [
      'a certificate for another host',
      () => {
        const { gateway, certificate } = served();
        gateway.https('api', { host: 'api.example.net', certificate });
      },
      '[lab/prod/edge/public/listener-api] serves api.example.net, and the certificate lab/prod/edge/shop is for shop.example.net; add api.example.net to its hosts (LISTENER_CERTIFICATE)',
    ],
    [
      'a wildcard certificate two labels up',
      () => {
        const { gateway, edge } = served();
        gateway.https('deep', {
          host: 'a.b.example.net',
          certificate: Certificate.fromSecret(edge, 'wild', 'wild-tls', ['*.example.net']),
        });
      },
      '[lab/prod/edge/public/listener-deep] serves a.b.example.net, and the certificate lab/prod/edge/wild is for *.example.net; add a.b.example.net to its hosts (LISTENER_CERTIFICATE)',
    ],
    [
      'a certificate of another namespace',
      () => {
        const { gateway, shop } = served();
        gateway.https('api', { host: 'api.example.net', certificate: Certificate.fromSecret(shop, 'api', 'api-tls', ['api.example.net']) });
      },
      '[lab/prod/edge/public/listener-api] the certificate lab/prod/shop/api is in namespace shop, and the gateway in edge; make the certificate in edge (LISTENER_CERTIFICATE)',
    ],
    [
      'a listener without a certificate',
      () => served().gateway.https('api', { host: 'api.example.net' } as never),
      '[lab/prod/edge/public/listener-api] certificate is missing; write certificate: certificate (PROP_MISSING)',
    ],
    [
      'an address outside the pool',
      () => {
        const base = lab();
        base.gateway('public', { address: base.servers.host('front', 50) });
      },
      `[lab/prod/edge/public] address 10.20.0.50 is in no pool of a load balancer, so that nothing would answer for it; take it from the pool that the cluster has: loadBalancers.host('front') (GATEWAY_ADDRESS)`,
    ],
    [
      'what is no controller',
      () => lab().gateway('public', { controller: 'envoy' as never }),
      `[lab/prod/edge/public] controller must be what serves gateways, got "envoy"; write new EnvoyGateway(cluster, 'envoy') (GATEWAY_CONTROLLER)`,
    ],
    [
      'a controller of another cluster',
      () => {
        const base = lab();
        const other = new KubernetesCluster(base.site, 'other', { version: Version.of('1.34.2') });
        new Gateway(other.namespace('edge'), 'public', { controller: base.controller, address: base.pool.host('other', 201) });
      },
      '[lab/other/edge/public] is not in prod, the cluster of lab/prod/envoy; make it in a namespace of prod (GATEWAY_CLUSTER)',
    ],
    [
      'TCP behind Traefik',
      () => {
        const base = traefik();
        const gateway = new Gateway(base.edge, 'inside', { controller: base.controller, address: base.controller.address });
        gateway.tcp('mqtt', { port: 1883, to: base.workload('mqtt', 1883) });
      },
      '[lab/prod/edge/inside/mqtt] is a TCPRoute, and lab/prod/inside serves HTTPRoute, GRPCRoute, TLSRoute; take a gateway of an EnvoyGateway (ROUTE_KIND)',
    ],
    [
      'a gateway of Traefik with an address of its own',
      () => {
        const base = traefik();
        new Gateway(base.edge, 'inside', { controller: base.controller, address: base.pool.host('other', 211) });
      },
      '[lab/prod/edge/inside] address 10.20.0.211 is not 10.20.0.210, which all gateways of lab/prod/inside share; write address: inside.address (GATEWAY_ADDRESS)',
    ],
    [
      'Redis in another cluster',
      () => {
        const base = lab();
        const other = new KubernetesCluster(base.site, 'other', { version: Version.of('1.34.2') });
        const redis = new Workload(base.shop, 'redis', { image: IMAGE, port: 6379 });
        new EnvoyGateway(other, 'envoy', { redis });
      },
      '[lab/other/envoy] redis must be a workload of lab/other with a port, got a Workload; pass the Workload itself, with port: 6379 (ENVOY_REDIS)',
    ],
  ])('%s', (_, action, message) => {
    expect(refusal(action)).toBe(message);
  });
});

describe('what is doubtful', () => {
  test('a gateway that nobody reaches', () => {
    const { site, gateway } = lab();
    gateway();
    expect(Testing.findings(site)).toEqual([
      'warning [lab/prod/edge/public] is reached by nobody: no flow leads to it; write public.connections.allowFrom(people) (GATEWAY_UNREACHED)',
    ]);
  });

  test('a listener without a route', () => {
    expect(Testing.findings(served().site)).toEqual([
      'warning [lab/prod/edge/public/listener-shop] serves shop.example.net on port 443, and no route takes from it: all requests are answered with 404; add a route for the name, or remove the listener (GATEWAY_LISTENER_IDLE)',
    ]);
  });

  test('is silent when both are there', () => {
    const { site, gateway, workload } = served();
    gateway.route('shop', { hosts: ['shop.example.net'], to: workload('web') });
    expect(Testing.findings(site)).toEqual([]);
  });
});
