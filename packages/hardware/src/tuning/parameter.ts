import { Check, ConfigError, Size } from '@ashlar/core';
import { CpuSet } from './cpu-set';

/** What values a parameter of the kernel takes, and how the kernel writes them. */
export interface Parameter<T> {
  /** The value as the kernel reads it. @throws PROP_TYPE, PROP_RANGE, PROP_CHOICE, PROP_FORMAT, TUNING_UNIT */
  text(at: string, name: string, value: T): string;
}

/** The TypeScript type of the values of a parameter. */
export type ValueOf<P> = P extends Parameter<infer T> ? T : never;

const INT_MAX = 2_147_483_647;

export function whole(min = 0, max = INT_MAX, unit = ''): Parameter<number> {
  return { text: (at, name, value) => String(new Check(at).integer(name, value, min, max, unit)) };
}

/** An amount of memory, which the kernel counts in `unit` bytes. */
export function memory(unit = 1): Parameter<Size> {
  return { text: (at, name, value) => bytes(at, name, value, unit) };
}

/** The least, the default and the most. */
export function threeSizes(): Parameter<readonly [Size, Size, Size]> {
  return {
    text: (at, name, value) => {
      new Check(at).list(name, value, 'Size.kibibytes(4), Size.kibibytes(128), Size.mebibytes(16)');
      return [0, 1, 2].map(i => bytes(at, `${name}[${i}]`, value[i] as Size, 1)).join(' ');
    },
  };
}

export function choice<const T extends string>(...choices: readonly T[]): Parameter<T> {
  return { text: (at, name, value) => new Check(at).choice(name, value, choices) };
}

export function cpus(): Parameter<CpuSet> {
  return { text: (at, name, value) => new Check(at).instance(name, value, CpuSet, "CpuSet.of('2-7')").toString() };
}

/** An argument that has no value: it is there, or it is not. */
export function flag(): Parameter<true> {
  return {
    text: (at, name, value) => {
      if (value === true) return '';
      throw new ConfigError(at, 'PROP_TYPE', `${name} has no value`, { got: value, fix: `write ${name}: true, or leave it out` });
    },
  };
}

/** A parameter that we have no range for: a number or a text of some form, passed on as it is. */
export function anything(form: RegExp, means: string): Parameter<number | string> {
  return {
    text: (at, name, value) => {
      if (typeof value === 'string' || Number.isFinite(value)) return new Check(at).text(name, String(value), form, means, '1');
      throw new ConfigError(at, 'PROP_TYPE', `${name} must be a number or a text, in the unit of the kernel: its own is not known here`, {
        got: value,
        fix: 'look it up in the documentation of the kernel',
      });
    },
  };
}

function bytes(at: string, name: string, value: Size, unit: number): string {
  const size = new Check(at).instance(name, value, Size, 'Size.mebibytes(16)');
  if (size.toBytes() % unit === 0) return String(size.toBytes() / unit);
  throw new ConfigError(at, 'TUNING_UNIT', `${name} is counted in units of ${unit} bytes, and ${size} is no whole number of them`, {
    fix: 'write it like Size.mebibytes(64)',
  });
}
