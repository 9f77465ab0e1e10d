import { ConfigError } from '@ashlar/core';

/** The disk of whichever machine runs a template, which Tinkerbell fills in: one template serves machines with other disks. */
export class BootDisk {
  /** All of it. */
  public static whole(): BootDisk {
    return new BootDisk(`{{ ${DEVICE} }}`);
  }

  /** One partition, counted from 1. @throws PARTITION */
  public static partition(number: number): BootDisk {
    if (!Number.isInteger(number) || number < 1 || number > 128) {
      throw new ConfigError('BootDisk.partition', 'PARTITION', 'a partition is a whole number from 1 to 128', {
        got: number,
        fix: 'look it up in the image: sfdisk --dump image.raw',
      });
    }
    return new BootDisk(`{{ formatPartition ${DEVICE} ${number} }}`);
  }

  public static is(x: unknown): x is BootDisk {
    return typeof x === 'object' && x !== null && MARKER in x;
  }

  private constructor(
    /** As the template has it. @see https://github.com/tinkerbell/tinkerbell/blob/main/tink/controller/internal/workflow/template_funcs.go */
    public readonly expression: string,
  ) {
    Object.defineProperty(this, MARKER, { value: true });
  }
}

const MARKER = Symbol.for('@ashlar/hardware.BootDisk');
const DEVICE = '(index .hardware.spec.disks 0).device';
