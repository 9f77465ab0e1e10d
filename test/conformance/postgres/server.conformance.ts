import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Site } from '@ashlar/core';
import type { PostgresServer } from '../../../packages/data/src';
import { describeWith } from '../tool';
import { Verdict } from '../verdict';
import { debianPostgres } from './installed-postgres';
import { CIPHER, configure, layOut, PASSWORDS, pgBackRestPlaces } from './laid-out';
import { peer, sandbox } from './rendered-server';
import { freePort, type Ran, TestCluster } from './test-cluster';

const SQL = 'etc/ashlar/postgres/bootstrap.sql';

describeWith(['pg_createcluster', 'pgbackrest'], 'PostgreSQL, really run', () => {
  const verdict = new Verdict('PostgreSQL: settings, access, roles');
  let cluster: TestCluster;
  const files = (allow: (server: PostgresServer, site: Site) => void, settings = {}) => sandbox(cluster.postgres.major, allow, settings);
  const open = (server: PostgresServer, site: Site) => {
    server.allowFrom(peer(site, 'api', '127.0.0.1/32'), 'orders_api');
    server.allowFrom(peer(site, 'reporting', '127.0.0.1/32'), 'reports');
    server.connections.allowFrom(peer(site, 'migrations', '192.0.2.7/32', '2001:db8::7/128'));
  };
  const reload = () => expect(cluster.program('pg_ctl', ['-D', cluster.data, 'reload']).status).toBe(0);
  const bootstrap = (text: string) => cluster.sql(cluster.adapted(text));
  const connect = (
    role: string,
    { password = PASSWORDS[role] as string, database = 'orders', sslmode = 'require', sql = 'SELECT 1' } = {},
  ): Ran =>
    cluster.program(
      'psql',
      [
        '-XAtq',
        '-v',
        'ON_ERROR_STOP=1',
        `host=127.0.0.1 port=${cluster.port} user=${role} dbname=${database} sslmode=${sslmode}`,
        '-c',
        sql,
      ],
      { PGPASSWORD: password },
    );
  const refused = (run: Ran, text: string) => {
    verdict.sawBroken(run.status !== 0);
    expect(run.out).toContain(text);
    expect(run.status).not.toBe(0);
  };

  beforeAll(async () => {
    cluster = new TestCluster(debianPostgres(), await freePort());
    const rendered = files(open);
    layOut(cluster, rendered);
    expect(cluster.initialize()).toMatchObject({ status: 0 });
    const started = cluster.start(pgBackRestPlaces(cluster));
    if (started.status !== 0) throw new Error(started.out + readFileSync(join(cluster.folder, 'log/postgres.log'), 'utf8'));
    const first = bootstrap(rendered[SQL] as string);
    if (first.status !== 0) throw new Error(first.out);
  });
  afterAll(() => cluster.remove());

  test('it takes every setting, from our file, and none waits for a restart', () => {
    expect(cluster.sql('SELECT sourcefile, name, error FROM pg_file_settings WHERE error IS NOT NULL OR NOT applied').out).toBe('');
    expect(cluster.sql('SELECT name FROM pg_settings WHERE pending_restart').out).toBe('');
    const ours = cluster
      .sql("SELECT name FROM pg_file_settings WHERE applied AND sourcefile LIKE '%/conf.d/10-ashlar.conf' ORDER BY 1")
      .out.trim();
    const written = files(open)['etc/ashlar/postgres/10-ashlar.conf']?.match(/^[a-z_]+(?= = )/gm);
    expect(ours.split('\n')).toEqual(written?.sort());
    verdict.took(ours.split('\n').length);
  });

  test('it reads every line of who may connect', () => {
    expect(cluster.sql('SELECT line_number, error FROM pg_hba_file_rules WHERE error IS NOT NULL').out).toBe('');
    const lines = Number(cluster.sql('SELECT count(*) FROM pg_hba_file_rules').out);
    expect(lines).toBe(2 + 3 * 2 + 2);
    verdict.took(lines);
  });

  test('a declared peer gets in by TLS and its password, as the role that was declared', () => {
    expect(connect('orders_api', { sql: 'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()' })).toEqual({ status: 0, out: 't\n' });
    expect(connect('reports')).toEqual({ status: 0, out: '1\n' });
    verdict.took(2);
  });

  test.each([
    ['without TLS', 'orders_api', { sslmode: 'disable' }, 'no encryption'],
    ['with another password', 'orders_api', { password: 'guess' }, 'password authentication failed'],
    ['without a password', 'orders_api', { password: '' }, 'no password supplied'],
    ['to another database', 'orders_api', { database: 'postgres' }, 'no pg_hba.conf entry'],
    ['as a role that was declared for somebody else', 'orders', {}, 'no pg_hba.conf entry'],
    ['as the administrator', 'postgres', { password: 'x', database: 'postgres' }, 'no pg_hba.conf entry'],
    ['to read the log', 'orders_api', { database: 'dbname=x replication=1' }, 'no pg_hba.conf entry'],
  ])('nobody gets in %s', (_, role, how, told) => refused(connect(role, how), told));

  test('a peer that is no longer declared is refused after a reload', () => {
    configure(
      cluster,
      files((server, site) => server.connections.allowFrom(peer(site, 'api', '127.0.0.3/32'))),
    );
    reload();
    refused(connect('orders_api'), 'no pg_hba.conf entry for host "127.0.0.1"');
    configure(cluster, files(open));
    reload();
    expect(connect('orders_api')).toMatchObject({ status: 0 });
  });

  test('roles, databases and privileges can be made again, with nothing changed', () => {
    const state = () =>
      cluster.sql(
        `SELECT rolname, rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolconnlimit FROM pg_roles WHERE rolname !~ '^pg_' ORDER BY 1;
         SELECT datname, datacl FROM pg_database ORDER BY 1;
         \\connect orders
         SELECT nspacl FROM pg_namespace WHERE nspname = 'public'; SELECT defaclobjtype, defaclacl FROM pg_default_acl ORDER BY 1;`,
      ).out;
    const before = state();
    expect(bootstrap(files(open)[SQL] as string)).toEqual({ status: 0, out: '' });
    expect(state()).toBe(before);
    expect(connect('orders_api')).toMatchObject({ status: 0 });
    verdict.took(1);
  });

  test('the owner changes the schema, the application the rows, the reports nothing', () => {
    const owner = cluster.sql(
      "SET ROLE orders; CREATE TABLE t (id bigserial PRIMARY KEY, note text); INSERT INTO t (note) VALUES ('one');",
      'orders',
    );
    expect(owner).toEqual({ status: 0, out: '' });
    expect(connect('orders_api', { sql: "INSERT INTO t (note) VALUES ('two') RETURNING id" })).toEqual({ status: 0, out: '2\n' });
    expect(connect('reports', { sql: 'SELECT count(*) FROM t' })).toEqual({ status: 0, out: '2\n' });
    verdict.took(3);
    refused(connect('reports', { sql: "INSERT INTO t (note) VALUES ('x')" }), 'permission denied for table t');
    refused(connect('reports', { sql: 'DELETE FROM t' }), 'permission denied for table t');
    refused(connect('reports', { sql: "SELECT nextval('t_id_seq')" }), 'permission denied for sequence t_id_seq');
    refused(connect('orders_api', { sql: 'CREATE TABLE x ()' }), 'permission denied for schema public');
    refused(connect('orders_api', { sql: 'DROP TABLE t' }), 'must be owner of table t');
    refused(connect('orders_api', { sql: 'TRUNCATE t' }), 'permission denied for table t');
    refused(connect('orders_api', { sql: 'CREATE ROLE x' }), 'permission denied to create role');
    refused(connect('orders_api', { sql: 'CREATE DATABASE x' }), 'permission denied to create database');
    refused(connect('orders_api', { sql: 'SELECT * FROM pg_authid' }), 'permission denied for table pg_authid');
    refused(connect('orders_api', { sql: "COPY t TO PROGRAM 'cat'" }), 'to COPY to or from an external program');
  });

  test('passwords are stored as verifiers, and are in no log and no statistics', () => {
    expect(cluster.sql("SELECT count(*) FROM pg_authid WHERE rolpassword LIKE 'SCRAM-SHA-256$4096:%'").out).toBe('3\n');
    const told = readFileSync(join(cluster.folder, 'log/postgres.log'), 'utf8') + cluster.sql('SELECT query FROM pg_stat_statements').out;
    for (const text of [...Object.values(PASSWORDS), CIPHER, 'SCRAM-SHA-256$']) expect(told).not.toContain(text);
  });

  test('a password file that is missing, or holds what is no password, stops the bootstrap', () => {
    const text = files(open)[SQL] as string;
    refused(bootstrap(text.replace('passwords/reports`', 'passwords/nobody`')), 'role reports keeps its password');
    cluster.write(`${cluster.configuration.slice(cluster.folder.length + 1)}/passwords/odd`, 'pässword');
    refused(bootstrap(text.replace('passwords/reports`', 'passwords/odd`')), 'a password is printable ASCII, and not empty');
  });

  test.each([
    [
      'a database of a role that there is not',
      /OWNER "orders"' WHERE NOT EXISTS .*\n/,
      `OWNER "nobody"' \\gexec\n`,
      'role "nobody" does not exist',
    ],
    ['a right that there is not', 'GRANT SELECT ON ALL TABLES', 'GRANT LOOK ON ALL TABLES', 'unrecognized privilege type'],
    ['an extension that there is not', '"pg_trgm"', '"pg_trigram"', 'is not available'],
    ['a limit that is none', 'CONNECTION LIMIT 40', 'CONNECTION LIMIT many', 'syntax error'],
  ])('broken: the bootstrap stops at %s', (_, from, to, told) => {
    const text = files(open)[SQL] as string;
    expect(text.replace(from, to)).not.toBe(text);
    refused(bootstrap(text.replace(from, to)), told);
  });
});
