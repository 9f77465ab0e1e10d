import type { ServerPlan } from './server-plan';

/**
 * `pg_hba.conf`: one line for each database, role and prefix that was declared; what has no line is refused.
 * @see https://www.postgresql.org/docs/current/auth-pg-hba-conf.html
 */
export function pgHba({ access, name }: ServerPlan): string {
  const rows = [...access]
    .map(({ database, role, address }) => row('hostssl', database, role, address, 'scram-sha-256'))
    .sort()
    .filter((text, i, all) => text !== all[i - 1]);
  return [
    `# Server ${name}. Generated: a change here is lost.`,
    '# Over the network: declared peers, by TLS and password.',
    row('# TYPE', 'DATABASE', 'USER', 'ADDRESS', 'METHOD'),
    ...rows,
    '# On the machine: the administrator and the backup, and the exporter of metrics.',
    row('local', 'all', 'postgres', '', 'peer'),
    row('local', 'postgres', 'prometheus', '', 'peer'),
    '',
  ].join('\n');
}

function row(...columns: readonly string[]): string {
  const widths = [8, 24, 24, 44, 0];
  return columns
    .map((column, i) => column.padEnd(widths[i] as number))
    .join(' ')
    .trimEnd();
}
