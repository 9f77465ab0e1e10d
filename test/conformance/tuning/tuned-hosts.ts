import { acknowledge, Bandwidth, FirstBoot, type IInstance, Power, Site, Size } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { Construct } from 'constructs';
import {
  CpuSet,
  HostTuning,
  Machine,
  MachineModel,
  PowerFeed,
  Rack,
  Switch,
  TuningProfile,
  type TuningProps,
} from '../../../packages/hardware/src';
import { Vlan } from '../../../packages/network/src/segments/vlan';

const MODEL = MachineModel.of({
  vendor: 'Dell',
  name: 'PowerEdge R660',
  cores: 8,
  threads: 16,
  memory: Size.gibibytes(64),
  disks: { nvme: Size.terabytes(2), sata: Size.terabytes(4) },
  nics: { eno1: Bandwidth.gigabits(1), ens1f0: Bandwidth.gigabits(25) },
  power: Power.watts(300),
});

const HARDWARE: TuningProps = {
  because: 'measured on this machine',
  governor: 'performance',
  energyBias: 0,
  ports: { ens1f0: { mtu: 9000, rxRing: 4096, txRing: 4096, channels: 8, lro: 'off', gro: 'on', tso: 'on' } },
  disks: { nvme: 'none', sata: 'mq-deadline' },
  timeServers: ['ntp1.example.net', '192.0.2.123'],
  blacklist: ['pcspkr'],
  modules: ['sch_fq', 'tcp_bbr'],
  sysctls: { 'net.core.default_qdisc': 'fq', 'net.ipv4.tcp_congestion_control': 'bbr' },
  hugePages: [{ pageSize: '1G', memory: Size.gibibytes(8) }],
};

/** Every profile that there is, and one with everything that can be said. */
const PROFILES: Readonly<Record<string, TuningProfile>> = {
  everything: TuningProfile.database().with(TuningProfile.storage()).with(TuningProfile.of('own', HARDWARE)),
  hypervisor: TuningProfile.hypervisor(),
  kubernetes: TuningProfile.kubernetesNode(),
  latency: TuningProfile.lowLatency(CpuSet.of('2-15'), CpuSet.of('0-1')),
};

/** A guest by contract. */
class Guest extends Construct {
  public readonly hostName: string;
  public readonly fqdn: string;
  public readonly firstBoot = new FirstBoot(this);

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.hostName = id;
    this.fqdn = `${id}.lab.example.net`;
  }
}

export interface TunedHosts {
  /** Rendered files, by path. */
  readonly files: Readonly<Record<string, string>>;
  /** What guests do at their first boot, by name of their profile. */
  readonly firstBoots: Readonly<Record<string, FirstBoot>>;
}

/** One machine for each profile, named after it, and a guest where the profile is one for guests. */
export function tunedHosts(system: 'debian' | 'talos'): TunedHosts {
  const site = new Site('lab', { domain: 'lab.example.net' });
  const rack = new Rack(site, 'rack', { units: 12 });
  const feeds = ['a', 'b'].map(id => new PowerFeed(rack, id, { capacity: Power.watts(2300) }));
  const san = new Switch(rack, 'san', { ports: 8, portSpeed: Bandwidth.gigabits(25), power: Power.watts(60), feeds });
  const segments = Object.keys(PROFILES).map((name, n) => new Vlan(site, name, { tag: 10 + n, ipv4: `10.${n}.0.0/24` }));
  acknowledge(san, 'SINGLE_SWITCH', 'these machines are never built');
  const firstBoots: Record<string, FirstBoot> = {};
  for (const [n, [name, profile]] of Object.entries(PROFILES).entries()) {
    const machine = new Machine(rack, name, {
      model: MODEL,
      feeds,
      macs: { ens1f0: `02:00:5e:10:00:1${n}` },
      disks: { nvme: `/dev/disk/by-id/nvme-SAMSUNG_MZ_S000${n}`, sata: `/dev/disk/by-id/ata-ST4000_Z000${n}` },
    });
    san.port(n + 1).connect(machine.nic('ens1f0'), { native: segments[n] });
    const tuning = new HostTuning(site, `${name}-machines`, { profile, system });
    tuning.applyTo(machine);
    if (system === 'talos' || !/^(hypervisor|kubernetes)$/.test(name)) continue;
    const guest = new Guest(site, `${name}-guest`);
    tuning.applyTo(guest as unknown as IInstance);
    firstBoots[name] = guest.firstBoot;
  }
  return { files: Testing.files(site), firstBoots };
}

/** Files of one machine of Debian, by their absolute path. */
export function filesOf({ files }: TunedHosts, name: string): Record<string, string> {
  const folder = `devices/ansible/${name}-machines/roles/tuning/files/${name}`;
  return Object.fromEntries(
    Object.entries(files).flatMap(([path, text]) => (path.startsWith(`${folder}/`) ? [[path.slice(folder.length), text]] : [])),
  );
}

/** Names of the profiles. */
export const NAMES = Object.keys(PROFILES);
