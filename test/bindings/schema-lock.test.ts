import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Facts, NestedFacts } from '../../packages/terraform/src/bindings';
import { changes } from '../../scripts/bindings/lock-changes';
import { lockOf, type ProvidersSchema } from '../../scripts/bindings/provider-schema';
import { type BindingList, readBindingList, readLock } from '../../scripts/bindings/schema-lock';

const PACKAGES = join(__dirname, '../../packages');
const SCHEMAS = join(__dirname, '../../../shared/conformance/terraform');

const SCHEMA: ProvidersSchema = {
  provider_schemas: {
    'registry.terraform.io/bpg/proxmox': {
      provider: { block: { attributes: { endpoint: { type: 'string', optional: true } } } },
      resource_schemas: {
        proxmox_vm: {
          block: {
            attributes: {
              size: { type: 'number', computed: true },
              name: { type: 'string', required: true },
              device: { type: ['list', ['object', { vlan: 'number', bridge: 'string' }]], optional: true, computed: true },
              range: { nested_type: { nesting_mode: 'single', attributes: { end: { type: 'string', required: true } } }, optional: true },
            },
            block_types: {
              disk: {
                nesting_mode: 'list',
                min_items: 1,
                max_items: 4,
                block: { attributes: { ids: { type: ['set', 'string'], optional: true } } },
              },
            },
          },
        },
        proxmox_other: { block: {} },
      },
      data_source_schemas: { proxmox_image: { block: { attributes: { name: { type: 'string', optional: true } } } } },
    },
  },
};

/** The lock of some of it. */
function locked(resources: string[], dataSources: string[] = []) {
  const list: BindingList = { source: 'bpg/proxmox', resources, dataSources };
  return lockOf(SCHEMA, '1.0.0', list);
}

test('the lock holds what is listed only: names, types, what is required, and nesting', () => {
  expect(locked(['proxmox_vm'], ['proxmox_image'])).toEqual({
    source: 'bpg/proxmox',
    version: '1.0.0',
    provider: { endpoint: 'string optional' },
    resources: {
      proxmox_vm: {
        device: { kind: 'attribute', nesting: 'list', is: 'optional computed', of: { bridge: 'string optional', vlan: 'number optional' } },
        disk: { kind: 'block', nesting: 'list', is: 'required', min: 1, max: 4, of: { ids: 'set(string) optional' } },
        name: 'string required',
        range: { kind: 'attribute', nesting: 'single', is: 'optional', of: { end: 'string required' } },
        size: 'number computed',
      },
    },
    dataSources: { proxmox_image: { name: 'string optional' } },
  });
});

test('the order of the schema and of the list does not show', () => {
  const text = (listed: string[]) => JSON.stringify(locked(listed));
  expect(text(['proxmox_vm', 'proxmox_other'])).toBe(text(['proxmox_other', 'proxmox_vm']));
});

test('what is listed and gone is an error', () => {
  expect(() => locked(['proxmox_vm', 'proxmox_hagroup'], ['proxmox_disk'])).toThrow(
    'bpg/proxmox has no proxmox_hagroup, no data source proxmox_disk any more. Take it out of bindings.json, or write its new name there.',
  );
});

test('the schema of another provider is an error', () => {
  expect(() => lockOf(SCHEMA, '1.0.0', { source: 'hashicorp/random', resources: [], dataSources: [] })).toThrow(
    'The schema is of registry.terraform.io/bpg/proxmox, not of hashicorp/random.',
  );
});

test('changes are told, and new requirements stand out', () => {
  const before = locked(['proxmox_vm'], ['proxmox_image']);
  const { size: _, range, ...others } = before.resources.proxmox_vm as Facts;
  const required: Facts = {
    ...others,
    name: 'string optional',
    node: 'string required',
    range: { ...(range as NestedFacts), is: 'required' },
  };
  const after = { ...before, version: '1.1.0', resources: { proxmox_vm: required }, dataSources: {} };
  expect(changes(before, after)).toEqual([
    '~ version (1.0.0 -> 1.1.0)',
    '- proxmox_vm.size (number computed)',
    '- data.proxmox_image (data source)',
    '- data.proxmox_image.name (string optional)',
    '+ proxmox_vm.node (string required) REQUIRED',
    '~ proxmox_vm.name (string required -> string optional)',
    '~ proxmox_vm.range (attribute single optional -> attribute single required) NOW REQUIRED',
  ]);
  expect(changes(before, before)).toEqual([]);
});

describe.each([
  ['proxmox', 'bpg-proxmox'],
  ['talos', 'siderolabs-talos'],
  ['hcloud', 'hetznercloud-hcloud'],
])('the lock of %s', (name, file) => {
  const folder = join(PACKAGES, `provider-${name}`);
  const lock = readLock(folder);
  const real = join(SCHEMAS, `${file}-${lock.version}.schema.json`);
  const beside = existsSync(real) ? test : test.skip;

  beside(`agrees with the provider's own schema${existsSync(real) ? '' : ' (skipped: it is not beside the repository)'}`, () => {
    const again = lockOf(JSON.parse(readFileSync(real, 'utf8')), lock.version, readBindingList(folder));
    expect(again).toEqual(lock);
    expect(JSON.stringify(again)).toBe(JSON.stringify(lock));
  });
});
