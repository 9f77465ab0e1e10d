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
  /** Domain whose names may lead to private addresses, wherever they are served. */
  readonly domain: string;
  /** Zones of the site. */
  readonly zones: readonly string[];
  /** Those of them to which a chain of signatures may lead. */
  readonly validated: readonly string[];
  /** Addresses of the servers that hold them. */
  readonly servers: readonly string[];
  /** None: it asks from the root on. */
  readonly upstreams: readonly UpstreamAddress[];
}

/** Addresses that no name of others leads to; an answer with one is an attempt to reach our devices through a browser. */
const PRIVATE = ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7', 'fe80::/10'];

/**
 * The whole `unbound.conf` of a resolver. Zones of the site are stub zones and not forward zones: their servers answer for them and
 * look for nothing else, so that a delegation in them has to be followed here. They are validated where they are signed and public; to the
 * others no chain of DNSSEC leads from the root.
 * @see https://unbound.docs.nlnetlabs.nl/en/latest/manpages/unbound.conf.html
 */
export function renderUnboundConf({ addresses, clients, domain, zones, validated, servers, upstreams }: UnboundConf): string {
  const forward = zones.filter(zone => !/\.(in-addr|ip6)\.arpa$/.test(zone));
  const domains = forward.some(zone => domain === zone || domain.endsWith(`.${zone}`)) ? forward : [domain, ...forward];
  const ipv6 = addresses.some(ip => ip.includes(':'));
  return [
    clause('server', [
      ...['127.0.0.1', ...(ipv6 ? ['::1'] : []), ...addresses].map(ip => `interface: ${ip}`),
      `do-ip6: ${ipv6 ? 'yes' : 'no'}`,
      ...['0.0.0.0/0', ...(ipv6 ? ['::/0'] : [])].map(prefix => `access-control: ${prefix} refuse`),
      ...['127.0.0.0/8', ...(ipv6 ? ['::1/128'] : []), ...clients].map(prefix => `access-control: ${prefix} allow`),
      'auto-trust-anchor-file: "/var/lib/unbound/root.key"',
      ...(upstreams.length > 0 ? ['tls-cert-bundle: "/etc/ssl/certs/ca-certificates.crt"'] : []),
      'hide-identity: yes',
      'hide-version: yes',
      'log-queries: no',
      'harden-glue: yes',
      'qname-minimisation: yes',
      'aggressive-nsec: yes',
      'deny-any: yes',
      'prefetch: yes',
      // While nobody answers, what was true yesterday is better than nothing. @see RFC 8767 section 5
      'serve-expired: yes',
      'serve-expired-ttl: 86400',
      'serve-expired-client-timeout: 1800',
      ...PRIVATE.map(prefix => `private-address: ${prefix}`),
      ...domains.map(name => `private-domain: "${name}."`),
      ...zones.filter(zone => !validated.includes(zone)).map(zone => `domain-insecure: "${zone}."`),
      // Unbound answers for names such as home.arpa, and those of private addresses, itself, unless something closer is said.
      ...zones.map(zone => `local-zone: "${zone}." transparent`),
    ]),
    clause('remote-control', ['control-enable: no']),
    ...zones.map(zone => clause('stub-zone', [`name: "${zone}."`, ...servers.map(ip => `stub-addr: ${ip}`)])),
    ...(upstreams.length > 0
      ? [
          clause('forward-zone', [
            'name: "."',
            'forward-tls-upstream: yes',
            ...upstreams.map(({ name, address }) => `forward-addr: ${address}@853#${name}`),
          ]),
        ]
      : []),
  ].join('\n');
}

function clause(name: string, options: readonly string[]): string {
  return [`${name}:`, ...options.map(option => `    ${option}`), ''].join('\n');
}
