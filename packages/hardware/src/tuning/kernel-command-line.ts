import type { TunedSystem } from './tuned-host';
import type { TuningSettings } from './tuning-settings';

/** Arguments of the kernel's command line, in the order in which it needs them. @see https://docs.kernel.org/admin-guide/kernel-parameters.html */
export function kernelCommandLine(settings: TuningSettings, system: TunedSystem): string[] {
  const governor = settings.value('host', 'governor');
  const blacklisted = settings.of('module').filter(({ value }) => value === 'blacklisted');
  return [
    ...settings.of('kernel argument').map(({ name, value }) => (value === '' ? name : `${name}=${value}`)),
    ...(governor ? [`cpufreq.default_governor=${governor}`] : []),
    ...hugePages(settings),
    ...(system === 'talos' && blacklisted.length > 0 ? [`module_blacklist=${blacklisted.map(({ name }) => name).join(',')}`] : []),
    ...(system === 'debian' && settings.value('host', 'swap') === 'off' ? ['systemd.swap=0'] : []),
  ];
}

/** A number of pages is of the size that stands before it. @see https://docs.kernel.org/admin-guide/mm/hugetlbpage.html */
function hugePages(settings: TuningSettings): string[] {
  const sizes = [...new Set(settings.hugePages.map(({ pageSize }) => pageSize))];
  return sizes.flatMap(size => {
    const counts = settings.hugePages
      .filter(({ pageSize }) => pageSize === size)
      .sort((a, b) => Number(a.node ?? 0) - Number(b.node ?? 0))
      .map(({ node, count }) => (node === undefined ? `${count}` : `${node}:${count}`));
    return [`hugepagesz=${size}`, `hugepages=${counts.join(',')}`];
  });
}
