import type { IBackedUp } from './backup';
import type { IConsumer } from './consumption';
import type { IInstance } from './instance';
import type { Size } from './size';

/** A disk of a guest besides the one that it boots from. */
export interface GuestDisk {
  /** What it is for, a DNS label that is unique in the guest, e.g. `data`. */
  readonly name: string;
  readonly size: Size;
  /** Path in the guest that names this very disk at every boot. */
  readonly device: string;
}

/** A virtual machine, whatever hypervisor runs it. */
export interface IGuest extends IInstance, IConsumer, IBackedUp {
  readonly dataDisks: readonly GuestDisk[];
}
