import type { IConstruct } from 'constructs';
import { ConfigError } from './config-error';

/**
 * Checks of one construct's props that the compiler cannot make, or that a caller without types has avoided.
 *
 * Each returns the value, so that a constructor reads `this.cores = check.integer('cores', props.cores, 1, 512)`.
 */
export class Check {
  constructor(private readonly scope: IConstruct | string) {}

  /** @throws PROP_MISSING */
  public present<T>(name: string, value: T | undefined | null, example: string): T {
    if (value === undefined || value === null) this.fail('PROP_MISSING', `${name} is missing`, { fix: `write ${name}: ${example}` });
    return value as T;
  }

  /** @throws PROP_TYPE when it is no whole number, PROP_RANGE when it is outside */
  public integer(name: string, value: number, min: number, max: number, unit = ''): number {
    this.present(name, value, String(min));
    if (typeof value !== 'number' || !Number.isInteger(value)) {
      this.fail('PROP_TYPE', `${name} must be a whole number${unit && ` of ${unit}`}`, { got: value, fix: `write ${name}: ${min}` });
    }
    if (value < min || value > max) {
      this.fail('PROP_RANGE', `${name} must be from ${min} to ${max}${unit && ` ${unit}`}`, {
        got: value,
        fix: 'choose a value inside the range',
      });
    }
    return value;
  }

  /** @throws PROP_TYPE */
  public boolean(name: string, value: boolean): boolean {
    if (typeof value !== 'boolean') this.fail('PROP_TYPE', `${name} must be true or false`, { got: value, fix: `write ${name}: true` });
    return value;
  }

  /** @throws PROP_TYPE when it is no text, PROP_FORMAT when it has another form */
  public text(name: string, value: string, form: RegExp, means: string, example: string): string {
    this.present(name, value, JSON.stringify(example));
    if (typeof value !== 'string')
      this.fail('PROP_TYPE', `${name} must be a string`, { got: value, fix: `write ${name}: ${JSON.stringify(example)}` });
    if (!form.test(value)) this.fail('PROP_FORMAT', `${name} must be ${means}`, { got: value, fix: `write it like ${example}` });
    return value;
  }

  /** A DNS label: what hosts and Kubernetes objects may be called. @see RFC 1123 */
  public label(name: string, value: string): string {
    return this.text(
      name,
      value,
      /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
      'a DNS label: up to 63 lower-case letters, digits and dashes',
      'web-1',
    );
  }

  /** @throws PROP_CHOICE */
  public choice<T extends string>(name: string, value: T, choices: readonly T[]): T {
    if (!choices.includes(value))
      this.fail('PROP_CHOICE', `${name} must be one of ${choices.join(', ')}`, { got: value, fix: `write ${name}: '${choices[0]}'` });
    return value;
  }

  /** An instance of one of our value classes, where a caller may have written a plain string or number. @throws PROP_TYPE */
  public instance<T>(name: string, value: T, type: { readonly name: string; is(x: unknown): boolean }, example: string): T {
    this.present(name, value, example);
    // What stands where a secret belongs may be the secret itself.
    const told = type.name === 'Secret' ? {} : { got: value };
    if (!type.is(value)) this.fail('PROP_TYPE', `${name} must be a ${type.name}`, { ...told, fix: `write ${name}: ${example}` });
    return value;
  }

  /** @throws PROP_TYPE when it is no list, PROP_EMPTY when it has nothing in it */
  public list<T>(name: string, value: readonly T[], of: string): readonly T[] {
    this.present(name, value, `[${of}]`);
    if (!Array.isArray(value)) this.fail('PROP_TYPE', `${name} must be a list`, { got: value, fix: `write ${name}: [${of}]` });
    if (value.length === 0) this.fail('PROP_EMPTY', `${name} is empty`, { fix: `write ${name}: [${of}]` });
    return value;
  }

  /**
   * Refuses keys that the construct does not know: a misspelt option is never dropped in silence.
   * @throws PROP_UNKNOWN
   */
  public known(props: object, names: readonly string[]): void {
    if (typeof props !== 'object' || props === null)
      this.fail('PROP_TYPE', 'props must be an object', { got: props, fix: `write { ${names[0]}: … }` });
    for (const key of Object.keys(props)) {
      if (!names.includes(key)) this.fail('PROP_UNKNOWN', `there is no property ${key}`, { fix: `use one of ${names.join(', ')}` });
    }
  }

  private fail(code: string, problem: string, detail: { got?: unknown; fix: string }): never {
    throw new ConfigError(this.scope, code, problem, detail);
  }
}
