import type { IConstruct } from 'constructs';
import { pathOf } from './owner';

/** What a {@link ConfigError} tells besides the problem itself. */
export interface ConfigErrorDetail {
  /** The value that was given. */
  readonly got?: unknown;
  /** What to write instead, as an instruction. */
  readonly fix?: string;
  /** Where the rule comes from: a vendor's page, an RFC, a manual. */
  readonly see?: string;
}

/**
 * An error that the reader of `main.ts` can act on.
 *
 * `[optiplex-cloud/servers] tag must be an integer from 1 to 4094, got 4095; … (VLAN_TAG)`
 */
export class ConfigError extends Error {
  /** Works across copies of this package, where `instanceof` does not. */
  public static isConfigError(x: unknown): x is ConfigError {
    return typeof x === 'object' && x !== null && MARKER in x;
  }

  public override readonly name = 'ConfigError';
  /** Path of the construct in the whole site, engine trees included. */
  public readonly path: string;
  /** The problem with what was given, without path, fix and code. */
  public readonly problem: string;
  /** What to write instead. */
  public readonly fix: string;

  /**
   * @param scope the construct at fault, or the name of a function where there is none yet (`Size.gibibytes`)
   * @param code stable and upper-case; what a test, a suppression or a search engine refers to
   */
  constructor(
    scope: IConstruct | string,
    public readonly code: string,
    problem: string,
    detail: ConfigErrorDetail = {},
  ) {
    const path = typeof scope === 'string' ? scope : pathOf(scope);
    const told = problem + ('got' in detail ? `, got ${show(detail.got)}` : '');
    const fix = [detail.fix, detail.see && `see ${detail.see}`].filter(Boolean).join(', ');
    super(`[${path}] ${told}${fix ? `; ${fix}` : ''} (${code})`);
    Object.defineProperty(this, MARKER, { value: true });
    this.path = path;
    this.problem = told;
    this.fix = fix;
  }
}

const MARKER = Symbol.for('@ashlar/core.ConfigError');

/** A value as the user would have written it, short enough for one line. */
function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 80 ? `${value.slice(0, 77)}...` : value);
  if (typeof value === 'object' && value !== null) {
    if (Array.isArray(value)) return `[${value.slice(0, 8).map(show).join(', ')}${value.length > 8 ? ', ...' : ''}]`;
    const name = value.constructor?.name ?? 'Object';
    return name === 'Object' ? `an object with ${Object.keys(value).slice(0, 8).join(', ') || 'no keys'}` : `a ${name}`;
  }
  return typeof value === 'function' ? `a function` : String(value);
}
