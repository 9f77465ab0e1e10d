import type { BootHardware } from './boot-hardware';

/** Marks what a stack boots, so that copies of this package know each other's. */
export const BOOT_HARDWARE = Symbol.for('@ashlar/hardware.BootHardware');

export function isBootHardware(x: unknown): x is BootHardware {
  return typeof x === 'object' && x !== null && BOOT_HARDWARE in x;
}
