import { coerce, type SemVer, satisfies, validRange } from 'semver';
import { ConfigError } from './config-error';

/** A version of a product, as its vendor writes it: `9.1`, `v1.34.2+k3s1`. */
export class Version {
  /** @throws VERSION when it does not begin with a number like 9 or v1.34.2 */
  public static of(text: string): Version {
    const parsed = typeof text === 'string' && /^v?\d+(\.\d+)*([-+][\w.+-]+)?$/.test(text) ? coerce(text) : null;
    if (!parsed)
      throw new ConfigError('Version.of', 'VERSION', 'a version begins with numbers', {
        got: text,
        fix: 'write it like 9.1 or v1.34.2+k3s1',
      });
    return new Version(text, parsed);
  }

  public static is(x: unknown): x is Version {
    return typeof x === 'object' && x !== null && MARKER in x;
  }

  public readonly major: number;
  public readonly minor: number;
  public readonly patch: number;

  private constructor(
    private readonly text: string,
    private readonly parsed: SemVer,
  ) {
    Object.defineProperty(this, MARKER, { value: true });
    this.major = parsed.major;
    this.minor = parsed.minor;
    this.patch = parsed.patch;
  }

  /** @param range as npm writes it: `>=9`, `8.2 - 9.x`. @throws VERSION_RANGE */
  public satisfies(range: string): boolean {
    if (validRange(range) === null)
      throw new ConfigError('Version.satisfies', 'VERSION_RANGE', 'the range is not one', { got: range, fix: 'write it like >=8.2 <10' });
    return satisfies(this.parsed, range);
  }

  public toString(): string {
    return this.text;
  }
}

const MARKER = Symbol.for('@ashlar/core.Version');
