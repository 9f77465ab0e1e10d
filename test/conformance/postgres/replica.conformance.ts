import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeWith } from '../tool';
import { Verdict } from '../verdict';
import { debianPostgres } from './installed-postgres';
import { layOut, PASSWORDS, setupPart } from './laid-out';
import { renderedPair } from './rendered-server';
import { freePort, TestCluster } from './test-cluster';

const STAGING = 'etc/ashlar/postgres';

describeWith(['pg_createcluster'], 'A primary and its replica, really run', () => {
  const verdict = new Verdict('PostgreSQL: a replica');
  let primary: TestCluster;
  let replica: TestCluster;
  let files: ReturnType<typeof renderedPair>;
  const main = () => replica.configuration.slice(replica.folder.length + 1);
  /** The replica's files name the primary, which answers here at another port. */
  const towards = (text: string) => text.replace('host=db1.test.example.net port=5432', `host=127.0.0.1 port=${primary.port}`);
  const base = (spoil = (text: string) => text) => {
    const setup = spoil(setupPart(replica, files.replica, 'Cluster'))
      .replace('*:5432:', `*:${primary.port}:`)
      .replace('until ', 'if ! ')
      .replace('; do\n    sleep 10\n  done', '; then exit 1; fi');
    return replica.program('/bin/sh', ['-c', `cd ${join(replica.folder, STAGING)}\n${setup}`], {
      PG_CLUSTER_CONF_ROOT: join(replica.folder, 'etc/postgresql'),
    });
  };

  beforeAll(async () => {
    const postgres = debianPostgres();
    files = renderedPair(postgres.major);
    primary = new TestCluster(postgres, await freePort());
    replica = new TestCluster(postgres, await freePort());
    layOut(primary, files.primary);
    expect(primary.initialize()).toMatchObject({ status: 0 });
    expect(primary.start()).toMatchObject({ status: 0 });
    const bootstrap = (files.primary[`${STAGING}/bootstrap.sql`] as string).replaceAll('passwords/billing', 'passwords/orders');
    expect(primary.sql(primary.adapted(bootstrap))).toEqual({ status: 0, out: expect.stringMatching(/^\(db2,[\dA-F/]+\)\n$/) });
    expect(primary.sql("CREATE TABLE t AS SELECT 'first' AS note;", 'orders')).toMatchObject({ status: 0 });

    const conf = towards(files.replica[`${STAGING}/10-ashlar.conf`] as string);
    layOut(replica, { ...files.replica, [`${STAGING}/10-ashlar.conf`]: conf, [`${STAGING}/scram-verifier`]: '' });
    replica.write(`${STAGING}/conninfo`, replica.adapted(towards(files.replica[`${STAGING}/conninfo`] as string)));
    replica.write(`${STAGING}/secrets/tls-authority`, readFileSync(join(primary.configuration, 'server.crt'), 'utf8'));
    replica.write(`${STAGING}/secrets/role-replicator`, PASSWORDS.replicator as string);
  });
  afterAll(() => {
    replica.remove();
    primary.remove();
  });

  test.each([
    ['with another password', (text: string) => text.replace(':%s', ':wrong%s'), 'authentication failed'],
    [
      'from a server that the authority does not vouch for',
      (text: string) => text.replace('secrets/tls-authority', join('..', '..', main().slice(4), 'server.crt')),
      'certificate verify failed',
    ],
    ['by a slot that there is not', (text: string) => text.replace('--slot=db2', '--slot=db3'), 'replication slot "db3" does not exist'],
  ])('broken: does not copy %s', (_, spoil, told) => {
    const { status, out } = base(spoil);
    verdict.sawBroken(status !== 0);
    expect(out).toContain(told);
    expect(status).not.toBe(0);
  });

  test('copies its primary, follows its log by TLS through its slot, and refuses to write', async () => {
    expect(base()).toMatchObject({ status: 0 });
    const started = replica.start();
    expect(started.status === 0 ? '' : readFileSync(join(replica.folder, 'log/postgres.log'), 'utf8')).toBe('');
    expect(replica.sql('SELECT note FROM t', 'orders').out).toBe('first\n');
    expect(primary.sql("INSERT INTO t VALUES ('second')", 'orders')).toMatchObject({ status: 0 });
    for (let i = 0; i < 100 && replica.sql('SELECT count(*) FROM t', 'orders').out !== '2\n'; i++)
      await new Promise(resolve => setTimeout(resolve, 100));
    expect(replica.sql('SELECT count(*) FROM t', 'orders').out).toBe('2\n');
    expect(primary.sql('SELECT application_name, state, sync_state, ssl FROM pg_stat_replication JOIN pg_stat_ssl USING (pid)').out).toBe(
      'db2|streaming|async|t\n',
    );
    expect(primary.sql('SELECT slot_name, active FROM pg_replication_slots').out).toBe('db2|t\n');
    verdict.took(3);
    const written = replica.sql("INSERT INTO t VALUES ('third')", 'orders');
    verdict.sawBroken(written.status !== 0);
    expect(written.out).toContain('cannot execute INSERT in a read-only transaction');
  });

  test('is promoted when its primary is lost, and then writes', () => {
    primary.stop();
    expect(replica.program('pg_ctl', ['-D', replica.data, '-w', 'promote'])).toMatchObject({ status: 0 });
    expect(replica.sql("INSERT INTO t VALUES ('third')", 'orders')).toEqual({ status: 0, out: '' });
    expect(replica.sql('SELECT count(*) FROM t', 'orders').out).toBe('3\n');
    verdict.took(1);
  });
});
