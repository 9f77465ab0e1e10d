import {
  acknowledge,
  Bandwidth,
  failureDomains,
  isConsumer,
  isDepicted,
  isPlaced,
  isProvider,
  Power,
  pathOf,
  Site,
  Size,
} from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { Machine, MachineModel, PowerFeed, Rack, Switch } from '../src';
import { expectGolden } from './golden';
import { StubVlan } from './stub-vlan';

const model = MachineModel.of({
  vendor: 'Dell',
  name: 'OptiPlex 7040',
  cores: 4,
  threads: 8,
  memory: Size.gibibytes(32),
  disks: { nvme: Size.gigabytes(512), sata: Size.terabytes(1) },
  nics: { eno1: Bandwidth.gigabits(1), enp1s0: Bandwidth.gigabits(10) },
  power: Power.watts(240),
});

/** Three machines on two feeds and two switches. */
function lab() {
  const site = new Site('lab', { domain: 'lab.example.net' });
  const rack = new Rack(site, 'rack', { units: 12 });
  const a = new PowerFeed(rack, 'a', { capacity: Power.watts(800) });
  const b = new PowerFeed(rack, 'b', { capacity: Power.watts(800) });
  const lan = new Switch(rack, 'lan', { ports: 8, portSpeed: Bandwidth.gigabits(1), power: Power.watts(12), feeds: [a] });
  const san = new Switch(rack, 'san', { ports: 4, portSpeed: Bandwidth.gigabits(10), power: Power.watts(20), feeds: [b] });
  const machines = [1, 2, 3].map(n => new Machine(rack, `pve-0${n}`, { model, feeds: [a, b], position: n }));
  const management = new StubVlan(site, 'management', 10);
  const servers = new StubVlan(site, 'servers', 20);
  const storage = new StubVlan(site, 'storage', 40);
  return { site, rack, a, b, lan, san, machines, management, servers, storage };
}

function cabled() {
  const parts = lab();
  const { lan, san, machines, management, servers, storage } = parts;
  for (const [i, machine] of machines.entries()) {
    lan.port(i + 1).connect(machine.nic('eno1'), { native: management, tagged: [servers] });
    san.port(i + 1).connect(machine.nic('enp1s0'), { native: storage });
  }
  lan.port(8).access(management, 'desk');
  return parts;
}

describe('a machine', () => {
  const { rack, a, machines } = cabled();
  const machine = machines[0] as Machine;

  it('is placed, offers, takes and is shown, by contract', () => {
    expect([isPlaced, isProvider, isConsumer, isDepicted].every(is => is(machine))).toBe(true);
  });

  it('offers what its model has', () => {
    const { cores, threads, memory, disk, network } = machine.capacity;
    expect([cores, threads, String(memory), disk?.toBytes(), String(network)]).toEqual([4, 8, '32 GiB', 1.512e12, '11 Gb/s']);
    expect(String(machine.consumption.power)).toBe('240 W');
  });

  it('stands on its rack, either feed and either switch', () => {
    expect(machine.placement.standsOn.map(group => group.map(pathOf))).toEqual([
      ['lab/rack'],
      ['lab/rack/a', 'lab/rack/b'],
      ['lab/rack/lan', 'lab/rack/san'],
    ]);
    expect([...failureDomains(machine)].map(pathOf)).toEqual(['lab/rack']);
  });

  it('is shown with its model and its links', () => {
    const { kind, label, facts, linkedTo } = machine.depiction;
    expect([kind, label, ...facts.slice(0, 3)]).toEqual(['machine', 'pve-01', 'Dell OptiPlex 7040', '4 cores, 8 threads', '32 GiB memory']);
    expect(linkedTo?.map(link => `${link.label} of ${pathOf(link.to)}`)).toEqual([
      'eno1, port 1, 1 Gb/s of lab/rack/lan',
      'enp1s0, port 1, 10 Gb/s of lab/rack/san',
    ]);
  });

  it('has MAC addresses in lower case with colons, and disks by their own ids', () => {
    const other = new Machine(rack, 'pve-09', {
      model,
      feeds: [a],
      macs: { eno1: '02-00-5E-10-00-01' },
      disks: { nvme: '/dev/disk/by-id/nvme-SAMSUNG_1' },
    });
    expect(other.nic('eno1').mac).toBe('02:00:5e:10:00:01');
    expect(other.nic('enp1s0').mac).toBeUndefined();
    expect(other.disk('nvme').device).toBe('/dev/disk/by-id/nvme-SAMSUNG_1');
    expect(other.disk('sata').device).toBeUndefined();
  });
});

describe('a link', () => {
  it('is as fast as its slower end', () => {
    const { lan, san, machines, management } = lab();
    const [one, two] = machines as [Machine, Machine];
    expect(String(lan.port(1).connect(one.nic('enp1s0'), { native: management }).speed)).toBe('1 Gb/s');
    expect(String(san.port(1).connect(two.nic('eno1'), { native: management }).speed)).toBe('1 Gb/s');
  });

  it('between two switches carries the same segments on both ends', () => {
    const { lan, san, management, servers } = lab();
    lan.port(7).connect(san.port(4), { native: management, tagged: [servers] });
    expect(san.port(4).carries(servers)).toBe(true);
    expect([lan.port(7).peer, san.port(4).peer]).toEqual(['san port 4', 'lan port 7']);
    expect(lan.depiction.linkedTo?.map(link => `${link.label} of ${pathOf(link.to)}`)).toEqual(['port 7 to 4, 1 Gb/s of lab/rack/san']);
  });
});

it('the ports of a switch are written as a table', () => {
  const { site, lan, san, servers, storage } = cabled();
  lan.port(6).connect(san.port(4), { tagged: [storage, servers] });
  lan.port(7).trunk({ tagged: [servers] }, 'access point | roof');
  expectGolden('lan.md', Testing.files(site)['devices/switches/lan.md']);
});

describe('POWER_OVERLOAD', () => {
  it('refuses more on a feed than it carries when the other has failed', () => {
    const { site, rack, b } = cabled();
    new Machine(rack, 'pve-04', { model, feeds: [b] });
    expect(Testing.findings(site)).toEqual([
      'error [lab/rack/b] carries 800 W, and up to 980 W hangs on it: lab/rack/pve-01 240 W, lab/rack/pve-02 240 W, lab/rack/pve-03 240 W, lab/rack/pve-04 240 W, lab/rack/san 20 W; move devices to another feed, or raise its capacity (POWER_OVERLOAD)',
    ]);
  });

  it('passes a feed that is just full', () => {
    const { site, a } = cabled();
    new Switch(site, 'spare', { ports: 4, portSpeed: Bandwidth.gigabits(1), power: Power.watts(68), feeds: [a] });
    expect(String(a.worstCase)).toBe('800 W');
    expect(Testing.findings(site)).toEqual([]);
  });
});

describe('VLAN_NOT_TRUNKED', () => {
  it('refuses a segment that no port of the machine carries', () => {
    const { site, machines, storage, lan } = lab();
    const guest = new StubVlan(site, 'guest', 99);
    lan.port(1).connect((machines[0] as Machine).nic('eno1'), { native: storage });
    machines[0]?.carry(guest, site);
    expect(Testing.findings(site)).toEqual([
      'error [lab/rack/pve-01] lab needs lab/guest (VLAN 99), which lab/rack/lan/port-1 does not carry; add it to tagged of that port (VLAN_NOT_TRUNKED)',
    ]);
  });

  it('names every port of a machine with several', () => {
    const { site, machines } = cabled();
    const guest = new StubVlan(site, 'guest', 99);
    machines[0]?.carry(guest, site);
    expect(Testing.findings(site)).toEqual([
      'error [lab/rack/pve-01] lab needs lab/guest (VLAN 99), which lab/rack/lan/port-1, lab/rack/san/port-1 do not carry; add it to tagged of one of them (VLAN_NOT_TRUNKED)',
    ]);
  });

  it('passes a segment that is native on one port, or tagged on another', () => {
    const { site, machines, servers, storage } = cabled();
    machines[0]?.carry(servers, site);
    machines[0]?.carry(storage, site);
    expect(Testing.findings(site)).toEqual([]);
  });
});

describe('MACHINE_NOT_LINKED', () => {
  it('refuses a machine without cable on which something needs a segment', () => {
    const { site, machines, servers } = lab();
    machines[2]?.carry(servers, site);
    expect(Testing.findings(site)).toEqual([
      "error [lab/rack/pve-03] is linked to no switch, and lab needs lab/servers (VLAN 20) there; connect it: lan.port(1).connect(machine.nic('eno1'), { tagged: [servers] }) (MACHINE_NOT_LINKED)",
    ]);
  });

  it('passes a machine without cable on which nothing needs one', () => {
    expect(Testing.findings(lab().site)).toEqual([]);
  });
});

describe('VLAN_SPLIT', () => {
  it('refuses a segment on two switches that no link joins', () => {
    const { site, lan, san, machines, servers } = lab();
    lan.port(1).connect((machines[0] as Machine).nic('eno1'), { tagged: [servers] });
    san.port(1).connect((machines[1] as Machine).nic('enp1s0'), { tagged: [servers] });
    expect(Testing.findings(site)).toEqual([
      'error [lab/servers] is on lab/rack/lan and on lab/rack/san, and no link between them carries VLAN 20; connect them: lan.port(1).connect(san.port(1), { tagged: [servers] }) (VLAN_SPLIT)',
    ]);
  });

  it('refuses it when the link between them carries others only', () => {
    const { site, lan, san, machines, management, servers } = lab();
    lan.port(1).connect((machines[0] as Machine).nic('eno1'), { tagged: [servers] });
    san.port(1).connect((machines[1] as Machine).nic('enp1s0'), { tagged: [servers] });
    lan.port(8).connect(san.port(4), { native: management });
    expect(Testing.findings(site)).toHaveLength(1);
  });

  it('passes a segment that may reach it outside the model', () => {
    const { site, lan, san, servers } = lab();
    lan.port(1).trunk({ tagged: [servers] }, 'core switch of the landlord');
    san.port(1).trunk({ tagged: [servers] }, 'core switch of the landlord');
    expect(Testing.findings(site)).toEqual([]);
  });

  it('passes a segment that reaches the second switch through a third', () => {
    const { site, a, lan, san, machines, servers } = lab();
    const core = new Switch(site, 'core', { ports: 2, portSpeed: Bandwidth.gigabits(10), power: Power.watts(20), feeds: [a] });
    lan.port(1).connect((machines[0] as Machine).nic('eno1'), { tagged: [servers] });
    san.port(1).connect((machines[1] as Machine).nic('enp1s0'), { tagged: [servers] });
    lan.port(8).connect(core.port(1), { tagged: [servers] });
    san.port(4).connect(core.port(2), { tagged: [servers] });
    expect(Testing.findings(site)).toEqual([]);
  });
});

describe('SINGLE_FEED and SINGLE_SWITCH', () => {
  function single() {
    const site = new Site('lab', { domain: 'lab.example.net' });
    const mains = new PowerFeed(site, 'mains', { capacity: Power.watts(2300) });
    const lan = new Switch(site, 'lan', { ports: 8, portSpeed: Bandwidth.gigabits(1), power: Power.watts(12), feeds: [mains] });
    const vlan = new StubVlan(site, 'servers', 20);
    const machine = (n: number, feeds = [mains], device = lan) => {
      const made = new Machine(site, `pve-0${n}`, { model, feeds });
      device.port(n).connect(made.nic('eno1'), { native: vlan });
      return made;
    };
    return { site, mains, lan, vlan, machine };
  }

  it('warn when every machine hangs on one', () => {
    const { site, machine } = single();
    machine(1);
    machine(2);
    expect(Testing.findings(site)).toEqual([
      'warning [lab/lan] all 2 machines are linked to this one switch; link them to a second switch too, or acknowledge it with a reason (SINGLE_SWITCH)',
      'warning [lab/mains] all 2 machines hang on this one feed; feed some from another circuit, or acknowledge it with a reason (SINGLE_FEED)',
    ]);
  });

  it('can be acknowledged with a reason', () => {
    const { site, mains, lan, machine } = single();
    machine(1);
    machine(2);
    acknowledge(mains, 'SINGLE_FEED', 'a lab at home has one circuit');
    acknowledge(lan, 'SINGLE_SWITCH', 'a lab at home has one switch');
    expect(Testing.findings(site)).toEqual([]);
  });

  it('are silent when one machine hangs on another', () => {
    const { site, vlan, lan, machine } = single();
    const other = new PowerFeed(site, 'ups', { capacity: Power.watts(800) });
    const second = new Switch(site, 'second', { ports: 8, portSpeed: Bandwidth.gigabits(1), power: Power.watts(12), feeds: [other] });
    lan.port(8).connect(second.port(8), { native: vlan });
    machine(1);
    machine(2, [other], second);
    expect(Testing.findings(site)).toEqual([]);
  });

  it('are silent about a single machine', () => {
    const { site, machine } = single();
    machine(1);
    expect(Testing.findings(site)).toEqual([]);
  });
});
