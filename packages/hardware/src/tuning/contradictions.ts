import type { TuningSettings } from './tuning-settings';

/** Two settings of which one undoes the other, or which the kernel does not take together. */
export interface Contradiction {
  readonly code: string;
  /** What is wrong, if it is. */
  find(settings: TuningSettings): string | undefined;
  readonly fix: string;
  readonly see: string;
}

const VM = 'https://docs.kernel.org/admin-guide/sysctl/vm.html';
const ARGUMENTS = 'https://docs.kernel.org/admin-guide/kernel-parameters.html';

/** Defaults of the kernel, which count where only one of a pair is set. */
const DEFAULTS: Readonly<Record<string, string>> = {
  'net.core.rmem_default': '212992',
  'net.core.rmem_max': '212992',
  'net.core.wmem_default': '212992',
  'net.core.wmem_max': '212992',
  'net.ipv4.neigh.default.gc_thresh1': '128',
  'net.ipv4.neigh.default.gc_thresh2': '512',
  'net.ipv4.neigh.default.gc_thresh3': '1024',
  'vm.dirty_background_ratio': '10',
  'vm.dirty_ratio': '20',
};

/** Keys whose values must rise from one to the next. */
const RISING: readonly { readonly code: string; readonly keys: readonly string[]; readonly strictly: boolean; readonly see: string }[] = [
  { code: 'TUNING_DIRTY', keys: ['vm.dirty_background_ratio', 'vm.dirty_ratio'], strictly: true, see: VM },
  { code: 'TUNING_DIRTY', keys: ['vm.dirty_background_bytes', 'vm.dirty_bytes'], strictly: true, see: VM },
  ...['rmem', 'wmem'].map(buffer => ({
    code: 'TUNING_SOCKET_BUFFER',
    keys: [`net.core.${buffer}_default`, `net.core.${buffer}_max`],
    strictly: false,
    see: 'https://docs.kernel.org/admin-guide/sysctl/net.html',
  })),
  {
    code: 'TUNING_NEIGHBOURS',
    keys: [1, 2, 3].map(n => `net.ipv4.neigh.default.gc_thresh${n}`),
    strictly: false,
    see: 'https://docs.kernel.org/networking/ip-sysctl.html',
  },
];

/** Kernel modules without which a key of sysctl is not there. */
export const MODULE_OF: readonly (readonly [prefix: string, module: string])[] = [
  ['net.bridge.', 'br_netfilter'],
  ['net.netfilter.nf_conntrack', 'nf_conntrack'],
];

export const CONTRADICTIONS: readonly Contradiction[] = [
  ...RISING.map(
    ({ code, keys, strictly, see }): Contradiction => ({
      code,
      find: settings => {
        if (keys.every(key => settings.sysctl(key) === undefined)) return undefined;
        const known = keys.flatMap(key => {
          const value = settings.sysctl(key) ?? DEFAULTS[key];
          return value === undefined
            ? []
            : [{ key, value: Number(value), told: settings.sysctl(key) === undefined ? ', the default' : '' }];
        });
        const at = known.findIndex((now, i) => i > 0 && (known[i - 1] as { value: number }).value - now.value >= (strictly ? 0 : 1));
        const [less, more] = [known[at - 1], known[at]];
        if (!less || !more) return undefined;
        return `${less.key} (${less.value}${less.told}) must be ${strictly ? 'below' : 'at most'} ${more.key} (${more.value}${more.told})`;
      },
      fix: 'lower the first, or raise the second',
      see,
    }),
  ),
  ...['vm.dirty', 'vm.dirty_background'].map(
    (key): Contradiction => ({
      code: 'TUNING_DIRTY_TWICE',
      find: settings =>
        settings.sysctl(`${key}_bytes`) !== undefined && settings.sysctl(`${key}_ratio`) !== undefined
          ? `${key}_bytes and ${key}_ratio are one setting in two units: the kernel sets the one to 0 when the other is written`
          : undefined,
      fix: 'keep one of them',
      see: VM,
    }),
  ),
  ...['rmem', 'wmem'].map(
    (buffer): Contradiction => ({
      code: 'TUNING_TCP_BUFFER',
      find: settings => {
        const sizes = settings.sysctl(`net.ipv4.tcp_${buffer}`)?.split(' ').map(Number) ?? [];
        return sizes.some((size, i) => i > 0 && size < (sizes[i - 1] as number))
          ? `net.ipv4.tcp_${buffer} must rise from the least over the default to the most, and is ${sizes.join(', ')}`
          : undefined;
      },
      fix: 'write them in ascending order',
      see: 'https://docs.kernel.org/networking/ip-sysctl.html',
    }),
  ),
  {
    code: 'TUNING_SYSCTL_MODULE',
    find: settings => {
      const keys = settings.of('sysctl').map(({ name }) => name);
      const lacking = MODULE_OF.find(
        ([prefix, module]) => keys.some(key => key.startsWith(prefix)) && settings.value('module', module) !== 'loaded',
      );
      if (!lacking) return undefined;
      return `${keys.find(key => key.startsWith(lacking[0]))} is there only when the module ${lacking[1]} is, which is not loaded at boot`;
    },
    fix: 'add the module to modules',
    see: 'https://www.freedesktop.org/software/systemd/man/latest/sysctl.d.html',
  },
  {
    code: 'TUNING_BBR',
    find: settings =>
      settings.sysctl('net.ipv4.tcp_congestion_control') === 'bbr' && settings.sysctl('net.core.default_qdisc') !== 'fq'
        ? `congestion control bbr sends at a pace, which the queue fq keeps, and the queue is ${settings.sysctl('net.core.default_qdisc') ?? 'left as it is'}`
        : undefined,
    fix: "write 'net.core.default_qdisc': 'fq'",
    see: 'https://github.com/google/bbr/blob/master/Documentation/bbr-quick-start.md',
  },
  {
    code: 'TUNING_OVERCOMMIT',
    find: settings =>
      settings.sysctl('vm.overcommit_ratio') !== undefined && settings.sysctl('vm.overcommit_memory') !== '2'
        ? 'vm.overcommit_ratio counts only when vm.overcommit_memory is 2'
        : undefined,
    fix: "write 'vm.overcommit_memory': 2, or leave the ratio out",
    see: VM,
  },
  {
    code: 'TUNING_SWAP',
    find: settings =>
      settings.value('host', 'swap') === 'off' && settings.sysctl('vm.swappiness') !== undefined
        ? `swap is off, and vm.swappiness is ${settings.sysctl('vm.swappiness')}`
        : undefined,
    fix: 'leave one of them out',
    see: VM,
  },
  {
    code: 'TUNING_THP',
    find: settings =>
      settings.of('huge pages').length > 0 && settings.argument('transparent_hugepage') === 'always'
        ? 'huge pages are taken at boot, and transparent_hugepage is always: the kernel makes huge pages of the rest, for whom nobody asked'
        : undefined,
    fix: "write transparent_hugepage: 'madvise' or 'never'",
    see: 'https://docs.kernel.org/admin-guide/mm/transhuge.html',
  },
  {
    code: 'TUNING_HUGE_PAGES_TWICE',
    find: settings => {
      const mixed = settings.hugePages.find(
        ({ pageSize, node }) => node === undefined && settings.hugePages.some(other => other.pageSize === pageSize && other.node),
      );
      return mixed && `huge pages of ${mixed.pageSize} are given for single NUMA nodes and for all together`;
    },
    fix: 'give numaNode to all of them, or to none',
    see: ARGUMENTS,
  },
  {
    code: 'TUNING_IRQ_ISOLATED',
    find: settings => {
      const isolated = settings.cpus('isolcpus');
      const shared = isolated && settings.cpus('irqaffinity')?.shared(isolated);
      return shared === undefined ? undefined : `processor ${shared} is isolated, and irqaffinity sends interrupts to it`;
    },
    fix: 'take it out of one of them',
    see: ARGUMENTS,
  },
  {
    code: 'TUNING_BOOT_CPU',
    find: settings => (settings.cpus('nohz_full')?.cpus[0] === 0 ? 'processor 0 keeps the time, and cannot be in nohz_full' : undefined),
    fix: 'begin with processor 1',
    see: 'https://docs.kernel.org/timers/no_hz.html',
  },
  {
    code: 'TUNING_GOVERNOR',
    find: settings => {
      const governor = settings.value('host', 'governor');
      const pstate = settings.argument('intel_pstate');
      return pstate === 'active' && governor !== undefined && !/^(performance|powersave)$/.test(governor)
        ? `intel_pstate in active mode knows the governors performance and powersave, and the governor is ${governor}`
        : undefined;
    },
    fix: "choose one of them, or write intel_pstate: 'passive'",
    see: 'https://docs.kernel.org/admin-guide/pm/intel_pstate.html',
  },
  {
    code: 'TUNING_IOMMU',
    find: settings =>
      settings.argument('iommu') === 'pt' && settings.argument('intel_iommu') === 'off'
        ? 'iommu=pt passes devices through an IOMMU that intel_iommu=off switches off'
        : undefined,
    fix: "write intel_iommu: 'on', or leave iommu out",
    see: ARGUMENTS,
  },
  {
    code: 'TUNING_OPEN_FILES',
    find: settings => {
      const open = settings.value('host', 'openFiles');
      const limit = ['fs.nr_open', 'fs.file-max'].find(key => Number(settings.sysctl(key) ?? Number.POSITIVE_INFINITY) < Number(open ?? 0));
      return limit && `a process may open ${open} files, and ${limit} is ${settings.sysctl(limit)}`;
    },
    fix: 'lower openFiles, or raise the other',
    see: 'https://docs.kernel.org/admin-guide/sysctl/fs.html',
  },
];
