import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeWith } from '../tool';
import { Verdict } from '../verdict';
import { debianPostgres } from './installed-postgres';
import { layOut, pgBackRestPlaces } from './laid-out';
import { sandbox } from './rendered-server';
import { freePort, type Ran, TestCluster } from './test-cluster';

const DRILL = 'etc/ashlar/postgres/postgres-restore-drill';
const STANZA = '--stanza=orders-db';

describeWith(['pg_createcluster', 'pgbackrest'], 'pgBackRest and PostgreSQL, really run', () => {
  const verdict = new Verdict('pgBackRest: archive, copies, restore');
  let cluster: TestCluster;
  let places: Record<string, string>;
  let files: Record<string, string>;
  const backRest = (...args: readonly string[]) => cluster.program('/usr/bin/pgbackrest', [STANZA, ...args], places);
  const drill = (text = files[DRILL] as string): Ran => {
    const path = cluster.write('drill', cluster.adapted(text).replace('peer\n', `peer map=test\n`), 0o700);
    return cluster.program(path, [], places);
  };
  const refused = (run: Ran, text: string) => {
    verdict.sawBroken(run.status !== 0);
    expect(run.out).toContain(text);
    expect(run.status).not.toBe(0);
  };

  beforeAll(async () => {
    cluster = new TestCluster(debianPostgres(), await freePort());
    places = pgBackRestPlaces(cluster);
    files = sandbox(cluster.postgres.major, () => undefined);
    layOut(cluster, files);
    expect(cluster.initialize()).toMatchObject({ status: 0 });
    expect(cluster.start(places)).toMatchObject({ status: 0 });
    expect(cluster.sql('CREATE DATABASE orders;')).toEqual({ status: 0, out: '' });
    expect(cluster.sql('CREATE TABLE t AS SELECT n FROM generate_series(1, 50000) n; CREATE INDEX ON t (n);', 'orders')).toEqual({
      status: 0,
      out: '',
    });
  });
  afterAll(() => cluster.remove());

  test('before there is a stanza, the log is not archived, and the check says so', () => {
    refused(backRest('check'), 'ERROR');
  });

  test('a stanza is made, a full copy and one of what has changed, and the check passes', () => {
    for (const args of [['stanza-create'], ['check'], ['--type=full', 'backup'], ['--type=incr', 'backup'], ['verify']]) {
      const { status, out } = backRest(...args);
      verdict.took(1, status === 0 ? 0 : 1);
      expect({ args, status, out }).toMatchObject({ status: 0 });
    }
    const [stanza] = JSON.parse(backRest('--output=json', 'info').out);
    expect(stanza).toMatchObject({ name: 'orders-db', cipher: 'aes-256-cbc', status: { code: 0 } });
    expect(stanza.backup.map((copy: { type: string }) => copy.type)).toEqual(['full', 'incr']);
  });

  test('a table that was dropped is restored to the moment before', () => {
    const before = cluster.sql('SELECT count(*) FROM t', 'orders').out;
    const moment = cluster.sql('SELECT clock_timestamp()').out.trim();
    expect(cluster.sql('SELECT pg_sleep(1); DROP TABLE t; SELECT pg_switch_wal() IS NOT NULL;', 'orders')).toMatchObject({ status: 0 });
    expect(backRest('check')).toMatchObject({ status: 0 });
    refused(cluster.sql('SELECT count(*) FROM t', 'orders'), 'relation "t" does not exist');
    refused(backRest('restore', '--type=time', `--target=${moment}`), 'postmaster.pid');
    cluster.program('pg_ctl', ['-D', cluster.data, '-m', 'fast', '-w', 'stop']);
    const wal = join(cluster.folder, `srv/postgres/wal/${cluster.postgres.major}/main`);
    const restored = backRest('restore', '--type=time', `--target=${moment}`, '--target-action=promote', `--link-map=pg_wal=${wal}`);
    expect(restored).toMatchObject({ status: 0 });
    expect(cluster.start(places)).toMatchObject({ status: 0 });
    expect(cluster.sql('SELECT count(*) FROM t', 'orders').out).toBe(before);
    verdict.took(1);
  });

  test('the drill restores beside the server, reads every table, and leaves nothing', () => {
    for (let i = 0; i < 100 && cluster.sql('SELECT pg_is_in_recovery()').out !== 'f\n'; i++);
    expect(backRest('--type=full', 'backup')).toMatchObject({ status: 0 });
    const run = drill();
    expect(run.out).toMatch(/server orders-db restored in \d+ s, and checked$/m);
    expect(existsSync(join(cluster.folder, 'srv/postgres/data/drill'))).toBe(false);
    verdict.took(1);
  });

  test('broken: the drill fails when it takes longer than promised, and when a table is damaged', () => {
    refused(drill((files[DRILL] as string).replace(/-gt \d+ ]/, '-gt -1 ]')), 's are promised');
    const damage = 'dd if=/dev/urandom of="$(ls "$drill"/base/*/$node | tail -1)" bs=8192 count=1 seek=3 conv=notrunc status=none';
    const node = cluster.sql("SELECT relfilenode FROM pg_class WHERE relname = 't'", 'orders').out.trim();
    const spoilt = (files[DRILL] as string).replace(
      'cat >"$drill/postgresql.conf"',
      `node=${node}\n${damage}\ncat >"$drill/postgresql.conf"`,
    );
    refused(drill(spoilt), 'invalid page in block 3');
  });

  test('broken: another cipher pass reads nothing, a setting that there is not is refused', () => {
    const secrets = readFileSync(places.PGBACKREST_CONFIG_INCLUDE_PATH + '/secrets.conf', 'utf8');
    cluster.write('etc/pgbackrest/conf.d/secrets.conf', secrets.replace('repo1-cipher-pass=', 'repo1-cipher-pass=other'));
    refused(backRest('check'), 'ERROR');
    cluster.write('etc/pgbackrest/conf.d/secrets.conf', secrets);
    const conf = readFileSync(places.PGBACKREST_CONFIG as string, 'utf8');
    for (const [command, from, to, told] of [
      ['expire', 'repo1-retention-full=30', 'repo1-retention-full=0', 'out of range'],
      ['expire', 'repo1-cipher-type=aes-256-cbc', 'repo1-cipher-type=rot13', 'is not allowed'],
      ['verify', 'process-max=1', 'process-max=many', 'is not valid'],
      ['expire', 'repo1-type=posix', 'repo1-type=tape', 'is not allowed'],
    ] as const) {
      expect(conf).toContain(from);
      cluster.write('etc/pgbackrest/pgbackrest.conf', conf.replace(from, to));
      refused(backRest(command), told);
    }
    cluster.write('etc/pgbackrest/pgbackrest.conf', conf);
    expect(backRest('check')).toMatchObject({ status: 0 });
  });
});
