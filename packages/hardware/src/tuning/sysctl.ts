import { Check, ConfigError, type Size } from '@ashlar/core';
import { anything, choice, memory, type Parameter, threeSizes, type ValueOf, whole } from './parameter';

/**
 * Ranges and units as the kernel documents them.
 *
 * @see https://docs.kernel.org/admin-guide/sysctl/index.html
 * @see https://docs.kernel.org/networking/ip-sysctl.html
 * @see https://docs.kernel.org/networking/nf_conntrack-sysctl.html
 */
export const SYSCTLS = {
  'fs.aio-max-nr': whole(0),
  'fs.file-max': whole(0, Number.MAX_SAFE_INTEGER),
  'fs.inotify.max_user_instances': whole(0),
  'fs.inotify.max_user_watches': whole(0),
  'fs.nr_open': whole(1024, 2_147_483_584),
  'kernel.nmi_watchdog': whole(0, 1),
  'kernel.numa_balancing': whole(0, 3),
  'kernel.panic': whole(-1, 86_400, 'seconds'),
  'kernel.panic_on_oops': whole(0, 1),
  'kernel.pid_max': whole(301, 4_194_304),
  'kernel.timer_migration': whole(0, 1),
  'net.bridge.bridge-nf-call-ip6tables': whole(0, 1),
  'net.bridge.bridge-nf-call-iptables': whole(0, 1),
  'net.core.default_qdisc': choice('fq', 'fq_codel', 'pfifo_fast', 'sfq', 'cake', 'noqueue'),
  'net.core.netdev_budget': whole(1),
  'net.core.netdev_budget_usecs': whole(1, 1_000_000, 'microseconds'),
  'net.core.netdev_max_backlog': whole(1),
  'net.core.rmem_default': memory(),
  'net.core.rmem_max': memory(),
  'net.core.somaxconn': whole(1),
  'net.core.wmem_default': memory(),
  'net.core.wmem_max': memory(),
  'net.ipv4.ip_forward': whole(0, 1),
  'net.ipv4.neigh.default.gc_thresh1': whole(0),
  'net.ipv4.neigh.default.gc_thresh2': whole(0),
  'net.ipv4.neigh.default.gc_thresh3': whole(0),
  'net.ipv4.tcp_congestion_control': choice('bbr', 'cubic', 'reno', 'dctcp', 'htcp'),
  'net.ipv4.tcp_fin_timeout': whole(1, 3600, 'seconds'),
  'net.ipv4.tcp_keepalive_time': whole(1, 32_767, 'seconds'),
  'net.ipv4.tcp_max_syn_backlog': whole(1),
  'net.ipv4.tcp_mtu_probing': whole(0, 2),
  'net.ipv4.tcp_rmem': threeSizes(),
  'net.ipv4.tcp_slow_start_after_idle': whole(0, 1),
  'net.ipv4.tcp_wmem': threeSizes(),
  'net.ipv6.conf.all.forwarding': whole(0, 1),
  'net.netfilter.nf_conntrack_max': whole(1),
  'net.netfilter.nf_conntrack_tcp_timeout_established': whole(1, 2_147_483, 'seconds'),
  'vm.dirty_background_bytes': memory(),
  'vm.dirty_background_ratio': whole(0, 100, 'percent'),
  'vm.dirty_bytes': memory(),
  'vm.dirty_expire_centisecs': whole(0),
  'vm.dirty_ratio': whole(0, 100, 'percent'),
  'vm.dirty_writeback_centisecs': whole(0),
  'vm.max_map_count': whole(1),
  'vm.min_free_kbytes': memory(1024),
  'vm.overcommit_memory': whole(0, 2),
  'vm.overcommit_ratio': whole(0, 1000, 'percent'),
  'vm.stat_interval': whole(1, 3600, 'seconds'),
  'vm.swappiness': whole(0, 200),
  'vm.vfs_cache_pressure': whole(0, 1000),
  'vm.zone_reclaim_mode': whole(0, 7),
} as const satisfies Record<string, Parameter<never>>;

type KnownSysctls = { readonly [K in keyof typeof SYSCTLS]?: ValueOf<(typeof SYSCTLS)[K]> };

/** Values of `sysctl`, by key. The range of the common ones is checked; others may be given as a number or a text. */
export type Sysctls = KnownSysctls & {
  readonly [key: `${string}.${string}`]: number | string | Size | readonly [Size, Size, Size] | undefined;
};

/** Of keys that are not known here. What a file or a shell reads as more than text is left out. */
const OTHER = anything(/^[^\s"'\\$`#;]([^\n"'\\$`#;]*[^\s"'\\$`#;])?$/, 'a number, or text of one line without quotes');

/** Keys that something else here writes, and what. */
const WRITTEN_BY: Readonly<Record<string, string>> = {
  'vm.nr_hugepages': 'hugePages',
  'vm.nr_hugepages_mempolicy': 'hugePages',
};

/** Key and value as `sysctl.conf` holds them. @throws TUNING_PROPERTY and the errors of a {@link Parameter} */
export function sysctlText(at: string, key: string, value: unknown): string {
  const check = new Check(at);
  check.text(
    'a key of sysctls',
    key,
    /^(fs|kernel|net|vm|user|debug|dev)(\.[\w/:-]+)+$/,
    'names with dots between, from vm, net, fs, kernel, user, dev or debug on',
    'vm.swappiness',
  );
  const author = WRITTEN_BY[key];
  if (author) {
    throw new ConfigError(at, 'TUNING_PROPERTY', `${key} is written for another property`, { fix: `write ${author}: … in the profile` });
  }
  const parameter: Parameter<unknown> = Object.hasOwn(SYSCTLS, key)
    ? ((SYSCTLS as Record<string, Parameter<unknown>>)[key] as Parameter<unknown>)
    : (OTHER as Parameter<unknown>);
  return parameter.text(at, key, value);
}
