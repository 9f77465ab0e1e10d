import { Check, ConfigError, Duration } from '@ashlar/core';

export interface RateLimitOptions {
  /** Counted for all proxies together, in the Redis of the `EnvoyGateway`. @default false, each proxy counts by itself */
  readonly shared?: boolean;
}

/** Periods that Envoy Gateway counts in, by their seconds. */
const UNITS: Readonly<Record<number, string>> = { 1: 'Second', 60: 'Minute', 3600: 'Hour', 86400: 'Day' };

/** How many requests may come in a period; more are answered with 429. */
export class RateLimit {
  /**
   * For each address that requests come from.
   * @param requests 1–1000000
   * @param period a second, a minute, an hour or a day. @throws RATE_LIMIT_PERIOD, PROP_*
   */
  public static perClient(requests: number, period: Duration, options: RateLimitOptions = {}): RateLimit {
    return RateLimit.of('RateLimit.perClient', true, requests, period, options);
  }

  /** For everybody together. @throws RATE_LIMIT_PERIOD, PROP_* */
  public static inTotal(requests: number, period: Duration, options: RateLimitOptions = {}): RateLimit {
    return RateLimit.of('RateLimit.inTotal', false, requests, period, options);
  }

  public static is(x: unknown): x is RateLimit {
    return typeof x === 'object' && x !== null && MARKER in x;
  }

  private static of(at: string, perClient: boolean, requests: number, period: Duration, options: RateLimitOptions): RateLimit {
    const check = new Check(at);
    check.known(options, ['shared']);
    check.integer('requests', requests, 1, 1_000_000);
    const unit = UNITS[check.instance('period', period, Duration, 'Duration.minutes(1)').toSeconds()];
    if (!unit) {
      throw new ConfigError(at, 'RATE_LIMIT_PERIOD', 'period must be a second, a minute, an hour or a day', {
        got: String(period),
        fix: 'write Duration.minutes(1)',
      });
    }
    return new RateLimit(perClient, check.boolean('shared', options.shared ?? false), { requests, unit });
  }

  private constructor(
    private readonly perClient: boolean,
    public readonly shared: boolean,
    private readonly limit: { readonly requests: number; readonly unit: string },
  ) {
    Object.defineProperty(this, MARKER, { value: true });
  }

  /** As a BackendTrafficPolicy has it. @see https://gateway.envoyproxy.io/docs/api/extension_types/#ratelimitspec */
  public policy(): object {
    const { limit } = this;
    const client = (value: string) => ({ clientSelectors: [{ sourceCIDR: { type: 'Distinct', value } }], limit });
    const rules = this.perClient ? ['0.0.0.0/0', '::/0'].map(client) : [{ limit }];
    return this.shared ? { type: 'Global', global: { rules } } : { type: 'Local', local: { rules } };
  }
}

const MARKER = Symbol.for('@ashlar/edge.RateLimit');
