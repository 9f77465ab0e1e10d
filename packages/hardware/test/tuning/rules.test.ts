import { acknowledge, Size } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { CpuSet, TuningProfile, type TuningProps } from '../../src';
import { lab } from './lab';
import { StubGuest } from './stub-guest';

const own = (props: TuningProps) => TuningProfile.of('own', props);
const large = own({ ports: { ens1f0: { mtu: 9000 } } });

describe('JUMBO_NOT_LINKED', () => {
  it('refuses large packets on a port without cable', () => {
    const { site, one, tuning } = lab();
    tuning('jumbo', large).applyTo(one);
    expect(Testing.findings(site)).toEqual([
      'error [lab/jumbo] lab/rack/node-1/ens1f0 gets an MTU of 9000, and no cable is in it; tune the port that the segment is on, or connect it (JUMBO_NOT_LINKED)',
    ]);
  });

  it('passes a port with a cable', () => {
    const { site, one, san, storage, tuning } = lab();
    san.port(1).connect(one.nic('ens1f0'), { native: storage });
    tuning('jumbo', large).applyTo(one);
    expect(Testing.findings(site)).toEqual([]);
  });
});

describe('MTU_MIXED', () => {
  const both = () => {
    const parts = lab();
    parts.san.port(1).connect(parts.one.nic('ens1f0'), { native: parts.storage });
    parts.san.port(2).connect(parts.two.nic('ens1f0'), { native: parts.storage });
    acknowledge(parts.san, 'SINGLE_SWITCH', 'one switch is enough to be tested');
    return parts;
  };

  it('refuses a peer on the segment with other packets', () => {
    const { site, one, tuning } = both();
    tuning('jumbo', large).applyTo(one);
    expect(Testing.findings(site)).toEqual([
      'error [lab/jumbo] lab/rack/node-1/ens1f0 gets an MTU of 9000, and lab/rack/node-2/ens1f0, which is on lab/storage too, has 1500; give all ports on the segment the same (MTU_MIXED)',
    ]);
  });

  it('refuses two sizes', () => {
    const { site, one, two, tuning } = both();
    tuning('jumbo', large, { system: 'talos' }).applyTo(one);
    tuning('other', own({ ports: { ens1f0: { mtu: 4000 } } }), { system: 'talos' }).applyTo(two);
    expect(Testing.findings(site)).toHaveLength(2);
  });

  it('passes the same size everywhere', () => {
    const { site, one, two, tuning } = both();
    const made = tuning('jumbo', large, { system: 'talos' });
    made.applyTo(one);
    made.applyTo(two);
    expect(Testing.findings(site)).toEqual([]);
  });
});

describe('TUNING_MEMORY_TAKEN', () => {
  const pages = own({ hugePages: [{ pageSize: '1G', memory: Size.gibibytes(32) }] });

  it('refuses huge pages that the guests of a machine have no memory beside', () => {
    const { site, one, tuning } = lab();
    tuning('hypervisor', pages).applyTo(one);
    new StubGuest(site, 'db-1', [one], Size.gibibytes(24));
    new StubGuest(site, 'db-2', [one], Size.gibibytes(12));
    expect(Testing.findings(site)).toEqual([
      'error [lab/hypervisor] huge pages take 32 GiB of the 64 GiB of lab/rack/node-1, and guests there need 36 GiB; take less, or place guests elsewhere (TUNING_MEMORY_TAKEN)',
    ]);
  });

  it('counts what stands on something that stands on the machine', () => {
    const { site, one, tuning } = lab();
    tuning('hypervisor', pages).applyTo(one);
    const node = new StubGuest(site, 'node', [one], Size.gibibytes(0));
    new StubGuest(site, 'db-1', [node], Size.gibibytes(36));
    expect(Testing.findings(site)).toHaveLength(1);
  });

  it('counts guests that may move on all machines together', () => {
    const { site, one, two, tuning } = lab();
    const made = tuning('hypervisor', pages);
    for (const machine of [one, two]) made.applyTo(machine);
    const nodes = [one, two].map(machine => new StubGuest(site, `on-${machine.name}`, [machine], Size.gibibytes(0)));
    for (const n of [1, 2, 3]) new StubGuest(site, `db-${n}`, nodes, Size.gibibytes(24));
    expect(Testing.findings(site)).toEqual([
      'error [lab/hypervisor] huge pages take 64 GiB of the 128 GiB of lab/rack/node-1, lab/rack/node-2, and guests there need 72 GiB; take less, or place guests elsewhere (TUNING_MEMORY_TAKEN)',
    ]);
  });

  it('passes guests that just fit, and those elsewhere', () => {
    const { site, one, two, tuning } = lab();
    tuning('hypervisor', pages).applyTo(one);
    new StubGuest(site, 'db-1', [one], Size.gibibytes(32));
    new StubGuest(site, 'db-2', [two], Size.gibibytes(64));
    expect(Testing.findings(site)).toEqual([]);
  });
});

describe('SWAP_TWO_WAYS', () => {
  it('refuses a swap file in a guest that shall have no swap', () => {
    const { site, tuning } = lab();
    const guest = new StubGuest(site, 'worker-1');
    tuning('workers', TuningProfile.kubernetesNode()).applyTo(guest);
    guest.firstBoot.setSwap(Size.gibibytes(2));
    expect(Testing.findings(site)).toEqual([
      "error [lab/workers] swap is off, and lab/worker-1 makes a swap file of 2 GiB at first boot; leave one of them out: profile.without('swap') (SWAP_TWO_WAYS)",
    ]);
  });

  it('passes a swap file where nothing is said of swap', () => {
    const { site, tuning } = lab();
    const guest = new StubGuest(site, 'db-1');
    tuning('databases', TuningProfile.database()).applyTo(guest);
    guest.firstBoot.setSwap(Size.gibibytes(2));
    expect(Testing.findings(site)).toEqual([]);
  });
});

describe('TUNING_MITIGATIONS', () => {
  it('warns of programs that can read the memory of others', () => {
    const { site, tuned } = lab();
    tuned({ kernelArguments: { mitigations: 'off' } });
    expect(Testing.findings(site)).toEqual([
      "warning [lab/tuned] mitigations=off lets any program here read the memory of others; write mitigations: 'auto', or acknowledge it with who may run programs here (TUNING_MITIGATIONS)",
    ]);
  });

  it('can be acknowledged with a reason', () => {
    const { site, tuned } = lab();
    acknowledge(tuned({ kernelArguments: { mitigations: 'off' } }), 'TUNING_MITIGATIONS', 'only our own simulation runs here');
    expect(Testing.findings(site)).toEqual([]);
  });
});

describe('a set of processors', () => {
  it('is written in its shortest form', () => {
    expect(['0,1,2,5', '2-7,10', '3'].map(text => String(CpuSet.of(text)))).toEqual(['0-2,5', '2-7,10', '3']);
  });
});
