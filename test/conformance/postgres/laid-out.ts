import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TestCluster } from './test-cluster';

/** Passwords that stand for the values of secrets. */
export const PASSWORDS: Readonly<Record<string, string>> = {
  orders: 'owner-1',
  orders_api: "api '2' \\ $x",
  reports: 'reports-3',
  replicator: 'replicator-4',
};
/** What no file, log or table may hold. */
export const CIPHER = 'a-long-cipher-pass';

const STAGING = 'etc/ashlar/postgres';

/** Puts files where the setup of a server puts them, with a certificate of its own, and a main file that includes ours. */
export function layOut(cluster: TestCluster, files: Readonly<Record<string, string>>): void {
  const main = cluster.configuration.slice(cluster.folder.length + 1);
  configure(cluster, files);
  cluster.write(`${main}/postgresql.conf`, `include_dir = 'conf.d'\nident_file = '${cluster.configuration}/pg_ident.conf'\n`);
  cluster.write(`${main}/pg_ident.conf`, `test ${cluster.user} postgres\ntest ${cluster.user} prometheus\n`);
  const key = join(cluster.folder, 'key.pem');
  const certificate = join(cluster.folder, 'crt.pem');
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '2',
      '-subj',
      '/CN=localhost',
      '-addext',
      'subjectAltName=IP:127.0.0.1',
      '-keyout',
      key,
      '-out',
      certificate,
    ],
    { stdio: 'ignore' },
  );
  cluster.write(`${main}/server.key`, readFileSync(key, 'utf8'));
  cluster.write(`${main}/server.crt`, readFileSync(certificate, 'utf8'));
  for (const path of [key, certificate]) rmSync(path);
  for (const [role, password] of Object.entries(PASSWORDS)) cluster.write(`${main}/passwords/${role}`, password);
  cluster.write('usr/local/lib/ashlar/scram-verifier', files[`${STAGING}/scram-verifier`] as string, 0o700);
  cluster.write('etc/pgbackrest/pgbackrest.conf', cluster.adapted(files[`${STAGING}/pgbackrest.conf`] ?? ''));
  cluster.write('etc/pgbackrest/conf.d/secrets.conf', `[global]\nrepo1-cipher-pass=${CIPHER}\n`);
}

/** The settings and who may connect, anew. */
export function configure(cluster: TestCluster, files: Readonly<Record<string, string>>): void {
  const main = cluster.configuration.slice(cluster.folder.length + 1);
  cluster.write(`${main}/conf.d/10-ashlar.conf`, cluster.adapted(files[`${STAGING}/10-ashlar.conf`] as string));
  cluster.write(`${main}/pg_hba.conf`, cluster.adapted(files[`${STAGING}/pg_hba.conf`] as string));
}

/** Where pgBackRest finds in the folder what it finds below `/etc` and `/var` in a guest. */
export function pgBackRestPlaces(cluster: TestCluster): Record<string, string> {
  return {
    PGBACKREST_CONFIG: join(cluster.folder, 'etc/pgbackrest/pgbackrest.conf'),
    PGBACKREST_CONFIG_INCLUDE_PATH: join(cluster.folder, 'etc/pgbackrest/conf.d'),
    PGBACKREST_LOG_PATH: join(cluster.folder, 'log'),
    PGBACKREST_LOCK_PATH: join(cluster.folder, 'lock'),
  };
}

/** A part of a server's setup, from one of its headings on, for the user of the server rather than for root. */
export function setupPart(cluster: TestCluster, files: Readonly<Record<string, string>>, heading: string): string {
  const [, text = ''] = (files[`${STAGING}/setup`] as string).split(`\n# ${heading}`);
  const body = text
    .split('\n\n')[0]
    ?.replace(/runuser -u postgres -- /g, '')
    .replace(/-o postgres -g postgres /g, '')
    .replace(/^chown .*\n/gm, '');
  return `set -eu\nfail() { echo "$1" >&2; exit 1; }\n# ${cluster.adapted(body as string)}\n`;
}
