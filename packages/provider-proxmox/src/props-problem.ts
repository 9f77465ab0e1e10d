import { ConfigError, type ConfigErrorDetail } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { nearest } from './nearest';
import { correction, describe, misfit, type PlainType } from './plain-type';
import type { Field, Nested, ResourceSchema, Schema } from './schema';

/** Says what is wrong with the props of one construct. Each method throws. */
export class PropsProblem {
  constructor(
    private readonly scope: IConstruct,
    private readonly schema: ResourceSchema,
  ) {}

  /** @throws PROXMOX_UNKNOWN_KEY */
  public unknownKey(schema: Schema, key: string, got: unknown, at: string, metaKeys: readonly string[]): never {
    const keys = schema.fields.filter(field => field.settable).map(field => field.key);
    const near = nearest(key, [...keys, ...metaKeys]);
    const detail = near ? { got, fix: `did you mean ${near}?` } : { got, fix: `its keys are ${keys.join(', ')}`, see: this.schema.docs };
    this.fail('PROXMOX_UNKNOWN_KEY', `${at || this.schema.className} has no key ${key}`, detail);
  }

  /** @throws PROXMOX_MISSING_KEY */
  public missingKey(field: Field, parent: string): never {
    const means = field.nested ? nestingOf(field.nested) : describe(field.type as PlainType);
    this.fail('PROXMOX_MISSING_KEY', `${pathOf(field, parent)} is missing`, { fix: `set it to ${means}`, see: this.schema.docs });
  }

  /** @throws PROXMOX_COMPUTED_KEY */
  public computedKey(field: Field, got: unknown, parent: string): never {
    const fix = 'leave it out, and read it from the construct where it is needed';
    this.fail('PROXMOX_COMPUTED_KEY', `${pathOf(field, parent)} is set by the provider`, { got, fix });
  }

  /** @throws PROXMOX_WRONG_TYPE that points at the element at fault */
  public misfit(field: Field, value: unknown, parent: string): never {
    const type = field.type as PlainType;
    const fault = misfit(type, value) ?? { type, value, at: '' };
    this.wrongType(pathOf(field, parent) + fault.at, describe(fault.type), fault.value, correction(fault.type, fault.value));
  }

  /** @throws PROXMOX_WRONG_TYPE */
  public wrongNesting(nested: Nested, value: unknown, at: string): never {
    const fix = nested.single ? 'write the object without a list around it' : 'put the object into a list';
    const isOther = typeof value === 'object' && Array.isArray(value) === nested.single;
    this.wrongType(at, nestingOf(nested), value, isOther ? fix : undefined);
  }

  /** @throws PROXMOX_WRONG_COUNT */
  public wrongCount({ min, max }: Nested, got: number, at: string): never {
    const limit = got > max ? `at most ${max}` : `at least ${min}`;
    this.fail('PROXMOX_WRONG_COUNT', `${at} takes ${limit} ${limit.endsWith(' 1') ? 'entry' : 'entries'}`, { got, fix: `give ${limit}` });
  }

  /** @throws PROXMOX_WRONG_TYPE */
  public wrongType(at: string, expected: string, got: unknown, fix = `pass ${expected}`): never {
    this.fail('PROXMOX_WRONG_TYPE', `${at} must be ${expected}`, { got, fix });
  }

  private fail(code: string, problem: string, detail: ConfigErrorDetail): never {
    throw new ConfigError(this.scope, code, problem, detail);
  }
}

function pathOf(field: Field, parent: string): string {
  return parent === '' ? field.key : `${parent}.${field.key}`;
}

function nestingOf(nested: Nested): string {
  return nested.single ? 'an object' : 'a list of objects';
}
