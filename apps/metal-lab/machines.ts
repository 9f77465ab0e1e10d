/**
 * What stands in the rack: models as the vendors sell them, and which very disks are in which machine. Network ports have the names that
 * their operating system gives them. MAC addresses, serial numbers and firmware are examples: put in those that the machines show.
 */
import { Bandwidth, Power, Size } from '@ashlar/core';
import { MachineModel } from '@ashlar/hardware';

const [gigabit, copper, ten, fiber] = [1, 2.5, 10, 25].map(n => Bandwidth.gigabits(n)) as [Bandwidth, Bandwidth, Bandwidth, Bandwidth];

/**
 * Core Ultra 9 285HX: 24 cores of one thread each. It has no BMC: Intel AMT, on a port that is not cabled here, speaks neither IPMI nor
 * Redfish. So somebody presses the button for an installation.
 * @see https://www.servethehome.com/minisforum-ms-02-ultra-review-intel-new-home-lab-king/
 */
export const MS_02 = MachineModel.of({
  vendor: 'Minisforum',
  name: 'MS-02 Ultra',
  cores: 24,
  memory: Size.gibibytes(96),
  power: Power.watts(350),
  disks: { system: { size: Size.terabytes(1), kind: 'nvme' }, volumes: { size: Size.terabytes(4), kind: 'nvme' } },
  nics: { enp2s0f0np0: fiber, enp2s0f1np1: fiber, enp88s0: ten, enp90s0: copper },
  leastFirmware: { bios: '1.03', nic: '4.60' },
});

/** Small enough to be always on. It boots the others, and is installed by hand: Talos from a stick, with the folder /var/lib/tinkerbell/hook. */
export const UM760 = MachineModel.of({
  vendor: 'Minisforum',
  name: 'UM760 Slim',
  cores: 6,
  threads: 12,
  memory: Size.gibibytes(32),
  power: Power.watts(120),
  disks: { ssd: { size: Size.terabytes(1), kind: 'nvme' } },
  nics: { enp1s0: copper },
});

/** The box of the gateway. VyOS calls its ports so by their MAC addresses: `eth0` to the home, `eth1` to the lab, `eth2` to be installed by. */
export const VP6630 = MachineModel.of({
  vendor: 'Protectli',
  name: 'VP6630',
  cores: 6,
  threads: 8,
  memory: Size.gibibytes(16),
  power: Power.watts(90),
  disks: { ssd: { size: Size.gigabytes(240), kind: 'nvme' } },
  nics: { eth0: copper, eth1: ten, eth2: copper },
});

/** Keeps the copies, with the vendor's own system on it. */
export const DS923 = MachineModel.of({
  vendor: 'Synology',
  name: 'DS923+',
  cores: 2,
  threads: 4,
  memory: Size.gibibytes(4),
  power: Power.watts(100),
  disks: { array: { size: Size.terabytes(12), kind: 'hdd' } },
  nics: { eth0: gigabit, eth1: gigabit },
});

/** The three that run everything. */
export const NODES = [1, 2, 3].map(n => ({
  name: `ms-0${n}`,
  macs: { enp2s0f0np0: `02:00:5e:20:00:0${n}`, enp2s0f1np1: `02:00:5e:20:01:0${n}` },
  disks: {
    system: `/dev/disk/by-id/nvme-KINGSTON_OM8TAP41024K1_50026B73838A00${n}1`,
    volumes: `/dev/disk/by-id/nvme-WD_BLACK_SN850X_4000GB_23470A80220${n}`,
  },
  firmware: { bios: '1.03', nic: '4.80' },
}));

export const ROUTER = {
  macs: { eth2: '02:00:5e:20:02:01' },
  disks: { ssd: '/dev/disk/by-id/nvme-KINGSTON_SNV2S250G_50026B7686D01' },
};
