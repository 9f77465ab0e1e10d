/** The zones of one server, for `named.conf.local` of the primary. @see https://bind9.readthedocs.io/en/stable/reference.html#zone-block-grammar */
export function renderPrimaryConf(zones: readonly string[], secondaries: readonly string[]): string {
  const transfer = secondaries.length > 0 ? secondaries.map(ip => `${ip};`).join(' ') : 'none;';
  return zones
    .map(zone =>
      block(zone, [
        'type primary;',
        `file "/etc/bind/zones/${zone}.zone";`,
        `allow-transfer { ${transfer} };`,
        'allow-update { none; };',
        `notify ${secondaries.length > 0 ? 'yes' : 'no'};`,
      ]),
    )
    .join('\n');
}

/** The zones of one server, for `named.conf.local` of a secondary. */
export function renderSecondaryConf(zones: readonly string[], primaries: readonly string[]): string {
  return zones
    .map(zone =>
      block(zone, [
        'type secondary;',
        `primaries { ${primaries.map(ip => `${ip};`).join(' ')} };`,
        `file "/var/cache/bind/${zone}.zone";`,
        'allow-transfer { none; };',
        'notify no;',
      ]),
    )
    .join('\n');
}

function block(zone: string, statements: readonly string[]): string {
  return [`zone "${zone}" {`, ...statements.map(statement => `    ${statement}`), '};', ''].join('\n');
}
