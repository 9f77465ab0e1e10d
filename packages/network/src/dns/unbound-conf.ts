/** A public resolver that is asked over TLS. */
export interface UpstreamAddress {
  /** Name in its certificate. */
  readonly name: string;
  readonly address: string;
}

/** What a resolver is told. */
export interface UnboundConf {
  /** Addresses that it listens on, besides those of the loopback interface. */
  readonly addresses: readonly string[];
  /** Prefixes that may ask. */
  readonly clients: readonly string[];
  /** Zones of the site. */
  readonly zones: readonly string[];
  /** Addresses of the servers that hold them. */
  readonly servers: readonly string[];
  readonly upstreams: readonly UpstreamAddress[];
}

/** Addresses that no name of others leads to; an answer with one is an attempt to reach our devices through a browser. */
const PRIVATE = ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7', 'fe80::/10'];

/**
 * The whole `unbound.conf` of a resolver. Zones of the site are stub zones and not forward zones: their servers answer for them and
 * look for nothing else, so that a delegation in them has to be followed here. No chain of DNSSEC leads to them from the root, so that
 * they are not validated.
 * @see https://unbound.docs.nlnetlabs.nl/en/latest/manpages/unbound.conf.html
 */
export function renderUnboundConf({ addresses, clients, zones, servers, upstreams }: UnboundConf): string {
  const ipv6 = addresses.some(ip => ip.includes(':'));
  return [
    clause('server', [
      ...['127.0.0.1', ...(ipv6 ? ['::1'] : []), ...addresses].map(ip => `interface: ${ip}`),
      `do-ip6: ${ipv6 ? 'yes' : 'no'}`,
      ...['127.0.0.0/8', ...(ipv6 ? ['::1/128'] : []), ...clients].map(prefix => `access-control: ${prefix} allow`),
      'auto-trust-anchor-file: "/var/lib/unbound/root.key"',
      'tls-cert-bundle: "/etc/ssl/certs/ca-certificates.crt"',
      'hide-identity: yes',
      'hide-version: yes',
      'log-queries: no',
      'qname-minimisation: yes',
      'aggressive-nsec: yes',
      'deny-any: yes',
      'prefetch: yes',
      ...PRIVATE.map(prefix => `private-address: ${prefix}`),
      ...zones.filter(zone => !/\.(in-addr|ip6)\.arpa$/.test(zone)).map(zone => `private-domain: "${zone}."`),
      ...zones.map(zone => `domain-insecure: "${zone}."`),
      // Unbound answers for names such as home.arpa, and those of private addresses, itself, unless something closer is said.
      ...zones.map(zone => `local-zone: "${zone}." transparent`),
    ]),
    clause('remote-control', ['control-enable: no']),
    ...zones.map(zone => clause('stub-zone', [`name: "${zone}."`, ...servers.map(ip => `stub-addr: ${ip}`)])),
    clause('forward-zone', [
      'name: "."',
      'forward-tls-upstream: yes',
      ...upstreams.map(({ name, address }) => `forward-addr: ${address}@853#${name}`),
    ]),
  ].join('\n');
}

function clause(name: string, options: readonly string[]): string {
  return [`${name}:`, ...options.map(option => `    ${option}`), ''].join('\n');
}
