import { Duration, Port, Secret } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { Internet } from '@ashlar/network';
import { AcmeChallenge, AcmeIssuer, AcmeServer, Certificate, type CertificateProps } from '../../src';
import { lab, served } from '../lab';
import { manifest } from '../manifest';
import { refusal } from '../refusal';

const kept = Secret.fromKubernetes('cert-manager', 'dns', 'token');

/** A gateway that the Internet reaches, and an issuer that asks there. */
function asked(open: readonly number[] = [80, 443]) {
  const base = lab();
  const gateway = base.gateway();
  for (const port of open) gateway.connections.allowFrom(Internet.of(base.site), Port.tcp(port));
  const issuer = new AcmeIssuer(base.edge, 'letsencrypt', {
    server: AcmeServer.LETS_ENCRYPT,
    email: 'ops@example.net',
    challenge: AcmeChallenge.http01(gateway),
  });
  issuer.connections.allowTo(Internet.of(base.site), Port.tcp(443));
  const serve = (hosts: readonly string[], props: Partial<CertificateProps> = {}) => {
    const certificate = new Certificate(base.edge, 'shop', { issuer, hosts, ...props });
    for (const host of hosts) gateway.https(`of-${host.replaceAll('.', '-')}`, { host, certificate });
    gateway.route('shop', { hosts, to: base.workload('web') });
    return certificate;
  };
  return { ...base, gateway, issuer, serve };
}

describe('an issuer', () => {
  test('is asked for files at the plain listener of its gateway', () => {
    const { site, serve } = asked();
    serve(['shop.example.net']);
    expect(manifest(site, 'ClusterIssuer', 'letsencrypt').spec.acme).toEqual({
      server: 'https://acme-v02.api.letsencrypt.org/directory',
      email: 'ops@example.net',
      privateKeySecretRef: { name: 'letsencrypt-account' },
      solvers: [
        { http01: { gatewayHTTPRoute: { parentRefs: [{ kind: 'Gateway', name: 'public', namespace: 'edge', sectionName: 'http' }] } } },
      ],
    });
    expect(Testing.findings(site)).toEqual([]);
  });

  test('has the pods that answer let in through the policy of the namespace', () => {
    const { site, serve } = asked();
    serve(['shop.example.net']);
    const { podSelector, ingress } = manifest(site, 'NetworkPolicy', 'http01-solver').spec;
    expect(podSelector.matchLabels).toEqual({ 'acme.cert-manager.io/http01-solver': 'true' });
    expect(ingress).toHaveLength(1);
    expect(ingress[0].ports).toEqual([{ port: 8089, protocol: 'TCP' }]);
  });

  test('writes records into our own zones, whose server lets it in', () => {
    const { site, servers } = served();
    const ns1 = servers.hosts.find(host => host.name === 'ns1');
    expect(manifest(site, 'ClusterIssuer', 'letsencrypt').spec.acme.solvers).toEqual([
      {
        dns01: {
          rfc2136: {
            nameserver: '10.20.0.2:53',
            tsigKeyName: 'acme',
            tsigAlgorithm: 'HMACSHA256',
            tsigSecretSecretRef: { name: 'acme-tsig', key: 'key' },
          },
        },
      },
    ]);
    expect(ns1?.connections.ingress.map(({ from, port }) => `${from.node.id} ${port}`)).toEqual([
      'letsencrypt 53/udp',
      'letsencrypt 53/tcp',
    ]);
  });

  test('has Cloudflare serve records of the zones that it names', () => {
    const { site, edge } = lab();
    const challenge = AcmeChallenge.cloudflare({ apiToken: kept, zones: ['example.org', 'example.net'] });
    new AcmeIssuer(edge, 'ca', {
      server: AcmeServer.of('https://ca.example.net/acme/directory'),
      email: 'ops@example.net',
      challenge,
    }).connections.allowTo(Internet.of(site), Port.tcp(443));
    expect(manifest(site, 'ClusterIssuer', 'ca').spec.acme.solvers).toEqual([
      {
        selector: { dnsZones: ['example.net', 'example.org'] },
        dns01: { cloudflare: { apiTokenSecretRef: { name: 'dns', key: 'token' } } },
      },
    ]);
  });

  test('brings cert-manager, able to answer at gateways', () => {
    const release = asked().cluster.releases.find(({ name }) => name === 'cert-manager');
    expect(release?.values).toEqual({ crds: { enabled: true }, config: { enableGatewayAPI: true } });
  });
});

describe('a certificate', () => {
  test('has an ECDSA key, another one with each renewal, a month before its end', () => {
    const { site, serve } = asked();
    serve(['www.example.net', 'shop.example.net']);
    expect(manifest(site, 'Certificate', 'shop').spec).toEqual({
      secretName: 'shop-tls',
      dnsNames: ['shop.example.net', 'www.example.net'],
      issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'letsencrypt' },
      privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
      usages: ['digital signature', 'server auth'],
      renewBefore: '720h',
      revisionHistoryLimit: 1,
    });
  });

  test('may be a wildcard when its names are shown by DNS', () => {
    const { site, gateway, workload } = served('*.apps.example.net');
    gateway.route('any', { hosts: ['*.apps.example.net'], to: workload('web') });
    expect(manifest(site, 'Certificate', 'shop').spec.dnsNames).toEqual(['*.apps.example.net']);
  });
});

describe('what is refused', () => {
  const issuer = (props: object) =>
    new AcmeIssuer(lab().edge, 'letsencrypt', {
      server: AcmeServer.LETS_ENCRYPT,
      email: 'ops@example.net',
      challenge: AcmeChallenge.cloudflare({ apiToken: kept }),
      ...props,
    });

  test.each<[title: string, action: () => unknown, message: string]>([
    [
      'a wildcard by http-01',
      () => asked().serve(['*.example.net']),
      '[lab/prod/edge/shop] *.example.net cannot be shown by http-01, which asks for a file of one name; name each host, or use an issuer with AcmeChallenge.cloudflare or rfc2136, see https://letsencrypt.org/docs/challenge-types/ (ACME_WILDCARD)',
    ],
    [
      'http-01 at a gateway without port 80',
      () => AcmeChallenge.http01(lab().gateway('public', { redirect: false })),
      '[AcmeChallenge.http01] lab/prod/edge/public does not listen on port 80, where the authority asks; leave redirect out there, or use AcmeChallenge.cloudflare or rfc2136, see https://letsencrypt.org/docs/challenge-types/#http-01-challenge (ACME_NO_HTTP)',
    ],
    [
      'http-01 for a certificate of another namespace',
      () => {
        const { issuer, shop } = asked();
        new Certificate(shop, 'shop', { issuer, hosts: ['shop.example.net'] });
      },
      '[lab/prod/shop/shop] is in namespace shop, and the gateway of its challenge takes routes of edge only; make it in edge (ACME_NAMESPACE)',
    ],
    [
      'http-01 at what is no gateway',
      () => AcmeChallenge.http01('public' as never),
      '[AcmeChallenge.http01] gateway must be a Gateway, got "public"; write gateway: gateway (PROP_TYPE)',
    ],
    [
      'a token in another namespace',
      () => issuer({ challenge: AcmeChallenge.cloudflare({ apiToken: Secret.fromKubernetes('edge', 'dns', 'token') }) }),
      `[lab/prod/edge/letsencrypt] apiToken is kept in kubernetes:edge/dns#token, where cert-manager cannot read it; have it written into a Secret of namespace cert-manager, and pass Secret.fromKubernetes('cert-manager', …) (ACME_SECRET)`,
    ],
    [
      'a token that no Secret holds',
      () => issuer({ challenge: AcmeChallenge.cloudflare({ apiToken: Secret.fromOpenBao('kv/dns', 'token') }) }),
      `[lab/prod/edge/letsencrypt] apiToken is kept in openbao:kv/dns#token, where cert-manager cannot read it; have it written into a Secret of namespace cert-manager, and pass Secret.fromKubernetes('cert-manager', …) (ACME_SECRET)`,
    ],
    [
      'a token as text',
      () => AcmeChallenge.cloudflare({ apiToken: 'token' as never }),
      `[AcmeChallenge.cloudflare] apiToken must be a Secret; write apiToken: Secret.fromKubernetes('cert-manager', 'dns', 'token') (PROP_TYPE)`,
    ],
    [
      'an authority over http',
      () => AcmeServer.of('http://ca.example.net/directory'),
      '[AcmeServer.of] directory must be the https address of a directory, got "http://ca.example.net/directory"; write it like https://ca.example.net/acme/directory (PROP_FORMAT)',
    ],
    [
      'an authority by its name',
      () => issuer({ server: 'letsencrypt' }),
      '[lab/prod/edge/letsencrypt] server must be a AcmeServer, got "letsencrypt"; write server: AcmeServer.LETS_ENCRYPT_STAGING (PROP_TYPE)',
    ],
    [
      'no mail address',
      () => issuer({ email: 'ops' }),
      '[lab/prod/edge/letsencrypt] email must be a mail address, got "ops"; write it like ops@example.net (PROP_FORMAT)',
    ],
    [
      'a zone that is none',
      () => AcmeChallenge.cloudflare({ apiToken: kept, zones: ['example'] }),
      '[AcmeChallenge.cloudflare] zones must be names of zones, got "example"; write it like example.net (PROP_FORMAT)',
    ],
    [
      'a key without a name',
      () => AcmeChallenge.rfc2136({ server: lab().servers.host('ns1', 2), keyName: 'ACME KEY', key: kept }),
      '[AcmeChallenge.rfc2136] keyName must be the name of a TSIG key, got "ACME KEY"; write it like acme (PROP_FORMAT)',
    ],
    ['no names', () => asked().serve([]), `[lab/prod/edge/shop] hosts is empty; write hosts: ['shop.example.net'] (PROP_EMPTY)`],
    [
      'a name twice',
      () => asked().serve(['shop.example.net', 'shop.example.net']),
      '[lab/prod/edge/shop] hosts has shop.example.net twice; name it once (CERTIFICATE_HOSTS)',
    ],
    [
      'a name that DNS refuses',
      () => asked().serve(['Shop.example.net']),
      '[lab/prod/edge/shop] hosts must be a lower-case DNS name, whose first label may be *, got "Shop.example.net"; write it like shop.example.net (PROP_FORMAT)',
    ],
    [
      'a hundred and one names',
      () => asked().serve(Array.from({ length: 101 }, (_, i) => `s${i}.example.net`)),
      '[lab/prod/edge/shop] hosts has 101 names, and an authority takes 100; make several certificates, see https://letsencrypt.org/docs/rate-limits/ (CERTIFICATE_HOSTS)',
    ],
    [
      'a renewal an hour before the end',
      () => asked().serve(['shop.example.net'], { renewBefore: Duration.hours(1) }),
      '[lab/prod/edge/shop] renewBefore must be from 86400 to 6912000 seconds, got 3600; choose a value inside the range (PROP_RANGE)',
    ],
    [
      'an issuer by its name',
      () => asked().serve(['shop.example.net'], { issuer: 'letsencrypt' as never }),
      '[lab/prod/edge/shop] issuer must be a AcmeIssuer, got "letsencrypt"; write issuer: issuer (PROP_TYPE)',
    ],
    [
      'a Secret that is none',
      () => Certificate.fromSecret(lab().edge, 'own', 'Own TLS', ['shop.example.net']),
      '[lab/prod/edge/own] secretName must be the name of a Secret, got "Own TLS"; write it like shop-tls (PROP_FORMAT)',
    ],
  ])('%s', (_, action, message) => {
    expect(refusal(action)).toBe(message);
  });
});

describe('what only the whole model tells', () => {
  test('a certificate for a name that no listener serves', () => {
    const { site, edge, issuer, serve } = asked();
    serve(['shop.example.net']);
    new Certificate(edge, 'old', { issuer, hosts: ['old.example.net'] });
    expect(Testing.findings(site)).toEqual([
      `error [lab/prod/edge/old] is for old.example.net, which no listener serves with it; write gateway.https('shop', { host: 'old.example.net', certificate }), or remove the name (CERTIFICATE_UNSERVED)`,
    ]);
  });

  test('http-01 where nobody reaches port 80', () => {
    const { site, serve } = asked([443]);
    serve(['shop.example.net']);
    expect(Testing.findings(site)).toEqual([
      'error [lab/prod/edge/letsencrypt] is asked for files at lab/prod/edge/public on port 80, to which no flow leads; write public.connections.allowFrom(Internet.of(site), Port.tcp(80)), or use AcmeChallenge.cloudflare or rfc2136 (ACME_HTTP_UNREACHABLE)',
    ]);
  });

  test('an issuer that does not reach its authority', () => {
    const { site, edge } = lab();
    const server = AcmeServer.of('https://ca.example.net:8443/directory');
    new AcmeIssuer(edge, 'ca', { server, email: 'ops@example.net', challenge: AcmeChallenge.cloudflare({ apiToken: kept }) });
    expect(Testing.findings(site)).toEqual([
      'error [lab/prod/edge/ca] orders certificates at ca.example.net, and no flow lets it reach anything on port 8443; write ca.connections.allowTo(Internet.of(site), Port.tcp(8443)) (ACME_DIRECTORY_UNREACHABLE)',
    ]);
  });

  test('an issuer for trying things out is told of', () => {
    const { site, edge } = lab();
    const challenge = AcmeChallenge.cloudflare({ apiToken: kept });
    const issuer = new AcmeIssuer(edge, 'ca', { server: AcmeServer.LETS_ENCRYPT_STAGING, email: 'ops@example.net', challenge });
    issuer.connections.allowTo(Internet.of(site), Port.tcp(443));
    expect(Testing.findings(site)).toEqual([
      'warning [lab/prod/edge/ca] is for trying out: no browser trusts its certificates; write server: AcmeServer.LETS_ENCRYPT when it works (ACME_STAGING)',
    ]);
  });
});
