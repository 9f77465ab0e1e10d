import { Bandwidth, Power, Size } from '@ashlar/core';
import { MachineModel } from '@ashlar/hardware';

/** What machines of developers run on. */
export const MS_01 = MachineModel.of({
  vendor: 'Minisforum',
  name: 'MS-01',
  cores: 14,
  threads: 20,
  memory: Size.gibibytes(64),
  power: Power.watts(180),
  disks: { nvme0: Size.terabytes(1) },
  nics: { enp2s0f0np0: Bandwidth.gigabits(10) },
});

/** The gateway. */
export const VP2420 = MachineModel.of({
  vendor: 'Protectli',
  name: 'VP2420',
  cores: 4,
  memory: Size.gibibytes(8),
  power: Power.watts(30),
  disks: { ssd: Size.gigabytes(120) },
  nics: { eth0: Bandwidth.gigabits(2.5), eth1: Bandwidth.gigabits(10) },
});
