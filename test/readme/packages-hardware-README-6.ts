




import { acknowledge, Bandwidth, Power, Site, Size } from '@ashlar/core';
import { Machine, MachineModel, PowerFeed, Rack, Switch } from '@ashlar/hardware';
import { Vlan } from '@ashlar/network';

const OPTIPLEX_7040 = MachineModel.of({
  vendor: 'Dell',
  name: 'OptiPlex 7040',
  cores: 4,
  threads: 8,
  memory: Size.gibibytes(32),
  disks: { nvme: Size.gigabytes(512) },
  nics: { eno1: Bandwidth.gigabits(1) },
  power: Power.watts(240),
});

const site = new Site('lab', { domain: 'lab.example.net' });
const management = new Vlan(site, 'management', { tag: 10, ipv4: '192.168.1.0/24' });
const servers = new Vlan(site, 'servers', { tag: 20, ipv4: '10.20.0.0/24' });

const shelf = new Rack(site, 'shelf', { units: 12 });
const mains = new PowerFeed(shelf, 'mains', { capacity: Power.watts(2300) });
const lan = new Switch(shelf, 'lan', { ports: 8, portSpeed: Bandwidth.gigabits(1), power: Power.watts(12), feeds: [mains] });

for (const n of [1, 2, 3]) {
  const machine = new Machine(shelf, `pve-0${n}`, {
    model: OPTIPLEX_7040,
    feeds: [mains],
    macs: { eno1: `02:00:5e:10:00:0${n}` },
    disks: { nvme: `/dev/disk/by-id/nvme-SAMSUNG_S0M3S3R14L${n}` },
  });
  lan.port(n).connect(machine.nic('eno1'), { native: management, tagged: [servers] });
}
lan.port(8).access(management, 'desk');

acknowledge(shelf, 'SINGLE_FEED', 'a lab at home has one circuit');
acknowledge(shelf, 'SINGLE_SWITCH', 'a lab at home has one switch');

console.log(site.render().output.read('devices/switches/lan.md'));
export {};
