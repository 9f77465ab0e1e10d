import { Testing } from '@ashlar/core/testing';
import type { ReachabilityProof } from '@ashlar/reachability';
import { load } from 'js-yaml';
import { DEVELOPERS } from '../developers';
import { devSandbox } from '../lib/main';

type Resources = Readonly<Record<string, Readonly<Record<string, Record<string, unknown>>>>>;
interface Vm {
  readonly name: string;
  readonly disk: readonly { readonly size: number }[];
  readonly initialization: { readonly ip_config: readonly { readonly ipv4: { readonly address: string } }[] };
}
interface CloudConfig {
  readonly users: readonly { readonly name: string; readonly groups: readonly string[]; readonly ssh_authorized_keys: readonly string[] }[];
  readonly packages: readonly string[];
}

const site = devSandbox();
const files = Testing.files(site);
const state = (name: string) => JSON.parse(files[`terraform/${name}/cdk.tf.json`] as string) as { resource: Resources; terraform: object };
const names = DEVELOPERS.map(({ name }) => name);
const proven = (site.node.findChild('reachability') as ReachabilityProof).reachability;
const reaches = (from: string, to: string) => proven?.ask({ from, to }).reachable;

test('nothing is wrong with it, and no warning is open', () => {
  expect(Testing.findings(site)).toEqual([]);
});

describe.each(DEVELOPERS)('$name', ({ name, cores, memory, disk, host, sshKeys }) => {
  const { resource } = state(`dev-${name}`);
  const [vm] = Object.values(resource.proxmox_virtual_environment_vm ?? {}) as unknown as [Vm];
  const [file] = Object.values(resource.proxmox_virtual_environment_file ?? {}) as unknown as [
    { readonly source_raw: { readonly data: string } },
  ];
  const boot = load(file.source_raw.data) as CloudConfig;

  test('has a machine of the size and on the host that the file says, in a state and a pool of their own', () => {
    expect(Object.keys(resource.proxmox_virtual_environment_vm ?? {})).toHaveLength(1);
    expect(vm).toMatchObject({ name, node_name: host, pool_id: name, cpu: { cores }, memory: { dedicated: memory.toMebibytes() } });
    expect(vm.disk).toEqual([expect.objectContaining({ size: disk.toGibibytes() })]);
  });

  test('logs in with their own key, and may use Docker', () => {
    const account = boot.users.find(user => user.name === name);
    expect(account).toMatchObject({ groups: ['docker'], ssh_authorized_keys: sshKeys });
    expect(boot.users.map(user => user.name)).toEqual(['admin', name]);
  });

  test('has Docker, git, Python and Node.js from the first boot', () => {
    for (const each of ['docker-ce', 'docker-compose-plugin', 'git', 'python3', 'nodejs']) expect(boot.packages).toContain(each);
  });

  test('can be taken down: nothing of theirs is protected', () => {
    for (const resources of Object.values(resource)) {
      for (const each of Object.values(resources)) expect(each.lifecycle ?? {}).not.toHaveProperty('prevent_destroy');
    }
    expect(vm).toMatchObject({ protection: false });
  });

  test('connects to a database of their own, and as nobody else', () => {
    const access = files[Object.keys(files).find(path => path.endsWith('pg_hba.conf')) as string] ?? '';
    const [port] = vm.initialization.ip_config;
    const lines = access.split('\n').filter(line => line.includes(port?.ipv4.address.replace('/24', '/32') as string));
    expect(lines.map(line => line.split(/\s+/).slice(0, 3))).toEqual([['hostssl', name, name]]);
  });
});

test('the database is protected, with disks for data and log that nothing destroys', () => {
  const machines = Object.values(state('commons').resource.proxmox_virtual_environment_vm ?? {});
  const db = machines.find(({ name }) => name === 'db') as unknown as Vm;
  expect(db).toMatchObject({ protection: true, lifecycle: { prevent_destroy: true } });
  expect(db.disk.map(({ size }) => size)).toEqual([16, 60, 16]);
});

test('what all share is in one state, and each developer in one of their own', () => {
  const index = JSON.parse(files['sandboxes.json'] as string);
  expect(index.shared).toEqual(['commons']);
  expect(Object.keys(index.developers)).toEqual(names);
  const backends = names.map(name => JSON.stringify((state(`dev-${name}`).terraform as { backend: object }).backend));
  expect(new Set(backends).size).toBe(names.length);
});

test('machines of developers reach the Internet and the database, and neither the hosts nor the office', () => {
  expect(reaches('10.3.30.0/24', '198.51.100.0/24')).toBe(true);
  expect(reaches('10.3.30.0/24', '10.3.20.10')).toBe(true);
  expect(reaches('10.3.30.0/24', '10.3.10.10')).toBe(false);
  expect(reaches('10.3.30.0/24', '192.168.10.0/24')).toBe(false);
});

test('no password and no private key is in any file', () => {
  for (const [path, text] of Object.entries(files)) {
    expect({ path, found: /BEGIN [A-Z ]*PRIVATE KEY|password\s*=\s*'[^']/i.test(text) }).toEqual({ path, found: false });
  }
});
