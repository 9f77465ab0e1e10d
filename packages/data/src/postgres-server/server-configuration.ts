import type { Setting } from './postgres-tuning';
import type { ServerPlan } from './server-plan';

/**
 * `conf.d/10-ashlar.conf`: what follows from the size of the server, and what every server has. Each line says why.
 * @see https://www.postgresql.org/docs/current/config-setting.html
 */
export function serverConfiguration(plan: ServerPlan): string {
  const groups: readonly (readonly [string, readonly Setting[]])[] = [
    ['Place and access', access(plan)],
    ['By the size of the server', plan.settings],
    ['Log and replication', replication(plan)],
    ['Health', HEALTH],
  ];
  const lines = groups.flatMap(([title, settings]) => ['', `# ${title}`, ...settings.flatMap(line)]);
  return `# PostgreSQL ${plan.layout.major}, server ${plan.name}. Generated: a change here is lost.\n${lines.join('\n')}\n`;
}

function line({ name, value, reason }: Setting): string[] {
  const literal = /^(\d+(\.\d+)?|on|off|try)$/.test(value) ? value : `'${value.replaceAll("'", "''")}'`;
  return [`# ${reason}`, `${name} = ${literal}`];
}

function access({ addresses, layout }: ServerPlan): Setting[] {
  return [
    { name: 'data_directory', value: layout.dataDirectory, reason: 'on the data disk' },
    { name: 'hba_file', value: `${layout.configuration}/pg_hba.conf`, reason: 'from declared connections only' },
    {
      name: 'listen_addresses',
      value: addresses.map(a => a.ip).join(','),
      reason: 'the addresses of the guest; the machine itself uses the socket',
    },
    { name: 'port', value: '5432', reason: 'one server a guest' },
    { name: 'unix_socket_directories', value: layout.sockets, reason: 'for the administrator, the exporter and the backup' },
    { name: 'password_encryption', value: 'scram-sha-256', reason: 'no MD5' },
    { name: 'ssl', value: 'on', reason: 'pg_hba.conf takes no connection without TLS' },
    { name: 'ssl_cert_file', value: `${layout.configuration}/server.crt`, reason: 'with the chain of its authority' },
    { name: 'ssl_key_file', value: `${layout.configuration}/server.key`, reason: 'readable by the server alone' },
    { name: 'ssl_min_protocol_version', value: 'TLSv1.2', reason: 'RFC 8996' },
    { name: 'hash_mem_multiplier', value: '2', reason: 'a hash may take twice work_mem; the memory budget counts on it' },
    { name: 'superuser_reserved_connections', value: '3', reason: 'the administrator gets in when all other sessions are taken' },
  ];
}

function replication({ name, backup, replicas, primary, layout }: ServerPlan): Setting[] {
  const synchronous = replicas.filter(replica => replica.synchronous).map(({ slot }) => slot);
  return [
    { name: 'wal_level', value: 'replica', reason: 'for the archive and for replicas' },
    { name: 'wal_compression', value: 'on', reason: 'full pages are most of the log' },
    { name: 'max_wal_senders', value: '10', reason: 'replicas and copies; the same on every server' },
    { name: 'max_replication_slots', value: '10', reason: 'one a replica' },
    { name: 'hot_standby', value: 'on', reason: 'a replica answers reads' },
    // Changing archive_mode takes a restart, archive_command only a reload.
    { name: 'archive_mode', value: backup ? 'on' : 'off', reason: backup ? 'every change can be restored' : 'backup is waived' },
    ...(backup
      ? [
          { name: 'archive_command', value: `pgbackrest --stanza=${name} archive-push %p`, reason: backup.repository.description },
          { name: 'archive_timeout', value: `${backup.recoveryPoint.toSeconds()}s`, reason: 'the most that is lost with the guest' },
        ]
      : []),
    ...(synchronous.length > 0
      ? [{ name: 'synchronous_standby_names', value: `ANY 1 (${synchronous.join(', ')})`, reason: 'a commit is on one of these too' }]
      : []),
    ...(primary
      ? [
          {
            name: 'primary_conninfo',
            value: conninfo(primary.fqdn, primary.slot, layout.configuration),
            reason: 'verified against the authority',
          },
          { name: 'primary_slot_name', value: primary.slot, reason: 'the primary keeps what this replica has not read' },
        ]
      : []),
  ];
}

/** How a replica connects to its primary. The password is in the file, and in no process list. */
export function conninfo(host: string, slot: string, folder: string): string {
  return `host=${host} port=5432 user=replicator application_name=${slot} sslmode=verify-full sslrootcert=${folder}/ca.crt passfile=${folder}/replication.pgpass`;
}

const HEALTH: readonly Setting[] = [
  { name: 'shared_preload_libraries', value: 'pg_stat_statements', reason: 'which statements take the time' },
  { name: 'log_line_prefix', value: '%m [%p] %q%u@%d ', reason: 'who did it where' },
  { name: 'log_checkpoints', value: 'on', reason: 'checkpoints that the log forces are seen' },
  { name: 'log_connections', value: 'on', reason: 'who connects' },
  { name: 'log_lock_waits', value: 'on', reason: 'sessions that wait for another' },
  { name: 'log_temp_files', value: '10MB', reason: 'sorts that do not fit work_mem' },
  { name: 'log_autovacuum_min_duration', value: '60s', reason: 'tables that are slow to clean' },
  { name: 'idle_in_transaction_session_timeout', value: '600s', reason: 'a forgotten transaction stops vacuum' },
];
