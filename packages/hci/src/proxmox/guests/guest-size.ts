import { ConfigError, pathOf, type Size } from '@ashlar/core';
import type { ProxmoxNode } from '../proxmox-node';
import type { ProxmoxGuest } from './proxmox-guest';

/** Whether a node and its storage are large enough for a guest at all. @throws GUEST_CORES, GUEST_MEMORY, GUEST_DISK, STORAGE_NOT_ON_NODE */
export function requireRoom(guest: ProxmoxGuest, node: ProxmoxNode): void {
  guest.storage.requireOn(node, guest);
  const { threads, memory } = node.capacity;
  const where = `node ${node.name}${node.machine ? ` (${node.machine.model})` : ''}`;
  if (threads !== undefined && guest.cores > threads) {
    throw new ConfigError(
      guest,
      'GUEST_CORES',
      `cores must be at most the ${threads} threads of ${where}, or its processors wait for each other`,
      { got: guest.cores, fix: `write cores: ${threads}, or choose a larger node` },
    );
  }
  if (memory !== undefined && guest.memory.toBytes() > memory.toBytes()) {
    throw new ConfigError(guest, 'GUEST_MEMORY', `memory is ${guest.memory}, and ${where} has ${memory} for guests`, {
      fix: 'give it less, or choose a larger node',
    });
  }
  const { size } = guest.storage;
  if (size !== undefined && guest.disk.toBytes() > size.toBytes()) {
    throw new ConfigError(
      guest,
      'GUEST_DISK',
      `disk is ${guest.disk}, and storage ${guest.storage.name} [${pathOf(guest.storage)}] has ${size}`,
      { fix: 'make it smaller, or choose a larger storage' },
    );
  }
}

/** @throws GUEST_MEMORY */
export function wholeMebibytes(guest: ProxmoxGuest, memory: Size): Size {
  if (memory.toBytes() >= 16 * 1024 ** 2 && memory.toBytes() % 1024 ** 2 === 0) return memory;
  throw new ConfigError(guest, 'GUEST_MEMORY', 'memory must be a whole number of MiB, 16 or more', {
    got: String(memory),
    fix: 'write Size.mebibytes(512), or Size.gibibytes(2)',
  });
}

/** @throws GUEST_DISK */
export function wholeGibibytes(guest: ProxmoxGuest, disk: Size): Size {
  if (disk.toBytes() > 0 && disk.toBytes() % 1024 ** 3 === 0) return disk;
  throw new ConfigError(guest, 'GUEST_DISK', 'disk must be a whole number of GiB', { got: String(disk), fix: 'write Size.gibibytes(16)' });
}
