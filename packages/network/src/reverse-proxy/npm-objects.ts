import type { Secret } from '@ashlar/core';
import type { AccessList } from './access-list';
import type { NginxProxyManager } from './nginx-proxy-manager';
import type { ProxiedSite } from './proxied-site';
import type { RetiredSite } from './retired-site';
import type { TcpService } from './tcp-service';
import type { UpstreamServer } from './upstream';

/** One request to the API. */
interface NpmObject {
  readonly method: 'POST';
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * The requests that make the objects of a manager, in an order in which each finds what it refers to. Whoever applies them replaces:
 *
 * - `{ "$ref": "/nginx/certificates", "domain_names": […] }` by the `id` of the object of that list whose other fields are these,
 *   because the manager numbers its objects itself
 * - `{ "$secret": "openbao:kv/npm#anna" }` by the value that is kept there
 * - `{ "$ini": { … } }` by lines `key = value`, the text of certbot's credentials file
 *
 * An object that exists already, with the same domain names, name or incoming port, is sent by PUT to `<path>/<id>` instead.
 * @see https://github.com/NginxProxyManager/nginx-proxy-manager/tree/develop/backend/schema
 */
export function renderNpmObjects(proxy: NginxProxyManager): string {
  const { sites, retired, tcpServices } = proxy;
  const published = [...sites, ...retired];
  const lists = [...new Set(sites.flatMap(site => site.accessList ?? []))].sort((a, b) => (a.name < b.name ? -1 : 1));
  const objects: NpmObject[] = [
    ...published.filter(isOrdered).map(site => post('certificates', certificate(site))),
    ...lists.map(list => post('access-lists', accessList(list))),
    ...sites.map(site => post('proxy-hosts', proxyHost(site))),
    ...retired.map(site => (site.movedTo === undefined ? post('dead-hosts', tls(site)) : post('redirection-hosts', redirection(site)))),
    ...tcpServices.map(service => post('streams', stream(service))),
  ];
  return `${JSON.stringify(objects, undefined, 2)}\n`;
}

function post(collection: string, body: NpmObject['body']): NpmObject {
  return { method: 'POST', path: `/nginx/${collection}`, body };
}

function isOrdered({ certificate }: ProxiedSite | RetiredSite): boolean {
  return certificate.kind === 'http-01' || certificate.kind === 'dns-01';
}

function certificate({ names, certificate }: ProxiedSite | RetiredSite): NpmObject['body'] {
  const dns = certificate.kind === 'dns-01';
  const credentials = Object.fromEntries(Object.entries(certificate.credentials).map(([key, value]) => [key, secret(value)]));
  return {
    provider: 'letsencrypt',
    domain_names: names,
    meta: {
      dns_challenge: dns,
      ...(dns && { dns_provider: certificate.name, dns_provider_credentials: { $ini: credentials } }),
      key_type: 'ecdsa',
    },
  };
}

function accessList(list: AccessList): NpmObject['body'] {
  return {
    name: list.name,
    satisfy_any: false,
    pass_auth: false,
    items: list.users.map(([username, password]) => ({ username, password: secret(password) })),
    clients: list.prefixes().map(address => ({ directive: 'allow', address })),
  };
}

function proxyHost(site: ProxiedSite): NpmObject['body'] {
  const whole = site.parts.find(part => part.path === undefined) as ProxiedSite['parts'][number];
  const forward = ({ upstream }: ProxiedSite['parts'][number]) => ({
    forward_scheme: site.scheme,
    forward_host: (upstream.servers()[0] as UpstreamServer).host,
    forward_port: upstream.port.from,
  });
  return {
    ...tls(site),
    ...forward(whole),
    access_list_id: site.accessList ? { $ref: '/nginx/access-lists', name: site.accessList.name } : 0,
    allow_websocket_upgrade: site.websockets,
    block_exploits: true,
    caching_enabled: false,
    locations: site.parts.filter(part => part.path !== undefined).map(part => ({ path: part.path, ...forward(part) })),
  };
}

function redirection(site: RetiredSite): NpmObject['body'] {
  return {
    ...tls(site),
    forward_scheme: 'https',
    forward_domain_name: site.movedTo,
    forward_http_code: 301,
    preserve_path: true,
    block_exploits: true,
  };
}

function stream({ listen, upstream }: TcpService): NpmObject['body'] {
  return {
    incoming_port: listen.from,
    forwarding_host: (upstream.servers()[0] as UpstreamServer).ip,
    forwarding_port: upstream.port.from,
    tcp_forwarding: true,
    udp_forwarding: false,
  };
}

/** What every object with names has. */
function tls(site: ProxiedSite | RetiredSite): NpmObject['body'] {
  const { kind, name } = site.certificate;
  const own = kind === 'stored' ? { nice_name: name } : { domain_names: site.names };
  const secure = kind !== 'none';
  return {
    domain_names: site.names,
    certificate_id: secure ? { $ref: '/nginx/certificates', ...own } : 0,
    ssl_forced: 'forceSsl' in site ? site.forceSsl : secure,
    hsts_enabled: 'hsts' in site ? site.hsts : secure,
    hsts_subdomains: false,
    http2_support: secure,
  };
}

function secret(value: Secret): { readonly $secret: string } {
  return { $secret: value.describe() };
}
