import { acknowledge, Bandwidth, Power, Site, Size } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { compareFirmware, Machine, MachineModel, type MachineModelProps, type MachineProps, PowerFeed, Switch } from '../src';
import { expectGolden } from './golden';
import { StubVlan } from './stub-vlan';

const gigabits = Bandwidth.gigabits;
const any = (value: unknown) => value as never;

function lab(modelProps: Partial<MachineModelProps> = {}) {
  const site = new Site('lab', { domain: 'lab.example.net' });
  const [a, b] = ['a', 'b'].map(side => new PowerFeed(site, side, { capacity: Power.watts(2300) })) as [PowerFeed, PowerFeed];
  const model = () =>
    MachineModel.of({
      vendor: 'Minisforum',
      name: 'MS-02',
      cores: 16,
      memory: Size.gibibytes(96),
      disks: { nvme0: Size.terabytes(1) },
      nics: { eth0: gigabits(25), eth1: gigabits(25) },
      power: Power.watts(250),
      ...modelProps,
    });
  const machine = (more: Partial<MachineProps> = {}) => new Machine(site, 'ms-01', { model: model(), feeds: [a, b], ...more });
  const core = (more: object = {}) =>
    new Switch(site, 'core', { ports: 8, portSpeed: gigabits(10), power: Power.watts(20), feeds: [a], ...more });
  const servers = new StubVlan(site, 'servers', 20);
  return { site, a, b, machine, core, servers };
}

describe('LINK_BELOW_CAPABILITY', () => {
  it('warns of a network port on a slower switch', () => {
    const { site, machine, core, servers } = lab();
    core().port(1).connect(machine().nic('eth0'), { native: servers });
    expect(Testing.findings(site)).toEqual([
      'warning [lab/ms-01/eth0] is capable of 25 Gb/s, and lab/core/port-1 of 10 Gb/s; connect it to a faster port, or acknowledge it with a reason (LINK_BELOW_CAPABILITY)',
    ]);
    acknowledge(site.node.findChild('ms-01') as Machine, 'LINK_BELOW_CAPABILITY', 'the switch of 25 Gb/s comes next year');
    expect(Testing.findings(site)).toEqual([]);
  });

  it('warns of a cable that is forced below what both ends can', () => {
    const { site, machine, core, servers } = lab({ nics: { eth0: gigabits(10) } });
    core()
      .port(1)
      .connect(machine().nic('eth0'), { native: servers, speed: gigabits(1) });
    expect(Testing.findings(site)).toEqual([
      'warning [lab/ms-01/eth0] is capable of 10 Gb/s, and its cable to lab/core/port-1 is forced to 1 Gb/s; leave speed out, or acknowledge it with a reason (LINK_BELOW_CAPABILITY)',
    ]);
    expect(Testing.files(site)['devices/switches/core.md']).toContain('| 1 | access | ms-01 eth0 | 1 Gb/s, forced | 20 servers |  |\n');
  });

  it('passes a machine that is slower than its switch', () => {
    const { site, machine, core, servers } = lab({ nics: { eth0: gigabits(1) } });
    core().port(1).connect(machine().nic('eth0'), { native: servers });
    expect(Testing.findings(site)).toEqual([]);
  });

  it('passes a port that differs from the others of its switch', () => {
    const { site, machine, core, servers } = lab();
    const device = core({ portSpeeds: { 7: gigabits(25), 8: gigabits(100) } });
    const link = device.port(7).connect(machine().nic('eth0'), { native: servers });
    expect([String(link.speed), String(device.port(8).speed), String(device.port(1).speed)]).toEqual(['25 Gb/s', '100 Gb/s', '10 Gb/s']);
    expect(Testing.findings(site)).toEqual([]);
    expectGolden('core.md', Testing.files(site)['devices/switches/core.md']);
  });
});

describe('FIRMWARE_BELOW', () => {
  const leastFirmware = { bios: '1.21.0', nic: '22.31.6' };

  it('warns of what is older, and of what is not known', () => {
    const { site, machine } = lab({ leastFirmware });
    machine({ firmware: { bios: '1.9.3', bmc: '1.02' } });
    expect(Testing.findings(site)).toEqual([
      'warning [lab/ms-01] has older firmware than a Minisforum MS-02 needs: bios is 1.9.3, 1.21.0 is the least; nic is not known, 22.31.6 is the least; upgrade it and write its version in firmware, or acknowledge it with a reason (FIRMWARE_BELOW)',
    ]);
  });

  it('passes the least version and any that is newer', () => {
    const { site, machine } = lab({ leastFirmware });
    machine({ firmware: { bios: '1.21.0', nic: '22.100' } });
    expect(Testing.findings(site)).toEqual([]);
  });

  it.each([
    ['1.9', '1.10'],
    ['2.3', '2.3a'],
    ['2.3a', '2.3b'],
    ['A9', 'A12'],
    ['1.21', '1.21.1'],
    ['3.0-rc1', '3.1'],
  ])('%s is older than %s', (older, newer) => {
    expect(compareFirmware(older, newer)).toBeLessThan(0);
    expect(compareFirmware(newer, older)).toBeGreaterThan(0);
    expect(compareFirmware(newer, newer.toLowerCase())).toBe(0);
  });
});

describe('SUPPLIES_TOGETHER', () => {
  it('warns of two supplies on one feed', () => {
    const { site, a, machine } = lab({ powerSupplies: 2 });
    machine({ feeds: [a] });
    expect(Testing.findings(site)).toEqual([
      'warning [lab/ms-01] has 2 power supplies, and all hang on lab/a; write feeds: [a, b], or acknowledge it with a reason (SUPPLIES_TOGETHER)',
    ]);
  });

  it('passes two supplies on two feeds, and one on one', () => {
    const two = lab({ powerSupplies: 2 });
    two.machine();
    expect(Testing.findings(two.site)).toEqual([]);
    const one = lab({ powerSupplies: 1 });
    one.machine({ feeds: [one.a] });
    expect(Testing.findings(one.site)).toEqual([]);
  });
});

describe('a model', () => {
  it('says of each disk how large it is, and of what kind when that is known', () => {
    const disks = { nvme0: { size: Size.terabytes(1), kind: 'nvme' as const }, hdd0: Size.terabytes(8) };
    const machine = lab({ disks }).machine();
    expect(machine.disks.map(({ node, size, kind }) => [node.id, String(size), kind])).toEqual([
      ['nvme0', '1 TB', 'nvme'],
      ['hdd0', '8 TB', undefined],
    ]);
    expect(machine.capacity.disk?.toBytes()).toBe(9e12);
  });

  it('runs amd64 unless it says otherwise', () => {
    expect(lab().machine().model.architecture).toBe('amd64');
    expect(lab({ architecture: 'arm64' }).machine().model.architecture).toBe('arm64');
  });
});

describe('an inventory is refused', () => {
  const cases: [string, () => unknown, string][] = [
    [
      'when a machine hangs on more feeds than it has supplies',
      () => lab({ powerSupplies: 1 }).machine(),
      '[lab/ms-01] hangs on 2 feeds, and a Minisforum MS-02 has 1 power supply, got ["lab/a", "lab/b"]; name one feed, or put a transfer switch between them and model it as a feed (FEEDS_WITHOUT_SUPPLY)',
    ],
    [
      'when a cable is forced to more than an end can',
      () => {
        const { machine, core, servers } = lab();
        core()
          .port(1)
          .connect(machine().nic('eth0'), { native: servers, speed: gigabits(25) });
      },
      '[lab/core/port-1] the cable cannot be faster than lab/core/port-1, which is capable of 10 Gb/s, got "25 Gb/s"; leave speed out, or choose a lower one (LINK_SPEED)',
    ],
    [
      'when the speed of a cable is a number',
      () => {
        const { machine, core, servers } = lab();
        core()
          .port(1)
          .connect(machine().nic('eth0'), { native: servers, speed: any(10) });
      },
      '[lab/core/port-1] speed must be a Bandwidth, got 10; write speed: Bandwidth.gigabits(10) (PROP_TYPE)',
    ],
    [
      'when a port that is not there has a speed',
      () => lab().core({ portSpeeds: { 9: gigabits(25) } }),
      '[lab/core] a port is a whole number from 1 to 8, got 9; use a number that is printed on the front (PORT_NUMBER)',
    ],
    [
      'when the speed of one port is a text',
      () => lab().core({ portSpeeds: { 8: '25G' } }),
      '[lab/core] portSpeeds.8 must be a Bandwidth, got "25G"; write portSpeeds.8: Bandwidth.gigabits(40) (PROP_TYPE)',
    ],
    [
      'when a disk is of no kind that there is',
      () => lab({ disks: { d: { size: Size.terabytes(1), kind: any('flash') } } }).machine(),
      `[MachineModel Minisforum MS-02.disks.d] kind must be one of nvme, ssd, hdd, got "flash"; write kind: 'nvme' (PROP_CHOICE)`,
    ],
    [
      'when a disk has a property that it has not',
      () => lab({ disks: { d: any({ size: Size.terabytes(1), type: 'nvme' }) } }).machine(),
      '[MachineModel Minisforum MS-02.disks.d] there is no property type; use one of size, kind (PROP_UNKNOWN)',
    ],
    [
      'when a version of firmware has spaces',
      () => lab().machine({ firmware: { bios: 'version 2' } }),
      '[lab/ms-01.firmware] bios must be a version without spaces, got "version 2"; write it like 1.21.0 (PROP_FORMAT)',
    ],
    [
      'when a version of firmware is a number',
      () => lab({ leastFirmware: { bios: any(1.2) } }).machine(),
      '[MachineModel Minisforum MS-02.leastFirmware] bios must be a string, got 1.2; write bios: "1.21.0" (PROP_TYPE)',
    ],
    [
      'when firmware is no object',
      () => lab().machine({ firmware: any('1.2') }),
      '[lab/ms-01.firmware] props must be an object, got "1.2"; write { bios: … } (PROP_TYPE)',
    ],
    [
      'when a model has no power supply',
      () => lab({ powerSupplies: 0 }).machine(),
      '[MachineModel Minisforum MS-02] powerSupplies must be from 1 to 8, got 0; choose a value inside the range (PROP_RANGE)',
    ],
    [
      'when a processor is of another architecture',
      () => lab({ architecture: any('riscv64') }).machine(),
      `[MachineModel Minisforum MS-02] architecture must be one of amd64, arm64, got "riscv64"; write architecture: 'amd64' (PROP_CHOICE)`,
    ],
  ];

  it.each(cases)('%s', (_, act, message) => {
    expect(act).toThrow(new Error(message));
  });
});
