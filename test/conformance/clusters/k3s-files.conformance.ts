import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Secret } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { parse, stringify } from 'yaml';
import { DockerSwarm } from '../../../packages/clusters/src';
import { lab, type TestMachine } from '../../../packages/clusters/test/k3s/lab';
import { freePorts, type Server, start, waitFor } from '../kubernetes/process';
import { describeWith, tool } from '../tool';
import { Verdict } from '../verdict';

// biome-ignore lint/suspicious/noExplicitAny: what is spoilt is the vendor's
type Fields = any;

const MIRRORS = { '*': ['https://registry.lab.example.net'], 'docker.io': ['https://registry.lab.example.net/v2/hub'] };

/** A cluster with mirrors: its files, and what its first machine does at its first boot. */
function rendered(): { readonly files: Record<string, string>; readonly boot: (path: string) => string } {
  const { site, machines, k3s } = lab(() => ({ registries: { mirrors: MIRRORS }, token: Secret.fromTerraformVariable('k3s_token') }));
  k3s();
  const files = Testing.files(site);
  const [first] = machines as [TestMachine];
  return { files, boot: path => first.firstBoot.files.find(file => file.path === path)?.content as string };
}

describeWith(['registries-reader'], 'registries.yaml', () => {
  const verdict = new Verdict('wharfie 0.7.1, registries.yaml of K3s');
  const ours = rendered().files['devices/k3s/prod/registries.yaml'] as string;
  const read = (input: string) => spawnSync(tool('registries-reader') as string, { input, encoding: 'utf8', timeout: 30_000 });

  test('mirrors alone, and with the secret part after them, as a machine puts it', () => {
    const credentials = 'configs:\n  registry.lab.example.net:\n    auth:\n      username: puller\n      password: placeholder\n';
    for (const text of [ours, ours + credentials]) {
      const { status, stdout, stderr } = read(text);
      expect([status, stderr]).toEqual([0, '']);
      expect(JSON.parse(stdout).mirrors['docker.io'].endpoint).toEqual(MIRRORS['docker.io']);
      verdict.took(1);
    }
    expect(JSON.parse(read(ours + credentials).stdout).configs['registry.lab.example.net'].auth.username).toBe('puller');
  });

  test.each<[string, (file: Fields) => void, RegExp]>([
    ['a misspelt section', file => Object.assign(file, { mirror: {} }), /unknown field "mirror"/],
    ['a misspelt list', file => Object.assign(file.mirrors['docker.io'], { endpoints: [] }), /unknown field/],
    [
      'one address in place of a list',
      file => Object.assign(file.mirrors['docker.io'], { endpoint: 'https://registry.example.net' }),
      /endpoint/,
    ],
    ['an address that is none', file => Object.assign(file.mirrors['docker.io'], { endpoint: ['registry.example.net'] }), /is no address/],
    ['mirrors as a list', file => Object.assign(file, { mirrors: ['docker.io'] }), /mirrors/],
  ])('broken: %s', (_, spoil, reason) => {
    const file = parse(ours);
    spoil(file);
    const { status, stderr } = read(stringify(file));
    verdict.sawBroken(status !== 0);
    expect(stderr).toMatch(reason);
  });
});

describeWith(['shellcheck', 'systemd-analyze'], 'scripts and units of first boots', () => {
  const verdict = new Verdict('shellcheck, systemd-analyze: K3s and Swarm');
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'k3s-files-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const run = (program: string, name: string, text: string, ...args: string[]) => {
    const path = join(folder, name);
    writeFileSync(path, text, { mode: name.endsWith('.sh') ? 0o755 : 0o644 });
    return spawnSync(tool(program) as string, [...args, path], { encoding: 'utf8', timeout: 60_000 });
  };

  test('scripts', () => {
    const { boot } = rendered();
    const { site, machines } = lab();
    new DockerSwarm(site, 'dev', { managers: machines });
    for (const machine of machines) machine.firstBoot.install('docker-ce');
    const scripts: [string, string][] = [
      ['begin-or-join.sh', boot('/usr/local/lib/k3s-begin-or-join.sh')],
      ['hand-over.sh', boot('/usr/local/lib/k3s-hand-over.sh')],
      ['join.sh', Testing.files(site)['devices/swarm/dev/join.sh'] as string],
    ];
    for (const [name, text] of scripts) {
      const { status, stdout } = run('shellcheck', name, text);
      expect([name, stdout, status]).toEqual([name, '', 0]);
      verdict.took(1);
      const broken = run('shellcheck', name, text.replace(/"\$(\w+)"/, '$$$1').replace('set -eu', 'set -eu\ncd $HOME'));
      verdict.sawBroken(broken.status !== 0);
      expect(broken.stdout).toMatch(/SC2086/);
    }
  });

  test('the unit that hands over', () => {
    const unit = rendered()
      .boot('/etc/systemd/system/k3s-hand-over.service')
      .replace(/ExecStart=.*/, `ExecStart=${join(folder, 'hand-over.sh')}`);
    const good = run('systemd-analyze', 'k3s-hand-over.service', unit, 'verify', '--recursive-errors=no');
    expect([good.stderr, good.status]).toEqual(['', 0]);
    verdict.took(1);
    const broken = run('systemd-analyze', 'k3s-broken.service', unit.replace('Type=exec', 'Type=exce'), 'verify', '--recursive-errors=no');
    verdict.sawBroken(broken.stderr !== '');
    expect(broken.stderr).toMatch(/exce/);
  });
});

describeWith(['etcd', 'kube-apiserver'], 'policies of the API server', () => {
  const verdict = new Verdict('kube-apiserver 1.34.4: audit, admission');
  const { files } = rendered();
  const audit = files['devices/k3s/prod/audit.yaml'] as string;
  const admission = files['devices/k3s/prod/admission.yaml'] as string;
  let folder: string;
  let etcd: Server;
  let store: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'policies-'));
    const [client, peer] = await freePorts(2);
    store = `http://127.0.0.1:${client}`;
    const url = `http://127.0.0.1:${peer}`;
    const urls = [
      '--listen-client-urls',
      store,
      '--advertise-client-urls',
      store,
      '--listen-peer-urls',
      url,
      '--initial-advertise-peer-urls',
      url,
    ];
    etcd = start(
      tool('etcd') as string,
      ['--data-dir', join(folder, 'etcd'), ...urls, '--initial-cluster', `default=${url}`],
      join(folder, 'etcd.log'),
    );
    const openssl = spawnSync('openssl', ['genrsa', '-out', join(folder, 'sa.key'), '2048'], { encoding: 'utf8' });
    expect(openssl.status).toBe(0);
  });
  afterAll(async () => {
    await etcd?.stop();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  /** Starts the server with the flags of K3s and these policies; what it logged until it was ready, or ended. */
  async function started(auditPolicy: string, admissionPolicy: string): Promise<{ readonly ready: boolean; readonly log: string }> {
    const [port] = await freePorts(1);
    const log = join(folder, `apiserver-${port}.log`);
    const file = (name: string, text: string) => {
      const path = join(folder, `${port}-${name}`);
      writeFileSync(path, text);
      return path;
    };
    const places: Record<string, string> = {
      'audit-policy-file': file('audit.yaml', auditPolicy),
      'admission-control-config-file': file('admission.yaml', admissionPolicy),
      'audit-log-path': join(folder, `${port}-audit.log`),
    };
    const config = parse(files['devices/k3s/prod/k3s-1/config.yaml'] as string) as { 'kube-apiserver-arg': string[] };
    const flags = config['kube-apiserver-arg'].map(flag => {
      const [name, value] = flag.split(/=(.*)/) as [string, string];
      return `--${name}=${places[name] ?? value}`;
    });
    const key = join(folder, 'sa.key');
    const server = start(
      tool('kube-apiserver') as string,
      [
        ...flags,
        `--etcd-servers=${store}`,
        '--bind-address=127.0.0.1',
        `--secure-port=${port}`,
        `--cert-dir=${join(folder, `certs-${port}`)}`,
        '--service-account-issuer=https://kubernetes.default.svc',
        `--service-account-key-file=${key}`,
        `--service-account-signing-key-file=${key}`,
        '--service-cluster-ip-range=10.96.0.0/16',
        '--authorization-mode=Node,RBAC',
      ],
      log,
    );
    const text = () => readFileSync(log, 'utf8');
    const served = () => text().includes('Serving securely');
    const ended = () => /^Error: |^E.*command failed/m.test(text());
    await waitFor(`${basename(log)}`, 90, async () => served() || ended(), log);
    await server.stop();
    return { ready: served(), log: text() };
  }

  test('the server of Kubernetes starts with the flags and policies of ours', async () => {
    const { ready, log } = await started(audit, admission);
    expect({ ready, log: ready ? '' : log.slice(-2000) }).toEqual({ ready: true, log: '' });
    verdict.took(2);
  });

  test.each<[string, (audit: Fields, admission: Fields) => void, RegExp]>([
    ['a level of audit that is none', policy => Object.assign(policy.rules[0], { level: 'Some' }), /level/i],
    ['an audit of no rules', policy => Object.assign(policy, { rules: [] }), /rules/],
    ['a path that is not at the end', policy => Object.assign(policy.rules[0], { nonResourceURLs: ['/a*b'] }), /nonResourceURLs/],
    ['a standard that is none', (_, config) => Object.assign(config.plugins[0].configuration.defaults, { enforce: 'strict' }), /enforce/],
    ['a limit of nothing', (_, config) => Object.assign(config.plugins[1].configuration.limits[0], { qps: 0 }), /qps/],
    ['a limit for something else', (_, config) => Object.assign(config.plugins[1].configuration.limits[0], { type: 'Cluster' }), /type/],
  ])('broken: %s', async (_, spoil, reason) => {
    const [policy, config] = [parse(audit), parse(admission)];
    spoil(policy, config);
    const { ready, log } = await started(stringify(policy), stringify(config));
    verdict.sawBroken(!ready);
    expect(log).toMatch(reason);
    expect(ready).toBe(false);
  });
});
