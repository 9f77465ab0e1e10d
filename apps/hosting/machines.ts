import { Bandwidth, Power, Size } from '@ashlar/core';
import { MachineModel } from '@ashlar/hardware';

const nics = { enp2s0f0np0: Bandwidth.gigabits(10), enp2s0f1np1: Bandwidth.gigabits(10) };

/** A hosting node: mirrored system disks, and 4 TB that are mirrored with the other node. */
export const HOSTING_NODE = MachineModel.of({
  vendor: 'Minisforum',
  name: 'MS-A2',
  cores: 16,
  threads: 32,
  memory: Size.gibibytes(128),
  disks: { nvme0: Size.gigabytes(480), nvme1: Size.gigabytes(480), nvme2: Size.terabytes(4.2) },
  nics,
  power: Power.watts(200),
});

/** The router: the third vote, and the backups. */
export const ROUTER = MachineModel.of({
  vendor: 'Minisforum',
  name: 'MS-01',
  cores: 14,
  threads: 20,
  memory: Size.gibibytes(32),
  disks: { nvme0: Size.gigabytes(480), nvme1: Size.gigabytes(480), usb0: Size.terabytes(5) },
  nics,
  power: Power.watts(120),
});

/** Disks of each machine by what never changes. */
export const DISKS = {
  router: disks('0', { usb0: '/dev/disk/by-id/usb-WD_Elements_25A3_575843314537384E4C50-0:0' }),
  'node-1': disks('1', { nvme2: '/dev/disk/by-id/nvme-Micron_7450_MTFDKCC4T2TFS_2246E6A11002' }),
  'node-2': disks('2', { nvme2: '/dev/disk/by-id/nvme-Micron_7450_MTFDKCC4T2TFS_2246E6A12002' }),
};

function disks(machine: string, data: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const system = (serial: string) => `/dev/disk/by-id/nvme-KINGSTON_SKC3000S480G_50026B7686A1${machine}00${serial}`;
  return { nvme0: system('0'), nvme1: system('1'), ...data };
}
