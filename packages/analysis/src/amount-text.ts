import { Bandwidth } from '@ashlar/core';

const GIB = 1024 ** 3;

/** Memory, always in GiB: amounts of one column can be added by eye. */
export function memoryText(bytes: number): string {
  return `${decimals(bytes / GIB)} GiB`;
}

/** Storage, always in GB as disks are sold. */
export function diskText(bytes: number): string {
  return `${decimals(bytes / 1e9)} GB`;
}

export function networkText(megabits: number): string {
  return String(Bandwidth.megabits(megabits));
}

export function powerText(watts: number): string {
  return `${decimals(watts)} W`;
}

/** `1 machine`, `3 machines` */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** At most two decimals, none where they are zero. */
export function decimals(value: number): string {
  return String(Number(value.toFixed(2)));
}
