import { Check, ConfigError } from '@ashlar/core';

export interface RateLimitOptions {
  /** Requests beyond the rate that may come at once, 1–100000. @default - as many as a second's */
  readonly burst?: number;
}

/** How many requests one address may make; more are answered with status 429. */
export class RateLimit {
  /** @param average requests in a second over time, 1–100000. @throws RATE_LIMIT */
  public static perSecond(average: number, options: RateLimitOptions = {}): RateLimit {
    new Check('RateLimit.perSecond').known(options, ['burst']);
    return new RateLimit(count('average', average), count('burst', options.burst ?? average));
  }

  public static is(x: unknown): x is RateLimit {
    return typeof x === 'object' && x !== null && MARKER in x;
  }

  private constructor(
    /** Requests in a second. */
    public readonly average: number,
    public readonly burst: number,
  ) {
    Object.defineProperty(this, MARKER, { value: true });
  }
}

const MARKER = Symbol.for('@ashlar/network.RateLimit');

function count(name: string, value: number): number {
  if (Number.isInteger(value) && value >= 1 && value <= 100_000) return value;
  throw new ConfigError('RateLimit.perSecond', 'RATE_LIMIT', `${name} must be a whole number from 1 to 100000`, {
    got: value,
    fix: 'write RateLimit.perSecond(20, { burst: 50 })',
  });
}
