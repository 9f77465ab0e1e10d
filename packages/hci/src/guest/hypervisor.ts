import type { IGuest, Size } from '@ashlar/core';
import type { Machine } from '@ashlar/hardware';
import type { Host, Vlan } from '@ashlar/network';
import type { IConstruct } from 'constructs';
import type { CloudImage } from './image';

/** Where a guest runs. */
export interface GuestPlacement {
  /** Machines that it may run on, most preferred first. @default - any of the cluster */
  readonly machines?: readonly Machine[];
  /** Whether it starts on another machine when its own is lost. @default false */
  readonly highAvailability?: boolean;
  /** Guests that never share a machine with it. @default - none */
  readonly apartFrom?: readonly IGuest[];
}

/** A virtual machine, declared once for whichever hypervisor runs it. */
export interface GuestProps {
  /** Its name and its address; its first network port is there. */
  readonly host: Host;
  /** More network ports: a host where it has a fixed address, a segment where it is given one. @default - none */
  readonly otherNics?: readonly (Host | Vlan)[];
  /** What its disk is made from. */
  readonly image: CloudImage;
  /** Virtual processors (1–512). */
  readonly cores: number;
  readonly memory: Size;
  /** Size of the disk that it boots from, in whole GiB. */
  readonly disk: Size;
  /** Sizes of more disks in whole GiB, by name. They are empty at first, and are never destroyed with the guest unasked. @default - none */
  readonly dataDisks?: Readonly<Record<string, Size>>;
  /** Whether it holds data that this program could not bring back. @default true */
  readonly stateful?: boolean;
  /** Why no backup is needed although it is stateful. @default - one is */
  readonly notBackedUpBecause?: string;
  /** @default - anywhere, and it waits for its machine */
  readonly placement?: GuestPlacement;
}

/** What runs guests: a Proxmox VE cluster, a Harvester cluster. */
export interface IHypervisor extends IConstruct {
  /** Creates a guest. What it does at its first boot is added to {@link IGuest.firstBoot}. */
  guest(id: string, props: GuestProps): IGuest;
}
