import { Check, ConfigError, pathOf, Size } from '@ashlar/core';
import type { ProxmoxStorage } from '../storage/proxmox-storage';
import type { ProxmoxGuest } from './proxmox-guest';

/**
 * Where a volume of a guest besides its first one lies: on the storage that was given, or beside the first.
 * @throws GUEST_DISK, HA_ON_LOCAL_DISK, STORAGE_NOT_ON_NODE
 */
export function volumeStorage(guest: ProxmoxGuest, name: string, size: Size, given: ProxmoxStorage | undefined): ProxmoxStorage {
  const { cluster, kind } = guest;
  const storage = given === undefined ? guest.storage : cluster.storageFor(guest, kind === 'vm' ? 'images' : 'rootdir', given);
  for (const node of guest.nodes) storage.requireOn(node, guest);
  requireSize(guest, name, size, storage);
  requireCopies(guest, name, storage);
  return storage;
}

/** Why a volume is in no backup, if it is in none. @throws PROP_FORMAT */
export function volumeReason(guest: ProxmoxGuest, name: string, reason: string | undefined): void {
  if (reason === undefined) return;
  const means = 'a reason of 10 characters or more';
  new Check(guest).text(`dataDisks.${name}.notBackedUpBecause`, reason, /\S.{8,}\S/, means, 'a cache, which fills up again');
}

function requireSize(guest: ProxmoxGuest, name: string, size: Size, storage: ProxmoxStorage): void {
  new Check(guest).instance(`dataDisks.${name}.size`, size, Size, 'Size.gibibytes(100)');
  if (size.toBytes() <= 0 || size.toBytes() % 1024 ** 3 !== 0) {
    throw new ConfigError(guest, 'GUEST_DISK', `data disk ${name} must be a whole number of GiB`, {
      got: String(size),
      fix: 'write Size.gibibytes(100)',
    });
  }
  if (storage.size === undefined || size.toBytes() <= storage.size.toBytes()) return;
  throw new ConfigError(
    guest,
    'GUEST_DISK',
    `data disk ${name} is ${size}, and storage ${storage.name} [${pathOf(storage)}] has ${storage.size}`,
    { fix: 'make it smaller, or choose a larger storage' },
  );
}

/** HA copies what is local when the first disk is; what is shared needs no copy. */
function requireCopies(guest: ProxmoxGuest, name: string, storage: ProxmoxStorage): void {
  if (guest.nodes.length < 2 || storage.shared || (storage.replicable && !guest.storage.shared)) return;
  const why = storage.replicable
    ? `which is copied to other nodes only together with a first disk that is local too, and that one lies on ${guest.storage.name}`
    : `a local storage of type ${storage.type} that is lost with its node`;
  throw new ConfigError(
    guest,
    'HA_ON_LOCAL_DISK',
    `is highly available, and its data disk ${name} lies on ${storage.name} [${pathOf(storage)}], ${why}`,
    { fix: 'put all its disks on ZFS pools, or all on shared storage', see: 'https://pve.proxmox.com/wiki/Storage_Replication' },
  );
}
