





























import { Machine, MachineModel, PowerFeed, Rack, Switch } from '@ashlar/hardware';
import { Bandwidth, environment, Power, Site, Size } from '@ashlar/core';
import { Vlan } from '@ashlar/network';
import { SiteReport } from '@ashlar/analysis';

export const lab = environment(module, () => {
  const site = new Site('lab', { domain: 'lab.example.net' });
  const servers = new Vlan(site, 'servers', { tag: 20, ipv4: '10.20.0.0/24' });

  const rack = new Rack(site, 'rack', { units: 12 });
  const feed = new PowerFeed(rack, 'feed', { capacity: Power.watts(2300) });
  const lan = new Switch(rack, 'lan', { ports: 8, portSpeed: Bandwidth.gigabits(1), power: Power.watts(12), feeds: [feed] });
  const model = MachineModel.of({
    vendor: 'Dell', name: 'OptiPlex 7040', cores: 2, threads: 4, memory: Size.gibibytes(16),
    disks: { ssd: Size.gigabytes(256) }, nics: { eno1: Bandwidth.gigabits(1) }, power: Power.watts(60),
  });
  const node = new Machine(rack, 'node-1', { model, feeds: [feed] });
  lan.port(1).connect(node.nic('eno1'), { tagged: [servers] });
  servers.host('node-1', 10);

  new SiteReport(site, 'report');
  return site;
});
export {};
