import { listMapper, Token, Tokenization } from 'cdktf';
import type { IConstruct } from 'constructs';
import { fits, isObject, type PlainType } from './plain-type';
import { PropsProblem } from './props-problem';
import type { BoundSchema, Field, Nested, Schema } from './schema';

/** What Terraform is given, by Terraform name. */
export type Attributes = { [name: string]: unknown };

/** Turns what `iterator.dynamic(…)` gives into a dynamic block, as cdktf's own bindings do; its content is in Terraform names. */
const dynamicBlock: (value: unknown) => unknown = listMapper((item: unknown) => item, true);

/**
 * Turns props into attributes and refuses what the provider would refuse, or worse, what would be dropped without a word.
 *
 * Types say the same at compile time; a caller in JavaScript, or behind an `any`, has only this. Tokens pass untouched wherever they stand.
 */
export class PropsReader {
  /** A block is a token: cdktf knows whether it is to be moved to `dynamic`. */
  public hasDynamicBlock = false;
  private readonly problem: PropsProblem;

  /** @param metaKeys keys that are not the provider's but cdktf's */
  constructor(
    scope: IConstruct,
    private readonly schema: BoundSchema,
    private readonly metaKeys: ReadonlySet<string>,
  ) {
    this.problem = new PropsProblem(scope, schema);
  }

  public read(props: unknown): Attributes {
    if (!isObject(props)) this.problem.wrongType('props', 'an object', props);
    return this.object(this.schema, props, '', false);
  }

  private object(schema: Schema, given: Attributes, at: string, everyKey: boolean): Attributes {
    for (const key in given) {
      if (schema.byKey.has(key) || (at === '' && this.metaKeys.has(key))) continue;
      if (Token.isUnresolved(given)) return given; // a token in the form of a map
      this.problem.unknownKey(schema, key, given[key], at, at === '' ? [...this.metaKeys] : []);
    }
    const attributes: Attributes = {};
    for (const field of schema.fields) {
      const value = given[field.key];
      if (value !== undefined && value !== null) attributes[field.name] = this.value(field, value, at);
      else if (field.required) this.problem.missingKey(field, at);
      else if (everyKey && field.settable) attributes[field.name] = null;
    }
    return attributes;
  }

  private value(field: Field, value: unknown, parent: string): unknown {
    if (!field.settable) this.problem.computedKey(field, value, parent);
    if (field.nested) return this.nested(field.nested, value, parent === '' ? field.key : `${parent}.${field.key}`);
    if (!fits(field.type as PlainType, value)) this.problem.misfit(field, value, parent);
    return value;
  }

  private nested(nested: Nested, value: unknown, at: string): unknown {
    if (Tokenization.isResolvable(value)) {
      if (nested.everyKey) return value;
      this.hasDynamicBlock = true;
      return dynamicBlock(value);
    }
    if (nested.single && isObject(value)) return this.object(nested.schema, value, at, nested.everyKey);
    if (Token.isUnresolved(value)) return value;
    if (!nested.single && Array.isArray(value)) return this.list(nested, value, at);
    return this.problem.wrongNesting(nested, value, at);
  }

  private list(nested: Nested, list: readonly unknown[], at: string): unknown[] {
    if (list.length > nested.max || list.length < nested.min) this.problem.wrongCount(nested, list.length, at);
    return list.map((item, i) => {
      if (Tokenization.isResolvable(item)) return item;
      if (!isObject(item)) this.problem.wrongType(`${at}[${i}]`, 'an object', item);
      return this.object(nested.schema, item, `${at}[${i}]`, nested.everyKey);
    });
  }
}
