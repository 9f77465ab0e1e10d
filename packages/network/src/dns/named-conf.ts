import type { View } from './site-records';
import type { TsigKey } from './tsig-key';

/** Another server of the same zones. */
export interface Companion {
  readonly addresses: readonly string[];
}

/** What one server is told. */
export interface NamedConf {
  readonly role: 'primary' | 'secondary';
  /** Addresses that it listens on. */
  readonly addresses: readonly string[];
  /** Prefixes of the site. */
  readonly site: readonly string[];
  /** Servers that it sends zones to, or fetches them from. */
  readonly companions: readonly Companion[];
  readonly views: readonly NamedView[];
  readonly dnssec: boolean;
}

export interface NamedView {
  readonly view: View;
  readonly zones: readonly string[];
  /** Signs transfers and notifications, and tells the views of a secondary apart. */
  readonly key?: TsigKey;
}

/**
 * The whole `named.conf` of an authoritative server. It answers for its zones and asks nobody; with two views, who is outside the site sees
 * the external one.
 * @see https://bind9.readthedocs.io/en/stable/reference.html
 */
export function renderNamedConf(conf: NamedConf): string {
  const keys = conf.views.flatMap(({ key }) => (key ? [key] : []));
  const split = conf.views.length > 1;
  const zones = (view: NamedView, indent: string) => view.zones.map(zone => zoneBlock(conf, view, zone, split, indent)).join('\n');
  return [
    ...keys.map(key => `include "${key.file}";\n`),
    ...(keys.length > 0 ? ['\n'] : []),
    block('acl "site"', ['localhost;', ...conf.site.map(prefix => `${prefix};`)]),
    options(conf),
    ...(split
      ? conf.views.map(view => `view "${view.view}" {\n${clients(view, conf.views).join('\n')}\n\n${zones(view, '    ')}};\n`)
      : conf.views.map(view => zones(view, ''))),
  ]
    .join('')
    .replaceAll(/^};\n(?=\S)/gm, '};\n\n')
    .replaceAll(/\n{2,}(?= *};)/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n');
}

function options({ addresses, views, dnssec }: NamedConf): string {
  const on = (family: 4 | 6) => addresses.filter(ip => ip.includes(':') === (family === 6)).map(ip => `${ip};`);
  const listen = (ips: readonly string[], loopback: string) => `{ ${[loopback, ...ips].join(' ')} };`;
  const open = views.length > 1;
  return block('options', [
    'directory "/var/cache/bind";',
    // What is in a cache may be deleted, and a lost key takes the zone off the Internet until its DS record is replaced.
    ...(dnssec ? ['key-directory "/var/lib/bind";'] : []),
    `listen-on ${listen(on(4), '127.0.0.1;')}`,
    on(6).length > 0 ? `listen-on-v6 ${listen(on(6), '::1;')}` : 'listen-on-v6 { none; };',
    'recursion no;',
    `allow-query { ${open ? 'any' : 'site'}; };`,
    'allow-transfer { none; };',
    'dnssec-validation no;',
    'minimal-responses yes;',
    'version none;',
    ...(open ? ['rate-limit { responses-per-second 10; exempt-clients { site; }; };'] : []),
  ]);
}

/** A key belongs to one view: its owner is shown that one, wherever it asks from. */
function clients({ view, key }: NamedView, views: readonly NamedView[]): string[] {
  const others = views.filter(other => other.view !== view).flatMap(other => (other.key ? [`!key "${other.key.name}";`] : []));
  const own = key ? [`key "${key.name}";`] : [];
  return [`    match-clients { ${[...others, ...own, view === 'internal' ? 'site;' : 'any;'].join(' ')} };`];
}

function zoneBlock(conf: NamedConf, view: NamedView, zone: string, split: boolean, indent: string): string {
  const folder = split ? `zones/${view.view}` : 'zones';
  const statements = conf.role === 'primary' ? primary(conf, view, zone, folder) : secondary(conf, view, zone, folder);
  return [`zone "${zone}" {`, ...statements.map(statement => `    ${statement}`), '};', '']
    .map(line => (line === '' ? '' : indent + line))
    .join('\n');
}

function primary({ companions, dnssec }: NamedConf, { key }: NamedView, zone: string, folder: string): string[] {
  const addresses = companions.flatMap(companion => companion.addresses);
  const signed = key ? ` key "${key.name}"` : '';
  const transfer = addresses.length === 0 ? 'none;' : key ? `key "${key.name}";` : addresses.map(ip => `${ip};`).join(' ');
  return [
    'type primary;',
    `file "/var/lib/bind/${folder}/${zone}.zone";`,
    `allow-transfer { ${transfer} };`,
    'allow-update { none; };',
    ...(addresses.length > 0
      ? ['notify explicit;', `also-notify { ${addresses.map(ip => `${ip}${signed};`).join(' ')} };`]
      : ['notify no;']),
    ...(dnssec ? ['dnssec-policy default;', 'inline-signing yes;'] : []),
  ];
}

function secondary({ companions }: NamedConf, { key }: NamedView, zone: string, folder: string): string[] {
  const signed = key ? ` key "${key.name}"` : '';
  const addresses = companions.flatMap(companion => companion.addresses);
  return [
    'type secondary;',
    `primaries { ${addresses.map(ip => `${ip}${signed};`).join(' ')} };`,
    `file "/var/cache/bind/${folder.replace('/', '-')}-${zone}.zone";`,
    'allow-transfer { none; };',
    'notify no;',
  ];
}

function block(head: string, statements: readonly string[]): string {
  return [`${head} {`, ...statements.map(statement => `    ${statement}`), '};', ''].join('\n');
}
