import { Size } from '@ashlar/core';
import type { CpuSet } from './cpu-set';
import type { TuningProps } from './tuning-props';

/** Little is left to write when somebody waits for the disk. */
const EARLY_WRITES: TuningProps = {
  because: 'a flush finds at most 1 GiB to write, where by default it is a fifth of the memory',
  see: 'https://docs.kernel.org/admin-guide/sysctl/vm.html#dirty-bytes',
  sysctls: { 'vm.dirty_background_bytes': Size.mebibytes(256), 'vm.dirty_bytes': Size.gibibytes(1) },
};

export const HYPERVISOR: readonly TuningProps[] = [
  {
    because: 'the memory of guests is swapped out only when nothing else is left',
    see: 'https://pve.proxmox.com/wiki/ZFS_on_Linux#zfs_swap',
    sysctls: { 'vm.swappiness': 10 },
  },
  {
    because: 'devices can be passed to guests, and those of the host are not slowed down by it',
    see: 'https://pve.proxmox.com/wiki/PCI_Passthrough',
    kernelArguments: { intel_iommu: 'on', iommu: 'pt' },
  },
  {
    because: 'QEMU asks for huge pages for the memory of guests, and others do not get them unasked',
    see: 'https://docs.kernel.org/admin-guide/mm/transhuge.html',
    kernelArguments: { transparent_hugepage: 'madvise' },
  },
  {
    because: 'all containers share the limits of one kernel',
    see: 'https://linuxcontainers.org/incus/docs/main/reference/server_settings/',
    sysctls: { 'fs.inotify.max_user_instances': 1_048_576, 'fs.inotify.max_user_watches': 1_048_576, 'kernel.keys.maxkeys': 2000 },
  },
];

export const DATABASE: readonly TuningProps[] = [
  {
    because: 'a server that asks for too much gets an error, instead of being killed',
    see: 'https://www.postgresql.org/docs/current/kernel-resources.html#LINUX-MEMORY-OVERCOMMIT',
    sysctls: { 'vm.overcommit_memory': 2 },
  },
  {
    because: 'by default, half of the memory could not be had without swap',
    see: 'https://docs.kernel.org/mm/overcommit-accounting.html',
    sysctls: { 'vm.overcommit_ratio': 90 },
  },
  {
    because: 'huge pages that the kernel makes unasked cost more than they bring',
    see: 'https://www.postgresql.org/docs/current/runtime-config-resource.html#GUC-HUGE-PAGES',
    kernelArguments: { transparent_hugepage: 'never' },
  },
  {
    because: 'what the database keeps in memory stays there',
    see: 'https://www.mongodb.com/docs/manual/administration/production-notes/',
    sysctls: { 'vm.swappiness': 1 },
  },
  EARLY_WRITES,
  {
    because: 'each connection and each part of a table is a file',
    see: 'https://www.postgresql.org/docs/current/kernel-resources.html#SYSVIPC',
    openFiles: 65_536,
  },
];

export const KUBERNETES_NODE: readonly TuningProps[] = [
  {
    because: 'the kubelet does not start on a host with swap, unless it is told to',
    see: 'https://kubernetes.io/docs/concepts/cluster-administration/swap-memory-management/',
    swap: 'off',
  },
  {
    because: 'pods reach each other through the host',
    see: 'https://kubernetes.io/docs/setup/production-environment/container-runtimes/#network-configuration',
    sysctls: { 'net.ipv4.ip_forward': 1 },
  },
  {
    because: 'packets between pods on one host pass the rules of services too',
    see: 'https://kubernetes.io/docs/concepts/extend-kubernetes/compute-storage-net/network-plugins/',
    modules: ['br_netfilter', 'overlay'],
    sysctls: { 'net.bridge.bridge-nf-call-ip6tables': 1, 'net.bridge.bridge-nf-call-iptables': 1 },
  },
  {
    because: 'the kubelet wants these, and with protectKernelDefaults refuses others',
    see: 'https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/',
    sysctls: { 'kernel.panic': 10, 'kernel.panic_on_oops': 1, 'vm.overcommit_memory': 1 },
  },
  {
    because: 'the containers of all pods share the limits of one user',
    see: 'https://kind.sigs.k8s.io/docs/user/known-issues/#pod-errors-due-to-too-many-open-files',
    sysctls: { 'fs.inotify.max_user_instances': 8192, 'fs.inotify.max_user_watches': 1_048_576 },
  },
  {
    because: 'search engines in pods map more files than the default',
    see: 'https://www.elastic.co/docs/deploy-manage/deploy/self-managed/vm-max-map-count',
    sysctls: { 'vm.max_map_count': 1_048_576 },
  },
];

export const STORAGE: readonly TuningProps[] = [
  {
    because: 'each disk has a daemon of many threads, that reads and writes without waiting',
    see: 'https://github.com/ceph/ceph/blob/main/src/cephadm/cephadmlib/daemons/ceph.py',
    sysctls: { 'fs.aio-max-nr': 1_048_576, 'kernel.pid_max': 4_194_304 },
  },
  {
    because: 'one stream fills 10 Gb/s over 25 ms',
    see: 'https://fasterdata.es.net/host-tuning/linux/',
    sysctls: {
      'net.core.rmem_max': Size.mebibytes(64),
      'net.core.wmem_max': Size.mebibytes(64),
      'net.ipv4.tcp_rmem': [Size.kibibytes(4), Size.kibibytes(128), Size.mebibytes(32)],
      'net.ipv4.tcp_wmem': [Size.kibibytes(4), Size.kibibytes(64), Size.mebibytes(32)],
    },
  },
  EARLY_WRITES,
];

/** @param isolated processors for the one program, the others being `rest` */
export function lowLatency(isolated: CpuSet, rest: CpuSet): readonly TuningProps[] {
  return [
    {
      because: 'nothing runs on these processors that is not put there',
      see: 'https://docs.kernel.org/admin-guide/kernel-per-CPU-kthreads.html',
      kernelArguments: { isolcpus: isolated, nohz_full: isolated, rcu_nocbs: isolated, irqaffinity: rest },
    },
    {
      because: 'a processor that sleeps deeply wakes up late',
      see: 'https://docs.kernel.org/admin-guide/pm/cpuidle.html',
      governor: 'performance',
      kernelArguments: { 'intel_idle.max_cstate': 1, 'processor.max_cstate': 1 },
    },
    {
      because: 'the kernel tidies up memory and counters while nobody waits',
      see: 'https://docs.kernel.org/admin-guide/kernel-per-CPU-kthreads.html',
      kernelArguments: { skew_tick: 1, transparent_hugepage: 'never' },
      sysctls: { 'kernel.numa_balancing': 0, 'kernel.timer_migration': 0, 'vm.stat_interval': 10 },
    },
  ];
}
