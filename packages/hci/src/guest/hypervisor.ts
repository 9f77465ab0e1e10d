import { Check, type IGuest, pathOf, type Size } from '@ashlar/core';
import type { Machine } from '@ashlar/hardware';
import type { Host, Vlan } from '@ashlar/network';
import type { IConstruct } from 'constructs';
import type { CloudImage } from './image';
import { Software } from './software';

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
  /** Programs for development that it has from its first boot. @default - none */
  readonly software?: readonly Software[];
}

/** What runs guests: a Proxmox VE cluster, a Harvester cluster. */
export interface IHypervisor extends IConstruct {
  /** Creates a guest. What it does at its first boot is added to {@link IGuest.firstBoot}. */
  guest(id: string, props: GuestProps): IGuest;
}

/** Refuses what is no property of a guest of any hypervisor, before the first of them is read. @throws PROP_UNKNOWN, PROP_TYPE */
export function knownGuestProps(hypervisor: IHypervisor, id: string, props: GuestProps): void {
  const check = new Check(`${pathOf(hypervisor)}/${id}`);
  check.known(props, GUEST_PROPS);
  if (props.placement !== undefined) check.known(props.placement, ['machines', 'highAvailability', 'apartFrom']);
}

/** Adds the programs of a guest to its first boot. @throws PROP_TYPE, SOFTWARE_TWICE */
export function installSoftware(guest: IGuest, software: readonly Software[] = []): void {
  const check = new Check(guest);
  if (Array.isArray(software) && software.length === 0) return;
  for (const one of check.list('software', software, 'Software.git()'))
    check.instance('software', one, Software, '[Software.git()]').installOn(guest);
}

const GUEST_PROPS: readonly (keyof GuestProps)[] = [
  'host',
  'otherNics',
  'image',
  'cores',
  'memory',
  'disk',
  'dataDisks',
  'stateful',
  'notBackedUpBecause',
  'placement',
  'software',
];
