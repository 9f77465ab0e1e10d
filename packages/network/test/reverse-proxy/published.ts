import { Port, Secret, Site } from '@ashlar/core';
import {
  AccessList,
  Certificate,
  HaProxy,
  HealthCheck,
  Internet,
  NginxProxyManager,
  RateLimit,
  type ReverseProxy,
  TraefikFile,
  Vlan,
} from '../../src';

/** A site with servers to publish, for the golden files and for the real consumers. */
export function published() {
  const site = new Site('lab', { domain: 'lab.example.net' });
  const management = new Vlan(site, 'management', { tag: 10, ipv4: '192.168.1.0/24', ipv6: 'fd20:0:0:10::/64' });
  const servers = new Vlan(site, 'servers', { tag: 20, ipv4: '10.20.0.0/24', ipv6: 'fd20:0:0:20::/64' });
  const services = new Vlan(site, 'services', { tag: 30, ipv4: '10.30.0.0/24' });
  const vips = servers.pool('vips', { use: 'vip', from: 50, to: 59 });
  const web = [servers.host('web1', 21), servers.host('web2', 22)] as const;
  const api = servers.host('api', 23);
  const auth = servers.host('auth', 24);
  const hypervisor = management.host('pve1', 11);
  const databases = [servers.host('db1', 31), servers.host('db2', 32)] as const;
  const staff = new AccessList(site, 'staff', {
    clients: [management],
    users: { bert: Secret.fromOpenBao('kv/proxy', 'bert'), anna: Secret.fromOpenBao('kv/proxy', 'anna') },
  });
  return { site, management, servers, services, vips, web, api, auth, hypervisor, databases, staff };
}

export type Published = ReturnType<typeof published>;

const cloudflare = (key: string) =>
  Certificate.letsEncrypt({ challenge: 'dns-01', provider: 'cloudflare', credentials: { [key]: Secret.fromOpenBao('kv/dns', 'token') } });

/** One of everything that Nginx Proxy Manager can do. */
export function nginxProxyManager({ site, services, web, api, hypervisor, databases, staff }: Published): NginxProxyManager {
  const npm = new NginxProxyManager(site, 'npm', { host: services.host('npm', 10) });
  open(npm);
  npm.site('shop', {
    names: ['www.shop.example.net', 'shop.example.net'],
    to: web[0],
    port: Port.tcp(8080),
    certificate: Certificate.letsEncrypt({ challenge: 'http-01' }),
    locations: [
      { path: '/api', to: api, port: Port.tcp(9000) },
      { path: '/api/v2', to: api, port: Port.tcp(9001) },
    ],
  });
  npm.site('apps', {
    names: ['*.apps.example.net'],
    to: web[1],
    port: Port.tcp(80),
    certificate: cloudflare('dns_cloudflare_api_token'),
    websockets: true,
  });
  npm.site('pve', {
    names: ['pve.lab.example.net'],
    to: hypervisor,
    port: Port.tcp(8006),
    scheme: 'https',
    verify: false,
    websockets: true,
    certificate: Certificate.stored('lab'),
    accessList: staff,
    hsts: false,
  });
  npm.site('plain', { names: ['plain.lab.example.net'], to: web[0], port: Port.tcp(8080), certificate: Certificate.none() });
  npm.tcp('postgres', { to: databases[0], port: Port.tcp(5432) });
  npm.retire('old', {
    names: ['old.example.net'],
    certificate: Certificate.letsEncrypt({ challenge: 'http-01' }),
    movedTo: 'shop.example.net',
  });
  npm.retire('gone', { names: ['gone.example.net'], certificate: Certificate.none() });
  return npm;
}

/** One of everything that Traefik can do. */
export function traefik({ site, servers, web, api, auth, hypervisor, databases, staff, management }: Published): TraefikFile {
  const edge = new TraefikFile(site, 'edge', { hosts: [servers.host('edge1', 11)] });
  open(edge);
  edge.site('shop', {
    names: ['www.shop.example.net', 'shop.example.net'],
    to: web,
    port: Port.tcp(8080),
    certificate: Certificate.letsEncrypt({ challenge: 'http-01' }),
    healthCheck: HealthCheck.http('/healthz'),
    rateLimit: RateLimit.perSecond(1, { burst: 3 }),
    locations: [{ path: '/api', to: api, port: Port.tcp(9000) }],
  });
  edge.site('apps', {
    names: ['*.apps.example.net', 'apps.example.net'],
    to: web[1],
    port: Port.tcp(8081),
    certificate: cloudflare('CF_DNS_API_TOKEN'),
    forwardAuth: { to: auth, port: Port.tcp(9091), path: '/api/authz/forward-auth', responseHeaders: ['Remote-User'] },
  });
  edge.site('pve', {
    names: ['pve.lab.example.net'],
    to: hypervisor,
    port: Port.tcp(8006),
    scheme: 'https',
    verify: false,
    certificate: Certificate.stored('lab'),
    accessList: staff,
  });
  edge.site('intranet', {
    names: ['intranet.lab.example.net'],
    to: api,
    port: Port.tcp(9443),
    scheme: 'https',
    certificate: Certificate.stored('lab'),
    healthCheck: HealthCheck.https('/', { port: Port.tcp(9444) }),
  });
  edge.site('plain', { names: ['plain.lab.example.net'], to: web[0], port: Port.tcp(8080), certificate: Certificate.none() });
  edge.tcp('postgres', { to: databases, port: Port.tcp(5432) });
  edge.retire('old', { names: ['old.apps.example.net'], certificate: Certificate.stored('lab'), movedTo: 'shop.example.net' });
  edge.retire('gone', { names: ['gone.apps.example.net'], certificate: Certificate.none() });
  edge.connections.allowFrom(management, Port.tcp(5432));
  return edge;
}

/** One of everything that HAProxy can do. */
export function haproxy({ site, servers, vips, web, api, hypervisor, databases, staff, management }: Published): HaProxy {
  const vip = vips.host('lb', 50);
  const lb = new HaProxy(site, 'lb', { hosts: [servers.host('lb1', 41), servers.host('lb2', 42)], vip: { host: vip, interface: 'eth0' } });
  vip.connections.allowFrom(Internet.of(site), Port.tcp(443));
  vip.connections.allowFrom(management, Port.tcp(5432));
  lb.site('shop', {
    names: ['www.shop.example.net', 'shop.example.net'],
    to: web,
    port: Port.tcp(8080),
    certificate: Certificate.stored('shop'),
    healthCheck: HealthCheck.http('/healthz'),
    rateLimit: RateLimit.perSecond(2, { burst: 5 }),
    websockets: true,
    locations: [{ path: '/api', to: api, port: Port.tcp(9000) }],
  });
  lb.site('apps', {
    names: ['*.apps.example.net', 'apps.example.net'],
    to: web[1],
    port: Port.tcp(8081),
    certificate: Certificate.stored('shop'),
  });
  lb.site('pve', {
    names: ['pve.lab.example.net'],
    to: hypervisor,
    port: Port.tcp(8006),
    scheme: 'https',
    certificate: Certificate.stored('lab'),
    healthCheck: HealthCheck.https('/'),
    balance: 'source',
  });
  lb.site('staff', {
    names: ['staff.lab.example.net'],
    to: api,
    port: Port.tcp(9002),
    certificate: Certificate.stored('lab'),
    accessList: staff,
  });
  lb.site('plain', { names: ['plain.lab.example.net'], to: web[0], port: Port.tcp(8080), certificate: Certificate.none() });
  lb.tcp('postgres', { to: databases, port: Port.tcp(5432), healthCheck: HealthCheck.http('/primary', { port: Port.tcp(8008) }) });
  lb.tcp('replicas', { to: databases, port: Port.tcp(5432), listen: Port.tcp(5433), healthCheck: HealthCheck.postgres('haproxy') });
  lb.tcp('kubernetes', { to: [api], port: Port.tcp(6443), healthCheck: HealthCheck.https('/readyz') });
  lb.retire('old', { names: ['old.apps.example.net'], certificate: Certificate.stored('shop'), movedTo: 'shop.example.net' });
  lb.retire('gone', { names: ['gone.apps.example.net'], certificate: Certificate.none() });
  return lb;
}

function open(proxy: ReverseProxy): void {
  for (const port of [80, 443]) proxy.connections.allowFrom(Internet.of(proxy), Port.tcp(port));
  proxy.connections.allowTo(Internet.of(proxy), Port.tcp(443));
}
