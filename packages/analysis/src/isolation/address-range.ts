import { ipNumber } from '../ip-number';

/** Addresses of one family without a gap, both ends included. */
export class AddressRange {
  /** The form of a prefix, `10.20.0.0/24`, of an address, `10.20.0.5`, or of a range, `10.20.0.100-10.20.0.199`; else undefined. */
  public static parse(text: string): AddressRange | undefined {
    const [first = '', last] = text.split('-');
    const [ip = '', length] = first.split('/');
    if (!isAddress(ip) || (last !== undefined && (length !== undefined || !isAddress(last)))) return undefined;
    const family = ip.includes(':') ? 6 : 4;
    const bits = family === 4 ? 32 : 128;
    if (length !== undefined && (!/^\d{1,3}$/.test(length) || Number(length) > bits)) return undefined;
    const hostBits = BigInt(length === undefined ? 0 : bits - Number(length));
    const from = (ipNumber(ip) >> hostBits) << hostBits;
    return new AddressRange(family, from, last === undefined ? from + 2n ** hostBits - 1n : ipNumber(last));
  }

  private constructor(
    public readonly family: 4 | 6,
    public readonly from: bigint,
    public readonly to: bigint,
  ) {}

  /** Order by family and first address. */
  public compare(other: AddressRange): number {
    return this.family - other.family || (this.from < other.from ? -1 : this.from > other.from ? 1 : 0);
  }

  /** Whether it ends before another begins, which is not before it. */
  public isBefore(other: AddressRange): boolean {
    return this.family !== other.family || this.to < other.from;
  }
}

function isAddress(text: string): boolean {
  return /^(\d{1,3})(\.\d{1,3}){3}$/.test(text)
    ? text.split('.').every(octet => Number(octet) < 256)
    : /^[0-9a-f]*:[0-9a-f:]*$/i.test(text);
}
