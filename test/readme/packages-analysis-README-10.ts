








import { Bandwidth, Power, Site, Size } from '@ashlar/core';
import { SiteReport } from '@ashlar/analysis';
import { Machine, MachineModel, PowerFeed, Rack, Switch } from '@ashlar/hardware';
import { Vlan } from '@ashlar/network';

const site = new Site('attic', { domain: 'attic.example.net' });
const management = new Vlan(site, 'management', { tag: 10, ipv4: '192.168.1.0/24' });

const shelf = new Rack(site, 'shelf', { units: 12 });
const mains = new PowerFeed(shelf, 'mains', { capacity: Power.watts(2300) });
const lan = new Switch(shelf, 'lan', { ports: 8, portSpeed: Bandwidth.gigabits(1), power: Power.watts(12), feeds: [mains] });
const model = MachineModel.of({
  vendor: 'Dell',
  name: 'OptiPlex 7040',
  cores: 2,
  threads: 4,
  memory: Size.gibibytes(16),
  disks: { nvme: Size.gigabytes(256) },
  nics: { eno1: Bandwidth.gigabits(1) },
  power: Power.watts(60),
});
for (const n of [1, 2, 3]) {
  const machine = new Machine(shelf, `pve-0${n}`, { model, feeds: [mains] });
  lan.port(n).connect(machine.nic('eno1'), { native: management });
  management.host(machine.name, 10 + n);
}

new SiteReport(site, 'report');

// … Total: 6 cores, 12 threads, 48 GiB, 768 GB, 3 Gb/s, 180 W (3 × Dell OptiPlex 7040).
console.log(site.render().output.read('report/capacity.md'));
export {};
