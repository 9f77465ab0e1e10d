import { Size } from '@ashlar/core';
import { ContainerImage } from '@ashlar/kubernetes';
import { BootDisk, CpuSet, HostTuning, type InstalledSystem, TuningProfile, type TuningProps, tinkerbellActions } from '../../src';
import { lab } from './lab';
import { StubGuest } from './stub-guest';

const any = (value: unknown) => value as never;
const own = (props: TuningProps) => TuningProfile.of('own', props);
const system: InstalledSystem = {
  partition: BootDisk.partition(1),
  filesystem: 'ext4',
  writefile: ContainerImage.parse('quay.io/tinkerbell/actions/writefile:v1.0.0'),
  cexec: ContainerImage.parse('quay.io/tinkerbell/actions/cexec:v1.0.0'),
};

/** The text of the ConfigError that `act` throws. */
function message(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if ((error as Error).name !== 'ConfigError') throw error;
    return (error as Error).message;
  }
  return 'nothing was thrown';
}

describe('values', () => {
  it('swappiness is from 0 to 200', () => {
    expect(message(() => own({ sysctls: { 'vm.swappiness': 201 } }))).toBe(
      '[TuningProfile own] vm.swappiness must be from 0 to 200, got 201; choose a value inside the range (PROP_RANGE)',
    );
  });
  it('a ratio is a percentage', () => {
    expect(message(() => own({ sysctls: { 'vm.dirty_ratio': 120 } }))).toBe(
      '[TuningProfile own] vm.dirty_ratio must be from 0 to 100 percent, got 120; choose a value inside the range (PROP_RANGE)',
    );
  });
  it('a whole number stays one', () => {
    expect(message(() => own({ sysctls: { 'net.core.somaxconn': 0.5 } }))).toBe(
      '[TuningProfile own] net.core.somaxconn must be a whole number, got 0.5; write net.core.somaxconn: 1 (PROP_TYPE)',
    );
  });
  it('memory is a Size', () => {
    expect(message(() => own({ sysctls: { 'net.core.rmem_max': any(16_777_216) } }))).toBe(
      '[TuningProfile own] net.core.rmem_max must be a Size, got 16777216; write net.core.rmem_max: Size.mebibytes(16) (PROP_TYPE)',
    );
  });
  it('memory is counted in whole units', () => {
    expect(message(() => own({ sysctls: { 'vm.min_free_kbytes': Size.bytes(1500) } }))).toBe(
      '[TuningProfile own] vm.min_free_kbytes is counted in units of 1024 bytes, and 1500 B is no whole number of them; write it like Size.mebibytes(64) (TUNING_UNIT)',
    );
  });
  it('a queue is one that the kernel has', () => {
    expect(message(() => own({ sysctls: { 'net.core.default_qdisc': any('fair') } }))).toBe(
      '[TuningProfile own] net.core.default_qdisc must be one of fq, fq_codel, pfifo_fast, sfq, cake, noqueue, got "fair"; write net.core.default_qdisc: \'fq\' (PROP_CHOICE)',
    );
  });
  it('a key has a form', () => {
    expect(message(() => own({ sysctls: { swappiness: any(10) } as never }))).toBe(
      '[TuningProfile own] a key of sysctls must be names with dots between, from vm, net, fs, kernel, user, dev or debug on, got "swappiness"; write it like vm.swappiness (PROP_FORMAT)',
    );
  });
  it('a key begins with one of the folders', () => {
    expect(message(() => own({ sysctls: { 'proc.vm.swappiness': 10 } }))).toBe(
      '[TuningProfile own] a key of sysctls must be names with dots between, from vm, net, fs, kernel, user, dev or debug on, got "proc.vm.swappiness"; write it like vm.swappiness (PROP_FORMAT)',
    );
  });
  it('a text has no second line', () => {
    expect(message(() => own({ sysctls: { 'kernel.core_pattern': 'core\nkernel.panic = 1' } }))).toBe(
      '[TuningProfile own] kernel.core_pattern must be a number, or text of one line without quotes, got "core\\nkernel.panic = 1"; write it like 1 (PROP_FORMAT)',
    );
  });
  it('huge pages are written by hugePages', () => {
    expect(message(() => own({ sysctls: { 'vm.nr_hugepages': 512 } }))).toBe(
      '[TuningProfile own] vm.nr_hugepages is written for another property; write hugePages: … in the profile (TUNING_PROPERTY)',
    );
  });
  it('the governor is written by governor', () => {
    expect(message(() => own({ kernelArguments: { 'cpufreq.default_governor': 'performance' } }))).toBe(
      '[TuningProfile own] cpufreq.default_governor is written for another property; write governor: … in the profile (TUNING_PROPERTY)',
    );
  });
  it('mitigations are one of three', () => {
    expect(message(() => own({ kernelArguments: { mitigations: any('none') } }))).toBe(
      '[TuningProfile own] mitigations must be one of auto, auto,nosmt, off, got "none"; write mitigations: \'auto\' (PROP_CHOICE)',
    );
  });
  it('processors are a CpuSet', () => {
    expect(message(() => own({ kernelArguments: { isolcpus: any('2-7') } }))).toBe(
      '[TuningProfile own] isolcpus must be a CpuSet, got "2-7"; write isolcpus: CpuSet.of(\'2-7\') (PROP_TYPE)',
    );
  });
  it('a flag has no value', () => {
    expect(message(() => own({ kernelArguments: { nosoftlockup: any(1) } }))).toBe(
      '[TuningProfile own] nosoftlockup has no value, got 1; write nosoftlockup: true, or leave it out (PROP_TYPE)',
    );
  });
  it('a name of an argument has no blanks', () => {
    expect(message(() => own({ kernelArguments: { 'quiet splash': true } }))).toBe(
      '[TuningProfile own] a name of kernelArguments must be a name as in the documentation of the kernel, got "quiet splash"; write it like mitigations (PROP_FORMAT)',
    );
  });
  it('processors rise', () => {
    expect(message(() => CpuSet.of('4-7,2'))).toBe(
      '[CpuSet.of] processors are numbers and ranges in ascending order, got "4-7,2"; write them like 2-7,10 (CPU_SET)',
    );
  });
  it('a range rises', () => {
    expect(message(() => CpuSet.of('7-2'))).toBe(
      '[CpuSet.of] processors are numbers and ranges in ascending order, got "7-2"; write them like 2-7,10 (CPU_SET)',
    );
  });
  it('huge pages are whole pages', () => {
    expect(message(() => own({ hugePages: [{ pageSize: '1G', memory: Size.mebibytes(1536) }] }))).toBe(
      '[TuningProfile own] 1536 MiB is no whole number of pages of 1 GiB; choose a multiple of 1 GiB (TUNING_HUGE_PAGES_SIZE)',
    );
  });
  it('huge pages have two sizes', () => {
    expect(message(() => own({ hugePages: [{ pageSize: any('4K'), memory: Size.gibibytes(1) }] }))).toBe(
      '[TuningProfile own] hugePages.pageSize must be one of 2M, 1G, got "4K"; write hugePages.pageSize: \'2M\' (PROP_CHOICE)',
    );
  });
  it('a governor is one of the kernel', () => {
    expect(message(() => own({ governor: any('fast') }))).toBe(
      '[TuningProfile own] governor must be one of performance, powersave, schedutil, ondemand, conservative, got "fast"; write governor: \'performance\' (PROP_CHOICE)',
    );
  });
  it('the energy bias is from 0 to 15', () => {
    expect(message(() => own({ energyBias: 16 }))).toBe(
      '[TuningProfile own] energyBias must be from 0 to 15, got 16; choose a value inside the range (PROP_RANGE)',
    );
  });
  it('a module has a name', () => {
    expect(message(() => own({ modules: ['nf conntrack'] }))).toBe(
      '[TuningProfile own] the name of a module must be letters, digits and underscores, got "nf conntrack"; write it like br_netfilter (PROP_FORMAT)',
    );
  });
  it('a disk has a scheduler of today', () => {
    expect(message(() => own({ disks: { nvme: any('deadline') } }))).toBe(
      '[TuningProfile own] disks.nvme must be one of none, mq-deadline, kyber, bfq, got "deadline"; write disks.nvme: \'none\' (PROP_CHOICE)',
    );
  });
  it('a packet has at most 9216 bytes', () => {
    expect(message(() => own({ ports: { eno1: { mtu: 65_536 } } }))).toBe(
      '[TuningProfile own] ports.eno1.mtu must be from 1280 to 9216 bytes, got 65536; choose a value inside the range (PROP_RANGE)',
    );
  });
  it('a port has no other options', () => {
    expect(message(() => own({ ports: { eno1: { speed: 1000 } as never } }))).toBe(
      '[TuningProfile own] there is no property speed; use one of mtu, rxRing, txRing, channels, gro, lro, tso (PROP_UNKNOWN)',
    );
  });
  it('a time server has a name', () => {
    expect(message(() => own({ timeServers: ['ntp example'] }))).toBe(
      '[TuningProfile own] a time server must be a DNS name or an address, got "ntp example"; write it like ntp.example.net (PROP_FORMAT)',
    );
  });
  it('time servers are not none', () => {
    expect(message(() => own({ timeServers: [] }))).toBe(
      "[TuningProfile own] timeServers is empty; write timeServers: ['ntp.example.net'] (PROP_EMPTY)",
    );
  });
  it('open files are not few', () => {
    expect(message(() => own({ openFiles: 10 }))).toBe(
      '[TuningProfile own] openFiles must be from 1024 to 1073741816, got 10; choose a value inside the range (PROP_RANGE)',
    );
  });
  it('swap is off or left alone', () => {
    expect(message(() => own({ swap: any('on') }))).toBe(
      '[TuningProfile own] swap must be one of off, got "on"; write swap: \'off\' (PROP_CHOICE)',
    );
  });
  it('a profile says something', () => {
    expect(message(() => TuningProfile.of('empty'))).toBe(
      "[TuningProfile] parts is empty; write parts: [{ sysctls: { 'vm.swappiness': 10 } }] (PROP_EMPTY)",
    );
  });
  it('a reason is one line', () => {
    expect(message(() => own({ because: 'fast\nvm.swappiness = 1', governor: 'performance' }))).toBe(
      '[TuningProfile own] because must be text of one line, got "fast\\nvm.swappiness = 1"; write it like measured on this machine (PROP_FORMAT)',
    );
  });
  it('a source is a page', () => {
    expect(message(() => own({ see: 'a colleague', governor: 'performance' }))).toBe(
      '[TuningProfile own] see must be the address of a page, got "a colleague"; write it like https://docs.kernel.org/ (PROP_FORMAT)',
    );
  });
  it('an unknown key takes no Size', () => {
    expect(message(() => own({ sysctls: { 'vm.user_reserve_kbytes': Size.mebibytes(64) } }))).toBe(
      '[TuningProfile own] vm.user_reserve_kbytes must be a number or a text, in the unit of the kernel: its own is not known here, got a Size; look it up in the documentation of the kernel (PROP_TYPE)',
    );
  });
  it('an unknown argument has no blanks', () => {
    expect(message(() => own({ kernelArguments: { dyndbg: 'file a.c +p' } }))).toBe(
      '[TuningProfile own] dyndbg must be a number, or text without blanks and quotes, got "file a.c +p"; write it like 1 (PROP_FORMAT)',
    );
  });
  it('an unknown argument takes no quotes', () => {
    expect(message(() => own({ kernelArguments: { init: '/bin/`id`' } }))).toBe(
      '[TuningProfile own] init must be a number, or text without blanks and quotes, got "/bin/`id`"; write it like 1 (PROP_FORMAT)',
    );
  });
  it('modules are a list', () => {
    expect(message(() => own({ modules: any('overlay') }))).toBe(
      '[TuningProfile own] modules must be a list, got "overlay"; write modules: [\'br_netfilter\'] (PROP_TYPE)',
    );
  });
  it('sysctls are a record', () => {
    expect(message(() => own({ sysctls: any(['vm.swappiness=10']) }))).toBe(
      '[TuningProfile own] sysctls must be an object, got ["vm.swappiness=10"]; write sysctls: { … } (PROP_TYPE)',
    );
  });
  it('a network port has one word for a name', () => {
    expect(message(() => own({ ports: { 'eno 1': { mtu: 9000 } } }))).toBe(
      '[TuningProfile own] the name of a network port must be letters and digits, got "eno 1"; write it like eno1 (PROP_FORMAT)',
    );
  });
  it('an unknown number is one', () => {
    expect(message(() => own({ sysctls: { 'vm.user_reserve_kbytes': Number.NaN } }))).toBe(
      '[TuningProfile own] vm.user_reserve_kbytes must be a number or a text, in the unit of the kernel: its own is not known here, got NaN; look it up in the documentation of the kernel (PROP_TYPE)',
    );
  });
  it('a misspelt property is told', () => {
    expect(message(() => own({ sysctl: {} } as never))).toBe(
      '[TuningProfile own] there is no property sysctl; use one of because, see, sysctls, kernelArguments, hugePages, governor, energyBias, modules, blacklist, ports, disks, timeServers, openFiles, swap (PROP_UNKNOWN)',
    );
  });
});

describe('profiles that are combined', () => {
  it('name both when they differ', () => {
    expect(message(() => TuningProfile.database().with(TuningProfile.kubernetesNode()))).toBe(
      "[TuningProfile database+kubernetes-node] sysctl vm.overcommit_memory is 2 in profile database and 1 in profile kubernetes-node; take it out of one of them: profile.without('vm.overcommit_memory') (TUNING_CONFLICT)",
    );
  });
  it('differ in an argument', () => {
    expect(
      message(() =>
        own({ kernelArguments: { mitigations: 'auto' } }).with(TuningProfile.of('other', { kernelArguments: { mitigations: 'off' } })),
      ),
    ).toBe(
      "[TuningProfile own+other] kernel argument mitigations is auto in profile own and off in profile other; take it out of one of them: profile.without('mitigations') (TUNING_CONFLICT)",
    );
  });
  it('load a module that the other refuses', () => {
    expect(message(() => own({ modules: ['br_netfilter'] }).with(TuningProfile.of('other', { blacklist: ['br-netfilter'] })))).toBe(
      "[TuningProfile own+other] module br_netfilter is loaded in profile own and blacklisted in profile other; take it out of one of them: profile.without('br_netfilter') (TUNING_CONFLICT)",
    );
  });
  it('differ in an argument without value', () => {
    expect(
      message(() => own({ kernelArguments: { quiet: true } }).with(TuningProfile.of('other', { kernelArguments: { quiet: 1 } }))),
    ).toBe(
      "[TuningProfile own+other] kernel argument quiet is set in profile own and 1 in profile other; take it out of one of them: profile.without('quiet') (TUNING_CONFLICT)",
    );
  });
  it('are profiles', () => {
    expect(message(() => TuningProfile.database().with(any({ 'vm.swappiness': 1 })))).toBe(
      '[TuningProfile database] the other profile must be a TuningProfile, got an object with vm.swappiness; write the other profile: TuningProfile.database() (PROP_TYPE)',
    );
  });
  it('leave out what is there', () => {
    expect(message(() => TuningProfile.hypervisor().without('vm.swapiness'))).toBe(
      '[TuningProfile hypervisor] sets nothing of this name, got "vm.swapiness"; name one of intel_iommu, iommu, transparent_hugepage, fs.inotify.max_user_instances, fs.inotify.max_user_watches, kernel.keys.maxkeys, vm.swappiness (TUNING_UNKNOWN)',
    );
  });
});

describe('contradictions', () => {
  it('writing starts before writers wait', () => {
    const { tuned } = lab();
    expect(message(() => tuned({ sysctls: { 'vm.dirty_background_ratio': 20, 'vm.dirty_ratio': 20 } }))).toBe(
      '[lab/tuned] vm.dirty_background_ratio (20) must be below vm.dirty_ratio (20); lower the first, or raise the second, see https://docs.kernel.org/admin-guide/sysctl/vm.html (TUNING_DIRTY)',
    );
  });
  it('the default counts where one is set', () => {
    const { tuned } = lab();
    expect(message(() => tuned({ sysctls: { 'vm.dirty_ratio': 5 } }))).toBe(
      '[lab/tuned] vm.dirty_background_ratio (10, the default) must be below vm.dirty_ratio (5); lower the first, or raise the second, see https://docs.kernel.org/admin-guide/sysctl/vm.html (TUNING_DIRTY)',
    );
  });
  it('bytes and a ratio are one setting', () => {
    const { tuned } = lab();
    expect(message(() => tuned({ sysctls: { 'vm.dirty_bytes': Size.gibibytes(1), 'vm.dirty_ratio': 20 } }))).toBe(
      '[lab/tuned] vm.dirty_bytes and vm.dirty_ratio are one setting in two units: the kernel sets the one to 0 when the other is written; keep one of them, see https://docs.kernel.org/admin-guide/sysctl/vm.html (TUNING_DIRTY_TWICE)',
    );
  });
  it('a default buffer is at most the largest', () => {
    const { tuned } = lab();
    expect(message(() => tuned({ sysctls: { 'net.core.rmem_default': Size.mebibytes(1) } }))).toBe(
      '[lab/tuned] net.core.rmem_default (1048576) must be at most net.core.rmem_max (212992, the default); lower the first, or raise the second, see https://docs.kernel.org/admin-guide/sysctl/net.html (TUNING_SOCKET_BUFFER)',
    );
  });
  it('TCP buffers rise', () => {
    const { tuned } = lab();
    expect(message(() => tuned({ sysctls: { 'net.ipv4.tcp_rmem': [Size.kibibytes(4), Size.mebibytes(16), Size.mebibytes(6)] } }))).toBe(
      '[lab/tuned] net.ipv4.tcp_rmem must rise from the least over the default to the most, and is 4096, 16777216, 6291456; write them in ascending order, see https://docs.kernel.org/networking/ip-sysctl.html (TUNING_TCP_BUFFER)',
    );
  });
  it('neighbours are forgotten in order', () => {
    const { tuned } = lab();
    expect(message(() => tuned({ sysctls: { 'net.ipv4.neigh.default.gc_thresh1': 4096 } }))).toBe(
      '[lab/tuned] net.ipv4.neigh.default.gc_thresh1 (4096) must be at most net.ipv4.neigh.default.gc_thresh2 (512, the default); lower the first, or raise the second, see https://docs.kernel.org/networking/ip-sysctl.html (TUNING_NEIGHBOURS)',
    );
  });
  it('a key of a module needs the module', () => {
    const { tuned } = lab();
    expect(message(() => tuned({ sysctls: { 'net.netfilter.nf_conntrack_max': 1_048_576 } }))).toBe(
      '[lab/tuned] net.netfilter.nf_conntrack_max is there only when the module nf_conntrack is, which is not loaded at boot; add the module to modules, see https://www.freedesktop.org/software/systemd/man/latest/sysctl.d.html (TUNING_SYSCTL_MODULE)',
    );
  });
  it('bbr needs fq', () => {
    const { tuned } = lab();
    expect(message(() => tuned({ sysctls: { 'net.ipv4.tcp_congestion_control': 'bbr' } }))).toBe(
      "[lab/tuned] congestion control bbr sends at a pace, which the queue fq keeps, and the queue is left as it is; write 'net.core.default_qdisc': 'fq', see https://github.com/google/bbr/blob/master/Documentation/bbr-quick-start.md (TUNING_BBR)",
    );
  });
  it('bbr needs no other queue', () => {
    const { tuned } = lab();
    expect(message(() => tuned({ sysctls: { 'net.ipv4.tcp_congestion_control': 'bbr', 'net.core.default_qdisc': 'fq_codel' } }))).toBe(
      "[lab/tuned] congestion control bbr sends at a pace, which the queue fq keeps, and the queue is fq_codel; write 'net.core.default_qdisc': 'fq', see https://github.com/google/bbr/blob/master/Documentation/bbr-quick-start.md (TUNING_BBR)",
    );
  });
  it('the ratio of overcommitment needs its mode', () => {
    const { tuned } = lab();
    expect(message(() => tuned({ sysctls: { 'vm.overcommit_ratio': 80 } }))).toBe(
      "[lab/tuned] vm.overcommit_ratio counts only when vm.overcommit_memory is 2; write 'vm.overcommit_memory': 2, or leave the ratio out, see https://docs.kernel.org/admin-guide/sysctl/vm.html (TUNING_OVERCOMMIT)",
    );
  });
  it('without swap there is no swappiness', () => {
    const { tuned } = lab();
    expect(message(() => tuned({ swap: 'off', sysctls: { 'vm.swappiness': 10 } }))).toBe(
      '[lab/tuned] swap is off, and vm.swappiness is 10; leave one of them out, see https://docs.kernel.org/admin-guide/sysctl/vm.html (TUNING_SWAP)',
    );
  });
  it('huge pages of two kinds', () => {
    const { tuned } = lab();
    expect(
      message(() =>
        tuned({ hugePages: [{ pageSize: '2M', memory: Size.gibibytes(8) }], kernelArguments: { transparent_hugepage: 'always' } }),
      ),
    ).toBe(
      "[lab/tuned] huge pages are taken at boot, and transparent_hugepage is always: the kernel makes huge pages of the rest, for whom nobody asked; write transparent_hugepage: 'madvise' or 'never', see https://docs.kernel.org/admin-guide/mm/transhuge.html (TUNING_THP)",
    );
  });
  it('huge pages by node and for all', () => {
    const { tuned } = lab();
    expect(
      message(() =>
        tuned({
          hugePages: [
            { pageSize: '1G', memory: Size.gibibytes(8) },
            { pageSize: '1G', memory: Size.gibibytes(4), numaNode: 1 },
          ],
        }),
      ),
    ).toBe(
      '[lab/tuned] huge pages of 1G are given for single NUMA nodes and for all together; give numaNode to all of them, or to none, see https://docs.kernel.org/admin-guide/kernel-parameters.html (TUNING_HUGE_PAGES_TWICE)',
    );
  });
  it('interrupts on isolated processors', () => {
    const { tuned } = lab();
    expect(message(() => tuned({ kernelArguments: { isolcpus: CpuSet.of('2-7'), irqaffinity: CpuSet.of('0-2') } }))).toBe(
      '[lab/tuned] processor 2 is isolated, and irqaffinity sends interrupts to it; take it out of one of them, see https://docs.kernel.org/admin-guide/kernel-parameters.html (TUNING_IRQ_ISOLATED)',
    );
  });
  it('processor 0 keeps the time', () => {
    const { tuned } = lab();
    expect(message(() => tuned({ kernelArguments: { nohz_full: CpuSet.of('0-3') } }))).toBe(
      '[lab/tuned] processor 0 keeps the time, and cannot be in nohz_full; begin with processor 1, see https://docs.kernel.org/timers/no_hz.html (TUNING_BOOT_CPU)',
    );
  });
  it('a governor that the driver does not know', () => {
    const { tuned } = lab();
    expect(message(() => tuned({ governor: 'schedutil', kernelArguments: { intel_pstate: 'active' } }))).toBe(
      "[lab/tuned] intel_pstate in active mode knows the governors performance and powersave, and the governor is schedutil; choose one of them, or write intel_pstate: 'passive', see https://docs.kernel.org/admin-guide/pm/intel_pstate.html (TUNING_GOVERNOR)",
    );
  });
  it('a device is passed through no IOMMU', () => {
    const { tuned } = lab();
    expect(message(() => tuned({ kernelArguments: { intel_iommu: 'off', iommu: 'pt' } }))).toBe(
      "[lab/tuned] iommu=pt passes devices through an IOMMU that intel_iommu=off switches off; write intel_iommu: 'on', or leave iommu out, see https://docs.kernel.org/admin-guide/kernel-parameters.html (TUNING_IOMMU)",
    );
  });
  it('more files for one than for all', () => {
    const { tuned } = lab();
    expect(message(() => tuned({ openFiles: 1_048_576, sysctls: { 'fs.nr_open': 65_536 } }))).toBe(
      '[lab/tuned] a process may open 1048576 files, and fs.nr_open is 65536; lower openFiles, or raise the other, see https://docs.kernel.org/admin-guide/sysctl/fs.html (TUNING_OPEN_FILES)',
    );
  });
});

describe('hosts', () => {
  it('huge pages leave 2 GiB', () => {
    const { tuned } = lab();
    expect(message(() => tuned({ hugePages: [{ pageSize: '1G', memory: Size.gibibytes(63) }] }))).toBe(
      '[lab/tuned] huge pages take 63 GiB of the 64 GiB of lab/rack/node-1, which leaves less than 2 GiB for everything else; take at most 62 GiB (TUNING_MEMORY)',
    );
  });
  it('huge pages are not more than there is', () => {
    const { tuned } = lab();
    expect(message(() => tuned({ hugePages: [{ pageSize: '2M', memory: Size.gibibytes(128) }] }))).toBe(
      '[lab/tuned] huge pages take 128 GiB of the 64 GiB of lab/rack/node-1, which leaves less than 2 GiB for everything else; take at most 62 GiB (TUNING_MEMORY)',
    );
  });
  it('a processor that there is not', () => {
    const { tuned } = lab();
    expect(message(() => tuned({ kernelArguments: { isolcpus: CpuSet.of('8-16') } }))).toBe(
      '[lab/tuned] isolcpus names processor 16, and lab/rack/node-1 has 0 to 15; name processors that there are (TUNING_CPU)',
    );
  });
  it('all processors isolated', () => {
    const { tuned } = lab();
    expect(message(() => tuned({ kernelArguments: { isolcpus: CpuSet.of('0-15') } }))).toBe(
      '[lab/tuned] isolcpus takes all 16 processors of lab/rack/node-1; leave one or more to the system (TUNING_CPU_REST)',
    );
  });
  it('a network port that the model has not', () => {
    const { tuned } = lab();
    expect(message(() => tuned({ ports: { eth0: { rxRing: 4096 } } }))).toBe(
      '[lab/rack/node-1] a Dell PowerEdge R660 has no such network port, got "eth0"; use one of eno1, ens1f0 (NIC_UNKNOWN)',
    );
  });
  it('a network port without its address', () => {
    const { two, tuned } = lab();
    expect(message(() => tuned({ ports: { eno1: { rxRing: 4096 } } }, two))).toBe(
      "[lab/tuned] the MAC address of eno1 of lab/rack/node-2 is not known, by which its settings find it; write macs: { eno1: '…' } for the machine (TUNING_PORT)",
    );
  });
  it('a disk that the model has not', () => {
    const { tuned } = lab();
    expect(message(() => tuned({ disks: { ssd: 'none' } }))).toBe(
      '[lab/rack/node-1] a Dell PowerEdge R660 has no such disk, got "ssd"; use one of nvme, sata (DISK_UNKNOWN)',
    );
  });
  it('a disk without its name', () => {
    const { two, tuned } = lab();
    expect(message(() => tuned({ disks: { nvme: 'none' } }, two))).toBe(
      "[lab/tuned] the disk nvme of lab/rack/node-2 has no name that stays; write disks: { nvme: '/dev/disk/by-id/…' } for the machine (TUNING_DISK)",
    );
  });
  it('a governor in a guest', () => {
    const { site, tuning } = lab();
    expect(message(() => tuning('guest', own({ governor: 'performance' })).applyTo(new StubGuest(site, 'db-1')))).toBe(
      '[lab/guest] host governor is a matter of the machine below lab/db-1; put it into the profile of that machine (TUNING_GUEST)',
    );
  });
  it('a network port of a guest', () => {
    const { site, tuning } = lab();
    expect(message(() => tuning('guest', own({ ports: { eno1: { mtu: 9000 } } })).applyTo(new StubGuest(site, 'db-1')))).toBe(
      '[lab/guest] network port eno1 mtu is a matter of the machine below lab/db-1; put it into the profile of that machine (TUNING_GUEST)',
    );
  });
  it('more huge pages than a guest has memory', () => {
    const { site, tuning } = lab();
    expect(
      message(() =>
        tuning('guest', own({ hugePages: [{ pageSize: '2M', memory: Size.gibibytes(7) }] })).applyTo(new StubGuest(site, 'db-1')),
      ),
    ).toBe(
      '[lab/guest] huge pages take 7 GiB of the 8 GiB of lab/db-1, which leaves less than 2 GiB for everything else; take at most 6 GiB (TUNING_MEMORY)',
    );
  });
  it('two tunings of one host', () => {
    const { one, tuned, tuning } = lab();
    tuned({ modules: ['tcp_bbr'] });
    expect(message(() => tuning('other', own({ openFiles: 65_536 })).applyTo(one))).toBe(
      '[lab/other] lab/rack/node-1 is already tuned by lab/tuned; combine the profiles: profile.with(other) (TUNING_HOST)',
    );
  });
  it('two tunings of one name', () => {
    const { rack, tuned } = lab();
    tuned({ modules: ['tcp_bbr'] });
    expect(message(() => new HostTuning(rack, 'tuned', { profile: own({ openFiles: 65_536 }) }))).toBe(
      '[lab/rack/tuned] there is already a tuning tuned, lab/tuned; choose another id (TUNING_NAME)',
    );
  });
  it('two hosts of one name', () => {
    const { site, tuned } = lab();
    expect(message(() => tuned({ modules: ['tcp_bbr'] }).applyTo(new StubGuest(site, 'node-1')))).toBe(
      '[lab/tuned] lab/node-1 has the name of lab/rack/node-1, which is tuned too; give one of them another id (TUNING_HOST_NAME)',
    );
  });
  it('something else than a host', () => {
    const { tuning } = lab();
    expect(message(() => tuning('own', own({ governor: 'performance' })).applyTo(any('node-1')))).toBe(
      '[lab/own] what is tuned must be a Machine or an instance, got "node-1"; pass the machine, or the virtual machine, itself (PROP_TYPE)',
    );
  });
  it('an unknown system', () => {
    const { tuning } = lab();
    expect(message(() => tuning('own', own({ governor: 'performance' }), { system: any('windows') }))).toBe(
      '[lab/own] system must be one of debian, talos, got "windows"; write system: \'debian\' (PROP_CHOICE)',
    );
  });
  it('a profile in other words', () => {
    const { site } = lab();
    expect(message(() => new HostTuning(site, 'own', { profile: any({ 'vm.swappiness': 10 }) }))).toBe(
      '[lab/own] profile must be a TuningProfile, got an object with vm.swappiness; write profile: TuningProfile.database() (PROP_TYPE)',
    );
  });
});

describe('Tinkerbell', () => {
  it('writes no files of Talos', () => {
    const { one, tuned } = lab();
    expect(message(() => tinkerbellActions(tuned({ modules: ['tcp_bbr'] }, one, 'talos'), one, system))).toBe(
      '[lab/tuned] Talos has no files that an action could write, and no shell; pass talos/node-1/tuning.yaml as a patch of its machine configuration (TUNING_TALOS_FILES)',
    );
  });
  it('tunes machines that the tuning has', () => {
    const { two, tuned } = lab();
    expect(message(() => tinkerbellActions(tuned({ modules: ['tcp_bbr'] }), two, system))).toBe(
      '[lab/tuned] does not tune lab/rack/node-2; write tuning.applyTo(machine) first (TUNING_HOST_UNKNOWN)',
    );
  });
  it('needs a partition, not a path', () => {
    const { one, tuned } = lab();
    expect(message(() => tinkerbellActions(tuned({ modules: ['tcp_bbr'] }), one, { ...system, partition: any('/dev/sda1') }))).toBe(
      '[lab/tuned] partition must be a BootDisk, got "/dev/sda1"; write partition: BootDisk.partition(1) (PROP_TYPE)',
    );
  });
  it('needs images', () => {
    const { one, tuned } = lab();
    expect(message(() => tinkerbellActions(tuned({ modules: ['tcp_bbr'] }), one, { ...system, cexec: any('cexec:latest') }))).toBe(
      '[lab/tuned] cexec must be a ContainerImage, got "cexec:latest"; write cexec: ContainerImage.parse(\'quay.io/tinkerbell/actions/cexec:v1.0.0\') (PROP_TYPE)',
    );
  });
});
