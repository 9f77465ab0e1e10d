import { ConfigError } from './config-error';
import { amount } from './quantity';

/** An amount of money, kept in hundredths so that sums are exact. Amounts of two currencies are never added. */
export class Money {
  public static euros(value: number): Money {
    return Money.of(value, 'EUR');
  }

  public static dollars(value: number): Money {
    return Money.of(value, 'USD');
  }

  /** @param currency ISO 4217 code, e.g. `CHF`. */
  public static of(value: number, currency: string): Money {
    if (!/^[A-Z]{3}$/.test(currency))
      throw new ConfigError('Money.of', 'MONEY_CURRENCY', 'currency must be an ISO 4217 code', { got: currency, fix: 'write it like EUR' });
    return new Money(Math.round(amount('Money.of', value) * 100), currency);
  }

  public static is(x: unknown): x is Money {
    return typeof x === 'object' && x !== null && MARKER in x;
  }

  private constructor(
    private readonly hundredths: number,
    public readonly currency: string,
  ) {
    Object.defineProperty(this, MARKER, { value: true });
  }

  /** @throws MONEY_CURRENCIES when the currencies differ */
  public plus(other: Money): Money {
    if (other.currency !== this.currency) {
      throw new ConfigError('Money.plus', 'MONEY_CURRENCIES', `${this} and ${other} have different currencies`, {
        fix: 'convert one of them at a dated rate first',
      });
    }
    return new Money(this.hundredths + other.hundredths, this.currency);
  }

  public times(factor: number): Money {
    return new Money(Math.round(this.hundredths * amount('Money.times', factor)), this.currency);
  }

  public toNumber(): number {
    return this.hundredths / 100;
  }

  public toString(): string {
    return `${(this.hundredths / 100).toFixed(2)} ${this.currency}`;
  }
}

const MARKER = Symbol.for('@ashlar/core.Money');
