import { failureDomains, type IPlaced } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { Construct, type IConstruct } from 'constructs';
import { Bmc } from '../../src';
import { type BootLabMachines, bootLab } from './boot-lab';

type Lab = ReturnType<typeof bootLab>;

/** What is found about provisioning. */
function found(lab: Lab): string[] {
  return Testing.findings(lab.site).filter(finding => !/\((SINGLE_FEED|SINGLE_SWITCH)\)$/.test(finding));
}

/** Something that stands on others, as guests and clusters do. */
function standing({ site }: BootLabMachines, id: string, ...standsOn: IConstruct[][]) {
  return Object.assign(new Construct(site, id), { placement: { standsOn } });
}

/** A lab whose stack runs on what `runsOn` makes, and boots pve-01 and, when asked to, pve-02. */
function booting(runsOn: (machines: BootLabMachines) => IPlaced, both = false): Lab {
  const lab = bootLab({}, runsOn);
  lab.hardware(lab.pve01, 11);
  if (both) lab.hardware(lab.pve02, 12);
  return lab;
}

describe('STACK_INSIDE', () => {
  const CIRCLE = 'run it on a machine of its own, a small one in a cluster of one node is enough (STACK_INSIDE)';

  it('a stack on a machine that it boots is a circle', () => {
    const lab = booting(({ pve01 }) => pve01);
    expect(found(lab)).toEqual([
      `error [lab/boot/tinkerbell] stands on lab/rack/pve-01, which it boots: when that is down, nothing is left to install it; ${CIRCLE}`,
    ]);
  });

  it('so is one on a guest, however many steps away', () => {
    const lab = booting(one => standing(one, 'boot-vm', [standing(one, 'hypervisor', [one.pve01])]));
    expect(found(lab)).toEqual([
      `error [lab/boot/tinkerbell] stands on lab/boot-vm, that on lab/hypervisor, that on lab/rack/pve-01, which it boots: when that is down, nothing is left to install it; ${CIRCLE}`,
    ]);
  });

  it('a guest that moves between machines stands on all of them, and all are booted', () => {
    const lab = booting(one => standing(one, 'boot-vm', [one.pve01, one.pve02]), true);
    expect(found(lab)).toEqual([
      `error [lab/boot/tinkerbell] stands on lab/boot-vm, that on lab/rack/pve-01 or lab/rack/pve-02, which it boots: when that is down, nothing is left to install it; ${CIRCLE}`,
    ]);
  });

  it('a guest that can also run elsewhere is none', () => {
    const lab = booting(one => standing(one, 'boot-vm', [one.pve01, one.arm01]));
    expect(found(lab)).toEqual([]);
  });

  it('what stands on itself ends the search', () => {
    const lab = booting(one => {
      const a = standing(one, 'a');
      a.placement.standsOn = [[standing(one, 'b', [a])]];
      return a;
    });
    expect(found(lab)).toEqual([]);
  });

  it('the cluster of the stack is part of it', () => {
    const lab = bootLab();
    Object.assign(lab.cluster, { placement: { standsOn: [[lab.pve01]] } });
    lab.hardware(lab.pve01, 11);
    expect(found(lab)).toEqual([
      `error [lab/boot/tinkerbell] stands on lab/boot, that on lab/rack/pve-01, which it boots: when that is down, nothing is left to install it; ${CIRCLE}`,
    ]);
  });

  it('a server of its own is none, and is lost with its rack only as others are', () => {
    const lab = bootLab();
    lab.hardware(lab.pve01, 11);
    expect(found(lab)).toEqual([]);
    expect([...failureDomains(lab.stack)]).toContain(lab.server);
  });
});

describe('DHCP', () => {
  it('has one authority: not the stack and the gateway', () => {
    const lab = bootLab();
    lab.provisioning.pool('dynamic', 'dhcp');
    Object.assign(new Construct(lab.site, 'gateway'), { routing: { device: 'VyOS', joins: [lab.provisioning], uplink: { label: 'wan' } } });
    expect(found(lab)).toEqual([
      "error [lab/boot/tinkerbell] gives out addresses in lab/provisioning, and so does lab/gateway from lab/provisioning/dynamic; remove the pool, or write dhcpMode: 'proxy' and leave the addresses to the gateway (DHCP_TWO_AUTHORITIES)",
    ]);
  });

  it('is told of without a gateway too', () => {
    const lab = bootLab();
    lab.provisioning.pool('dynamic', 'dhcp');
    expect(found(lab)).toEqual([
      "error [lab/boot/tinkerbell] gives out addresses in lab/provisioning, and so does the gateway from lab/provisioning/dynamic; remove the pool, or write dhcpMode: 'proxy' and leave the addresses to the gateway (DHCP_TWO_AUTHORITIES)",
    ]);
  });

  it('may have pools of other use, and pools elsewhere', () => {
    const lab = bootLab();
    lab.provisioning.pool('services', 'load-balancer');
    lab.servers.pool('dynamic', 'dhcp');
    expect(found(lab)).toEqual([]);
  });

  it('has one authority at least: a proxy gives out no address', () => {
    const lab = bootLab({ dhcpMode: 'proxy' });
    expect(found(lab)).toEqual([
      "error [lab/boot/tinkerbell] is a DHCP proxy in lab/provisioning, where the gateway has no pool to give addresses from; write dhcpMode: 'reservation', or provisioning.pool('dynamic', { use: 'dhcp', from: …, to: … }) (DHCP_NO_AUTHORITY)",
    ]);
  });

  it('is sound with the gateway as authority and the stack as proxy', () => {
    const lab = bootLab({ dhcpMode: 'auto-proxy' });
    lab.provisioning.pool('dynamic', 'dhcp');
    lab.hardware(lab.pve01, 11);
    expect(found(lab)).toEqual([]);
  });
});

describe('network ports', () => {
  it('a port that carries the segment with its tag boots nothing', () => {
    const lab = bootLab();
    const late = lab.machine('late', 7);
    lab.lan.port(7).connect(late.nic('eno1'), { native: lab.servers, tagged: [lab.provisioning] });
    lab.hardware(late, 17);
    expect(found(lab)).toEqual([
      'error [lab/boot/tinkerbell/late] boots from lab/rack/late/eno1, whose frames have no tag, and lab/rack/lan/port-7 carries lab/provisioning with its tag only; connect it with { native: provisioning } (PXE_VLAN_TAGGED)',
    ]);
  });

  it('nor does one that does not carry it', () => {
    const lab = bootLab();
    const late = lab.machine('late', 7);
    lab.lan.port(7).connect(late.nic('eno1'), { native: lab.servers });
    lab.hardware(late, 17);
    expect(found(lab)).toEqual([
      'error [lab/boot/tinkerbell/late] boots from lab/rack/late/eno1, whose frames have no tag, and lab/rack/lan/port-7 carries lab/provisioning not at all; connect it with { native: provisioning } (PXE_VLAN_TAGGED)',
    ]);
  });

  it('a port without a cable boots nothing', () => {
    const lab = bootLab();
    lab.hardware(lab.machine('late', 7), 17);
    expect(found(lab)).toEqual([
      "error [lab/boot/tinkerbell/late] boots from lab/rack/late/eno1, which no cable is in; connect it: lan.port(1).connect(machine.nic('eno1'), { native: provisioning }) (BOOT_NIC_NOT_LINKED)",
    ]);
  });
});

describe('what comes late', () => {
  it('a BMC after the hardware is not seen, and says so', () => {
    const lab = bootLab();
    lab.hardware(lab.arm01, 13);
    const { credentials } = lab.pve01.bmc as Bmc;
    lab.lan
      .port(13)
      .connect(new Bmc(lab.arm01, 'bmc', { host: lab.outOfBand.host('arm-01-bmc', 13), credentials }), { native: lab.outOfBand });
    expect(found(lab)).toEqual([
      "error [lab/boot/tinkerbell/arm-01] was made before lab/rack/arm-01/bmc, and does not refer to it; write new Bmc(machine, 'bmc', …) above it (BMC_AFTER_HARDWARE)",
    ]);
  });

  it('a machine that is installed again says so until it is done', () => {
    const lab = bootLab();
    lab.hardware(lab.pve01, 11, { installed: true, reinstall: 'the disk was replaced' });
    expect(found(lab)).toEqual([
      'warning [lab/boot/tinkerbell/pve-01] may write /dev/disk/by-id/nvme-SAMSUNG_S64A1 of lab/rack/pve-01 again: the disk was replaced; remove reinstall when it is done, or acknowledge it with a reason (REINSTALL_PENDING)',
    ]);
  });
});
