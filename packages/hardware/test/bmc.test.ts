import { acknowledge, Bandwidth, type Depiction, type IDepicted, Power, pathOf, Secret, Site, Size } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { Construct } from 'constructs';
import { Bmc, type BmcProps, Machine, MachineModel, Nic, PowerFeed, Switch } from '../src';
import { expectGolden } from './golden';
import { StubHost } from './stub-host';
import { StubVlan } from './stub-vlan';

const model = MachineModel.of({
  vendor: 'Supermicro',
  name: 'AS-1115SV',
  cores: 32,
  threads: 64,
  memory: Size.gibibytes(256),
  disks: { nvme0: { size: Size.terabytes(4), kind: 'nvme' }, sata0: Size.terabytes(8) },
  nics: { eno1: Bandwidth.gigabits(10), eno2: Bandwidth.gigabits(10) },
  power: Power.watts(400),
  height: 2,
  powerSupplies: 2,
  leastFirmware: { bios: '1.21.0', nic: '22.31.6' },
});
const credentials = { username: Secret.fromOpenBao('bmc/pve-01', 'username'), password: Secret.fromOpenBao('bmc/pve-01', 'password') };
const any = (value: unknown) => value as never;

function lab() {
  const site = new Site('lab', { domain: 'lab.example.net' });
  const [a, b] = ['a', 'b'].map(side => new PowerFeed(site, side, { capacity: Power.watts(2300) })) as [PowerFeed, PowerFeed];
  const base = { portSpeed: Bandwidth.gigabits(10), power: Power.watts(20), feeds: [a] };
  const lan = new Switch(site, 'lan', { ports: 8, ...base });
  const oob = new Switch(site, 'oob', { ports: 8, ...base, portSpeed: Bandwidth.gigabits(1) });
  const firmware = { bios: '1.21.0', nic: '22.31.6' };
  const machine = new Machine(site, 'pve-01', { model, feeds: [a, b], firmware, macs: { eno1: '02:00:5e:10:00:01' } });
  const servers = new StubVlan(site, 'servers', 20);
  const outOfBand = new StubVlan(site, 'out-of-band', 12);
  lan.port(1).connect(machine.nic('eno1'), { tagged: [servers] });
  const host = new StubHost(site, 'pve-01-bmc', [[outOfBand, 11]]);
  const bmc = (more: Partial<BmcProps> = {}) => new Bmc(machine, 'bmc', { host, credentials, ...more });
  return { site, a, b, lan, oob, machine, servers, outOfBand, host, bmc };
}

/** A guest as this package sees it: by contract. */
class StubGuest extends Construct implements IDepicted {
  public readonly depiction: Depiction = { kind: 'guest', label: this.node.id, facts: [] };
}

describe('a BMC', () => {
  it('is found at its machine, and answers by Redfish in the segment of its host', () => {
    const { machine, bmc, outOfBand } = lab();
    expect(machine.bmc).toBeUndefined();
    const made = bmc({ mac: '02-00-5E-10-01-01' });
    expect(machine.bmc).toBe(made);
    expect([made.protocol, made.ip, made.mac, made.vlan === outOfBand]).toEqual(['redfish', '10.12.0.11', '02:00:5e:10:01:01', true]);
  });

  it('is cabled like a network port, and no port of the operating system is', () => {
    const { site, machine, oob, lan, bmc, outOfBand } = lab();
    const made = bmc();
    oob.port(3).connect(made, { native: outOfBand });
    expect([oob.port(3).peer, made.link?.port === oob.port(3), String(made.link?.speed)]).toEqual(['pve-01 bmc', true, '1 Gb/s']);
    expect(Nic.isNic(made)).toBe(true);
    expect(machine.nics.map(nic => nic.name)).toEqual(['eno1', 'eno2']);
    expect(machine.switches).toEqual([lan]);
    expect(Testing.findings(site)).toEqual([]);
  });

  it('is in pictures with its cable, which carries nothing that runs on the machine', () => {
    const { machine, oob, bmc, outOfBand } = lab();
    oob.port(3).connect(bmc(), { native: outOfBand });
    const [first, second] = machine.depiction.linkedTo ?? [];
    expect([first?.label, String(first?.speed)]).toEqual(['eno1, port 1, 10 Gb/s', '10 Gb/s']);
    expect([second?.label, second?.speed]).toEqual(['bmc, port 3, 1 Gb/s', undefined]);
  });

  it('may use the cable of a port that the operating system has too', () => {
    const { machine, lan, bmc } = lab();
    const made = bmc({ sharedWith: machine.nic('eno1') });
    expect(made.link?.port).toBe(lan.port(1));
    expect(machine.depiction.linkedTo).toHaveLength(1);
  });

  it('the page of a machine has everything in it, and no secret', () => {
    const { site, oob, bmc, outOfBand } = lab();
    oob.port(3).connect(bmc({ mac: '02:00:5e:10:01:01', protocol: 'ipmi' }), { native: outOfBand });
    expectGolden('pve-01.md', Testing.files(site)['devices/machines/pve-01.md']);
  });
});

describe('a BMC is refused', () => {
  const cases: [string, (parts: ReturnType<typeof lab>) => unknown, string][] = [
    [
      'without credentials',
      ({ bmc }) => bmc({ credentials: any(undefined) }),
      "[lab/pve-01/bmc] credentials is missing; write credentials: { username: Secret.fromOpenBao('bmc/pve-01', 'username'), password: … } (PROP_MISSING)",
    ],
    [
      'with a password in clear, which the message does not repeat',
      ({ bmc }) => bmc({ credentials: { username: credentials.username, password: any('hunter2') } }),
      "[lab/pve-01/bmc.credentials] password must be a Secret; write password: Secret.fromOpenBao('bmc/pve-01', 'password') (PROP_TYPE)",
    ],
    [
      'with a misspelt credential',
      ({ bmc }) => bmc({ credentials: any({ user: 'admin', password: credentials.password }) }),
      '[lab/pve-01/bmc.credentials] there is no property user; use one of username, password (PROP_UNKNOWN)',
    ],
    [
      'with an address where its host is due',
      ({ bmc }) => bmc({ host: any('10.12.0.11') }),
      `[lab/pve-01/bmc] host must be a Host, got "10.12.0.11"; write host: outOfBand.host('pve-01-bmc') (PROP_TYPE)`,
    ],
    [
      'with a host in two segments',
      ({ site, bmc, servers, outOfBand }) =>
        bmc({
          host: new StubHost(site, 'both', [
            [outOfBand, 12],
            [servers, 12],
          ]),
        }),
      `[lab/pve-01/bmc] lab/both must have an address in one segment, got ["10.12.0.12 in out-of-band", "10.20.0.12 in servers"]; write host: outOfBand.host('pve-01-bmc') (BMC_HOST)`,
    ],
    [
      'with a host that has no address',
      ({ site, bmc }) => bmc({ host: new StubHost(site, 'none', []) }),
      `[lab/pve-01/bmc] lab/none must have an address in one segment, got []; write host: outOfBand.host('pve-01-bmc') (BMC_HOST)`,
    ],
    [
      'with the host of another',
      ({ site, a, host, bmc }) => {
        bmc();
        new Bmc(new Machine(site, 'pve-02', { model, feeds: [a] }), 'bmc', { host, credentials });
      },
      '[lab/pve-02/bmc] 10.12.0.11 is already that of lab/pve-01/bmc; give it a host of its own (BMC_HOST_TAKEN)',
    ],
    [
      'as the second of a machine',
      ({ machine, host, bmc }) => {
        bmc();
        new Bmc(machine, 'ipmi', { host, credentials });
      },
      '[lab/pve-01] already has a BMC, lab/pve-01/bmc; describe the one that it has (BMC_SECOND)',
    ],
    [
      'outside a machine',
      ({ site, host }) => new Bmc(any(site), 'bmc', { host, credentials }),
      '[lab] scope must be a Machine, got a Site; write scope: machine (PROP_TYPE)',
    ],
    [
      'with a misspelt property',
      ({ bmc }) => bmc(any({ address: '10.12.0.11' })),
      '[lab/pve-01/bmc] there is no property address; use one of host, credentials, protocol, mac, sharedWith (PROP_UNKNOWN)',
    ],
    [
      'with a protocol that there is not',
      ({ bmc }) => bmc({ protocol: any('ilo') }),
      `[lab/pve-01/bmc] protocol must be one of redfish, ipmi, got "ilo"; write protocol: 'redfish' (PROP_CHOICE)`,
    ],
    [
      'with the MAC address of a port',
      ({ bmc }) => bmc({ mac: '02:00:5e:10:00:01' }),
      '[lab/pve-01/bmc] MAC address 02:00:5e:10:00:01 is already that of lab/pve-01/eno1; read it from ip link on the machine (MAC_TAKEN)',
    ],
    [
      'on the cable of another machine',
      ({ site, a, bmc }) => bmc({ sharedWith: new Machine(site, 'pve-02', { model, feeds: [a] }).nic('eno1') }),
      "[lab/pve-01/bmc] sharedWith must be a network port of lab/pve-01, and lab/pve-02/eno1 is none; write sharedWith: machine.nic('eno1') (BMC_SHARED)",
    ],
    [
      'with a cable of its own beside the one that it shares',
      ({ machine, oob, outOfBand, bmc }) => oob.port(3).connect(bmc({ sharedWith: machine.nic('eno1') }), { native: outOfBand }),
      "[lab/oob/port-3] lab/pve-01/bmc has no jack: it uses the cable of lab/pve-01/eno1; connect machine.nic('eno1'), or leave sharedWith out (BMC_SHARED)",
    ],
  ];

  it.each(cases)('%s', (_, act, message) => {
    const parts = lab();
    expect(() => act(parts)).toThrow(new Error(message));
  });
});

describe('BMC_VLAN', () => {
  it('refuses a cable to a port without the segment of the BMC', () => {
    const { site, lan, oob, servers, bmc } = lab();
    oob.port(3).connect(bmc(), { native: servers });
    oob.port(4).trunk({ tagged: [servers] }, 'where the segments meet');
    lan.port(4).trunk({ tagged: [servers] }, 'where the segments meet');
    expect(Testing.findings(site)).toEqual([
      'error [lab/pve-01/bmc] answers at 10.12.0.11 in lab/out-of-band (VLAN 12), which lab/oob/port-3 does not carry; write native: out-of-band at that port (BMC_VLAN)',
    ]);
  });

  it('passes a shared port that carries it with a tag', () => {
    const { site, lan, machine, servers, outOfBand, bmc } = lab();
    lan.port(2).connect(machine.nic('eno2'), { native: servers, tagged: [outOfBand] });
    const made = bmc({ sharedWith: machine.nic('eno2') });
    acknowledge(made, 'BMC_SHARED_PORT', 'a small machine without a jack for it');
    expect(Testing.findings(site)).toEqual([]);
  });
});

describe('BMC_NOT_LINKED', () => {
  it('warns of a BMC without a cable', () => {
    const { site, bmc } = lab();
    bmc();
    expect(Testing.findings(site)).toEqual([
      'warning [lab/pve-01/bmc] is linked to no switch; connect it: oob.port(1).connect(bmc, { native: out-of-band }), or acknowledge it when its switch is not in the model (BMC_NOT_LINKED)',
    ]);
  });

  it('warns of a BMC on a shared port without a cable', () => {
    const { site, machine, bmc } = lab();
    bmc({ sharedWith: machine.nic('eno2') });
    expect(Testing.findings(site)).toContain(
      "warning [lab/pve-01/bmc] uses the cable of lab/pve-01/eno2, which has none; connect it: oob.port(1).connect(machine.nic('eno2'), { tagged: [out-of-band] }), or acknowledge it when its switch is not in the model (BMC_NOT_LINKED)",
    );
  });
});

describe('BMC_SHARED_PORT', () => {
  it('warns of a BMC on the cable of the operating system', () => {
    const { site, lan, machine, outOfBand, bmc } = lab();
    lan.port(2).connect(machine.nic('eno2'), { native: outOfBand });
    bmc({ sharedWith: machine.nic('eno2') });
    expect(Testing.findings(site)).toEqual([
      'warning [lab/pve-01/bmc] shares the cable of lab/pve-01/eno2 with the operating system; use its own jack, on a switch of its own, or acknowledge it with a reason (BMC_SHARED_PORT)',
    ]);
  });
});

describe('BMC_AMONG_GUESTS', () => {
  function among(vlanOf: (parts: ReturnType<typeof lab>) => StubVlan, make: (site: Site) => Construct[]) {
    const parts = lab();
    const { site, lan, oob, machine, servers, outOfBand, bmc } = parts;
    oob.port(3).connect(bmc(), { native: outOfBand });
    lan.port(8).connect(oob.port(8), { tagged: [outOfBand] });
    lan.port(2).connect(machine.nic('eno2'), { tagged: [outOfBand, servers] });
    for (const guest of make(site)) machine.carry(vlanOf(parts), guest);
    return parts;
  }

  it('warns of guests in the segment of a BMC, and names all', () => {
    const { site } = among(
      parts => parts.outOfBand,
      scope => ['web', 'mail'].map(id => new StubGuest(scope, id)),
    );
    expect(Testing.findings(site)).toEqual([
      'warning [lab/pve-01/bmc] is in lab/out-of-band, and so are lab/mail, lab/web; give BMCs a segment of their own, or acknowledge it with a reason (BMC_AMONG_GUESTS)',
    ]);
  });

  it('passes guests in other segments, and what is no guest', () => {
    const { site } = among(
      parts => parts.servers,
      scope => [new StubGuest(scope, 'web')],
    );
    expect(Testing.findings(site)).toEqual([]);
    const other = among(
      parts => parts.outOfBand,
      scope => [new Construct(scope, 'hypervisor')],
    );
    expect(Testing.findings(other.site)).toEqual([]);
  });

  it('passes the router of the segment', () => {
    const { site, outOfBand } = among(
      parts => Object.assign(parts.outOfBand, { gateways: ['10.12.0.1'], pools: [] }),
      scope => [new StubGuest(scope, 'router')],
    );
    const router = site.node.findChild('router');
    const address = { name: 'router', ip: '10.12.0.1', family: 4, prefixLength: 24, vlan: outOfBand };
    expect(Testing.findings(site)).toHaveLength(1);
    Object.assign(router, { addresses: [address] });
    expect([pathOf(router), ...Testing.findings(site)]).toEqual(['lab/router']);
  });
});
