import { amount } from './quantity';

/** Speed of a link, in decimal bits per second as network hardware is rated. */
export class Bandwidth {
  public static megabits(value: number): Bandwidth {
    return new Bandwidth(amount('Bandwidth.megabits', value));
  }

  public static gigabits(value: number): Bandwidth {
    return new Bandwidth(amount('Bandwidth.gigabits', value) * 1000);
  }

  public static sum(bandwidths: Iterable<Bandwidth>): Bandwidth {
    let megabits = 0;
    for (const bandwidth of bandwidths) megabits += bandwidth.megabits;
    return new Bandwidth(megabits);
  }

  public static is(x: unknown): x is Bandwidth {
    return typeof x === 'object' && x !== null && MARKER in x;
  }

  private constructor(private readonly megabits: number) {
    Object.defineProperty(this, MARKER, { value: true });
  }

  public toMegabits(): number {
    return this.megabits;
  }

  public toString(): string {
    return this.megabits >= 1000 ? `${this.megabits / 1000} Gb/s` : `${this.megabits} Mb/s`;
  }
}

const MARKER = Symbol.for('@ashlar/core.Bandwidth');
