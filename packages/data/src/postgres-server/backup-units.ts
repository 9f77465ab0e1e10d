import type { ServerPlan } from './server-plan';

/** When each runs, in the time zone of the server: copies at night, the drill when the week's full copy is done. */
const TIMERS = [
  { name: 'pgbackrest-full', unit: 'pgbackrest@full.service', when: 'Sun *-*-* 01:30:00', what: 'Weekly full copy' },
  { name: 'pgbackrest-incr', unit: 'pgbackrest@incr.service', when: 'Mon..Sat *-*-* 01:30:00', what: 'Nightly copy of what has changed' },
  { name: 'postgres-restore-drill', unit: 'postgres-restore-drill.service', when: 'Sun *-*-* 05:00:00', what: 'Weekly restore drill' },
];

/** The timers that a server with backup starts. */
export const BACKUP_TIMERS: readonly string[] = TIMERS.map(({ name }) => `${name}.timer`);

/** systemd units of the copies, by file name. A timer that was missed while the server was off fires when it is on again. */
export function backupUnits({ name, layout, backup }: ServerPlan): Readonly<Record<string, string>> {
  if (!backup) return {};
  const timers = TIMERS.map(({ name: timer, unit, when, what }): [string, string] => [
    `${timer}.timer`,
    `[Unit]\nDescription=${what} of PostgreSQL ${name}\n\n[Timer]\nOnCalendar=${when}\nPersistent=true\nUnit=${unit}\n\n[Install]\nWantedBy=timers.target\n`,
  ]);
  return {
    'pgbackrest@.service': service(`Copy (%i) of PostgreSQL ${name}`, layout.unit, `/usr/bin/pgbackrest --stanza=${name} --type=%i backup`),
    'postgres-restore-drill.service': service(`Restore drill of PostgreSQL ${name}`, layout.unit, '/usr/local/sbin/postgres-restore-drill'),
    ...Object.fromEntries(timers),
  };
}

function service(description: string, after: string, start: string): string {
  return `[Unit]
Description=${description}
After=${after} network-online.target
Wants=network-online.target

[Service]
Type=oneshot
User=postgres
ExecStart=${start}
Nice=10
IOSchedulingClass=idle
`;
}
