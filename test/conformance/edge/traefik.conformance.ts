import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { type KubernetesObject, told } from '../kubernetes/api-client';
import { ControlPlane } from '../kubernetes/control-plane';
import { freePorts, type Server, start, waitFor } from '../kubernetes/process';
import { describeWith, tool } from '../tool';
import { Verdict } from '../verdict';
import { edgeObjects } from './edge-objects';

/** A router or a middleware, as the API of Traefik tells about it. */
interface Told {
  readonly name: string;
  readonly rule?: string;
  readonly status: string;
  readonly error?: readonly string[];
  readonly middlewares?: readonly string[];
  readonly provider: string;
}

const object = (kind: string, name: string, spec: object): KubernetesObject => ({
  apiVersion: 'traefik.io/v1alpha1',
  kind,
  metadata: { name, namespace: 'shop' },
  spec,
});
const route = (name: string, rule: object) =>
  object('IngressRoute', name, {
    entryPoints: ['websecure'],
    routes: [{ kind: 'Rule', match: `Host(\`${name}.example.net\`)`, services: [{ name: 'stock-ui', port: 8080 }], ...rule }],
    tls: {},
  });

/** One fault each, and the name of the route that it spoils. All of them the API server takes. */
const BROKEN: readonly [title: string, name: string, objects: readonly KubernetesObject[]][] = [
  ['a middleware that is not there', 'nowhere', [route('nowhere', { middlewares: [{ name: 'nowhere' }] })]],
  ['a Service that is not there', 'service', [route('service', { services: [{ name: 'nowhere', port: 8080 }] })]],
  ['a port that is not there', 'port', [route('port', { services: [{ name: 'stock-ui', port: 9 }] })]],
  ['a rule without an end', 'rule', [route('rule', { match: 'Host(`rule.example.net`' })]],
  ['an unknown matcher', 'matcher', [route('matcher', { match: 'Hostname(`matcher.example.net`)' })]],
  [
    'a prefix that is none',
    'prefix',
    [
      route('prefix', { middlewares: [{ name: 'prefix' }] }),
      object('Middleware', 'prefix', { ipAllowList: { sourceRange: ['10.0.0.0/40'] } }),
    ],
  ],
];

describeWith(['etcd', 'kube-apiserver', 'traefik', 'shared'], 'Traefik, from definitions in a cluster', () => {
  const verdict = new Verdict('Traefik, definitions in a cluster');
  const ours = edgeObjects()
    .map(([, one]) => one)
    .filter(one => one.apiVersion.startsWith('traefik.io/') || (one.kind === 'Service' && one.metadata.namespace === 'shop'));
  let folder: string;
  let plane: ControlPlane;
  let traefik: Server | undefined;
  let api: number;

  const apply = async (one: KubernetesObject): Promise<void> => {
    const answer = await plane.client.apply(one, false);
    if (answer.status >= 300) throw new Error(`${one.kind} ${one.metadata.name}: ${told(answer)}`);
  };
  const ask = async (path: string): Promise<Told[]> =>
    (await fetch(`http://127.0.0.1:${api}/api/http/${path}?per_page=500`)).json() as Promise<Told[]>;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'traefik-edge-'));
    plane = await ControlPlane.start();
    for (const name of ['edge', 'shop', 'traefik']) await apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    for (const one of [...ours, ...BROKEN.flatMap(([, , objects]) => objects)]) await apply(one);
    const [admin, web, websecure] = (await freePorts(3)) as [number, number, number];
    api = admin;
    const access = await clusterAccess(plane, folder);
    traefik = start(
      tool('traefik') as string,
      [
        `--entrypoints.traefik.address=127.0.0.1:${admin}`,
        `--entrypoints.web.address=127.0.0.1:${web}`,
        `--entrypoints.websecure.address=127.0.0.1:${websecure}`,
        '--api.insecure=true',
        '--global.checknewversion=false',
        '--global.sendanonymoususage=false',
        '--providers.kubernetescrd.allowemptyservices=true',
        `--providers.kubernetescrd.endpoint=${access.endpoint}`,
        `--providers.kubernetescrd.certauthfilepath=${access.authority}`,
        `--providers.kubernetescrd.token=${access.token}`,
      ],
      join(folder, 'traefik.log'),
    );
    await waitFor(
      'the routes of Traefik',
      90,
      async () => (await ask('routers')).some(({ provider }) => provider === 'kubernetescrd'),
      traefik.log,
    );
  });
  afterAll(async () => {
    await traefik?.stop();
    await plane?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('loads every route and every middleware, without a fault', async () => {
    const names = BROKEN.map(([, name]) => `shop-${name}`);
    const told = [...(await ask('routers')), ...(await ask('middlewares'))].filter(({ provider, name }) => {
      return provider === 'kubernetescrd' && !names.some(broken => name.startsWith(broken));
    });
    const faults = told.filter(({ status }) => status !== 'enabled');
    verdict.took(told.length, faults.length);
    expect(faults).toEqual([]);
    const count = (kind: string) => ours.filter(one => one.kind === kind).length;
    expect(told).toHaveLength(count('IngressRoute') + count('Middleware'));
  });

  test('takes a name through the middlewares in their order', async () => {
    const stock = (await ask('routers')).find(({ rule }) => rule === 'Host(`stock.10-20-0-210.nip.io`)');
    // By the same form of names, broken routes are looked for below.
    expect(stock?.name).toMatch(/^shop-stock-/);
    expect(stock?.middlewares).toEqual(['staff', 'sign-in', 'slow', 'headers'].map(name => `shop-${name}@kubernetescrd`));
  });

  test.each(BROKEN)('broken: does not serve %s', async (_, name) => {
    const [served] = (await ask('routers')).filter(router => router.name.startsWith(`shop-${name}-`));
    const refused = served === undefined || served.status !== 'enabled';
    verdict.sawBroken(refused);
    expect({ name, refused, served }).toMatchObject({ name, refused: true });
  });
});

/** An account in the cluster that may read everything, as Traefik wants to be told. */
async function clusterAccess(plane: ControlPlane, folder: string): Promise<{ endpoint: string; token: string; authority: string }> {
  const account = { name: 'traefik', namespace: 'traefik' };
  const accounts = `/api/v1/namespaces/${account.namespace}/serviceaccounts`;
  await plane.client.apply({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: account }, false);
  await plane.client.apply(
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: 'traefik-conformance' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
      subjects: [{ kind: 'ServiceAccount', ...account }],
    },
    false,
  );
  const { body } = await plane.client.call('POST', `${accounts}/${account.name}/token`, { spec: { expirationSeconds: 3600 } });
  const address: string = (await plane.client.call('GET', '/api')).body.serverAddressByClientCIDRs[0].serverAddress;
  const authority = join(folder, 'authority.pem');
  writeFileSync(authority, await certificateOf(address));
  return { endpoint: `https://${address}`, token: body.status.token, authority };
}

/** The certificates that a server shows, as PEM. */
function certificateOf(address: string): Promise<string> {
  const [host, port] = address.split(':') as [string, string];
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port: Number(port), rejectUnauthorized: false }, () => {
      const chain: string[] = [];
      let at = socket.getPeerCertificate(true);
      for (;;) {
        chain.push(`-----BEGIN CERTIFICATE-----\n${at.raw.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`);
        if (!at.issuerCertificate || at.issuerCertificate.fingerprint256 === at.fingerprint256) break;
        at = at.issuerCertificate;
      }
      socket.end();
      resolve(chain.join(''));
    });
    socket.on('error', reject);
  });
}
