import { Check } from '@ashlar/core';

/** Versions of what a machine runs below its operating system, by component: `{ bios: '1.21.0', nic: '22.31.6' }`. */
export type Firmware = Readonly<Record<string, string>>;

/** Checked, by component. @throws PROP_TYPE, PROP_FORMAT */
export function firmwareOf(where: string, given: Firmware | undefined): Firmware {
  if (given === undefined) return {};
  const check = new Check(where);
  if (typeof given !== 'object' || given === null) check.known(given, ['bios', 'bmc', 'nic']);
  for (const [component, version] of Object.entries(given)) {
    check.label('a component', component);
    check.text(component, version, /^[A-Za-z0-9][\w.+-]*$/, 'a version without spaces', '1.21.0');
  }
  return Object.fromEntries(Object.entries(given).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * Below zero when `a` is older than `b`. Vendors number as they like (`1.9`, `2.3a`, `A12`): runs of digits are compared as
 * numbers, all else by character, and what is longer is newer.
 */
export function compareFirmware(a: string, b: string): number {
  const [left, right] = [parts(a), parts(b)];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [x, y] = [left[i] as string, right[i] as string];
    const numbers = /^\d/.test(x) && /^\d/.test(y);
    const difference = numbers ? Number(x) - Number(y) : Number(x > y) - Number(x < y);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

function parts(version: string): string[] {
  return version.toLowerCase().match(/\d+|[a-z]+/g) ?? [];
}
