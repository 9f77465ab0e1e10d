import type { HaProxy } from './ha-proxy';
import { renderBackends } from './haproxy-backend';
import { renderListen } from './haproxy-listen';

/** `haproxy.cfg`. @see https://docs.haproxy.org/2.6/configuration.html */
export function renderHaProxy(proxy: HaProxy): string {
  const sections = [
    ...PREAMBLE,
    ...(proxy.sites.length + proxy.retired.length > 0 ? [frontend(proxy), ['backend _unknown', 'http-request return status 404']] : []),
    ...proxy.sites.flatMap(renderBackends),
    ...proxy.tcpServices.map(service => renderListen(service, binds(proxy, service.listen.from))),
  ];
  return sections.map(([head, ...lines]) => [head, ...lines.map(line => `    ${line}`), ''].join('\n')).join('\n');
}

/** Limits that hold everywhere. Without the timeouts, a client that says nothing keeps its connection for ever. */
const PREAMBLE: readonly (readonly string[])[] = [
  [
    'global',
    'log /dev/log local0',
    'user haproxy',
    'group haproxy',
    'stats socket /run/haproxy/admin.sock mode 660 level admin',
    'ssl-default-bind-options ssl-min-ver TLSv1.2 no-tls-tickets',
    'ssl-default-server-options ssl-min-ver TLSv1.2 no-tls-tickets',
  ],
  [
    'defaults',
    'log global',
    'mode http',
    'option httplog',
    'option dontlognull',
    'option redispatch',
    'timeout connect 5s',
    'timeout client 1m',
    'timeout server 1m',
    'timeout http-request 10s',
    'timeout http-keep-alive 10s',
    'timeout queue 30s',
    'timeout check 3s',
  ],
];

/** Chooses the site by the name that was asked for. A name of its own is looked at after the wildcards, and so prevails. */
function frontend(proxy: HaProxy): string[] {
  const published = [...proxy.sites, ...proxy.retired];
  const secure = published.some(site => site.certificate.kind !== 'none');
  const matches = (wildcard: boolean) =>
    published.flatMap(({ name, names }) => {
      const own = names.filter(n => n.startsWith('*') === wildcard);
      const patterns = wildcard ? own.map(n => `^[^.]+${n.slice(1).replaceAll('.', '\\.')}$`) : own;
      if (own.length === 0) return [];
      return [`http-request set-var(txn.site) str(${name}) if { var(txn.host) -m ${wildcard ? 'reg' : 'str'} ${patterns.join(' ')} }`];
    });
  return [
    'frontend _sites',
    ...binds(proxy, 80),
    ...(secure ? binds(proxy, 443, ' ssl strict-sni crt-list /etc/haproxy/crt-list.txt') : []),
    'http-request del-header X-Forwarded-For',
    'option forwardfor',
    'http-request set-header X-Forwarded-Proto http unless { ssl_fc }',
    'http-request set-header X-Forwarded-Proto https if { ssl_fc }',
    'http-request set-var(txn.host) req.hdr(host),field(1,:),lower',
    ...matches(true),
    ...matches(false),
    ...proxy.retired.flatMap(({ name, movedTo }) => {
      if (movedTo === undefined) return [`http-request return status 404 if { var(txn.site) -m str ${name} }`];
      return [`http-request redirect prefix https://${movedTo} code 301 if { var(txn.site) -m str ${name} }`];
    }),
    ...proxy.sites
      .filter(site => site.forceSsl)
      .map(({ name }) => `http-request redirect scheme https code 301 if { var(txn.site) -m str ${name} } !{ ssl_fc }`),
    ...proxy.sites.flatMap(({ name, parts }) =>
      parts.map(
        part =>
          `use_backend ${part.name} if { var(txn.site) -m str ${name} }${part.path === undefined ? '' : ` { path_beg ${part.path} }`}`,
      ),
    ),
    'default_backend _unknown',
  ];
}

/**
 * Every address of the host, the virtual one among them when the host has it. One socket for both families would tell the servers
 * of clients like ::ffff:192.0.2.1.
 */
function binds({ families }: HaProxy, port: number, options = ''): string[] {
  return families.map(family => `bind ${family === 4 ? `:${port}` : `:::${port} v6only`}${options}`);
}
