import { ConfigError, type ConfigErrorDetail } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { nearest } from './nearest';
import { correction, describe, misfit, type PlainType } from './plain-type';
import { errorCode } from './provider-facts';
import type { BoundSchema, Field, Nested, Schema } from './schema';

/** Says what is wrong with the props of one construct. Each method throws, with the name of the provider before the code. */
export class PropsProblem {
  constructor(
    private readonly scope: IConstruct,
    private readonly schema: BoundSchema,
  ) {}

  /** @throws …_UNKNOWN_KEY */
  public unknownKey(schema: Schema, key: string, got: unknown, at: string, metaKeys: readonly string[]): never {
    const keys = schema.fields.filter(field => field.settable).map(field => field.key);
    const near = nearest(key, [...keys, ...metaKeys]);
    const detail = near ? { got, fix: `did you mean ${near}?` } : { got, fix: `its keys are ${keys.join(', ')}`, see: this.schema.docs };
    this.fail('UNKNOWN_KEY', `${at || this.schema.className} has no key ${key}`, detail);
  }

  /** @throws …_MISSING_KEY */
  public missingKey(field: Field, parent: string): never {
    const means = field.nested ? nestingOf(field.nested) : describe(field.type as PlainType);
    this.fail('MISSING_KEY', `${pathOf(field, parent)} is missing`, { fix: `set it to ${means}`, see: this.schema.docs });
  }

  /** @throws …_COMPUTED_KEY */
  public computedKey(field: Field, got: unknown, parent: string): never {
    const fix = 'leave it out, and read it from the construct where it is needed';
    this.fail('COMPUTED_KEY', `${pathOf(field, parent)} is set by the provider`, { got, fix });
  }

  /** @throws …_WRONG_TYPE that points at the element at fault */
  public misfit(field: Field, value: unknown, parent: string): never {
    const type = field.type as PlainType;
    const fault = misfit(type, value) ?? { type, value, at: '' };
    this.wrongType(pathOf(field, parent) + fault.at, describe(fault.type), fault.value, correction(fault.type, fault.value));
  }

  /** @throws …_WRONG_TYPE */
  public wrongNesting(nested: Nested, value: unknown, at: string): never {
    const fix = nested.single ? 'write the object without a list around it' : 'put the object into a list';
    const isOther = typeof value === 'object' && Array.isArray(value) === nested.single;
    this.wrongType(at, nestingOf(nested), value, isOther ? fix : undefined);
  }

  /** @throws …_WRONG_COUNT */
  public wrongCount({ min, max }: Nested, got: number, at: string): never {
    const limit = got > max ? `at most ${max}` : `at least ${min}`;
    this.fail('WRONG_COUNT', `${at} takes ${limit} ${limit.endsWith(' 1') ? 'entry' : 'entries'}`, { got, fix: `give ${limit}` });
  }

  /** @throws …_WRONG_TYPE */
  public wrongType(at: string, expected: string, got: unknown, fix = `pass ${expected}`): never {
    this.fail('WRONG_TYPE', `${at} must be ${expected}`, { got, fix });
  }

  private fail(fault: string, problem: string, detail: ConfigErrorDetail): never {
    throw new ConfigError(this.scope, errorCode(this.schema.provider, fault), problem, detail);
  }
}

function pathOf(field: Field, parent: string): string {
  return parent === '' ? field.key : `${parent}.${field.key}`;
}

function nestingOf(nested: Nested): string {
  return nested.single ? 'an object' : 'a list of objects';
}
