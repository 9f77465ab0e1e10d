import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Testing } from '@ashlar/core/testing';
import { haproxy, published } from '../../../packages/network/test/reverse-proxy/published';
import { freePorts, type Server, start, waitFor } from '../kubernetes/process';
import { describeWith, tool } from '../tool';
import { Verdict } from '../verdict';
import { ask, httpServer, type LocalServer, listenTo, localized, serverOf, tcpServer } from './local-servers';
import { selfSigned } from './self-signed';

const FILES = Testing.files(haproxy(published()));
const PASSWORD = 'correct horse';

/** What each fault replaces in the configuration. */
const BROKEN: readonly [title: string, from: string, to: string][] = [
  ['a backend that is not there', 'default_backend _unknown', 'default_backend nowhere'],
  ['a misspelt keyword', 'timeout connect', 'timout connect'],
  ['a user list that is not there', 'http_auth(staff)', 'http_auth(nobody)'],
  ['an unknown way of balancing', 'balance leastconn', 'balance fairest'],
  ['a table that is not there', 'track-sc0 src table shop', 'track-sc0 src table nowhere'],
  ['a port above 65535', '10.20.0.21:8080', '10.20.0.21:80800'],
  ['a prefix that is none', 'src 192.168.1.0/24', 'src 192.168.1.0/33'],
  ['two servers of one name', 'server servers-web2 10.20.0.22:8080', 'server servers-web1 10.20.0.22:8080'],
  ['a status that is none', 'return status 404', 'return status 4040'],
];

describeWith(['haproxy'], 'HAProxy', () => {
  const verdict = new Verdict('HAProxy -c, and what it does');
  let folder: string;
  let text: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'haproxy-'));
    mkdirSync(join(folder, 'certs'));
    selfSigned(join(folder, 'certs'), 'shop', ['shop.example.net', '*.shop.example.net', '*.apps.example.net', 'apps.example.net']);
    selfSigned(join(folder, 'certs'), 'lab', ['*.lab.example.net']);
    const inFolder = (file: string) => localized(FILES[`devices/haproxy/lb/${file}`] as string, [['/etc/haproxy/', `${folder}/`]]);
    writeFileSync(join(folder, 'crt-list.txt'), inFolder('crt-list.txt'));
    const hash = execFileSync('openssl', ['passwd', '-6', PASSWORD], { encoding: 'utf8' }).trim();
    writeFileSync(join(folder, 'userlists.cfg'), `userlist staff\n    user anna password ${hash}\n`);
    text = inFolder('haproxy.cfg');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const check = (name: string, configuration: string) => {
    writeFileSync(join(folder, name), configuration);
    const files = ['-f', join(folder, name), '-f', join(folder, 'userlists.cfg')];
    return spawnSync(tool('haproxy') as string, ['-c', ...files], { encoding: 'utf8' });
  };

  test('takes the whole configuration, without a warning', () => {
    const run = check('haproxy.cfg', text);
    const sections = text.match(/^(frontend|backend|listen) /gm)?.length ?? 0;
    verdict.took(sections, run.status === 0 ? 0 : sections);
    expect({ status: run.status, told: run.stderr.replace(/^\[NOTICE\].*\n/gm, '') }).toEqual({ status: 0, told: '' });
  });

  test.each(BROKEN)('broken: refuses %s', (_, from, to) => {
    const { status } = check('broken.cfg', localized(text, [[from, to]]));
    verdict.sawBroken(status !== 0);
    expect(status).not.toBe(0);
  });

  test('broken: refuses a certificate that is not there', () => {
    writeFileSync(join(folder, 'broken-list.txt'), `${folder}/certs/none.pem shop.example.net\n`);
    const { status } = check('broken.cfg', localized(text, [['crt-list.txt', 'broken-list.txt']]));
    verdict.sawBroken(status !== 0);
    expect(status).not.toBe(0);
  });

  test('broken: does not start without the users that the deployment fills in', () => {
    const { status } = spawnSync(tool('haproxy') as string, ['-c', '-f', join(folder, 'haproxy.cfg')]);
    verdict.sawBroken(status !== 0);
    expect(status).not.toBe(0);
  });

  describe('running', () => {
    const servers: LocalServer[] = [];
    const of = (name: string) => servers.find(server => server.name === name) as LocalServer;
    let proxy: Server;
    let http: number;
    let https: number;
    let postgres: number;
    let replicas: number;

    beforeAll(async () => {
      for (const name of ['web1', 'web2', 'web2-apps', 'api', 'staff', 'pve', 'db1-patroni', 'db2-patroni'])
        servers.push(await httpServer(name));
      for (const name of ['db1', 'db2']) servers.push(await tcpServer(name));
      of('db2-patroni').fail('/primary', 503);
      const [web, secure, primary, standby, kubernetes, unused] = (await freePorts(6)) as [number, number, number, number, number, number];
      [http, https, postgres, replicas] = [web, secure, primary, standby];
      const at = (name: string) => `127.0.0.1:${of(name).port}`;
      const configuration = localized(text, [
        ['    user haproxy\n    group haproxy\n', ''],
        ['/run/haproxy/admin.sock', `${folder}/admin.sock`],
        ['inter 5s', 'inter 200ms'],
        ['    bind :::80 v6only\n', ''],
        [`    bind :::443 v6only ssl strict-sni crt-list ${folder}/crt-list.txt\n`, ''],
        ['    bind :::5432 v6only\n', ''],
        ['    bind :::5433 v6only\n', ''],
        ['    bind :::6443 v6only\n', ''],
        ['bind :80', `bind 127.0.0.1:${http}`],
        ['bind :443', `bind 127.0.0.1:${https}`],
        ['bind :5432', `bind 127.0.0.1:${postgres}`],
        ['bind :5433', `bind 127.0.0.1:${replicas}`],
        ['bind :6443', `bind 127.0.0.1:${kubernetes}`],
        ['10.20.0.21:8080', at('web1')],
        ['10.20.0.22:8080', at('web2')],
        ['10.20.0.22:8081', at('web2-apps')],
        ['10.20.0.23:9000', at('api')],
        ['10.20.0.23:9002', at('staff')],
        ['10.20.0.23:6443', `127.0.0.1:${unused}`],
        ['192.168.1.11:8006', at('pve')],
        ['10.20.0.31:5432 check port 8008', `${at('db1')} check port ${of('db1-patroni').port}`],
        ['10.20.0.32:5432 check port 8008', `${at('db2')} check port ${of('db2-patroni').port}`],
        ['10.20.0.31:5432', at('db1')],
        ['10.20.0.32:5432', at('db2')],
        ['src 192.168.1.0/24', 'src 127.0.0.2/32'],
      ]);
      writeFileSync(join(folder, 'running.cfg'), configuration);
      const files = ['-f', join(folder, 'running.cfg'), '-f', join(folder, 'userlists.cfg')];
      proxy = start(tool('haproxy') as string, ['-db', ...files], join(folder, 'haproxy.log'));
      await waitFor('HAProxy', 20, async () => (await ask({ port: http, host: 'plain.lab.example.net' })).status === 200, proxy.log);
      await waitFor('the checks', 20, async () => (await stateOf('replicas', 'servers-db2')) === 'DOWN', proxy.log);
    });
    afterAll(async () => {
      await proxy?.stop();
      await Promise.all(servers.map(server => server.stop()));
    });

    const secure = (host: string, rest: object = {}) => ask({ port: https, secure: true, host, ...rest });

    /** What HAProxy thinks of a server, told on the stats socket. */
    async function stateOf(section: string, server: string): Promise<string> {
      const told = await new Promise<string>((resolve, reject) => {
        let said = '';
        const socket = connect(join(folder, 'admin.sock'), () => socket.end('show stat\n'));
        socket
          .setEncoding('utf8')
          .on('error', reject)
          .on('data', part => {
            said += part;
          });
        socket.once('close', () => resolve(said));
      });
      const line = told.split('\n').find(row => row.startsWith(`${section},${server},`));
      return line?.split(',')[17] ?? '';
    }

    test('a name leads to its site, and servers share the requests', async () => {
      const answers = await Promise.all(Array.from({ length: 6 }, () => secure('shop.example.net')));
      expect(answers.map(answer => answer.status)).toEqual([200, 200, 200, 200, 200, 200]);
      expect([...new Set(answers.map(serverOf))].sort()).toEqual(['web1', 'web2']);
      expect(answers[0]?.headers['strict-transport-security']).toBe('max-age=31536000');
    });

    test('a location leads to what answers for it', async () => {
      expect(serverOf(await secure('shop.example.net', { path: '/api/orders' }))).toBe('api');
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
      expect((await ask({ port: https, secure: true, host: 'shop.example.net', headers: {} })).status).toBe(200);
    });

    test('who names no site in TLS is shown no certificate', async () => {
      await expect(secure('unknown.example.net')).rejects.toThrow(/alert|disconnected|reset/);
    });

    test('a server learns the address of the client from the proxy alone', async () => {
      const { body } = await secure('shop.example.net', { headers: { 'x-forwarded-for': '203.0.113.66', 'x-forwarded-proto': 'ftp' } });
      expect(JSON.parse(body).headers).toMatchObject({ 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'https' });
    });

    test('an access list wants the address and the password', async () => {
      const authorization = (password: string) => ({ authorization: `Basic ${Buffer.from(`anna:${password}`).toString('base64')}` });
      const staff = 'staff.lab.example.net';
      expect((await secure(staff, { headers: authorization(PASSWORD) })).status).toBe(403);
      expect((await secure(staff, { from: '127.0.0.2' })).status).toBe(401);
      expect((await secure(staff, { from: '127.0.0.2', headers: authorization('wrong') })).status).toBe(401);
      const answer = await secure(staff, { from: '127.0.0.2', headers: authorization(PASSWORD) });
      expect([answer.status, JSON.parse(answer.body).headers.authorization]).toEqual([200, undefined]);
    });

    test('a server without a certificate that anybody vouches for gets no request', async () => {
      expect((await secure('pve.lab.example.net')).status).toBe(503);
    });

    test('requests beyond the rate get 429, and another address is not concerned', async () => {
      const statuses: number[] = [];
      for (let i = 0; i < 40; i++) statuses.push((await secure('shop.example.net', { from: '127.0.0.9' })).status);
      expect(statuses.filter(status => status === 200).length).toBe(25);
      expect(statuses.filter(status => status === 429).length).toBe(15);
      expect((await secure('shop.example.net', { from: '127.0.0.10' })).status).toBe(200);
    });

    test('TCP goes to the server that calls itself the primary', async () => {
      const said = await Promise.all(Array.from({ length: 4 }, () => listenTo(postgres)));
      expect(said).toEqual(['db1', 'db1', 'db1', 'db1']);
      of('db1-patroni').fail('/primary', 503);
      of('db2-patroni').fail('/primary', 200);
      await waitFor('the new primary', 20, async () => (await listenTo(postgres)) === 'db2', proxy.log);
      expect(await listenTo(postgres)).toBe('db2');
    });

    test('what does not speak PostgreSQL is no replica', async () => {
      expect(await stateOf('replicas', 'servers-db1')).toBe('DOWN');
      expect(await listenTo(replicas)).toBe('');
    });

    test('a server that fails is left out, and is back when it is well', async () => {
      const { port } = of('web1');
      await of('web1').stop();
      await waitFor('the failure to be seen', 20, async () => (await stateOf('shop', 'servers-web1')) === 'DOWN', proxy.log);
      const without = await Promise.all(Array.from({ length: 6 }, () => secure('shop.example.net', { from: '127.0.0.11' })));
      expect(without.map(serverOf)).toEqual(Array(6).fill('web2'));
      servers[servers.indexOf(of('web1'))] = await httpServer('web1', port);
      await waitFor('the recovery to be seen', 20, async () => (await stateOf('shop', 'servers-web1')) === 'UP', proxy.log);
      const again = await Promise.all(Array.from({ length: 6 }, () => secure('shop.example.net', { from: '127.0.0.12' })));
      expect([...new Set(again.map(serverOf))].sort()).toEqual(['web1', 'web2']);
    });
  });
});
