import { HOSTING_HYPERVISORS } from './hosting-hypervisors';
import { type Variant, variant as v } from './variant';

/** Before this line the model is complete. */
const END = "  new ReachabilityProof(site, 'reachability');";
const end = (title: string, added: string, code: string) => v(title, END, `  ${added}\n${END}`, code);

/** Ways to spoil `apps/hosting`: its names, its mail and its tunnels, and what they run on. */
export const HOSTING: readonly Variant[] = [
  // Mail
  v(
    'an SPF record of eleven look-ups',
    'exchangers: [server],',
    "exchangers: [server],\n    spf: { mechanisms: ['mx'], include: ['_spf.example.org'], known: { '_spf.example.org': 9 } },",
    'SPF_LOOKUPS',
  ),
  v(
    'an SPF record for everybody',
    'exchangers: [server],',
    "exchangers: [server],\n    spf: { mechanisms: ['mx', '+all'] },",
    'SPF_PASS_ALL',
  ),
  v('two SPF records', 'exchangers: [server],', "exchangers: [server],\n    texts: ['v=spf1 include:_spf.example.org -all'],", 'SPF_TWICE'),
  v(
    'an SPF record with half an address',
    'exchangers: [server],',
    "exchangers: [server],\n    spf: { mechanisms: ['ip4:203.0.113'] },",
    'SPF_TERM',
  ),
  v(
    'an SPF record that forgets its own server',
    'exchangers: [server],',
    "exchangers: [server],\n    spf: { mechanisms: ['ip4:198.51.100.25'] },",
    'SPF_COVERAGE',
  ),
  v('a DKIM key that is none', 'publicKey: DKIM_2026', "publicKey: 'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A'", 'DKIM_KEY'),
  v('the private half of a DKIM key', 'publicKey: DKIM_2026', "publicKey: DKIM_2026.replaceAll('PUBLIC', 'PRIVATE')", 'DKIM_KEY_PRIVATE'),
  v(
    'mail that passes its own policy neither by SPF nor by DKIM',
    'exchangers: [server],',
    "exchangers: [server],\n    signingDomain: 'mailer.example.org',\n    returnPath: 'example.org',",
    'DMARC_UNALIGNED',
  ),
  v('a DMARC policy that nobody knows', "policy: 'reject'", "policy: 'refuse' as any", 'PROP_CHOICE'),
  v(
    'a mail server that greets by another name than its PTR record has',
    "'mail-server', { host: mail }",
    "'mail-server', { host: mail, name: 'mx1.hosting.example.net' }",
    'MAIL_PTR',
  ),
  v(
    'a mail server with a private address',
    "'mail-server', { host: mail }",
    "'mail-server', { host: customers.host('mx', 25) }",
    'MAIL_SERVER_PRIVATE',
  ),
  // Names
  v('a host that DNS refuses', "customers.host('shop', 10)", "customers.host('shop_1', 10)", 'PROP_FORMAT'),
  end(
    'an MX record that leads to an alias',
    "new net.DnsAlias(site, 'mx', { target: mail });\n  new net.DnsRecordSet(site, 'lists', { name: 'lists.hosting.example.net', type: 'MX', values: ['10 mx.hosting.example.net'] });",
    'DNS_TARGET_ALIAS',
  ),
  end(
    'a text beside a CNAME',
    "new net.DnsRecordSet(site, 'proof', { name: 'mta-sts.hosting.example.net', type: 'TXT', values: ['mine'] });",
    'DNS_CNAME_ALONE',
  ),
  end('an alias with the name of a host', "new net.DnsAlias(site, 'post', { target: web, name: 'mail' });", 'DNS_NAME_TAKEN'),
  end(
    'a private address for the Internet',
    "new net.PublicName(site, 'shop', { name: 'shop.hosting.example.net', addresses: [shop.ip] });",
    'DNS_PUBLIC_ADDRESS',
  ),
  v('two views without a key to tell them apart', "tsig: key('inside'),", '', 'DNS_VIEW_KEY'),
  v('a name server that copies from itself', 'secondaries: [ns2]', 'secondaries: [ns1]', 'DNS_SERVER_TWICE'),
  v('a public name server with a private address', 'secondaries: [ns2]', "secondaries: [customers.host('ns3', 53)]", 'DNS_SERVER_PRIVATE'),
  v(
    'an address record with a name',
    "'www.example.org', type: 'A', values: [web.ip]",
    "'www.example.org', type: 'A', values: ['web']",
    'DNS_RECORD',
  ),
  v('a record in a zone that nobody serves', "name: 'www.example.org'", "name: 'www.example.edu'", 'RECORD_UNSERVED'),
  // Public zones and the panel
  v(
    'a private address in the public zone',
    "'www.example.org', type: 'A', values: [web.ip]",
    "'www.example.org', type: 'A', values: ['10.2.20.10']",
    'PRIVATE_IN_PUBLIC_ZONE',
  ),
  end(
    'a zone that Cloudflare serves twice',
    "new CloudflareZone(clouds, 'again', { domain: 'example.org', accountId: '0'.repeat(32), apiToken: Secret.fromTerraformVariable('cloudflare_api_token') });",
    'PUBLIC_ZONE_TAKEN',
  ),
  end(
    'a zone at Cloudflare and on our own servers',
    "new CloudflareZone(clouds, 'own', { domain: 'hosting.example.net', accountId: '0'.repeat(32), apiToken: Secret.fromTerraformVariable('cloudflare_api_token') });",
    'ZONE_TWICE',
  ),
  v('an account by its name', "accountId: '0123456789abcdef0123456789abcdef'", "accountId: 'example'", 'PROP_FORMAT'),
  v('a zone outside of any stack', 'new CloudflareZone(clouds,', 'new CloudflareZone(site as any,', 'CLOUDFLARE_STACK'),
  v('a password in the program', "password: kv('ispconfig', 'acme')", "password: 'correct horse' as any", 'PROP_TYPE'),
  // Tunnels
  v('half of a WireGuard key', 'publicKey: WIREGUARD.provider', 'publicKey: WIREGUARD.provider.slice(1)', 'WIREGUARD_KEY'),
  v('one key for two devices', 'publicKey: WIREGUARD.laptop', 'publicKey: WIREGUARD.roadOwn', 'WIREGUARD_KEY_TAKEN'),
  v('a segment of ours behind a peer', "allowedIps: ['0.0.0.0/0']", "allowedIps: ['0.0.0.0/0', '10.2.20.0/24']", 'SUBNET_OVERLAP'),
  v('a tunnel that neither side can open', "endpoint: { host: 'transit.provider.example' },", '', 'WIREGUARD_UNREACHABLE'),
  v('people on the road who find no endpoint', "endpoint: { host: 'house.dynamic.example' },", '', 'WIREGUARD_ROAMING'),
  v(
    'an endpoint that is behind its own tunnel',
    "host: 'house.dynamic.example'",
    "host: 'node-1.hosting.example.net'",
    'WIREGUARD_ENDPOINT_NAME',
  ),
  v('packets that do not fit', "addresses: ['10.2.255.2/30'],", "addresses: ['10.2.255.2/30'],\n    mtu: 1500,", 'WIREGUARD_MTU'),
  v('one port for two tunnels', 'listenPort: 51_821', 'listenPort: 51_820', 'WIREGUARD_PORT'),
  v('a private segment that a provider routes to us', 'routed: [dmz]', 'routed: [customers]', 'WIREGUARD_ROUTED'),
  v('a private key in the program', "privateKey: kv('wireguard', 'wg1')", 'privateKey: WIREGUARD.roadOwn as any', 'PROP_TYPE'),
  v('a public prefix with host bits', "'203.0.113.32/27'", "'203.0.113.33/27'", 'SUBNET_HOST_BITS'),
  // The proxy
  v('a wildcard that is proven by http-01', "names: ['shop.example.com']", "names: ['*.example.com']", 'PROXY_WILDCARD'),
  end(
    'one name for two sites',
    "proxy.site('again', { names: ['shop.example.com'], to: shop, port: Port.tcp(8081), certificate: net.Certificate.none() });",
    'PROXY_NAME_TAKEN',
  ),
  v('a proxy that passes to itself', 'to: shop, port: Port.tcp(8080)', 'to: web, port: Port.tcp(443)', 'PROXY_LOOP'),
  v('a certificate whose proof nobody can fetch', 'for (const port of [80, 443]) web', 'for (const port of [443]) web', 'PROXY_CHALLENGE'),
  v('a certificate that nobody can order', 'for (const host of [web, mail]) host', 'for (const host of [mail]) host', 'PROXY_ACME'),
  v('a web site on UDP', 'port: Port.tcp(8080)', 'port: Port.udp(8080)', 'PROXY_PORT'),
  // Flows
  end('a flow to a segment that nothing routes', 'mirror.connections.allowFrom(shop, Port.tcp(443));', 'FLOW_NO_PATH'),
  end('a flow that another one contains', 'shop.connections.allowTo(internet, Port.tcp(443));', 'FLOW_SHADOWED'),
  end('a port of the Internet for a whole segment', 'customers.connections.allowFrom(internet, Port.tcp(8443));', 'FLOW_FORWARD'),
  end(
    'a port forward at an address that is not on the uplink',
    "new net.PortForward(gateway, 'web', { to: shop, port: Port.tcp(8443), address: web });",
    'PORT_FORWARD_ADDRESS',
  ),
  end(
    'management whose answers leave by a tunnel',
    "new net.PolicyRoute(gateway, 'out', { from: management, via: transit });",
    'MANAGEMENT_LOCKOUT',
  ),
  end(
    'a provider that takes no user name with spaces',
    "net.DynamicUplink.pppoe({ user: 'Jo Doe', password: kv('uplink', 'password') });",
    'PROP_FORMAT',
  ),
  ...HOSTING_HYPERVISORS,
];
