import { amount, whole } from './quantity';

/** A span of time. */
export class Duration {
  public static seconds(value: number): Duration {
    return new Duration(amount('Duration.seconds', value));
  }

  public static minutes(value: number): Duration {
    return new Duration(amount('Duration.minutes', value) * 60);
  }

  public static hours(value: number): Duration {
    return new Duration(amount('Duration.hours', value) * 3600);
  }

  public static days(value: number): Duration {
    return new Duration(amount('Duration.days', value) * 86_400);
  }

  public static is(x: unknown): x is Duration {
    return typeof x === 'object' && x !== null && MARKER in x;
  }

  private constructor(private readonly value: number) {
    Object.defineProperty(this, MARKER, { value: true });
  }

  /** @throws QUANTITY_FRACTION when it is not a whole number of seconds */
  public toSeconds(): number {
    return whole(`Duration ${this}`, this.value, 'seconds');
  }

  /** @throws QUANTITY_FRACTION when it is not a whole number of minutes */
  public toMinutes(): number {
    return whole(`Duration ${this}`, this.value / 60, 'minutes');
  }

  /** As Go and Kubernetes write it: `90s`, `5m`, `720h`. */
  public toGo(): string {
    if (this.value > 0 && this.value % 3600 === 0) return `${this.value / 3600}h`;
    if (this.value > 0 && this.value % 60 === 0) return `${this.value / 60}m`;
    return `${this.value}s`;
  }

  public toString(): string {
    return this.toGo();
  }
}

const MARKER = Symbol.for('@ashlar/core.Duration');
