import { statSync } from 'node:fs';
import { join } from 'node:path';
import { dump, load } from 'js-yaml';
import { type Kubeconfig, KubeconfigFile, renamed } from '../../src/kubeconfig/kubeconfig-file';
import { TestApp } from '../run/test-app';

/** What K3s writes on a server. */
const K3S = {
  apiVersion: 'v1',
  kind: 'Config',
  clusters: [{ name: 'default', cluster: { server: 'https://127.0.0.1:6443', 'certificate-authority-data': 'Y2E=' } }],
  users: [{ name: 'default', user: { 'client-certificate-data': 'Y2VydA==', 'client-key-data': 'a2V5' } }],
  contexts: [{ name: 'default', context: { cluster: 'default', user: 'default' } }],
  'current-context': 'default',
};
const PROD = ['kubeconfig', '--cluster', 'prod', '--server', 'https://10.20.0.5:6443', '--from', 'admin@10.20.0.11'];

let app: TestApp;
beforeEach(() => {
  app = new TestApp();
  app.write('k3s.yaml', dump(K3S));
  app.program('ssh', `echo "$@" >>${app.folder}/calls; exec cat ${app.folder}/k3s.yaml`);
  app.environment.KUBECONFIG = join(app.folder, '.ashlar/kubeconfig');
});
afterEach(() => app.remove());

const merged = () => load(app.read('.ashlar/kubeconfig')) as Kubeconfig;

test('access to a cluster comes under the name of the cluster, for its owner only', async () => {
  const { code, said } = await app.ashlar(...PROD);
  expect(said).toBe(`prod: ${app.folder}/.ashlar/kubeconfig\n`);
  expect(code).toBe(0);
  expect(app.lines('calls')).toEqual(['-o BatchMode=yes -o ConnectTimeout=10 admin@10.20.0.11 sudo cat /etc/rancher/k3s/k3s.yaml']);
  expect(merged()).toEqual({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'prod', cluster: { server: 'https://10.20.0.5:6443', 'certificate-authority-data': 'Y2E=' } }],
    users: [{ name: 'prod', user: { 'client-certificate-data': 'Y2VydA==', 'client-key-data': 'a2V5' } }],
    contexts: [{ name: 'prod', context: { cluster: 'prod', user: 'prod' } }],
    'current-context': '',
  });
  expect(statSync(join(app.folder, '.ashlar/kubeconfig')).mode & 0o777).toBe(0o600);
  expect(app.files('.ashlar')).toEqual(['kubeconfig']);
});

test('a second time changes nothing, and others stay', async () => {
  await app.ashlar(...PROD);
  await app.ashlar('kubeconfig', '--cluster', 'games', '--server', 'https://10.21.0.5:6443', '--from', 'admin@10.21.0.11');
  const before = app.read('.ashlar/kubeconfig');
  await app.ashlar('kubeconfig', '--cluster', 'games', '--server', 'https://10.21.0.5:6443', '--from', 'admin@10.21.0.11');
  expect(app.read('.ashlar/kubeconfig')).toBe(before);
  expect(merged().clusters.map(({ name }) => name)).toEqual(['prod', 'games']);
});

test('what many write at once is all there', async () => {
  const file = join(app.folder, '.ashlar/kubeconfig');
  const names = Array.from({ length: 6 }, (_, i) => `c${i}`);
  await Promise.all(names.map(name => app.ashlar('kubeconfig', '--cluster', name, '--server', 'https://10.20.0.5:6443', '--from', 'a@b')));
  expect(
    merged()
      .users.map(({ name }) => name)
      .sort(),
  ).toEqual(names);
  await new KubeconfigFile(file).merge(renamed(K3S, 'last', 'https://10.20.0.6:6443'));
  expect(merged().clusters).toHaveLength(7);
});

test.each([
  ['a server that does not answer', 'echo "ssh: connect to host 10.20.0.11 port 22: Connection refused" >&2; exit 255'],
  ['a server without K3s', 'echo "cat: /etc/rancher/k3s/k3s.yaml: No such file or directory" >&2; exit 1'],
])('%s is told', async (_, script) => {
  app.program('ssh', script);
  const reason = /echo "([^"]*)"/.exec(script)?.[1];
  expect(await app.ashlar(...PROD)).toMatchObject({
    code: 1,
    said: `error [prod] /etc/rancher/k3s/k3s.yaml of admin@10.20.0.11 is not to be had: ${reason}; look whether K3s runs there: ssh admin@10.20.0.11 sudo systemctl status k3s (KUBECONFIG_FETCH)\n`,
  });
  expect(app.has('.ashlar/kubeconfig')).toBe(false);
});

test('what is no kubeconfig is refused, there and here', async () => {
  app.program('ssh', 'echo hello');
  expect((await app.ashlar(...PROD)).said).toBe(
    'error [prod] /etc/rancher/k3s/k3s.yaml of admin@10.20.0.11 is no kubeconfig; look whether K3s runs there: ssh admin@10.20.0.11 sudo systemctl status k3s (KUBECONFIG_SOURCE)\n',
  );
  app.program('ssh', `cat ${app.folder}/k3s.yaml`);
  app.environment.KUBECONFIG = join(app.folder, 'mine');
  app.write('mine', 'my notes');
  expect((await app.ashlar(...PROD)).said).toBe(
    `error [kubeconfig] ${app.folder}/mine is there, and is no kubeconfig; move it away (KUBECONFIG_FORMAT)\n`,
  );
  expect(app.read('mine')).toBe('my notes');
});

test('what would reach a program as an option is refused', async () => {
  const args = ['kubeconfig', '--cluster', 'Prod', '--server', 'http://x', '--from', '-oProxyCommand=evil'];
  expect((await app.ashlar(...args)).said).toBe(
    'error [kubeconfig] --cluster Prod: write the name of the cluster, like prod; --server http://x: write it like https://10.20.0.5:6443; --from -oProxyCommand=evil: write it like admin@10.20.0.11 (KUBECONFIG_OPTION)\n',
  );
  expect(app.has('calls')).toBe(false);
});

describe('of a cluster that another one made', () => {
  const MEDIA = ['kubeconfig', '--cluster', 'media', '--context', 'brain', '--secret', 'clusters/media-kubeconfig'];

  test('comes out of its Secret, with the address that it says', async () => {
    app.write('secret', Buffer.from(dump(K3S)).toString('base64'));
    app.program('kubectl', `echo "$@" >>${app.folder}/calls; exec cat ${app.folder}/secret`);
    expect((await app.ashlar(...MEDIA)).said).toBe(`media: ${app.folder}/.ashlar/kubeconfig\n`);
    expect(app.lines('calls')).toEqual([
      '--context brain --namespace clusters get secret media-kubeconfig --output jsonpath={.data.value} --request-timeout=10s',
    ]);
    expect(merged().clusters).toEqual([{ name: 'media', cluster: K3S.clusters[0]?.cluster }]);
  });

  test('that is not there yet is told', async () => {
    app.program('kubectl', 'echo "Error from server (NotFound): secrets media-kubeconfig not found" >&2; exit 1');
    expect(await app.ashlar(...MEDIA)).toMatchObject({
      code: 1,
      said: 'error [media] Secret clusters/media-kubeconfig of brain is not to be had: Error from server (NotFound): secrets media-kubeconfig not found; look whether the cluster has been made: kubectl --context brain --namespace clusters get clusters (KUBECONFIG_FETCH)\n',
    });
  });

  test.each([
    ['half of both', ['--server', 'https://10.20.0.5:6443', '--secret', 'clusters/media-kubeconfig']],
    ['nothing', []],
    ['both', ['--server', 'https://10.20.0.5:6443', '--from', 'a@b', '--context', 'brain', '--secret', 'a/b']],
  ])('given %s is refused', async (_, options) => {
    expect(await app.ashlar('kubeconfig', '--cluster', 'media', ...options)).toMatchObject({
      code: 1,
      said: 'error [kubeconfig] write --server and --from, or --context and --secret (KUBECONFIG_OPTION)\n',
    });
  });
});
