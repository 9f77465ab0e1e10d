import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { Site } from '@ashlar/core';
import { PostgresRepository } from '../../../packages/data/src';
import { backup, secret, TestGuest, TestPeer } from '../../../packages/data/test/postgres-server/lab';
import { describeWith, tool } from '../tool';
import { Verdict } from '../verdict';
import { debianPostgres } from './installed-postgres';
import { layOut, setupPart } from './laid-out';
import { renderedServer, sandbox } from './rendered-server';
import { freePort, TestCluster } from './test-cluster';

/** A server whose repository is on an NFS server, so that it has every kind of unit. */
function everyUnit(): Record<string, string> {
  const nas = Object.assign(new TestPeer(new Site('other', { domain: 'test.example.net' }), 'nas', ['10.20.0.9/32']), {
    addresses: new TestGuest(new Site('nas', { domain: 'test.example.net' }), 'nas', { ips: ['10.20.0.9'] }).addresses,
  });
  const repository = PostgresRepository.nfs({ server: nas, path: '/export/orders' });
  return renderedServer(17, { backup: { ...backup(), repository, cipherPass: secret('cipher') } });
}

describeWith(['systemd-analyze'], 'systemd', () => {
  const verdict = new Verdict('systemd-analyze verify: PostgreSQL');
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'pg-units-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Silence is consent: it ends well also after a warning. */
  const verify = (units: Readonly<Record<string, string>>) => {
    const written = Object.entries(units).map(([name, text]) => {
      const file = join(folder, name.replace('pgbackrest@.service', 'pgbackrest@full.service'));
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      return file;
    });
    const files = written.filter(file => !file.endsWith('.conf'));
    const { status, stderr } = spawnSync(tool('systemd-analyze') as string, ['verify', '--man=no', ...files], { encoding: 'utf8' });
    return { status, stderr };
  };
  const units = () => {
    const program = join(folder, 'drill');
    writeFileSync(program, '#!/bin/sh\n');
    chmodSync(program, 0o755);
    const all = Object.entries(everyUnit()).filter(([path]) => path.startsWith('etc/systemd/system/'));
    // The main unit is Debian's; its drop-in is shown with a unit of the same form. The programs are where they are on a guest.
    const text = (unit: string) => unit.replace('/usr/local/sbin/postgres-restore-drill', program).replace('/usr/bin/pgbackrest', program);
    return {
      'postgresql@17-main.service': '[Service]\nExecStart=/bin/true\n',
      ...Object.fromEntries(all.map(([path, unit]) => [path.replace('etc/systemd/system/', ''), text(unit)])),
    };
  };

  test('takes the units of copies, of the drill, of a mount, and what the server waits for', () => {
    expect(Object.keys(units())).toEqual([
      'postgresql@17-main.service',
      'pgbackrest-full.timer',
      'pgbackrest-incr.timer',
      'pgbackrest@.service',
      'postgres-restore-drill.service',
      'postgres-restore-drill.timer',
      'postgresql@17-main.service.d/10-ashlar.conf',
      'srv-postgres-backup.mount',
    ]);
    expect(verify(units())).toEqual({ status: 0, stderr: '' });
    verdict.took(8);
  });

  test.each([
    ['a day that there is not', 'pgbackrest-full.timer', 'Sun', 'Som'],
    ['an hour that there is not', 'pgbackrest-incr.timer', '01:30', '25:30'],
    ['a timer that never fires', 'postgres-restore-drill.timer', /OnCalendar=.*\n/, ''],
    ['a program without its path', 'postgres-restore-drill.service', /ExecStart=.*/, 'ExecStart=./drill'],
    ['a kind of service that there is not', 'pgbackrest@.service', 'oneshot', 'once'],
    ['a class of input and output that there is not', 'pgbackrest@.service', 'idle', 'lazy'],
    ['a mount under the name of another path', 'srv-postgres-backup.mount', 'Where=/srv/postgres/backup', 'Where=/srv/backup'],
    ['a mount of nothing', 'srv-postgres-backup.mount', /What=.*\n/, ''],
    ['a path that is relative', 'postgresql@17-main.service.d/10-ashlar.conf', '=/srv/postgres/data', '=srv/data'],
  ])('broken: refuses %s', (_, name, from, to) => {
    const all: Record<string, string> = units();
    const text = all[name] as string;
    expect(text.replace(from, to)).not.toBe(text);
    const { status, stderr } = verify({ ...all, [name]: text.replace(from, to) });
    verdict.sawBroken(status !== 0 || stderr !== '');
    expect(stderr).toContain(basename(name).replace('@.', '@full.'));
  });
});

describeWith(['pg_createcluster'], "Debian's PostgreSQL", () => {
  const verdict = new Verdict('pg_createcluster, sh: the setup of a server');
  let cluster: TestCluster;
  const files = () => sandbox(cluster.postgres.major, () => undefined);
  const part = (heading: string) => setupPart(cluster, files(), heading);
  const run = (text: string) => cluster.program('/bin/sh', ['-c', text], { PG_CLUSTER_CONF_ROOT: join(cluster.folder, 'etc/postgresql') });

  beforeAll(async () => {
    cluster = new TestCluster(debianPostgres(), await freePort());
  });
  afterAll(() => cluster.remove());

  test('every program is one that the shell can read', () => {
    const programs = Object.entries({ ...files(), ...everyUnit() }).filter(([, text]) => text.startsWith('#!/bin/sh'));
    expect(programs.map(([path]) => basename(path)).sort()).toEqual(['postgres-restore-drill', 'setup']);
    for (const [, text] of programs) expect(cluster.program('/bin/sh', ['-n'], {}, text)).toEqual({ status: 0, out: '' });
    verdict.took(programs.length);
    const broken = cluster.program('/bin/sh', ['-n'], {}, files()['etc/ashlar/postgres/setup']?.replace('\nfi\n', '\n'));
    verdict.sawBroken(broken.status !== 0);
    expect(broken.status).not.toBe(0);
  });

  test('the cluster is made once, with checksums, on the data and the log disk, and the distribution takes it over', () => {
    const first = run(part('Cluster'));
    expect(first).toMatchObject({ status: 0 });
    const id = () => cluster.program('pg_controldata', ['-D', cluster.data]).out;
    expect(id()).toMatch(/Data page checksum version: +1/);
    const before = id();
    expect(run(part('Cluster'))).toMatchObject({ status: 0 });
    expect(id()).toBe(before);
    const listed = cluster.program('/usr/bin/pg_lsclusters', ['-h'], { PG_CLUSTER_CONF_ROOT: join(cluster.folder, 'etc/postgresql') });
    expect(listed.out).toMatch(new RegExp(`^${cluster.postgres.major} +main +\\d+ down`));
    expect(listed.out).toContain(cluster.data);
    verdict.took(2);
  });

  test('what an interruption left is made anew, and a log without its data is left alone', () => {
    cluster.program('/bin/mv', [cluster.data, `${cluster.data}.part`]);
    expect(run(part('Cluster'))).toMatchObject({ status: 0 });
    expect(cluster.program('pg_controldata', ['-D', cluster.data]).out).toMatch(/Database cluster state: +shut down/);
    verdict.took(1);
    cluster.program('/bin/mv', [cluster.data, `${cluster.data}.lost`]);
    const { status, out } = run(part('Cluster'));
    verdict.sawBroken(status !== 0);
    expect(out).toContain('exists but is not empty');
    cluster.program('/bin/mv', [`${cluster.data}.lost`, cluster.data]);
  });

  test('the configuration that the distribution made includes ours, and the server starts with it', () => {
    const main = cluster.configuration;
    const debian = cluster.program('/bin/cat', [join(main, 'postgresql.conf')]).out;
    expect(debian).toContain("include_dir = 'conf.d'");
    layOut(cluster, files());
    cluster.write(`${main.slice(cluster.folder.length + 1)}/postgresql.conf`, debian);
    const started = cluster.start();
    expect({ ...started, log: cluster.program('/bin/cat', [join(cluster.folder, 'log/postgres.log')]).out }).toMatchObject({ status: 0 });
    expect(cluster.sql("SELECT name, error FROM pg_file_settings WHERE sourcefile LIKE '%10-ashlar.conf' AND NOT applied").out).toBe('');
    cluster.stop();
    verdict.took(1);
  });

  test('broken: data of another release stops it', () => {
    cluster.write('srv/postgres/data/14/main/PG_VERSION', '14\n');
    const { status, out } = run(part('Cluster'));
    verdict.sawBroken(status !== 0);
    expect(out).toContain('is of release 14: upgrade it with pg_upgradecluster, or remove it');
    expect(status).not.toBe(0);
  });
});
