import type { HaProxy } from './ha-proxy';

/**
 * Which certificate is shown for which names, the file of the bind option `crt-list`.
 * @see https://docs.haproxy.org/2.6/configuration.html#5.1-crt-list
 */
export function renderCrtList(proxy: HaProxy): string {
  const names = new Map<string, string[]>();
  for (const { certificate, names: own } of [...proxy.sites, ...proxy.retired]) {
    if (certificate.kind === 'stored') names.set(certificate.name, [...(names.get(certificate.name) ?? []), ...own]);
  }
  return [...names]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, own]) => `/etc/haproxy/certs/${name}.pem [alpn h2,http/1.1] ${own.sort().join(' ')}\n`)
    .join('');
}
