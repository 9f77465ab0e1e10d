import type { KubernetesObject } from '../kubernetes/api-client';
import { describeWith } from '../tool';
import { Verdict } from '../verdict';
import { edgeObjects } from './edge-objects';
import { type Translation, translate } from './envoy-translation';

/**
 * Log-in needs a key that Envoy Gateway makes at its first start. The translator looks for it in a namespace without a name, where
 * no object can be; what comes before, the provider and the secret of the client, it has checked by then.
 */
const OF_A_CLUSTER = 'SecurityPolicy api-admin-security Accepted: OIDC: HMAC secret /envoy-oidc-hmac not found.';

interface XdsRoute {
  readonly name?: string;
  readonly route?: { readonly timeout?: string; readonly retryPolicy?: { readonly numRetries: number } };
  readonly redirect?: { readonly schemeRedirect: string };
  readonly typedPerFilterConfig?: Readonly<Record<string, object>>;
}

// biome-ignore lint/suspicious/noExplicitAny: what is spoilt is the vendor's
type Spec = any;

/** One fault in a sound site, and what Envoy Gateway tells of it. */
const BROKEN: readonly [title: string, kind: string, name: string, spoil: (spec: Spec) => void, told: RegExp][] = [
  [
    'a listener whose certificate is nowhere',
    'Gateway',
    'public',
    spec => Object.assign(tlsOf(spec), { name: 'nowhere' }),
    /Secret edge\/nowhere does not exist/,
  ],
  [
    'a lowest version of TLS above the highest',
    'ClientTrafficPolicy',
    'public-clients',
    spec => Object.assign(spec.tls, { maxVersion: '1.1' }),
    /version/i,
  ],
  [
    'a route to a section that is not there',
    'HTTPRoute',
    'public-shop',
    spec => Object.assign(spec.parentRefs[0], { sectionName: 'nowhere' }),
    /No listeners match/,
  ],
  [
    'a route for a name of nobody',
    'HTTPRoute',
    'public-shop',
    spec => Object.assign(spec, { hostnames: ['shop.example.org'] }),
    /no hostname intersections/i,
  ],
  [
    'a route to a port that is not there',
    'HTTPRoute',
    'public-shop',
    spec => Object.assign(backendOf(spec), { port: 9999 }),
    /port 9999 not found/i,
  ],
  [
    'a route to a Service that is not there',
    'HTTPRoute',
    'public-shop',
    spec => Object.assign(backendOf(spec), { name: 'nowhere', namespace: 'edge' }),
    /edge\/nowhere not found/,
  ],
  [
    'a route that no grant allows',
    'ReferenceGrant',
    'web-httproutes-of-edge',
    spec => Object.assign(spec, { from: [{ ...spec.from[0], namespace: 'other' }] }),
    /not permitted by any ReferenceGrant/,
  ],
  [
    'log-in without the secret',
    'SecurityPolicy',
    'api-admin-security',
    spec => Object.assign(spec.oidc.clientSecret, { name: 'nowhere' }),
    /edge\/nowhere does not exist/,
  ],
  [
    'passwords in a Secret without them',
    'SecurityPolicy',
    'api-reports-security',
    spec => Object.assign(spec.basicAuth.users, { name: 'oidc' }),
    /must contain a non-empty "\.htpasswd" key/,
  ],
  [
    'keys from a Secret that is not there',
    'SecurityPolicy',
    'api-partners-security',
    spec => Object.assign(spec.apiKeyAuth.credentialRefs[0], { name: 'nowhere' }),
    /nowhere does not exist/,
  ],
  [
    'a key set at an address that is none',
    'SecurityPolicy',
    'api-orders-security',
    spec => Object.assign(spec.jwt.providers[0].remoteJWKS, { uri: 'nowhere' }),
    /JWKS|uri/i,
  ],
  [
    'a client that is no prefix',
    'BackendTrafficPolicy',
    'api-orders-traffic',
    spec => Object.assign(clientOf(spec), { value: '10.0.0.0/40' }),
    /invalid CIDR/i,
  ],
];

const tlsOf = (spec: Spec) => spec.listeners.find((listener: Spec) => listener.name === 'shop').tls.certificateRefs[0];
const backendOf = (spec: Spec) => spec.rules[0].backendRefs[0];
const clientOf = (spec: Spec) => spec.rateLimit.local.rules[0].clientSelectors[0].sourceCIDR;

describeWith(['egctl'], 'egctl, the translator of Envoy Gateway', () => {
  const verdict = new Verdict('Envoy Gateway 1.9.1, translated to xDS');
  const objects = edgeObjects().map(([, object]) => object);
  let sound: Translation;
  beforeAll(() => {
    sound = translate(objects, 'envoy');
  });
  const routes = () => every<XdsRoute[]>(JSON.parse(sound.xds), 'routes').flat();
  const route = (name: string) => routes().find(one => one.name?.includes(`/${name}/`)) as XdsRoute;
  const filters = (name: string) => Object.keys(route(name).typedPerFilterConfig ?? {}).map(filter => filter.split('.')[3]?.split('/')[0]);

  test('takes every object, but for what only a cluster has', () => {
    const judged = objects.filter(({ apiVersion }) => apiVersion.startsWith('gateway.'));
    expect({ status: sound.status, error: sound.error, complaints: sound.complaints }).toEqual({
      status: 0,
      error: '',
      complaints: [OF_A_CLUSTER],
    });
    verdict.took(judged.length, sound.complaints.length);
    expect(judged.length).toBeGreaterThan(35);
  });

  test('asks callers as each route says', () => {
    expect(filters('api-orders-http')).toEqual(['cors', 'jwt_authn', 'local_ratelimit']);
    expect(filters('api-catalogue-http')).toEqual(['cors', 'local_ratelimit']);
    expect(filters('api-partners-http')).toEqual(['api_key_auth', 'cors', 'ratelimit']);
    expect(filters('api-reports-http')).toEqual(['basic_auth', 'cors', 'local_ratelimit']);
    expect(filters('public-shop')).toEqual([]);
    const [providers] = every<Record<string, object>>(JSON.parse(sound.xds), 'providers');
    expect(Object.values(providers as object)).toEqual([
      expect.objectContaining({
        issuer: 'https://id.example.net',
        audiences: ['shop-api'],
        remoteJwks: expect.objectContaining({ httpUri: expect.objectContaining({ uri: 'https://id.example.net/keys' }) }),
      }),
    ]);
  });

  test('counts clients one by one, and answers other sites as they were told', () => {
    const { local_ratelimit, cors } = Object.fromEntries(
      Object.entries(route('api-orders-http').typedPerFilterConfig ?? {}).map(([name, config]) => [name.split('.')[3] as string, config]),
    ) as Record<string, Spec>;
    const buckets = local_ratelimit.descriptors.map((descriptor: Spec) => descriptor.tokenBucket);
    expect(buckets).toEqual(['0.0.0.0/0', '::/0'].map(() => ({ fillInterval: '60s', maxTokens: 100, tokensPerFill: 100 })));
    expect(local_ratelimit.descriptors.map((descriptor: Spec) => descriptor.entries.at(-1).key)).toEqual([
      'rule-0-remote-address',
      'rule-1-remote-address',
    ]);
    expect(cors).toMatchObject({
      allowCredentials: true,
      allowMethods: 'GET, POST',
      allowHeaders: 'Authorization',
      allowOriginStringMatch: [{ exact: 'https://shop.example.net' }],
      maxAge: '600',
    });
  });

  test('splits, tries again, waits and redirects', () => {
    expect(route('public-shop').route).toMatchObject({ timeout: '10s', retryPolicy: { numRetries: 2 } });
    expect(route('api-orders-http').route).toMatchObject({ timeout: '30s', retryPolicy: { numRetries: 3 } });
    expect(route('public-listener-http-redirect').redirect).toMatchObject({ schemeRedirect: 'https' });
    expect(every<number>(JSON.parse(sound.xds), 'loadBalancingWeight')).toEqual(expect.arrayContaining([90, 10]));
    expect(routes().filter(({ name }) => name?.includes('/public-stock/'))).toHaveLength(1);
  });

  test('ends TLS of 1.2 and later, and passes other streams on', () => {
    expect(new Set(every<string>(JSON.parse(sound.xds), 'tlsMinimumProtocolVersion'))).toEqual(new Set(['TLSv1_2']));
    expect(sound.xds).toContain('"serverNames":["ledger.example.net"]');
    expect(sound.xds).toContain('tcproute/edge/public-mqtt');
  });

  test.each(BROKEN)('broken: tells of %s', (_, kind, name, spoil, told) => {
    const broken = objects.map(object => (object.kind === kind && object.metadata.name === name ? spoilt(object, spoil) : object));
    expect(broken).not.toEqual(objects);
    const { status, error, complaints } = translate(broken, 'envoy');
    const news = complaints.filter(complaint => complaint !== OF_A_CLUSTER);
    verdict.sawBroken(status !== 0 || news.length > 0);
    expect(`${error}${news.join('\n')}`).toMatch(told);
  });
});

function spoilt(object: KubernetesObject, spoil: (spec: Spec) => void): KubernetesObject {
  const copy = structuredClone(object);
  spoil(copy.spec);
  return copy;
}

/** Every value under `key`, however deep. */
function every<T>(value: unknown, key: string): T[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [...(name === key ? [inner as T] : []), ...every<T>(inner, key)]);
}
