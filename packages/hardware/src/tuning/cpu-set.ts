import { ConfigError } from '@ashlar/core';

/** Hardware threads by their numbers, as the kernel writes them: `2-7,10`. */
export class CpuSet {
  /**
   * @param text numbers and ranges in ascending order, counted from 0 as in `/proc/cpuinfo`
   * @throws CPU_SET
   * @see https://docs.kernel.org/admin-guide/kernel-parameters.html#cpu-lists
   */
  public static of(text: string): CpuSet {
    const ranges = typeof text === 'string' && /^\d{1,4}(-\d{1,4})?(,\d{1,4}(-\d{1,4})?)*$/.test(text) ? text.split(',') : [];
    const cpus = ranges.flatMap(range => {
      const [from = 0, to = from] = range.split('-').map(Number);
      return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
    });
    const falls = ranges.some(range => range.includes('-') && Number(range.split('-')[0]) > Number(range.split('-')[1]));
    if (cpus.length === 0 || falls || cpus.some((cpu, i) => i > 0 && cpu <= (cpus[i - 1] as number))) {
      throw new ConfigError('CpuSet.of', 'CPU_SET', 'processors are numbers and ranges in ascending order', {
        got: text,
        fix: 'write them like 2-7,10',
      });
    }
    return new CpuSet(cpus);
  }

  public static is(x: unknown): x is CpuSet {
    return typeof x === 'object' && x !== null && MARKER in x;
  }

  /** @param cpus ascending */
  private constructor(public readonly cpus: readonly number[]) {
    Object.defineProperty(this, MARKER, { value: true });
  }

  /** The highest number. */
  public get last(): number {
    return this.cpus[this.cpus.length - 1] as number;
  }

  /** The first processor that is in both, if any. */
  public shared(other: CpuSet): number | undefined {
    return this.cpus.find(cpu => other.cpus.includes(cpu));
  }

  /** Shortest form. */
  public toString(): string {
    const starts = this.cpus.filter((cpu, i) => this.cpus[i - 1] !== cpu - 1);
    const ends = this.cpus.filter((cpu, i) => this.cpus[i + 1] !== cpu + 1);
    return starts.map((start, i) => (start === ends[i] ? `${start}` : `${start}-${ends[i]}`)).join(',');
  }
}

const MARKER = Symbol.for('@ashlar/hardware.CpuSet');
