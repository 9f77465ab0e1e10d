import type { KubernetesObject } from '../kubernetes/api-client';
import { ControlPlane } from '../kubernetes/control-plane';
import { waitFor } from '../kubernetes/process';
import { applied, expectAccepted, expectRefused } from '../kubernetes/shown-objects';
import { describeWith } from '../tool';
import { Verdict } from '../verdict';
import { edgeObjects } from './edge-objects';
import { envoyDefinitions } from './envoy-definitions';

/** What the controllers define, as Kubernetes and its extensions call it. */
const KINDS = [
  'BackendTrafficPolicy',
  'Certificate',
  'ClientTrafficPolicy',
  'ClusterIssuer',
  'EnvoyProxy',
  'GRPCRoute',
  'Gateway',
  'GatewayClass',
  'HTTPRoute',
  'IngressRoute',
  'Middleware',
  'ReferenceGrant',
  'SecurityPolicy',
  'TCPRoute',
  'TLSOption',
  'TLSRoute',
];

// biome-ignore lint/suspicious/noExplicitAny: what is spoilt is the vendor's
type Spec = any;

/** One fault in an object of ours, and what the refusal tells. */
const BROKEN: readonly [title: string, kind: string, spoil: (spec: Spec) => void, reason: RegExp][] = [
  ['a gateway without a class', 'Gateway', spec => delete spec.gatewayClassName, /gatewayClassName/],
  ['two listeners of one name', 'Gateway', spec => spec.listeners.push(spec.listeners[0]), /name must be unique|Duplicate/i],
  ['a listener with a port too high', 'Gateway', spec => Object.assign(spec.listeners[0], { port: 70_000 }), /65535/],
  [
    'a certificate on a plain listener',
    'Gateway',
    spec => Object.assign(spec.listeners[0], { tls: { mode: 'Terminate' } }),
    /tls must not be specified/,
  ],
  ['a wildcard inside a host', 'HTTPRoute', spec => Object.assign(spec, { hostnames: ['shop.*.example.net'] }), /hostnames/],
  ['a path that leads up', 'HTTPRoute', spec => Object.assign(spec.rules[0], { matches: [{ path: { value: '/a/../b' } }] }), /\/\.\.\//],
  [
    'a negative weight',
    'HTTPRoute',
    spec => Object.assign(spec.rules[0], { backendRefs: [{ name: 'web', port: 80, weight: -1 }] }),
    /weight/,
  ],
  ['a Service without a port', 'HTTPRoute', spec => Object.assign(spec.rules[0], { backendRefs: [{ name: 'web' }] }), /Must have port/],
  ['a redirect that also forwards', 'HTTPRoute', redirecting, /RequestRedirect filter must not be used/],
  ['an unknown field', 'GRPCRoute', spec => Object.assign(spec, { hostname: 'shop.example.net' }), /hostname/],
  ['OpenID Connect over http', 'SecurityPolicy', spec => Object.assign(spec, { oidc: PLAIN_OIDC }), /oidc\.provider\.issuer/],
  ['keys from nowhere', 'SecurityPolicy', spec => Object.assign(spec, { jwt: { providers: [{ name: 'id' }] } }), /remoteJWKS|localJWKS/],
  ['a policy for nothing', 'SecurityPolicy', spec => delete spec.targetRefs, /targetRef/],
  ['a rate limit without a unit', 'BackendTrafficPolicy', spec => Object.assign(spec, { rateLimit: LIMIT }), /unit/],
  ['an unknown version of TLS', 'ClientTrafficPolicy', spec => Object.assign(spec.tls, { minVersion: '2.0' }), /minVersion/],
  ['proxies of an unknown kind', 'EnvoyProxy', spec => Object.assign(spec.provider, { type: 'Docker' }), /provider/],
  ['a certificate without an issuer', 'Certificate', spec => delete spec.issuerRef, /issuerRef/],
  ['a key of an unknown kind', 'Certificate', spec => Object.assign(spec.privateKey, { algorithm: 'DSA' }), /algorithm/],
  ['an issuer without an account', 'ClusterIssuer', spec => delete spec.acme.privateKeySecretRef, /privateKeySecretRef/],
  ['a rate that is no number', 'Middleware', spec => Object.assign(spec, { rateLimit: { average: 'many' } }), /average/],
  ['a route without a rule', 'IngressRoute', spec => delete spec.routes[0].match, /match/],
  ['a grant to nobody', 'ReferenceGrant', spec => Object.assign(spec, { from: [] }), /from/],
];

const PLAIN_OIDC = { provider: { issuer: 'http://id.example.net' }, clientID: 'shop', clientSecret: { name: 'oidc' } };
const LIMIT = { type: 'Local', local: { rules: [{ limit: { requests: 1 } }] } };

function redirecting(spec: Spec): void {
  Object.assign(spec.rules[0], {
    filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https' } }],
    backendRefs: [{ name: 'web', port: 80 }],
  });
}

describeWith(
  ['etcd', 'kube-apiserver', 'egctl', 'shared'],
  'kube-apiserver with Gateway API, Envoy Gateway, Traefik and cert-manager',
  () => {
    const objects = edgeObjects();
    const verdict = new Verdict('kube-apiserver 1.34.4, edge');
    let plane: ControlPlane;

    beforeAll(async () => {
      plane = await ControlPlane.start();
      for (const definition of envoyDefinitions()) await applied(plane, definition);
      await waitFor('the definitions of Envoy Gateway', 60, async () => {
        const { body } = await plane.client.call('GET', '/apis/gateway.envoyproxy.io/v1alpha1');
        return (body.resources ?? []).some(({ name }: { name: string }) => name === 'securitypolicies');
      });
      for (const name of new Set(objects.map(([, { metadata }]) => metadata.namespace).filter(one => one !== undefined))) {
        await applied(plane, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
      }
    });
    afterAll(() => plane?.stop());

    test('the site has an object of every kind', () => {
      const kinds = new Set(objects.map(([, { kind }]) => kind));
      expect(KINDS.filter(kind => !kinds.has(kind))).toEqual([]);
    });

    test('accepts every manifest, strictly', () => expectAccepted(plane, verdict, objects));

    test.each(BROKEN)('refuses %s', async (_, kind, spoil, reason) => {
      const [, sound] = objects.find(([, object]) => object.kind === kind) as readonly [string, KubernetesObject];
      const broken = structuredClone(sound);
      spoil(broken.spec);
      await expectRefused(plane, verdict, broken, reason);
    });
  },
);
