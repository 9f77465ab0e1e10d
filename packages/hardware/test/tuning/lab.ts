import { Bandwidth, Power, Site, Size } from '@ashlar/core';
import {
  HostTuning,
  type HostTuningProps,
  Machine,
  MachineModel,
  PowerFeed,
  Rack,
  Switch,
  TuningProfile,
  type TuningProps,
} from '../../src';
import { StubVlan } from '../stub-vlan';

const model = MachineModel.of({
  vendor: 'Dell',
  name: 'PowerEdge R660',
  cores: 8,
  threads: 16,
  memory: Size.gibibytes(64),
  disks: { nvme: Size.terabytes(2), sata: Size.terabytes(4) },
  nics: { eno1: Bandwidth.gigabits(1), ens1f0: Bandwidth.gigabits(25) },
  power: Power.watts(300),
});

/** Two machines, of which the first is known better. */
export function lab() {
  const site = new Site('lab', { domain: 'lab.example.net' });
  const rack = new Rack(site, 'rack', { units: 12 });
  const feeds = ['a', 'b'].map(id => new PowerFeed(rack, id, { capacity: Power.watts(2300) }));
  const san = new Switch(rack, 'san', { ports: 8, portSpeed: Bandwidth.gigabits(25), power: Power.watts(60), feeds });
  const storage = new StubVlan(site, 'storage', 40);
  const one = new Machine(rack, 'node-1', {
    model,
    feeds,
    macs: { eno1: '02:00:5e:10:00:01', ens1f0: '02:00:5e:10:00:11' },
    disks: { nvme: '/dev/disk/by-id/nvme-SAMSUNG_MZ_S0001', sata: '/dev/disk/by-id/ata-ST4000_Z0001' },
  });
  const two = new Machine(rack, 'node-2', { model, feeds });
  const tuning = (id: string, profile: TuningProfile, more: Partial<HostTuningProps> = {}) =>
    new HostTuning(site, id, { profile, ...more });
  const tuned = (props: TuningProps, host: Machine = one, system: 'debian' | 'talos' = 'debian') => {
    const made = tuning('tuned', TuningProfile.of('own', props), { system });
    made.applyTo(host);
    return made;
  };
  return { site, rack, feeds, san, storage, one, two, tuning, tuned };
}
