import { Bandwidth, Power, Site, Size } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { Bond, type BondProps, Machine, MachineModel, PowerFeed, Switch } from '../src';
import { expectGolden } from './golden';
import { StubVlan } from './stub-vlan';

const gigabits = Bandwidth.gigabits;
const any = (value: unknown) => value as never;

function lab(switches: object = {}) {
  const site = new Site('lab', { domain: 'lab.example.net' });
  const feeds = [new PowerFeed(site, 'mains', { capacity: Power.watts(2300) })];
  const model = MachineModel.of({
    vendor: 'Supermicro',
    name: 'AS-1115SV',
    cores: 32,
    memory: Size.gibibytes(256),
    disks: {},
    nics: { eno1: gigabits(10), eno2: gigabits(10), eno3: gigabits(1) },
    power: Power.watts(400),
  });
  const machine = new Machine(site, 'pve-01', { model, feeds });
  const base = { ports: 8, portSpeed: gigabits(10), power: Power.watts(20), feeds };
  const left = new Switch(site, 'left', base);
  const right = new Switch(site, 'right', { ...base, ...switches });
  const servers = new StubVlan(site, 'servers', 20);
  const storage = new StubVlan(site, 'storage', 40);
  const bond = (nics: readonly string[], more: Partial<BondProps> = {}) =>
    new Bond(machine, 'bond0', { nics: nics.map(name => machine.nic(name)), ...more });
  return { site, feeds, model, machine, left, right, servers, storage, bond };
}

describe('a bond', () => {
  it('by LACP carries what its cables do together, and the pages of machine and switch tell of it', () => {
    const { site, left, machine, servers, bond } = lab();
    for (const n of [1, 2]) left.port(n).connect(machine.nic(`eno${n}`), { tagged: [servers] });
    expect(String(bond(['eno1', 'eno2']).speed)).toBe('20 Gb/s');
    expect(Testing.findings(site)).toEqual([]);
    const files = Testing.files(site);
    expectGolden('bonded.md', files['devices/machines/pve-01.md']);
    expect(files['devices/switches/left.md']).toContain('| 1 | trunk | pve-01 eno1, bond0 (802.3ad) | 10 Gb/s |  | 20 servers |\n');
  });

  it('of one active port carries what that does, on two switches that know nothing of each other', () => {
    const { site, left, right, machine, servers, bond } = lab();
    left.port(1).connect(machine.nic('eno1'), { tagged: [servers] });
    right.port(1).connect(machine.nic('eno2'), { tagged: [servers] });
    left.port(8).connect(right.port(8), { tagged: [servers] });
    expect(String(bond(['eno1', 'eno2'], { mode: 'active-backup' }).speed)).toBe('10 Gb/s');
    expect(Testing.findings(site)).toEqual([]);
  });
});

describe('BOND_SPLIT', () => {
  function split(right: object = {}) {
    const parts = lab(right);
    parts.left.port(1).connect(parts.machine.nic('eno1'), { tagged: [parts.servers] });
    parts.right.port(1).connect(parts.machine.nic('eno2'), { tagged: [parts.servers] });
    parts.left.port(8).connect(parts.right.port(8), { tagged: [parts.servers] });
    parts.bond(['eno1', 'eno2']);
    return parts;
  }

  it('refuses LACP with two switches', () => {
    expect(Testing.findings(split().site)).toEqual([
      "error [lab/pve-01/bond0] leads to lab/left and to lab/right, which do not act as one; write mlagWith: left at right when they do, or mode: 'active-backup' (BOND_SPLIT)",
    ]);
  });

  it('passes two switches that act as one', () => {
    const first = lab();
    const second = new Switch(first.site, 'peer', {
      ports: 8,
      portSpeed: gigabits(10),
      power: Power.watts(20),
      feeds: first.feeds,
      mlagWith: first.left,
    });
    first.left.port(1).connect(first.machine.nic('eno1'), { tagged: [first.servers] });
    second.port(1).connect(first.machine.nic('eno2'), { tagged: [first.servers] });
    first.left.port(8).connect(second.port(8), { tagged: [first.servers] });
    first.bond(['eno1', 'eno2']);
    expect(Testing.findings(first.site)).toEqual([]);
  });
});

describe('BOND_MISMATCH', () => {
  const fix = 'give its ports cables of one speed to switch ports with the same segments (BOND_MISMATCH)';

  it('refuses a port without a cable', () => {
    const { site, left, machine, servers, bond } = lab();
    left.port(1).connect(machine.nic('eno1'), { tagged: [servers] });
    bond(['eno1', 'eno2']);
    expect(Testing.findings(site)).toEqual([`error [lab/pve-01/bond0] has eno2, which has no cable; ${fix}`]);
  });

  it('refuses cables of two speeds', () => {
    const { site, left, machine, servers, bond } = lab();
    for (const n of [1, 3]) left.port(n).connect(machine.nic(`eno${n}`), { tagged: [servers] });
    bond(['eno1', 'eno3']);
    expect(Testing.findings(site)).toEqual([
      `error [lab/pve-01/bond0] has a cable of 10 Gb/s to lab/left/port-1 and one of 1 Gb/s to lab/left/port-3; ${fix}`,
    ]);
  });

  it('refuses ports with different segments', () => {
    const { site, left, machine, servers, storage, bond } = lab();
    left.port(1).connect(machine.nic('eno1'), { native: servers, tagged: [storage] });
    left.port(2).connect(machine.nic('eno2'), { native: servers });
    bond(['eno1', 'eno2']);
    expect(Testing.findings(site)).toEqual([
      `error [lab/pve-01/bond0] has a cable to lab/left/port-1 with native 20, tagged 40, and one to lab/left/port-2 with native 20; ${fix}`,
    ]);
  });
});

describe('a bond is refused', () => {
  const cases: [string, (parts: ReturnType<typeof lab>) => unknown, string][] = [
    [
      'of one port',
      ({ bond }) => bond(['eno1', 'eno1']),
      '[lab/pve-01/bond0] a bond is of two network ports or more, got ["eno1", "eno1"]; name another port, or use the port itself (BOND_NICS)',
    ],
    [
      'of names',
      ({ machine }) => new Bond(machine, 'bond0', { nics: any(['eno1', 'eno2']) }),
      `[lab/pve-01/bond0] nics must be a Nic, got "eno1"; write nics: [machine.nic('eno1'), …] (PROP_TYPE)`,
    ],
    [
      'of ports of another machine',
      ({ site, machine, model, feeds }) => {
        const other = new Machine(site, 'pve-02', { model, feeds });
        new Bond(machine, 'bond0', { nics: [machine.nic('eno1'), other.nic('eno2')] });
      },
      '[lab/pve-01/bond0] lab/pve-02/eno2 is no network port of lab/pve-01; use one of eno1, eno2, eno3 (BOND_NICS)',
    ],
    [
      'of a port that is in another',
      ({ machine, bond }) => {
        bond(['eno1', 'eno2']);
        new Bond(machine, 'bond1', { nics: [machine.nic('eno2'), machine.nic('eno3')] });
      },
      '[lab/pve-01/bond1] lab/pve-01/eno2 is already in lab/pve-01/bond0; choose another port (BOND_NIC_TAKEN)',
    ],
    [
      'in a mode that is not ours',
      ({ bond }) => bond(['eno1', 'eno2'], { mode: any('balance-rr') }),
      `[lab/pve-01/bond0] mode must be one of 802.3ad, active-backup, got "balance-rr"; write mode: '802.3ad' (PROP_CHOICE)`,
    ],
    [
      'with a name that Linux has no room for',
      ({ machine }) => new Bond(machine, 'bond-of-the-storage', { nics: machine.nics }),
      '[lab/pve-01/bond-of-the-storage] the name of a bond must be a name of a Linux interface, up to 15 characters, got "bond-of-the-storage"; write it like bond0 (PROP_FORMAT)',
    ],
    [
      'on a switch',
      ({ left, machine }) => new Bond(any(left), 'bond0', { nics: machine.nics }),
      '[lab/left/bond0] scope must be a Machine, got a Switch; write scope: machine (PROP_TYPE)',
    ],
  ];

  it.each(cases)('%s', (_, act, message) => {
    const parts = lab();
    expect(() => act(parts)).toThrow(new Error(message));
  });

  it('and so is a switch that acts as one with a name', () => {
    expect(() => lab({ mlagWith: 'left' })).toThrow(
      new Error('[lab/right] mlagWith must be a Switch, got "left"; write mlagWith: lan (PROP_TYPE)'),
    );
  });
});
