import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { changes } from '../scripts/lock-changes';
import { lockOf, type ProvidersSchema } from '../scripts/provider-schema';
import { readLock, readResourceList } from '../scripts/schema-lock';
import type { Facts, NestedFacts } from '../src/facts';

const lock = readLock();
const REAL = join(__dirname, '../../../../shared/conformance/terraform', `bpg-proxmox-${lock.version}.schema.json`);

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
    },
  },
};

test('the lock holds the listed resources only: names, types, what is required, and nesting', () => {
  expect(lockOf(SCHEMA, 'bpg/proxmox', '1.0.0', ['proxmox_vm'])).toEqual({
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
  });
});

test('the order of the schema and of the list does not show', () => {
  const text = (listed: string[]) => JSON.stringify(lockOf(SCHEMA, 'bpg/proxmox', '1.0.0', listed));
  expect(text(['proxmox_vm', 'proxmox_other'])).toBe(text(['proxmox_other', 'proxmox_vm']));
});

test('a listed resource that is gone is an error', () => {
  expect(() => lockOf(SCHEMA, 'bpg/proxmox', '1.0.0', ['proxmox_vm', 'proxmox_hagroup'])).toThrow(
    'bpg/proxmox has no proxmox_hagroup any more. Take the resource out of resources.json, or write its new name there.',
  );
});

test('the schema of another provider is an error', () => {
  expect(() => lockOf(SCHEMA, 'hashicorp/random', '1.0.0', [])).toThrow(
    'The schema is of registry.terraform.io/bpg/proxmox, not of hashicorp/random.',
  );
});

test('changes are told, and new requirements stand out', () => {
  const before = lockOf(SCHEMA, 'bpg/proxmox', '1.0.0', ['proxmox_vm']);
  const { size: _, range, ...others } = before.resources.proxmox_vm as Facts;
  const required: Facts = {
    ...others,
    name: 'string optional',
    node: 'string required',
    range: { ...(range as NestedFacts), is: 'required' },
  };
  const after = { ...before, version: '1.1.0', resources: { proxmox_vm: required } };
  expect(changes(before, after)).toEqual([
    '~ version (1.0.0 -> 1.1.0)',
    '- proxmox_vm.size (number computed)',
    '+ proxmox_vm.node (string required) REQUIRED',
    '~ proxmox_vm.name (string required -> string optional)',
    '~ proxmox_vm.range (attribute single optional -> attribute single required) NOW REQUIRED',
  ]);
  expect(changes(before, before)).toEqual([]);
});

const beside = existsSync(REAL) ? test : test.skip;
beside(`the lock agrees with the provider's own schema${existsSync(REAL) ? '' : ' (skipped: it is not beside the repository)'}`, () => {
  const schema = JSON.parse(readFileSync(REAL, 'utf8'));
  expect(lockOf(schema, lock.source, lock.version, readResourceList())).toEqual(lock);
  expect(JSON.stringify(lockOf(schema, lock.source, lock.version, readResourceList()))).toBe(JSON.stringify(lock));
});
