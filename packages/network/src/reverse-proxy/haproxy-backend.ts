import { checkLines, checkOptions } from './haproxy-check';
import type { ProxiedSite, SitePart } from './proxied-site';

/** A backend for each part of a site, each with all that guards the site. */
export function renderBackends(site: ProxiedSite): string[][] {
  return site.parts.map(part => [
    `backend ${part.name}`,
    `balance ${part.upstream.balance ?? 'roundrobin'}`,
    ...(part.path === undefined ? limitTable(site) : []),
    ...checkLines(part.upstream, site.serverName),
    ...guards(site),
    ...(site.hsts ? [`http-response set-header Strict-Transport-Security "max-age=31536000" if { ssl_fc }`] : []),
    ...(site.websockets ? ['timeout tunnel 1h'] : []),
    ...servers(site, part),
  ]);
}

/** Requests are counted over this many seconds, so that a burst may come at once and the average holds. */
const WINDOW = 10;

function limitTable({ rateLimit }: ProxiedSite): string[] {
  return rateLimit ? [`stick-table type ipv6 size 100k expire ${WINDOW * 2}s store http_req_rate(${WINDOW}s)`] : [];
}

/** In the order in which a request passes them. */
function guards({ name, accessList, rateLimit }: ProxiedSite): string[] {
  const clients = accessList?.prefixes() ?? [];
  return [
    ...(clients.length > 0 ? [`http-request deny deny_status 403 unless { src ${clients.join(' ')} }`] : []),
    ...(rateLimit
      ? [
          `http-request track-sc0 src table ${name}`,
          `http-request deny deny_status 429 if { sc_http_req_rate(0) gt ${rateLimit.average * WINDOW + rateLimit.burst} }`,
        ]
      : []),
    ...(accessList && accessList.users.length > 0
      ? [`http-request auth realm ${accessList.name} unless { http_auth(${accessList.name}) }`, 'http-request del-header Authorization']
      : []),
  ];
}

function servers(site: ProxiedSite, { upstream }: SitePart): string[] {
  const encrypted = site.scheme === 'https';
  const name = site.serverName;
  const verified = `ssl verify required ca-file @system-ca verifyhost ${name} sni str(${name}) check-sni ${name}`;
  const tls = encrypted ? [site.verify ? verified : 'ssl verify none'] : [];
  return upstream
    .servers()
    .map(server => ['server', server.name, `${server.host}:${upstream.port.from}`, ...tls, ...checkOptions(upstream, encrypted)].join(' '));
}
