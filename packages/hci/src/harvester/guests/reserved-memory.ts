import { Size } from '@ashlar/core';

/**
 * Memory of a virtual machine's pod that is not the guest's: QEMU and libvirt. Harvester takes it off the limit, 100 MiB unless an
 * annotation says otherwise, which a guest of several disks exceeds.
 * @see https://docs.harvesterhci.io/v1.7/vm/resource-overcommit#reserve-more-memory-for-the-system-overhead
 */
export const RESERVED_MEMORY = Size.mebibytes(256);
