import { Token, Tokenization } from 'cdktf';

/** A Terraform type without named fields. @see https://developer.hashicorp.com/terraform/language/expressions/type-constraints */
export type PlainType = 'string' | 'number' | 'bool' | { readonly collection: 'list' | 'set' | 'map'; readonly of: PlainType };

/** @param text as in the lock: `set(string)` */
export function plainType(text: string): PlainType {
  if (text === 'string' || text === 'number' || text === 'bool') return text;
  const [, collection, of] = /^(list|set|map)\((.+)\)$/.exec(text) ?? [];
  if (of === undefined) throw new Error(`schema.lock.json has an unknown type: ${text}`);
  return { collection: collection as 'list' | 'set' | 'map', of: plainType(of) };
}

/** Whether Terraform would take the value. A token fits everywhere, since its value is not known yet. */
export function fits(type: PlainType, value: unknown): boolean {
  if (type === 'string') return typeof value === 'string' || Token.isUnresolved(value);
  if (type === 'number') return Number.isFinite(value) || Token.isUnresolved(value);
  if (type === 'bool') return typeof value === 'boolean' || Token.isUnresolved(value);
  if (Tokenization.isResolvable(value)) return true;
  return misfit(type, value) === undefined || Token.isUnresolved(value); // a list or a map may be a token as a whole
}

/** What does not fit: the value itself, or an entry of it. */
export interface Misfit {
  readonly type: PlainType;
  readonly value: unknown;
  /** `[2]`, `.key`, or nothing for the value itself. */
  readonly at: string;
}

export function misfit(type: PlainType, value: unknown): Misfit | undefined {
  if (typeof type === 'string') return fits(type, value) ? undefined : { type, value, at: '' };
  if (!isCollection(type.collection, value)) return Token.isUnresolved(value) ? undefined : { type, value, at: '' };
  for (const key in value) {
    if (fits(type.of, value[key])) continue;
    const inner = misfit(type.of, value[key]) ?? { type: type.of, value: value[key], at: '' };
    return { ...inner, at: (type.collection === 'map' ? `.${key}` : `[${key}]`) + inner.at };
  }
  return undefined;
}

/** For the sentence `cpu.cores must be …`. */
export function describe(type: PlainType): string {
  if (typeof type === 'string') return type === 'bool' ? 'true or false' : `a ${type}`;
  const inner = typeof type.of === 'string' ? `${type.of === 'bool' ? 'boolean' : type.of}s` : 'lists';
  return type.collection === 'map' ? `an object of ${inner}` : `a list of ${inner}`;
}

/** How the value was most likely meant. */
export function correction(type: PlainType, value: unknown): string {
  if (type === 'number' && typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)))
    return `write ${Number(value)}`;
  if (type === 'bool' && (value === 'true' || value === 'false')) return `write ${value}`;
  if (type === 'string' && (typeof value === 'number' || typeof value === 'boolean')) return `write '${value}'`;
  if (typeof type === 'object' && type.collection !== 'map' && fits(type.of, value)) return 'put it into a list';
  return `pass ${describe(type)}`;
}

/** Instances of classes are no objects here: a `Secret` or a `Size` has no meaning to the provider. */
export function isObject(value: unknown): value is { [key: string]: unknown } {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function isCollection(collection: 'list' | 'set' | 'map', value: unknown): value is { [key: string]: unknown } {
  return collection === 'map' ? isObject(value) : Array.isArray(value);
}
