import type { Secret } from '@ashlar/core';
import type { PgBackRest } from './pgbackrest';
import type { RepositoryPlace } from './postgres-repository';
import type { ServerPlan } from './server-plan';

/**
 * `/etc/pgbackrest/pgbackrest.conf`. What is secret is in `conf.d/secrets.conf` beside it, which the server's setup writes from the
 * files of its first boot.
 * @see https://pgbackrest.org/configuration.html
 */
export function pgBackRestConfiguration({ name, layout, backup, processors }: ServerPlan): string {
  if (!backup) return '';
  const options: Record<string, string | number> = {
    ...repository(backup.repository.place, layout.backupMount, name),
    'repo1-cipher-type': 'aes-256-cbc',
    'repo1-retention-full-type': 'time',
    'repo1-retention-full': backup.retentionDays,
    'repo1-bundle': 'y',
    'compress-type': 'zst',
    'process-max': Math.max(1, Math.min(4, Math.floor(processors / 2))),
    'start-fast': 'y',
    delta: 'y',
    'archive-async': 'y',
    'spool-path': `${layout.walMount}/spool`,
    'log-level-console': 'warn',
    'log-level-file': 'detail',
  };
  const lines = Object.entries(options).map(([key, value]) => `${key}=${value}`);
  return `# Server ${name}. Generated: a change here is lost.
[global]
${lines.join('\n')}

[${name}]
pg1-path=${layout.dataDirectory}
pg1-port=5432
pg1-socket-path=${layout.sockets}
`;
}

function repository(place: RepositoryPlace, mount: string, name: string): Record<string, string> {
  if (place.kind !== 's3') return { 'repo1-type': 'posix', 'repo1-path': mount };
  return {
    'repo1-type': 's3',
    'repo1-path': `/${name}`,
    'repo1-s3-bucket': place.bucket,
    'repo1-s3-endpoint': place.endpoint,
    'repo1-s3-region': place.region,
    'repo1-s3-uri-style': 'path',
  };
}

/** Which option of pgBackRest takes which secret, by the secret's name on the server. */
export function repositorySecrets(place: RepositoryPlace): Readonly<Record<string, string>> {
  return {
    'repo1-cipher-pass': 'backup-cipher',
    ...(place.kind === 's3' && { 'repo1-s3-key': 'backup-access-key', 'repo1-s3-key-secret': 'backup-secret-key' }),
  };
}

/** The secrets of the copies, by their names on the server. */
export function secretsOf({ repository: { place }, cipherPass }: PgBackRest): Record<string, Secret> {
  return {
    'backup-cipher': cipherPass,
    ...(place.kind === 's3' && { 'backup-access-key': place.accessKeyId, 'backup-secret-key': place.secretAccessKey }),
  };
}
