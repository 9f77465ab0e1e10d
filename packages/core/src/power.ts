import { amount } from './quantity';

/** Electrical power. */
export class Power {
  public static watts(value: number): Power {
    return new Power(amount('Power.watts', value));
  }

  public static kilowatts(value: number): Power {
    return new Power(amount('Power.kilowatts', value) * 1000);
  }

  public static sum(powers: Iterable<Power>): Power {
    let watts = 0;
    for (const power of powers) watts += power.watts;
    return new Power(watts);
  }

  public static is(x: unknown): x is Power {
    return typeof x === 'object' && x !== null && MARKER in x;
  }

  private constructor(private readonly watts: number) {
    Object.defineProperty(this, MARKER, { value: true });
  }

  public toWatts(): number {
    return this.watts;
  }

  public toString(): string {
    return `${this.watts} W`;
  }
}

const MARKER = Symbol.for('@ashlar/core.Power');
