import { amount, whole } from './quantity';

const KIB = 1024;

/** An amount of storage or memory. The unit is in the name of the method, never in a string. */
export class Size {
  public static bytes(value: number): Size {
    return new Size(whole('Size.bytes', amount('Size.bytes', value), 'bytes'));
  }

  public static kibibytes(value: number): Size {
    return new Size(amount('Size.kibibytes', value) * KIB);
  }

  public static mebibytes(value: number): Size {
    return new Size(amount('Size.mebibytes', value) * KIB ** 2);
  }

  public static gibibytes(value: number): Size {
    return new Size(amount('Size.gibibytes', value) * KIB ** 3);
  }

  public static tebibytes(value: number): Size {
    return new Size(amount('Size.tebibytes', value) * KIB ** 4);
  }

  /** Decimal, as disks are sold: 10⁹ bytes. */
  public static gigabytes(value: number): Size {
    return new Size(amount('Size.gigabytes', value) * 1e9);
  }

  /** Decimal, as disks are sold: 10¹² bytes. */
  public static terabytes(value: number): Size {
    return new Size(amount('Size.terabytes', value) * 1e12);
  }

  public static sum(sizes: Iterable<Size>): Size {
    let bytes = 0;
    for (const size of sizes) bytes += size.bytes;
    return new Size(bytes);
  }

  public static is(x: unknown): x is Size {
    return typeof x === 'object' && x !== null && MARKER in x;
  }

  private readonly bytes: number;

  /** There is no part of a byte: 0.1 GiB is the nearest whole number of them. */
  private constructor(bytes: number) {
    this.bytes = Math.round(bytes);
    Object.defineProperty(this, MARKER, { value: true });
  }

  public toBytes(): number {
    return this.bytes;
  }

  /** @throws QUANTITY_FRACTION when it is not a whole number of MiB */
  public toMebibytes(): number {
    return whole(`Size ${this}`, this.bytes / KIB ** 2, 'mebibytes');
  }

  /** @throws QUANTITY_FRACTION when it is not a whole number of GiB */
  public toGibibytes(): number {
    return whole(`Size ${this}`, this.bytes / KIB ** 3, 'gibibytes');
  }

  /** As a Kubernetes quantity in the largest binary unit that is exact: `512Mi`, `2Gi`. */
  public toQuantity(): string {
    for (const [unit, power] of [
      ['Ti', 4],
      ['Gi', 3],
      ['Mi', 2],
      ['Ki', 1],
    ] as const) {
      if (this.bytes > 0 && this.bytes % KIB ** power === 0) return `${this.bytes / KIB ** power}${unit}`;
    }
    return String(this.bytes);
  }

  public plus(other: Size): Size {
    return new Size(this.bytes + other.bytes);
  }

  /** For people: binary units for what is exact in them and short, decimal ones for disks. */
  public toString(): string {
    const binary = this.toQuantity().match(/^(\d{1,4})([KMGT]i)$/);
    if (binary && Number(binary[1]) < 8192) return `${binary[1]} ${binary[2]}B`;
    for (const [unit, value] of [
      ['TB', 1e12],
      ['GB', 1e9],
      ['MB', 1e6],
    ] as const) {
      if (this.bytes >= value) return `${Number((this.bytes / value).toFixed(2))} ${unit}`;
    }
    return `${this.bytes} B`;
  }
}

const MARKER = Symbol.for('@ashlar/core.Size');
