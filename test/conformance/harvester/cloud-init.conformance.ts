import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { describeWith, tool } from '../tool';
import { Verdict } from '../verdict';
import { harvesterObjects } from './harvester-objects';

interface FirstBoot {
  readonly name: string;
  readonly userdata: string;
  readonly networkdata: string;
}

/** What each guest reads, with what External Secrets puts into it. */
const documents: readonly FirstBoot[] = harvesterObjects().flatMap(([, { kind, metadata, ...object }]) => {
  // biome-ignore lint/suspicious/noExplicitAny: one of two kinds of objects
  const { stringData, spec } = object as any;
  const data = kind === 'Secret' ? stringData : kind === 'ExternalSecret' ? spec.target.template.data : undefined;
  if (!data) return [];
  const filled = (text: string) => text.replace(/\{\{ \.secret\d+ \| b64enc \}\}/g, 'cGxhY2Vob2xkZXI=').replaceAll('{{ "{{" }}', '{{');
  return [{ name: metadata.name, userdata: filled(data.userdata), networkdata: filled(data.networkdata) }];
});

const BROKEN_USERS: readonly [title: string, from: RegExp, to: string, reason: RegExp][] = [
  ['a name that is a number', /^hostname: .*$/m, 'hostname: 5', /hostname|string/],
  ['users that are a number', /^users:$/m, 'users: 5\nother_users:', /users/],
  ['a file without a path', /^( +)- path: .*\n( +)owner:/m, '$1- owner:', /write_files|path/],
  ['an unknown encoding', /^( +)encoding: .*$/m, '$1encoding: rot13', /encoding|write_files/],
];

const BROKEN_NETWORKS: readonly [title: string, from: RegExp, to: string, reason: RegExp][] = [
  ['an address that is none', /10\.20\.0\.21\/24/, '10.20.0.421/24', /not a valid ip/],
  ['a version that nobody knows', /^version: 2/m, 'version: 3', /correct version/],
  ['ports that are a number', /^ethernets:$/m, 'ethernets: 5\nothers:', /items/],
];

describeWith(['cloud-init'], 'cloud-init, for guests of Harvester', () => {
  const version = /\d[\d.]*/.exec(spawnSync(tool('cloud-init') ?? '', ['--version'], { encoding: 'utf8' }).stdout ?? '')?.[0] ?? '';
  const users = new Verdict(`cloud-init ${version} schema, Harvester`);
  const networks = new Verdict(`cloud-init ${version} net-convert, Harvester`);
  const folder = mkdtempSync(join(tmpdir(), 'ashlar-harvester-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const run = (text: string, ...args: readonly string[]): { readonly code: number; readonly output: string } => {
    const file = join(folder, 'input.yaml');
    writeFileSync(file, text);
    const { status, stdout, stderr } = spawnSync(tool('cloud-init') as string, [...args, file], { encoding: 'utf8', timeout: 60_000 });
    return { code: status ?? 1, output: stdout + stderr };
  };
  const schema = (text: string) => run(text, 'schema', '-c');
  const convert = (text: string, kind: string) =>
    run(text, 'devel', 'net-convert', '-k', 'yaml', '-d', join(folder, kind), '-D', 'debian', '-O', kind, '-p');

  test.each(documents)('takes the user data of $name', ({ userdata }) => {
    const answer = schema(userdata);
    users.took(1, answer.code === 0 ? 0 : 1);
    expect(answer).toMatchObject({ code: 0 });
  });

  test.each(BROKEN_USERS)('refuses %s', (_, from, to, reason) => {
    const sound = documents.find(({ userdata }) => from.test(userdata)) as FirstBoot;
    const answer = schema(sound.userdata.replace(from, to));
    users.sawBroken(answer.code !== 0);
    expect(answer.output).toMatch(reason);
    expect(answer.code).not.toBe(0);
  });

  test.each(documents.flatMap(document => ['netplan', 'networkd', 'eni'].map(kind => ({ ...document, kind }))))(
    'makes $kind of the network of $name',
    ({ networkdata, kind }) => {
      const answer = convert(networkdata, kind);
      networks.took(1, answer.code === 0 ? 0 : 1);
      expect(answer).toMatchObject({ code: 0 });
    },
  );

  test('both default routes come out as default routes', () => {
    const { networkdata } = documents.find(({ name }) => name === 'web-cloud-init') as FirstBoot;
    convert(networkdata, 'networkd');
    const below = join(folder, 'networkd/etc/systemd/network');
    const routes = readdirSync(below)
      .filter(file => file.endsWith('nic-0.network'))
      .map(file => readFileSync(join(below, file), 'utf8').match(/^(Gateway|Destination)=.*$/gm));
    expect(routes).toEqual([['Gateway=10.20.0.1', 'Gateway=fd20:0:0:20::1']]);
    expect(parse(networkdata).ethernets['nic-0']).toMatchObject({ gateway4: '10.20.0.1', gateway6: 'fd20:0:0:20::1' });
  });

  test.each(BROKEN_NETWORKS)('refuses %s', (_, from, to, reason) => {
    const sound = documents.find(({ networkdata }) => from.test(networkdata)) as FirstBoot;
    const answer = convert(sound.networkdata.replace(from, to), 'networkd');
    networks.sawBroken(answer.code !== 0);
    expect(answer.output).toMatch(reason);
    expect(answer.code).not.toBe(0);
  });
});
