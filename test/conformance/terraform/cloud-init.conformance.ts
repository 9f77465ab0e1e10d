import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import { describeWith, ROOT, shared, tool } from '../tool';
import { Verdict } from '../verdict';
import { committedWorkspaces, type Resource, resources } from './configuration';

const MARK = '#cloud-config';

/** A guest with everything that a first boot can hold: disks, accounts, repositories of vendors, swap. */
const WORKPLACE = join(ROOT, 'packages/hci/test/golden/guest/workplace.user-data.yaml');

/** Where servers of clouds have their user data, as an expression that compresses it. */
const COMPRESSED: Readonly<Record<string, (resource: Resource) => string>> = {
  hcloud_server: server => server.user_data,
  aws_instance: instance => instance.user_data_base64,
};

/** Every user-data document of every workspace, as cloud-init gets it. */
const committed = committedWorkspaces().flatMap(({ name, configuration }) =>
  resources(configuration).flatMap(({ address, type, resource }) => {
    const compressed = COMPRESSED[type]?.(resource);
    if (compressed !== undefined) return [{ title: `${name}, ${address}`, text: interpolated(uncompressed(compressed)) }];
    if (!/^proxmox_(virtual_environment_)?file$/.test(type)) return [];
    return [resource.source_raw ?? []].flat().flatMap(({ data }: { data: string }) => {
      return data.startsWith(MARK) ? [{ title: `${name}, ${address}`, text: interpolated(data) }] : [];
    });
  }),
);

const documents = [{ title: 'a workplace', text: interpolated(readFileSync(WORKPLACE, 'utf8')) }, ...committed];

/** What each fault replaces in a real document, and what the refusal must say. */
const BROKEN: readonly [title: string, from: RegExp, to: string, reason: RegExp][] = [
  ['a text that is a number', /^hostname: .*$/m, 'hostname: 5', /hostname|string/],
  ['users that are a number', /^users:$/m, 'users: 5\nother_users:', /users/],
  ['an unknown key of a user', /^( +)lock_passwd:/m, '$1lock_pasword:', /users|lock_pasword|additional/],
  ['a file without a path', /^( +)- path: .*\n( +)owner:/m, '$1- owner:', /write_files|path/],
  ['an unknown encoding', /^( +)encoding: .*$/m, '$1encoding: rot13', /encoding|write_files/],
  ['a file system that is a number', /^( +)filesystem: ext4$/m, '$1filesystem: 4', /fs_setup|filesystem/],
  ['a file system that is overwritten perhaps', /^( +)overwrite: false$/m, '$1overwrite: maybe', /fs_setup|overwrite/],
  ['a mount that is a text', /^mounts:\n/m, 'mounts:\n  - /srv\n', /mounts/],
  ['a pass of a mount that is a number', /^( +)- '2'$/m, '$1- 2', /mounts/],
  ['swap of some size', /^( +)size: \d+$/m, '$1size: plenty', /swap|size/],
  ['a repository with an unknown key', /^( +)keyid:/m, '$1key_id:', /apt|key_id/],
  ['a repository whose source is a number', /^( +)source: .*$/m, '$1source: 5', /apt|source/],
  ['groups of a user that are a number', /^( +)groups:\n( +)- docker\n( +shell)/m, '$1groups: 5\n$3', /users|groups/],
  ['a time zone that is a number', /^timezone: .*$/m, 'timezone: 1', /timezone/],
];

describe('cloud-init documents', () => {
  test('there are some', () => {
    expect(documents.map(({ title }) => title)).not.toEqual([]);
  });
});

describeWith(['shared'], 'the schema of cloud-config', () => {
  const verdict = new Verdict('cloud-config schema v1');
  const schema = JSON.parse(readFileSync(join(shared() as string, 'conformance/openapi/cloud-config-v1.schema.json'), 'utf8'));
  const keys = topLevelKeys(schema);
  let validate: ValidateFunction;

  beforeAll(() => {
    // A draft 4 schema: of what changed since, it uses nothing but the name.
    const ajv = new Ajv({ strict: false, allErrors: true });
    addFormats(ajv);
    const { $schema, ...rest } = schema;
    expect($schema).toMatch(/draft-04/);
    validate = ajv.compile(rest);
  });
  const refusals = (text: string): string[] => {
    const document = parse(text);
    const unknown = Object.keys(document).filter(key => !keys.has(key));
    const valid = validate(document);
    const errors = valid
      ? []
      : (validate.errors ?? []).map(error => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
    return [...unknown.map(key => `${key} is not a key of cloud-config`), ...errors];
  };

  test('names the keys that there are', () => {
    expect([...keys]).toEqual(expect.arrayContaining(['users', 'write_files', 'runcmd', 'hostname', 'packages']));
    expect(keys.has('user_names')).toBe(false);
  });

  test.each(documents)('takes $title', ({ text }) => {
    const found = refusals(text);
    verdict.took(1, found.length === 0 ? 0 : 1);
    expect(found).toEqual([]);
  });

  test.each<(typeof BROKEN)[number]>([...BROKEN, ['an unknown key', /^hostname:/m, 'host_name:', /host_name/]])(
    'refuses %s',
    (_, from, to, reason) => {
      const found = refusals(spoilt(from, to));
      verdict.sawBroken(found.length > 0);
      expect(found.join('\n')).toMatch(reason);
    },
  );
});

describeWith(['cloud-init'], 'cloud-init itself', () => {
  const version = /\d[\d.]*/.exec(spawnSync(tool('cloud-init') ?? '', ['--version'], { encoding: 'utf8' }).stdout ?? '')?.[0] ?? '';
  const verdict = new Verdict(`cloud-init ${version} schema`);
  const folder = mkdtempSync(join(tmpdir(), 'ashlar-cloud-init-'));
  const check = (text: string): { readonly code: number; readonly output: string } => {
    const file = join(folder, 'user-data.yaml');
    writeFileSync(file, text);
    try {
      return {
        code: 0,
        output: execFileSync(tool('cloud-init') as string, ['schema', '-c', file], { encoding: 'utf8', timeout: 60_000, stdio: 'pipe' }),
      };
    } catch (error) {
      const { status, stdout, stderr } = error as { status: number | null; stdout: string; stderr: string };
      return { code: status ?? 1, output: stdout + stderr };
    }
  };
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(documents)('takes $title', ({ text }) => {
    const answer = check(text);
    verdict.took(1, answer.code);
    expect(answer).toMatchObject({ code: 0 });
  });

  test.each(BROKEN)('refuses %s', (_, from, to, reason) => {
    const answer = check(spoilt(from, to));
    verdict.sawBroken(answer.code !== 0);
    expect(answer.output).toMatch(reason);
    expect(answer.code).not.toBe(0);
  });
});

/** Terraform's interpolations become a value, its escapes what they stand for. */
function interpolated(data: string): string {
  return data.replace(/(?<![$%])\$\{[^}]*\}/g, 'cGxhY2Vob2xkZXI=').replace(/([$%])\1\{/g, '$1{');
}

/** The first document in which the fault can be made. */
function spoilt(from: RegExp, to: string): string {
  const found = documents.find(({ text }) => from.test(text));
  if (!found) throw new Error(`no document has ${from}: the fault cannot be made`);
  return found.text.replace(from, to);
}

/** The schema lets unknown top-level keys pass, so they are gathered from its modules. */
function topLevelKeys(schema: { $defs: Record<string, object>; allOf: { $ref: string }[] }): Set<string> {
  const keys = new Set<string>();
  const gather = (module: { properties?: object; allOf?: { $ref?: string }[]; anyOf?: { $ref?: string }[] }): void => {
    for (const key of Object.keys(module.properties ?? {})) keys.add(key);
    for (const part of [...(module.allOf ?? []), ...(module.anyOf ?? [])]) gather(part.$ref ? resolved(part.$ref) : part);
  };
  const resolved = (reference: string): object => schema.$defs[reference.replace('#/$defs/', '')] ?? {};
  gather(schema);
  return keys;
}

/** The text that Terraform would compress, its own quoting undone. */
function uncompressed(expression: string): string {
  const quoted = /^\$\{base64gzip\((".*")\)\}$/s.exec(expression)?.[1];
  if (quoted === undefined) throw new Error(`this is no compressed text: ${expression.slice(0, 40)}`);
  return JSON.parse(quoted);
}
