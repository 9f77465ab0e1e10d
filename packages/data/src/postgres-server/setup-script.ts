import { BACKUP_TIMERS } from './backup-units';
import { VERIFIER } from './bootstrap-sql';
import { nfsMountName } from './nfs-mount';
import { repositorySecrets } from './pgbackrest-configuration';
import type { ServerPlan } from './server-plan';

/**
 * A program for the server, for root: from mounted disks to a server that answers. Every step looks first at what is there, so it can
 * run again after a change or an interruption. It formats nothing, and starts no release on the data of another.
 */
export function setupScript(plan: ServerPlan): string {
  return [
    `#!/bin/sh
# Sets up PostgreSQL ${plan.layout.major}, server ${plan.name}. Run as root; can be run again.
set -eu
cd ${plan.layout.staging}
fail() { echo "$1" >&2; exit 1; }`,
    disks(plan),
    cluster(plan),
    configuration(plan),
    plan.primary ? '' : bootstrap(plan),
    plan.backup ? backup(plan) : '',
    exporter(),
  ]
    .filter(Boolean)
    .join('\n\n')
    .concat('\n');
}

function disks({ mounts, nfs }: ServerPlan): string {
  return [
    '# Disks: nothing is written below a path where none is mounted.',
    ...(nfs ? ['systemctl daemon-reload', `systemctl enable --now ${nfsMountName(nfs)}`] : []),
    ...[...mounts, ...(nfs ? [nfs.where] : [])].map(path => `mountpoint -q ${path} || fail '${path} is not mounted'`),
  ].join('\n');
}

/** It is made under another name, and has its own when it is complete: an interruption leaves nothing that looks like data. */
function cluster({ layout, primary }: ServerPlan): string {
  const { major, dataMount, dataDirectory, walDirectory, binaries } = layout;
  const places = `--pgdata=${dataDirectory}.part --waldir=${walDirectory}`;
  const create = primary
    ? `  until runuser -u postgres -- ${binaries}/pg_basebackup ${places} --no-password --wal-method=stream --slot=${primary.slot} --checkpoint=fast --dbname="$(cat conninfo)"; do
    sleep 10
  done
  runuser -u postgres -- touch ${dataDirectory}.part/standby.signal`
    : `  runuser -u postgres -- ${binaries}/initdb ${places} --data-checksums --encoding=UTF8 --locale=C.UTF-8 --auth-local=peer --auth-host=scram-sha-256`;
  return `# Cluster: created once${primary ? ', from the primary' : ''}; data of another major release is left alone.
for other in ${dataMount}/*/main/PG_VERSION; do
  [ ! -e "$other" ] || [ "$(cat "$other")" = ${major} ] || fail "$other is of release $(cat "$other"): upgrade it with pg_upgradecluster, or remove it"
done
install -d -o postgres -g postgres -m 0700 ${dataMount}/${major} ${walDirectory.replace(/\/main$/, '')}
install -d -o postgres -g postgres -m 0755 /etc/postgresql/${major}
install -d -o postgres -g postgres -m 0700 ${layout.configuration}/passwords
${primary ? credentials(layout.configuration) + '\n' : ''}if [ ! -e ${dataDirectory} ]; then
  if [ -e ${dataDirectory}.part ]; then rm -rf ${dataDirectory}.part ${walDirectory}; fi
${create}
  mv ${dataDirectory}.part ${dataDirectory}
fi
[ -e ${layout.configuration}/postgresql.conf ] || pg_createcluster ${major} main --datadir=${dataDirectory} --start-conf=auto`;
}

/** What a replica needs before it can read its primary. */
function credentials(folder: string): string {
  return `install -o postgres -g postgres -m 0644 secrets/tls-authority ${folder}/ca.crt
(umask 077; printf '*:5432:*:replicator:%s\\n' "$(cat secrets/role-replicator)" >${folder}/replication.pgpass)
chown postgres:postgres ${folder}/replication.pgpass`;
}

function configuration({ layout, roles, replicas, primary }: ServerPlan): string {
  const owned = (mode: string, from: string, to: string) =>
    `install -o postgres -g postgres -m ${mode} ${from} ${layout.configuration}/${to}`;
  const passwords = primary ? [] : [...roles.map(role => role.name), ...(replicas.length > 0 ? ['replicator'] : [])];
  return [
    '# Configuration',
    `install -d -o postgres -g postgres -m 0755 ${layout.configuration}/conf.d`,
    owned('0644', '10-ashlar.conf', 'conf.d/10-ashlar.conf'),
    owned('0640', 'pg_hba.conf', 'pg_hba.conf'),
    owned('0644', 'secrets/tls-certificate', 'server.crt'),
    owned('0600', 'secrets/tls-key', 'server.key'),
    ...passwords.map(name => owned('0400', `secrets/role-${name}`, `passwords/${name}`)),
    // Huge pages are counted by the server itself, from what it is configured to share; it does not do so while it runs.
    `if ! systemctl -q is-active ${layout.unit}; then`,
    `  pages=$(runuser -u postgres -- ${layout.binaries}/postgres -D ${layout.configuration} -C shared_memory_size_in_huge_pages)`,
    '  echo "vm.nr_hugepages = $pages" >/etc/sysctl.d/31-postgres-huge-pages.conf',
    'fi',
    'sysctl -q --system',
    'systemctl daemon-reload',
    `systemctl enable ${layout.unit}`,
    `systemctl reload-or-restart ${layout.unit}`,
    `pending=$(runuser -u postgres -- psql -XAtc "SELECT string_agg(name, ' ') FROM pg_settings WHERE pending_restart")`,
    `[ -z "$pending" ] || echo "restart ${layout.unit} in a maintenance window for: $pending" >&2`,
  ].join('\n');
}

function bootstrap({ layout }: ServerPlan): string {
  return `# Roles, databases, privileges
install -D -m 0755 scram-verifier ${VERIFIER}
install -o postgres -g postgres -m 0400 bootstrap.sql ${layout.configuration}/bootstrap.sql
runuser -u postgres -- psql -X -q -o /dev/null -d postgres -f ${layout.configuration}/bootstrap.sql`;
}

function backup({ name, layout, backup, primary }: ServerPlan): string {
  if (!backup) return '';
  const { place } = backup.repository;
  const secrets = Object.entries(repositorySecrets(place)).map(([option, file]) => `  printf '${option}=%s\\n' "$(cat secrets/${file})"`);
  const first = `if ! runuser -u postgres -- pgbackrest --stanza=${name} --output=json info | grep -q '"type":"full"'; then systemctl start pgbackrest@full.service; fi`;
  return [
    '# Copies',
    'install -D -m 0644 pgbackrest.conf /etc/pgbackrest/pgbackrest.conf',
    'install -d -m 0755 /etc/pgbackrest/conf.d',
    '(umask 077; {',
    "  echo '[global]'",
    ...secrets,
    '} >/etc/pgbackrest/conf.d/secrets.conf)',
    'chown postgres:postgres /etc/pgbackrest/conf.d/secrets.conf',
    `install -d -o postgres -g postgres -m 0750 ${layout.walMount}/spool${place.kind === 'disk' ? ` ${layout.backupMount}` : ''}`,
    ...(primary
      ? []
      : [
          'install -m 0755 postgres-restore-drill /usr/local/sbin/postgres-restore-drill',
          `runuser -u postgres -- pgbackrest --stanza=${name} stanza-create`,
          `runuser -u postgres -- pgbackrest --stanza=${name} check`,
          first,
          `systemctl enable --now ${BACKUP_TIMERS.join(' ')}`,
        ]),
  ].join('\n');
}

function exporter(): string {
  return `# Metrics, over the socket and without a password
echo "DATA_SOURCE_NAME='user=prometheus host=/var/run/postgresql dbname=postgres'" >/etc/default/prometheus-postgres-exporter
systemctl restart prometheus-postgres-exporter`;
}
