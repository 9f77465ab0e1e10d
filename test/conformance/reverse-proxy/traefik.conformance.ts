import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Testing } from '@ashlar/core/testing';
import { published, traefik } from '../../../packages/network/test/reverse-proxy/published';
import { freePorts, type Server, start, waitFor } from '../kubernetes/process';
import { describeWith, tool } from '../tool';
import { Verdict } from '../verdict';
import { ask, httpServer, type LocalServer, listenTo, localized, serverOf, tcpServer } from './local-servers';
import { selfSigned } from './self-signed';

const PREFIX = 'devices/traefik/edge/';
const FILES = Object.entries(Testing.files(traefik(published()))).filter(([path]) => path.startsWith(PREFIX));
const PASSWORD = 'correct horse';

/** A router, a service or a middleware, as the API of Traefik tells about it. */
interface Told {
  readonly name: string;
  readonly status: string;
  readonly error?: readonly string[];
  readonly provider: string;
}

/** A file of its own for each fault, and the router that it spoils. */
const BROKEN: readonly [title: string, router: string, router: object, rest?: object][] = [
  ['a middleware that is not there', 'a', { rule: 'Host(`a.example.net`)', service: 'shop@file', middlewares: ['nowhere'] }],
  ['a service that is not there', 'b', { rule: 'Host(`b.example.net`)', service: 'nowhere' }],
  ['a rule without an end', 'c', { rule: 'Host(`c.example.net`', service: 'shop@file' }],
  ['an unknown matcher', 'd', { rule: 'Hostname(`d.example.net`)', service: 'shop@file' }],
  ['an entry point that is not there', 'e', { rule: 'Host(`e.example.net`)', service: 'shop@file', entryPoints: ['nowhere'] }],
  ['TLS options that are not there', 'f', { rule: 'Host(`f.example.net`)', service: 'shop@file', tls: { options: 'nowhere' } }],
  ['a pattern that is none', 'g', { rule: 'HostRegexp(`[`)', service: 'shop@file' }],
  [
    'a prefix that is none',
    'h',
    { rule: 'Host(`h.example.net`)', service: 'shop@file', middlewares: ['h'] },
    { middlewares: { h: { ipAllowList: { sourceRange: ['10.0.0.0/33'] } } } },
  ],
];

describeWith(['traefik'], 'Traefik', () => {
  const verdict = new Verdict('Traefik, its API and what it does');
  const servers: LocalServer[] = [];
  const of = (name: string) => servers.find(server => server.name === name) as LocalServer;
  let folder: string;
  let proxy: Server;
  let http: number;
  let https: number;
  let postgres: number;
  let api: number;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'traefik-'));
    for (const below of ['dynamic', 'certificates', 'users', 'acme']) mkdirSync(join(folder, below));
    selfSigned(join(folder, 'certificates'), 'lab', ['*.lab.example.net', 'shop.example.net', '*.apps.example.net', 'apps.example.net']);
    const hash = execFileSync('openssl', ['passwd', '-apr1', PASSWORD], { encoding: 'utf8' }).trim();
    writeFileSync(join(folder, 'users/staff'), `anna:${hash}\n`);
    for (const name of ['web1', 'web2', 'web2-apps', 'api', 'auth', 'pve']) servers.push(await httpServer(name));
    for (const name of ['db1', 'db2']) servers.push(await tcpServer(name));
    [http, https, postgres, api] = (await freePorts(4)) as [number, number, number, number];
    for (const [path, text] of FILES) writeFileSync(join(folder, path.slice(PREFIX.length)), local(path.slice(PREFIX.length), text));
    for (const [, name, router, rest] of BROKEN) {
      writeFileSync(
        join(folder, `dynamic/broken-${name}.yml`),
        JSON.stringify({ http: { routers: { [`broken-${name}`]: { entryPoints: ['websecure'], tls: {}, ...router } }, ...rest } }),
      );
    }
    proxy = start(tool('traefik') as string, [`--configFile=${join(folder, 'traefik.yml')}`], join(folder, 'traefik.log'), {
      CF_DNS_API_TOKEN: 'none',
    });
    await waitFor('Traefik', 30, async () => (await told('http/routers')).some(router => router.name === 'shop@file'), proxy.log);
    await waitFor('the sites', 30, async () => (await ask({ port: http, host: 'plain.lab.example.net' })).status === 200, proxy.log);
  });
  afterAll(async () => {
    await proxy?.stop();
    await Promise.all(servers.map(server => server.stop()));
    rmSync(folder, { recursive: true, force: true });
  });

  /**
   * Ports and addresses of this machine. The API is switched on, and the authority that certificates are ordered from is a port
   * where nobody is, so that no test asks Let's Encrypt for anything.
   */
  function local(path: string, text: string): string {
    const at = (name: string) => `127.0.0.1:${of(name).port}`;
    const replacements: Record<string, readonly (readonly [string, string])[]> = {
      'traefik.yml': [
        ["':80'", `127.0.0.1:${http}`],
        ["':443'", `127.0.0.1:${https}`],
        ["':5432'", `127.0.0.1:${postgres}`],
        ['entryPoints:\n', `api:\n  insecure: true\nentryPoints:\n  traefik:\n    address: 127.0.0.1:${api}\n`],
        ['/etc/traefik/', `${folder}/`],
        ['/var/lib/traefik/', `${folder}/acme/`],
        ['      email:', '      caServer: http://127.0.0.1:9/directory\n      email:'],
      ],
      'dynamic/_tls.yml': [['/etc/traefik/', `${folder}/`]],
      'dynamic/shop.yml': [
        ['10.20.0.21:8080', at('web1')],
        ['10.20.0.22:8080', at('web2')],
        ['10.20.0.23:9000', at('api')],
        ['interval: 5s', 'interval: 1s'],
      ],
      'dynamic/apps.yml': [
        ['10.20.0.22:8081', at('web2-apps')],
        ['10.20.0.24:9091', at('auth')],
      ],
      'dynamic/pve.yml': [
        ['https://192.168.1.11:8006', `http://${at('pve')}`],
        ['192.168.1.0/24', '127.0.0.2/32'],
        ['/etc/traefik/', `${folder}/`],
      ],
      'dynamic/plain.yml': [['10.20.0.21:8080', at('web1')]],
      'dynamic/postgres.yml': [
        ['10.20.0.31:5432', at('db1')],
        ['10.20.0.32:5432', at('db2')],
        ['interval: 5s', 'interval: 1s'],
      ],
    };
    return localized(text, replacements[path] ?? []);
  }

  const told = async (what: string): Promise<Told[]> => {
    const { body } = await ask({ port: api, host: 'localhost', path: `/api/${what}?per_page=1000` });
    return (JSON.parse(body) as Told[]).filter(({ provider }) => provider === 'file');
  };
  const secure = (host: string, rest: object = {}) => ask({ port: https, secure: true, host, ...rest });

  test('every router, service and middleware is enabled, without an error', async () => {
    const kinds = ['http/routers', 'http/services', 'http/middlewares', 'tcp/routers', 'tcp/services'];
    const all = (await Promise.all(kinds.map(told))).flat().filter(({ name }) => !name.startsWith('broken-') && name !== 'h@file');
    const faults = all.filter(({ status, error }) => status !== 'enabled' || error !== undefined);
    verdict.took(all.length, faults.length);
    expect(all.length).toBeGreaterThan(25);
    expect(faults).toEqual([]);
  });

  test.each(BROKEN)('broken: refuses %s', async (_, name) => {
    const router = (await told('http/routers')).find(r => r.name === `broken-${name}@file`);
    const refused = router !== undefined && (router.status !== 'enabled' || router.error !== undefined);
    verdict.sawBroken(refused);
    expect({ router, refused }).toMatchObject({ refused: true });
  });

  test('broken: does not start with a misspelt key', async () => {
    const text = localized(local('traefik.yml', FILES.find(([path]) => path.endsWith('/traefik.yml'))?.[1] as string), [
      ['websecure:', 'websecure:\n    adress: none'],
    ]);
    writeFileSync(join(folder, 'broken.yml'), text);
    const { status } = spawnSync(tool('traefik') as string, [`--configFile=${join(folder, 'broken.yml')}`], { timeout: 20_000 });
    verdict.sawBroken(status === 1);
    expect(status).toBe(1);
  });

  test('a name leads to its site, and servers share the requests', async () => {
    const answers = [await secure('shop.example.net'), await secure('shop.example.net')];
    expect(answers.map(answer => answer.status)).toEqual([200, 200]);
    expect(answers.map(serverOf).sort()).toEqual(['web1', 'web2']);
    expect(answers[0]?.headers['strict-transport-security']).toBe('max-age=31536000');
  });

  test('a location leads to what answers for it', async () => {
    expect(serverOf(await secure('shop.example.net', { path: '/api/orders', from: '127.0.0.3' }))).toBe('api');
  });

  test('a wildcard stands for one label, and a name of its own prevails over it', async () => {
    expect(serverOf(await secure('one.apps.example.net'))).toBe('web2-apps');
    expect((await ask({ port: http, host: 'one.two.apps.example.net' })).status).toBe(404);
    expect((await ask({ port: http, host: 'gone.apps.example.net' })).status).toBe(404);
    const moved = await secure('old.apps.example.net', { path: '/a?b=c' });
    expect([moved.status, moved.headers.location]).toEqual([301, 'https://shop.example.net/a?b=c']);
  });

  test('plain HTTP is sent to HTTPS, and a name that nobody has gets 404', async () => {
    const answer = await ask({ port: http, host: 'shop.example.net', path: '/cart' });
    expect([answer.status, answer.headers.location]).toEqual([301, 'https://shop.example.net/cart']);
    expect((await ask({ port: http, host: 'unknown.example.net' })).status).toBe(404);
  });

  test('who names no site in TLS is shown no certificate', async () => {
    await expect(secure('unknown.example.net')).rejects.toThrow(/alert|disconnected|reset/);
  });

  test('requests beyond the rate get 429, and another address is not concerned', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => secure('shop.example.net', { from: '127.0.0.9' })));
    const statuses = answers.map(answer => answer.status);
    expect(statuses.filter(status => status === 200).length).toBeGreaterThanOrEqual(3);
    expect(statuses.filter(status => status === 429).length).toBeGreaterThanOrEqual(6);
    expect((await secure('shop.example.net', { from: '127.0.0.10' })).status).toBe(200);
  });

  test('an access list wants the address and the password', async () => {
    const authorization = (password: string) => ({ authorization: `Basic ${Buffer.from(`anna:${password}`).toString('base64')}` });
    const pve = 'pve.lab.example.net';
    expect((await secure(pve, { headers: authorization(PASSWORD) })).status).toBe(403);
    expect((await secure(pve, { from: '127.0.0.2' })).status).toBe(401);
    expect((await secure(pve, { from: '127.0.0.2', headers: authorization('wrong') })).status).toBe(401);
    const answer = await secure(pve, { from: '127.0.0.2', headers: authorization(PASSWORD) });
    expect([answer.status, JSON.parse(answer.body).headers.authorization]).toEqual([200, undefined]);
  });

  test('a service that is asked first can refuse', async () => {
    of('auth').fail('/api/authz/forward-auth', 401);
    expect((await secure('apps.example.net')).status).toBe(401);
    of('auth').fail('/api/authz/forward-auth', 200);
    expect((await secure('apps.example.net')).status).toBe(200);
  });

  test('a server that fails its check is left out', async () => {
    of('web1').fail('/healthz', 503);
    const share = async () => {
      const answers = await Promise.all(Array.from({ length: 3 }, (_, i) => secure('shop.example.net', { from: `127.0.1.${i + 1}` })));
      return new Set(answers.map(serverOf));
    };
    await waitFor('the failure to be seen', 20, async () => !(await share()).has('web1'), proxy.log);
    expect([...(await share())]).not.toContain('web1');
  });

  test('TCP goes to a server that accepts connections', async () => {
    expect(new Set([await listenTo(postgres), await listenTo(postgres)])).toEqual(new Set(['db1', 'db2']));
    await of('db1').stop();
    const said = () => Promise.all([listenTo(postgres), listenTo(postgres), listenTo(postgres)]);
    await waitFor('the failure to be seen', 20, async () => (await said()).every(name => name === 'db2'), proxy.log);
    expect(await said()).toEqual(['db2', 'db2', 'db2']);
  });
});
