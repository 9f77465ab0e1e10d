import { Duration, Port, Secret, Site } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { AccessList, Certificate, HaProxy, HealthCheck, Internet, NginxProxyManager, RateLimit, TraefikFile, Vlan } from '../../src';

function lab() {
  const site = new Site('lab', { domain: 'lab.example.net' });
  const servers = new Vlan(site, 'servers', { tag: 20, ipv4: '10.20.0.0/24' });
  const modern = new Vlan(site, 'modern', { tag: 30, ipv6: 'fd20:0:0:30::/64' });
  const [edge1, edge2, web, web2] = [11, 12, 21, 22].map((n, i) => servers.host(['edge1', 'edge2', 'web', 'web2'][i] as string, n)) as [
    ReturnType<Vlan['host']>,
    ReturnType<Vlan['host']>,
    ReturnType<Vlan['host']>,
    ReturnType<Vlan['host']>,
  ];
  return { site, servers, modern, edge1, edge2, web, web2 };
}

type Lab = ReturnType<typeof lab>;

const npm = ({ site, edge1 }: Lab) => new NginxProxyManager(site, 'npm', { host: edge1 });
const traefik = ({ site, edge1 }: Lab) => new TraefikFile(site, 'edge', { hosts: [edge1] });
const haproxy = ({ site, edge1 }: Lab) => new HaProxy(site, 'lb', { hosts: [edge1] });
const any = (value: unknown) => value as never;
const stored = Certificate.stored('shop');
const http01 = Certificate.letsEncrypt({ challenge: 'http-01' });
const shop = ({ web }: Lab) => ({ names: ['shop.example.net'], to: web, port: Port.tcp(8080), certificate: stored });

/** The text of the ConfigError that `act` throws. */
function message(act: (l: Lab) => unknown): string {
  try {
    act(lab());
  } catch (error) {
    if ((error as Error).name !== 'ConfigError') throw error;
    return (error as Error).message;
  }
  return 'nothing was thrown';
}

describe('a site of a proxy', () => {
  it.each<[string, (l: Lab) => unknown, string]>([
    [
      'has names that no other site of the proxy has',
      l => {
        const proxy = traefik(l);
        proxy.site('shop', shop(l));
        proxy.site('copy', shop(l));
      },
      '[lab/edge/copy] the name shop.example.net is already that of lab/edge/shop; publish it once; for a part of the site, give that one a location (PROXY_NAME_TAKEN)',
    ],
    [
      'has no name of a retired one',
      l => {
        const proxy = traefik(l);
        proxy.retire('old', { names: ['shop.example.net'], certificate: stored });
        proxy.site('shop', shop(l));
      },
      '[lab/edge/shop] the name shop.example.net is already that of lab/edge/old; publish it once; for a part of the site, give that one a location (PROXY_NAME_TAKEN)',
    ],
    [
      'has names of DNS labels',
      l => traefik(l).site('shop', { ...shop(l), names: ['my_shop.example.net'] }),
      '[lab/edge/shop] names must be DNS names in lower case, the first label of which may be *, got "my_shop.example.net"; write it like shop.example.net (PROP_FORMAT)',
    ],
    [
      'has a wildcard as first label only',
      l => traefik(l).site('shop', { ...shop(l), names: ['shop.*.example.net'] }),
      '[lab/edge/shop] names must be DNS names in lower case, the first label of which may be *, got "shop.*.example.net"; write it like shop.example.net (PROP_FORMAT)',
    ],
    [
      'has as many names as a certificate',
      l => traefik(l).site('shop', { ...shop(l), names: Array.from({ length: 101 }, (_, i) => `shop${i}.example.net`) }),
      '[lab/edge/shop] a certificate has up to 100 names, and these are 101; spread them over several sites, or take a wildcard, see https://letsencrypt.org/docs/rate-limits/ (PROXY_NAMES)',
    ],
    [
      'has a name',
      l => traefik(l).site('shop', { ...shop(l), names: [] }),
      "[lab/edge/shop] names is empty; write names: ['shop.example.net'] (PROP_EMPTY)",
    ],
    [
      'says where its certificate comes from',
      l => traefik(l).site('shop', any({ ...shop(l), certificate: undefined })),
      "[lab/edge/shop] certificate is missing; write certificate: Certificate.letsEncrypt({ challenge: 'http-01' }) (PROP_MISSING)",
    ],
    [
      'proves no wildcard by http-01',
      l => traefik(l).site('shop', { ...shop(l), names: ['*.example.net'], certificate: http01 }),
      "[lab/edge/shop] the wildcard *.example.net cannot be proven by http-01; write challenge: 'dns-01', see https://letsencrypt.org/docs/challenge-types/ (PROXY_WILDCARD)",
    ],
    [
      'is not proven by http-01 when requests arrive at several hosts',
      ({ site, edge1, edge2, ...l }) =>
        new TraefikFile(site, 'edge', { hosts: [edge1, edge2] }).site('shop', {
          ...shop({ site, edge1, edge2, ...l }),
          certificate: http01,
        }),
      "[lab/edge/shop] http-01 is answered by the host that asked, and requests arrive at any of lab/servers/edge1, lab/servers/edge2; write challenge: 'dns-01' (PROXY_CHALLENGE_SPREAD)",
    ],
    [
      'gets no certificate from a proxy that asks for none',
      l => haproxy(l).site('shop', { ...shop(l), certificate: http01 }),
      "[lab/lb/shop] HAProxy gets no certificates itself; write Certificate.stored('shop'), and let an ACME client keep the file (PROXY_CHALLENGE_UNKNOWN)",
    ],
    [
      'is passed to a TCP port',
      l => traefik(l).site('shop', { ...shop(l), port: Port.udp(8080) }),
      '[lab/edge/shop] requests are passed to one TCP port, got "8080/udp"; write port: Port.tcp(8080) (PROXY_PORT)',
    ],
    [
      'is passed to one port',
      l => traefik(l).site('shop', { ...shop(l), port: Port.range('tcp', 8080, 8090) }),
      '[lab/edge/shop] requests are passed to one TCP port, got "8080-8090/tcp"; write port: Port.tcp(8080) (PROXY_PORT)',
    ],
    [
      'is passed to something that has connections',
      l => traefik(l).site('shop', any({ ...shop(l), to: '10.20.0.21' })),
      '[lab/edge/shop] to takes something that has connections, got "10.20.0.21"; pass the construct itself: a host, a VM (PROXY_TARGET)',
    ],
    [
      'has one server in Nginx Proxy Manager',
      l => npm(l).site('shop', { ...shop(l), to: [l.web, l.web2] }),
      '[lab/npm/shop] Nginx Proxy Manager passes requests to one server, and to names 2; name one, or use HAProxy or Traefik (PROXY_BALANCE)',
    ],
    [
      'has no rate limit in Nginx Proxy Manager',
      l => npm(l).site('shop', { ...shop(l), rateLimit: RateLimit.perSecond(5) }),
      '[lab/npm/shop] Nginx Proxy Manager has no rateLimit; leave it out, or use another proxy (PROXY_OPTION)',
    ],
    [
      'has no choice of balancing in Traefik',
      l => traefik(l).site('shop', { ...shop(l), balance: 'source' }),
      '[lab/edge/shop] Traefik has no balance; leave it out, or use another proxy (PROXY_OPTION)',
    ],
    [
      'has no health check in Nginx Proxy Manager',
      l => npm(l).site('shop', { ...shop(l), healthCheck: HealthCheck.http('/') }),
      '[lab/npm/shop] Nginx Proxy Manager has no health check by http; leave healthCheck out (PROXY_HEALTH_CHECK)',
    ],
    [
      'has no health check by PostgreSQL in Traefik',
      l => traefik(l).site('shop', { ...shop(l), healthCheck: HealthCheck.postgres('haproxy') }),
      '[lab/edge/shop] Traefik has no health check by postgres; use one by http or https (PROXY_HEALTH_CHECK)',
    ],
    [
      'verifies no server in Nginx Proxy Manager',
      l => npm(l).site('shop', { ...shop(l), scheme: 'https' }),
      '[lab/npm/shop] Nginx Proxy Manager takes any certificate that a server shows; write verify: false where nobody can stand between them (PROXY_VERIFY)',
    ],
    [
      'insists on no HTTPS without a certificate',
      l => traefik(l).site('shop', { ...shop(l), certificate: Certificate.none(), forceSsl: true }),
      '[lab/edge/shop] forceSsl needs a certificate, and the site has none; give it a certificate, or leave forceSsl out (PROXY_SSL)',
    ],
    [
      'tells browsers nothing that it does not insist on',
      l => traefik(l).site('shop', { ...shop(l), forceSsl: false, hsts: true }),
      '[lab/edge/shop] hsts needs forceSsl, and the site has none; give it forceSsl, or leave hsts out (PROXY_SSL)',
    ],
    [
      'has each location once',
      l => {
        const location = { path: '/api', to: l.web2, port: Port.tcp(9000) };
        traefik(l).site('shop', { ...shop(l), locations: [location, location] });
      },
      '[lab/edge/shop] the path /api is named twice; name it once (PROXY_LOCATION)',
    ],
    [
      'has locations that begin with a slash',
      l => traefik(l).site('shop', { ...shop(l), locations: [{ path: 'api', to: l.web2, port: Port.tcp(9000) }] }),
      '[lab/edge/shop] path must be the beginning of a path, got "api"; write it like /api (PROP_FORMAT)',
    ],
    [
      'has no misspelt property',
      l => traefik(l).site('shop', any({ ...shop(l), forceSSL: true })),
      '[lab/edge/shop] there is no property forceSSL; use one of names, to, port, certificate, scheme, verify, forceSsl, hsts, websockets, accessList, rateLimit, forwardAuth, locations, healthCheck, balance (PROP_UNKNOWN)',
    ],
    [
      'has an access list, no list of addresses',
      l => traefik(l).site('shop', any({ ...shop(l), accessList: ['10.0.0.0/8'] })),
      `[lab/edge/shop] accessList must be a AccessList, got ["10.0.0.0/8"]; write accessList: new AccessList(site, 'staff', { clients: [management] }) (PROP_TYPE)`,
    ],
    [
      'asks a service at a path',
      l => traefik(l).site('shop', { ...shop(l), forwardAuth: { to: l.web2, port: Port.tcp(9091), path: 'auth' } }),
      '[lab/edge/shop] path must be a path, got "auth"; write it like /api/authz/forward-auth (PROP_FORMAT)',
    ],
    [
      'moves to a DNS name',
      l => traefik(l).retire('old', { names: ['old.example.net'], certificate: stored, movedTo: 'https://shop.example.net' }),
      '[lab/edge/old] movedTo must be a DNS name, got "https://shop.example.net"; write it like shop.example.net (PROP_FORMAT)',
    ],
  ])('%s', (_, act, text) => expect(message(act)).toBe(text));
});

describe('a proxy', () => {
  it.each<[string, (l: Lab) => unknown, string]>([
    [
      'has hosts',
      ({ site }) => new HaProxy(site, 'lb', { hosts: [] }),
      "[lab/lb] hosts is empty; write hosts: [servers.host('edge1', 11)] (PROP_EMPTY)",
    ],
    [
      'has props',
      ({ site }) => new TraefikFile(site, 'edge', any(undefined)),
      "[lab/edge] hosts is missing; write hosts: [servers.host('edge1', 11)] (PROP_MISSING)",
    ],
    [
      'has a host, no name of one',
      ({ site }) => new NginxProxyManager(site, 'npm', any({ host: 'npm' })),
      `[npm] host must be a Host, got "npm"; write host: services.host('npm', 10) (PROP_TYPE)`,
    ],
    [
      'has each host once',
      ({ site, edge1 }) => new HaProxy(site, 'lb', { hosts: [edge1, edge1] }),
      '[lab/lb] lab/servers/edge1 is named twice; name each host once (PROXY_HOST_TWICE)',
    ],
    [
      'has its ports for itself',
      l => {
        npm(l);
        traefik(l);
      },
      '[lab/edge] 80/tcp of lab/servers/edge1 is already that of lab/npm; listen on another port, or on another host (PROXY_LISTEN)',
    ],
    [
      'listens once on a port',
      l => {
        const lb = haproxy(l);
        lb.tcp('primary', { to: l.web, port: Port.tcp(5432) });
        lb.tcp('replicas', { to: l.web2, port: Port.tcp(5432) });
      },
      '[lab/lb/replicas] 5432/tcp of lab/servers/edge1 is already that of lab/lb/primary; listen on another port, or on another host (PROXY_LISTEN)',
    ],
    [
      'has no TCP service on the port of its sites',
      l => traefik(l).tcp('web', { to: l.web, port: Port.tcp(443) }),
      '[lab/edge/web] 443/tcp of lab/servers/edge1 is already that of lab/edge; listen on another port, or on another host (PROXY_LISTEN)',
    ],
    [
      'balances no TCP service in Traefik by another way',
      l => traefik(l).tcp('db', { to: l.web, port: Port.tcp(5432), balance: 'leastconn' }),
      '[lab/edge/db] Traefik has no balance; leave it out, or use another proxy (PROXY_OPTION)',
    ],
    [
      'checks a TCP service of Traefik by its connection',
      l => traefik(l).tcp('db', { to: l.web, port: Port.tcp(5432), healthCheck: HealthCheck.http('/primary') }),
      '[lab/edge/db] Traefik has no health check by http; use one by tcp (PROXY_HEALTH_CHECK)',
    ],
    [
      'has a virtual address of the segment of its hosts',
      ({ site, edge1, edge2, modern }) =>
        new HaProxy(site, 'lb', { hosts: [edge1, edge2], vip: { host: modern.host('lb', 50), interface: 'eth0' } }),
      '[lab/lb] the virtual address fd20:0:0:30::32 is on lab/modern, and lab/servers/edge1 is on lab/servers; take an address of the segment of the hosts (PROXY_VIP_SEGMENT)',
    ],
    [
      'has a virtual address that is no host of it',
      ({ site, edge1, edge2 }) => new HaProxy(site, 'lb', { hosts: [edge1, edge2], vip: { host: edge1, interface: 'eth0' } }),
      '[lab/lb] the virtual address 10.20.0.11 is that of lab/servers/edge1 already; reserve one that none of the hosts has (PROXY_VIP_HOST)',
    ],
    [
      'has a virtual router of its own on the segment',
      ({ site, edge1, edge2, web, web2, servers }) => {
        const vip = (name: string, number: number) => ({ host: servers.host(name, number), interface: 'eth0', virtualRouterId: 7 });
        new HaProxy(site, 'lb', { hosts: [edge1, edge2], vip: vip('lb', 50) });
        new TraefikFile(site, 'edge', { hosts: [web, web2], vip: vip('edge', 51) });
      },
      '[lab/edge] virtualRouterId 7 is already that of lab/lb on lab/servers; choose another (PROXY_VIP_ROUTER_ID)',
    ],
    [
      'has a virtual router up to 255',
      ({ site, edge1, edge2, servers }) =>
        new HaProxy(site, 'lb', { hosts: [edge1, edge2], vip: { host: servers.host('lb', 50), interface: 'eth0', virtualRouterId: 256 } }),
      '[lab/lb] vip.virtualRouterId must be from 1 to 255, got 256; choose a value inside the range (PROP_RANGE)',
    ],
    [
      'has a mail address for Let’s Encrypt',
      ({ site, edge1 }) => new TraefikFile(site, 'edge', { hosts: [edge1], email: 'nobody' }),
      '[lab/edge] email must be a mail address, got "nobody"; write it like hostmaster@example.net (PROP_FORMAT)',
    ],
  ])('%s', (_, act, text) => expect(message(act)).toBe(text));

  it('has a second host for its virtual address, or says so', () => {
    const { site, edge1, servers } = lab();
    new HaProxy(site, 'lb', { hosts: [edge1], vip: { host: servers.host('vip', 50), interface: 'eth0' } });
    expect(Testing.findings(site)).toEqual([
      'warning [lab/lb] the virtual address 10.20.0.50 has one host, and goes down with it; name a second host, or leave the virtual address out (PROXY_VIP_ALONE)',
    ]);
  });
});

describe('values', () => {
  const token = Secret.fromOpenBao('kv/dns', 'token');
  it.each<[string, (l: Lab) => unknown, string]>([
    [
      'a challenge is one of two',
      () => Certificate.letsEncrypt(any({ challenge: 'tls-alpn-01' })),
      `[Certificate.letsEncrypt] challenge must be http-01 or dns-01, got "tls-alpn-01"; write { challenge: 'http-01' } (CERTIFICATE)`,
    ],
    [
      'dns-01 names the provider',
      () => Certificate.letsEncrypt(any({ challenge: 'dns-01', credentials: { TOKEN: token } })),
      "[Certificate.letsEncrypt] provider must be the name of a DNS provider, got undefined; write provider: 'cloudflare' (CERTIFICATE)",
    ],
    [
      'a credential that is text is refused, and not repeated',
      () => Certificate.letsEncrypt(any({ challenge: 'dns-01', provider: 'cloudflare', credentials: { TOKEN: 'hunter2' } })),
      "[Certificate.letsEncrypt] credentials must be secrets by the names of the ACME client; write credentials: { CF_DNS_API_TOKEN: Secret.fromOpenBao('kv/dns', 'token') } (CERTIFICATE)",
    ],
    [
      'a stored certificate has a name, no path',
      () => Certificate.stored('/etc/ssl/shop.pem'),
      `[Certificate.stored] a name is lower-case letters, digits, dots and dashes, got "/etc/ssl/shop.pem"; write Certificate.stored('shop') (CERTIFICATE)`,
    ],
    [
      'a health check asks for a path',
      () => HealthCheck.http('healthz'),
      `[HealthCheck.http] the path begins with a slash and has no spaces, got "healthz"; write '/healthz' (HEALTH_CHECK)`,
    ],
    [
      'a health check asks one TCP port',
      () => HealthCheck.http('/', { port: Port.udp(8008) }),
      '[HealthCheck] port must be one TCP port, got "8008/udp"; write port: Port.tcp(8008) (HEALTH_CHECK)',
    ],
    [
      'a health check pauses for a second',
      () => HealthCheck.tcp({ interval: Duration.seconds(0) }),
      '[HealthCheck.tcp] interval must be at least a second, got "0s"; write interval: Duration.seconds(5) (HEALTH_CHECK)',
    ],
    [
      'a health check has the name of a role',
      () => HealthCheck.postgres('HAProxy user'),
      `[HealthCheck.postgres] a role is lower-case letters, digits and underscores, got "HAProxy user"; write HealthCheck.postgres('haproxy') (HEALTH_CHECK)`,
    ],
    [
      'a rate is a whole number',
      () => RateLimit.perSecond(0.5),
      '[RateLimit.perSecond] average must be a whole number from 1 to 100000, got 0.5; write RateLimit.perSecond(20, { burst: 50 }) (RATE_LIMIT)',
    ],
    [
      'a health check has an interval with a unit',
      () => HealthCheck.tcp({ interval: any(5) }),
      '[HealthCheck.tcp] interval must be a Duration, got 5; write interval: Duration.seconds(5) (PROP_TYPE)',
    ],
    [
      'a health check has no misspelt option',
      () => HealthCheck.http('/', any({ intervall: Duration.seconds(5) })),
      '[HealthCheck.http] there is no property intervall; use one of port, interval (PROP_UNKNOWN)',
    ],
    [
      'a rate has no misspelt option',
      () => RateLimit.perSecond(5, any({ bursts: 10 })),
      '[RateLimit.perSecond] there is no property bursts; use one of burst (PROP_UNKNOWN)',
    ],
    [
      'http-01 has no provider',
      () => Certificate.letsEncrypt(any({ challenge: 'http-01', provider: 'cloudflare' })),
      '[Certificate.letsEncrypt] there is no property provider; use one of challenge (PROP_UNKNOWN)',
    ],
    [
      'an access list has a name of its own',
      ({ site, servers }) => {
        new AccessList(site, 'staff', { clients: [servers] });
        new AccessList(servers, 'staff', { clients: [servers] });
      },
      '[lab/servers/staff] there is already an access list staff, lab/staff; choose another id (ACCESS_LIST_NAME)',
    ],
    [
      'an access list lets somebody in',
      ({ site }) => new AccessList(site, 'staff', {}),
      '[lab/staff] lets nobody in and keeps nobody out; name clients, users, or both (ACCESS_LIST_EMPTY)',
    ],
    [
      'an access list is of constructs',
      ({ site }) => new AccessList(site, 'staff', { clients: any(['10.0.0.0/8']) }),
      '[lab/staff] clients are things that have connections, got "10.0.0.0/8"; pass the construct itself: a VLAN, a zone, a host (ACCESS_LIST_CLIENT)',
    ],
    [
      'a password that is text is refused, and not repeated',
      ({ site }) => new AccessList(site, 'staff', { users: any({ anna: 'hunter2' }) }),
      "[lab/staff] the user anna needs a name of letters and digits, and a Secret; write users: { anna: Secret.fromOpenBao('kv/proxy', 'anna') } (ACCESS_LIST_USER)",
    ],
  ])('%s', (_, act, text) => expect(message(act)).toBe(text));
});

describe('rules', () => {
  /** Segments may order certificates, and so may the proxies in them. */
  const orders = (l: Lab) => l.servers.connections.allowTo(Internet.of(l.site), Port.tcp(443));

  it('a certificate is ordered on the Internet', () => {
    const l = lab();
    const proxy = new TraefikFile(l.site, 'edge', { hosts: [l.edge1, l.edge2] });
    const certificate = Certificate.letsEncrypt({
      challenge: 'dns-01',
      provider: 'cloudflare',
      credentials: { TOKEN: Secret.fromOpenBao('kv/dns', 'token') },
    });
    proxy.site('shop', { ...shop(l), certificate });
    l.edge1.connections.allowTo(Internet.of(l.site), Port.tcp(443));
    l.edge2.connections.allowTo(Internet.of(l.site), Port.udp(443));
    expect(Testing.findings(l.site)).toEqual([
      "error [lab/edge] the certificate of lab/edge/shop is ordered from Let's Encrypt, and no flow lets lab/servers/edge2 reach the Internet on port 443; write edge.connections.allowTo(Internet.of(site), Port.tcp(443)) (PROXY_ACME)",
    ]);
    proxy.connections.allowTo(Internet.of(l.site), Port.tcp(443));
    expect(Testing.findings(l.site)).toEqual([]);
  });

  it('a certificate that somebody else keeps is ordered by nobody here', () => {
    const l = lab();
    traefik(l).site('shop', shop(l));
    expect(Testing.findings(l.site)).toEqual([]);
  });

  it('http-01 needs a flow from the Internet on port 80', () => {
    const l = lab();
    const proxy = npm(l);
    proxy.site('shop', { ...shop(l), certificate: http01 });
    proxy.retire('old', { names: ['old.example.net'], certificate: http01 });
    proxy.connections.allowFrom(Internet.of(l.site), Port.tcp(443));
    orders(l);
    const fix = "write npm.connections.allowFrom(Internet.of(site), Port.tcp(80)), or challenge: 'dns-01' (PROXY_CHALLENGE)";
    expect(Testing.findings(l.site)).toEqual([
      `error [lab/npm] the certificates of shop.example.net, old.example.net are proven on port 80, and no flow lets the Internet reach lab/npm there; ${fix}`,
    ]);
  });

  it.each<[string, (l: Lab) => void]>([
    [
      'to the proxy',
      ({ site }) => (site.node.findChild('npm') as NginxProxyManager).connections.allowFrom(Internet.of(site), Port.tcp(80)),
    ],
    ['to its segment', ({ site, servers }) => servers.connections.allowFrom(Internet.of(site), Port.tcp(80))],
    ['to its host, in a range', ({ site, edge1 }) => edge1.connections.allowFrom(Internet.of(site), Port.range('tcp', 80, 443))],
  ])('a flow %s is one', (_, allow) => {
    const l = lab();
    npm(l).site('shop', { ...shop(l), certificate: http01 });
    allow(l);
    orders(l);
    expect(Testing.findings(l.site)).toEqual([]);
  });

  it('dns-01 needs none', () => {
    const l = lab();
    const certificate = Certificate.letsEncrypt({
      challenge: 'dns-01',
      provider: 'cloudflare',
      credentials: { TOKEN: Secret.fromOpenBao('kv/dns', 'token') },
    });
    traefik(l).site('shop', { ...shop(l), certificate });
    orders(l);
    expect(Testing.findings(l.site)).toEqual([]);
  });

  it('a proxy that passes requests to itself goes in a circle, in whatever order it was declared', () => {
    const l = lab();
    const lb = haproxy(l);
    lb.site('shop', { ...shop(l), to: l.edge1, port: Port.tcp(8443) });
    lb.site('self', { ...shop(l), names: ['self.example.net'], to: lb });
    lb.site('http', { ...shop(l), names: ['http.example.net'], to: l.edge1, port: Port.tcp(80) });
    lb.site('fine', { ...shop(l), names: ['fine.example.net'], to: l.edge1, port: Port.tcp(9000) });
    lb.tcp('late', { to: l.web, port: Port.tcp(8443) });
    const told = (port: string, what: string) =>
      `${port} of ${what} is a port of lab/lb itself, so requests go in a circle; pass them to what answers them (PROXY_LOOP)`;
    expect(Testing.findings(l.site)).toEqual([
      `error [lab/lb/http] ${told('80/tcp', 'lab/servers/edge1')}`,
      `error [lab/lb/self] ${told('8080/tcp', 'lab/lb')}`,
      `error [lab/lb/shop] ${told('8443/tcp', 'lab/servers/edge1')}`,
    ]);
  });

  it('a server has an address of a family that the proxy has', () => {
    const l = lab();
    const edge = traefik(l);
    edge.site('shop', { ...shop(l), to: l.servers });
    edge.tcp('db', { to: l.modern.host('db', 10), port: Port.tcp(5432) });
    const fix =
      'name a host, or a service with an address of its own, in a family that every host of the proxy has (PROXY_BACKEND_ADDRESS)';
    expect(Testing.findings(l.site)).toEqual([
      `error [lab/edge/db] lab/modern/db has no single IPv4 address to which lab/edge could connect; ${fix}`,
      `error [lab/edge/shop] lab/servers has no single IPv4 address to which lab/edge could connect; ${fix}`,
    ]);
  });

  it('one environment has one value for a variable', () => {
    const l = lab();
    const edge = traefik(l);
    const certificate = (path: string) =>
      Certificate.letsEncrypt({ challenge: 'dns-01', provider: 'cloudflare', credentials: { TOKEN: Secret.fromOpenBao(path, 'token') } });
    edge.site('shop', { ...shop(l), certificate: certificate('kv/a') });
    edge.site('blog', { ...shop(l), names: ['blog.example.net'], certificate: certificate('kv/b') });
    orders(l);
    expect(Testing.findings(l.site)).toEqual([
      'error [lab/edge/shop] TOKEN is openbao:kv/a#token, and is openbao:kv/b#token in lab/edge/blog; Traefik has one environment: take one secret for both (TRAEFIK_CREDENTIALS)',
    ]);
  });
});
