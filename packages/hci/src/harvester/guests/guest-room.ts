import { ConfigError, type Size } from '@ashlar/core';
import type { HarvesterGuest } from './harvester-guest';
import { RESERVED_MEMORY } from './reserved-memory';

/** Whether some node is large enough for a guest at all. @throws HARVESTER_CORES, HARVESTER_MEMORY, HARVESTER_VOLUME */
export function requireSize(guest: HarvesterGuest): void {
  for (const [name, size] of [
    ['disk', guest.disk] as const,
    ...guest.dataDisks.map(disk => [`dataDisks.${disk.name}`, disk.size] as const),
  ]) {
    if (size.toBytes() > 0 && size.toBytes() % 1024 ** 3 === 0) continue;
    throw new ConfigError(guest, 'HARVESTER_VOLUME', `${name} must be a whole number of GiB`, {
      got: String(size),
      fix: `write Size.gibibytes(${Math.max(1, Math.ceil(size.toBytes() / 1024 ** 3))})`,
    });
  }
  if (guest.memory.toBytes() < 16 * 1024 ** 2 || guest.memory.toBytes() % 1024 ** 2 !== 0) {
    throw new ConfigError(guest, 'HARVESTER_MEMORY', 'memory must be a whole number of MiB, 16 or more', {
      got: String(guest.memory),
      fix: 'write Size.mebibytes(512), or Size.gibibytes(2)',
    });
  }
  for (const node of guest.nodes) {
    const { threads, memory } = node.capacity;
    const where = `${node.machine.name} (${node.machine.model})`;
    if (threads !== undefined && guest.cores > threads) {
      throw new ConfigError(
        guest,
        'HARVESTER_CORES',
        `cores must be at most the ${threads} threads of ${where}, or its processors wait for each other`,
        {
          got: guest.cores,
          fix: `write cores: ${threads}, or leave ${node.machine.name} out of its machines`,
          see: 'https://docs.harvesterhci.io/v1.7/vm/index',
        },
      );
    }
    if (memory !== undefined && limitOf(guest).toBytes() > memory.toBytes()) {
      throw new ConfigError(
        guest,
        'HARVESTER_MEMORY',
        `memory is ${guest.memory}, what runs it takes ${RESERVED_MEMORY} more, and ${where} has ${memory} for guests`,
        {
          fix: `give it less, or leave ${node.machine.name} out of its machines`,
        },
      );
    }
  }
}

/** Memory that the pod around a guest may take: its own, and {@link RESERVED_MEMORY} for what runs it. */
export function limitOf(guest: { readonly memory: Size }): Size {
  return guest.memory.plus(RESERVED_MEMORY);
}
