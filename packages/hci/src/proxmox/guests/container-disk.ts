import { Check, ConfigError, type GuestDisk, type Size } from '@ashlar/core';
import type { ProxmoxStorage } from '../storage/proxmox-storage';
import { volumeReason, volumeStorage } from './data-volume';
import { diskSlots } from './disk-slots';
import type { ProxmoxGuest } from './proxmox-guest';

/** A volume of a container besides its root, mounted where it says. */
export interface ContainerDiskProps {
  /** Absolute path in the container. */
  readonly path: string;
  /** Size in whole GiB. */
  readonly size: Size;
  /** Where it lies. @default - where the root of the container lies */
  readonly storage?: ProxmoxStorage;
  /** Its place in the order of mounts (1–127), for good. @default - allocated through the ledger */
  readonly slot?: number;
  /** Why no backup of it is needed. @default - one is made with the container */
  readonly notBackedUpBecause?: string;
}

/** A directory of its node that a container sees. */
export interface BindMountProps {
  /** Absolute path on the node. */
  readonly directory: string;
  /** Why the container must see its node: it moves and is restored without what is there. */
  readonly because: string;
  /** @default true */
  readonly readOnly?: boolean;
}

/** A volume of a container; its device is the path where it is mounted. */
export interface ContainerDisk extends GuestDisk {
  readonly slot: number;
  readonly storage: ProxmoxStorage;
  readonly backedUp: boolean;
}

/** @throws CONTAINER_PATH, DATA_DISK_SLOT, DATA_DISK_DROPPED, GUEST_DISK, STORAGE_NOT_ON_NODE */
export function containerDisks(ct: ProxmoxGuest, given: Readonly<Record<string, ContainerDiskProps>>): readonly ContainerDisk[] {
  const check = new Check(ct);
  check.known(given, Object.keys(given ?? {}));
  const props = Object.entries(given);
  for (const [name, of] of props) {
    check.label('the name of a data disk', name);
    check.known(of, ['path', 'size', 'storage', 'slot', 'notBackedUpBecause']);
    volumeReason(ct, name, of.notBackedUpBecause);
  }
  const slots = diskSlots(ct, new Map(props.map(([name, { slot }]) => [name, slot])), LAST_SLOT);
  return props
    .map(([name, of]): ContainerDisk => {
      const storage = volumeStorage(ct, name, of.size, of.storage);
      const backedUp = of.notBackedUpBecause === undefined;
      return {
        name,
        size: of.size,
        device: mountPath(ct, `dataDisks.${name}.path`, of.path),
        slot: slots.get(name) as number,
        storage,
        backedUp,
      };
    })
    .sort((a, b) => a.slot - b.slot);
}

/** Mount points as `pct set` takes them, by number: those that only root may make come after the volumes. @throws CONTAINER_BIND_MOUNT, CONTAINER_PATH */
export function bindMounts(ct: ProxmoxGuest, given: Readonly<Record<string, BindMountProps>>): Readonly<Record<string, string>> {
  const check = new Check(ct);
  const sorted = Object.entries(given).sort(([a], [b]) => (a < b ? -1 : 1));
  const entries = sorted.map(([path, of], i): [string, string] => {
    check.known(of, ['directory', 'because', 'readOnly']);
    mountPath(ct, 'the path of a bind mount', path);
    check.text('directory', of.directory, ABSOLUTE, 'an absolute path below /', '/tank/media');
    if (typeof of.because !== 'string' || of.because.trim().length < 10) {
      throw new ConfigError(
        ct,
        'CONTAINER_BIND_MOUNT',
        `a container that sees ${of.directory} of its node needs a reason of 10 characters or more`,
        {
          got: of.because,
          fix: 'say in because why a volume will not do, or use one of dataDisks',
        },
      );
    }
    const readOnly = check.boolean('readOnly', of.readOnly ?? true);
    return [`mp${FIRST_BIND_MOUNT + i}`, `${of.directory},mp=${path}${readOnly ? ',ro=1' : ''}`];
  });
  return Object.fromEntries(entries);
}

/** @throws CONTAINER_PATH when something else is mounted there */
export function refuseSamePath(ct: ProxmoxGuest, paths: readonly string[]): void {
  const twice = paths.find((path, i) => paths.indexOf(path) < i);
  if (twice === undefined) return;
  throw new ConfigError(ct, 'CONTAINER_PATH', `two things are mounted at ${twice}`, { fix: 'choose another path' });
}

function mountPath(ct: ProxmoxGuest, name: string, path: string): string {
  return new Check(ct).text(name, path, ABSOLUTE, 'an absolute path below /', '/srv/mail');
}

const ABSOLUTE = /^(\/[\w.-]+)+$/;
/** Of Proxmox VE's mp0 to mp255, volumes have the first half. */
const LAST_SLOT = 127;
const FIRST_BIND_MOUNT = 128;
