import { Duration, Port, pathOf, Size } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { expectGolden } from '../../../network/test/golden';
import { PostgresRepository, PostgresVersion } from '../../src';
import { backup, lab, secret, TestGuest, TestPeer } from './lab';

const file = (files: Record<string, string>, path: string) => files[`devices/postgres/db1/${path}`];
const GOLDEN = '../../../data/test/golden/postgres-server';
const STAGING = 'etc/ashlar/postgres';

describe('a server', () => {
  test('is made of these files', () => {
    const { server, site, api } = lab();
    const orders = server();
    orders.allowFrom(api, 'orders_api');
    orders.allowFrom(new TestPeer(site, 'reporting', ['10.20.0.32/32']), 'reports');
    orders.connections.allowFrom(new TestPeer(site, 'operations', ['10.20.9.0/28']));
    const files = Testing.files(site);
    for (const [path, text] of Object.entries(files)) {
      expectGolden(`${GOLDEN}/${path.replace('devices/postgres/', '')}`, text);
    }
    expect(Object.keys(files)).toHaveLength(15);
  });

  test('puts the same files on its guest, and secrets beside them that only root reads', () => {
    const { server, site, on } = lab();
    server();
    const files = Testing.files(site);
    const boot = on.firstBoot.files;
    const plain = boot.filter(({ content }) => typeof content === 'string');
    expect(Object.fromEntries(plain.map(({ path, content }) => [`devices/postgres/db1${path}`, content]))).toEqual(files);
    const secrets = boot.filter(({ content }) => typeof content !== 'string');
    expect(secrets.map(({ path, mode }) => `${mode} ${path.replace(`/${STAGING}/secrets/`, '')}`)).toEqual([
      '0600 backup-access-key',
      '0600 backup-cipher',
      '0600 backup-secret-key',
      '0600 role-billing',
      '0600 role-orders',
      '0600 role-orders_api',
      '0600 role-reports',
      '0600 tls-certificate',
      '0600 tls-key',
    ]);
  });

  test('takes packages of its major release from the project itself, mounts its disks, and is set up after that', () => {
    const { server, on } = lab();
    server({ version: PostgresVersion.V18 });
    expect(on.firstBoot.packages).toEqual(['pgbackrest', 'postgresql-18', 'prometheus-postgres-exporter', 'python3']);
    expect(on.firstBoot.repositories.map(([name, { key }]) => [name, key])).toEqual([['pgdg', 'B97B0AFCAA1A47F044F244A07FCC7D46ACCC4CF8']]);
    expect(on.firstBoot.mounts.map(({ path, disk }) => `${disk.name} ${path}`)).toEqual([
      'data /srv/postgres/data',
      'wal /srv/postgres/wal',
    ]);
    expect(on.firstBoot.commands).toEqual(['sh /etc/ashlar/postgres/setup']);
  });

  test('says what it stands on, what it exports, and what can be lost', () => {
    const { server, on } = lab();
    const orders = server({ backup: { ...backup(), recoveryPoint: Duration.minutes(1), retention: Duration.days(14) } });
    expect(orders.placement.standsOn).toEqual([[on]]);
    expect(orders.lifecycle.startsAfter).toEqual([on]);
    const [ready] = orders.lifecycle.start ?? [];
    expect(ready?.check).toEqual({
      command: ['pg_isready', '--host', on.addresses[0]?.ip, '--port', '5432', '--timeout', '5'],
    });
    const [restore] = orders.lifecycle.restore ?? [];
    expect(restore?.action).toEqual({
      byHand:
        'On db1, as root: pg_ctlcluster 17 main stop; sudo -u postgres pgbackrest --stanza=orders-db --delta restore; pg_ctlcluster 17 main start.',
    });
    expect(restore?.destroys).toBe('what the data disk of db1 holds at that moment');
    expect(orders.monitoring).toEqual({ metrics: [{ port: Port.tcp(9187) }] });
    expect(orders.host).toBe('db1.test.example.net');
    expect(orders.backup).toEqual({
      target: 's3://orders-backup at s3.example.net',
      recoveryPoint: Duration.minutes(1),
      retention: Duration.days(14),
    });
    expect(orders.replication).toBeUndefined();
  });

  test('opens its guest to whom it lets in, and lets the guest reach the repository', () => {
    const { server, site, on, api } = lab();
    const store = new TestPeer(site, 'store', ['10.20.0.40/32']);
    const orders = server({
      backup: {
        ...backup(),
        repository: PostgresRepository.s3({
          bucket: 'orders-backup',
          endpoint: 's3.example.net:9000',
          region: 'lab',
          accessKeyId: secret('id'),
          secretAccessKey: secret('key'),
          server: store,
        }),
      },
    });
    orders.connections.allowFrom(api);
    site.check();
    expect(on.connections.ingress.map(({ from, port }) => `${pathOf(from)} ${port}`)).toEqual(['test/api 5432/tcp']);
    expect(on.connections.egress.map(({ to, port }) => `${pathOf(to)} ${port}`)).toEqual(['test/store 9000/tcp']);
  });

  test('lets a peer in as the roles that were named for it, and a port of something else in as none', () => {
    const { server, site, api } = lab();
    const orders = server();
    orders.allowFrom(api, 'orders_api');
    orders.connections.allowFrom(new TestPeer(site, 'metrics', ['10.20.0.50/32']), Port.tcp(9187));
    const hba = file(Testing.files(site), `${STAGING}/pg_hba.conf`);
    expect(
      hba
        ?.split('\n')
        .filter(line => line.startsWith('host'))
        .map(line => line.split(/ +/).slice(1, 4).join(' ')),
    ).toEqual(['orders orders_api 10.20.0.31/32', 'orders orders_api 2001:db8:20::31/128']);
  });

  test('archives nothing when copies are waived, for a reason', () => {
    const { server, site, on } = lab();
    const orders = server({ backup: { waived: 'rebuilt from the catalogue every night' } });
    expect(orders.backup).toEqual({ waived: 'rebuilt from the catalogue every night' });
    const files = Testing.files(site);
    expect(file(files, `${STAGING}/10-ashlar.conf`)).toContain('# backup is waived\narchive_mode = off\n');
    expect(Object.keys(files).filter(path => /backrest|drill/.test(path))).toEqual([]);
    expect(on.firstBoot.files.filter(({ path }) => path.includes('backup'))).toEqual([]);
  });

  test('mounts an NFS server for its copies, by a unit that the setup waits for', () => {
    const { server, site } = lab();
    const nas = new TestGuest(site, 'nas', { ips: ['2001:db8:20::9'] });
    server({ backup: { ...backup(), repository: PostgresRepository.nfs({ server: nas, path: '/export/orders' }) } });
    const files = Testing.files(site);
    expect(file(files, 'etc/systemd/system/srv-postgres-backup.mount')).toContain('What=[2001:db8:20::9]:/export/orders\n');
    expect(file(files, `${STAGING}/setup`)).toContain('systemctl enable --now srv-postgres-backup.mount\n');
    expect(file(files, `${STAGING}/pgbackrest.conf`)).toContain('repo1-type=posix\nrepo1-path=/srv/postgres/backup\n');
  });

  test('is the same whatever the order of what is declared', () => {
    const text = (turn: boolean) => {
      const { server, site, api } = lab();
      const peers = [api, new TestPeer(site, 'reporting', ['10.20.0.32/32'])];
      const orders = server({});
      for (const peer of turn ? peers.reverse() : peers) orders.connections.allowFrom(peer);
      return Testing.files(site);
    };
    expect(text(true)).toEqual(text(false));
  });

  test('fits a sandbox of 1 GiB, whatever it is for', () => {
    for (const workload of ['oltp', 'mixed', 'analytics'] as const) {
      const { server } = lab({ memory: Size.gibibytes(1), cores: 1 });
      const { tuning } = server({ workload });
      expect(tuning.number('shared_buffers')).toBe(256);
      expect(tuning.number('work_mem')).toBeGreaterThanOrEqual(1);
      expect(tuning.number('max_connections')).toBeGreaterThanOrEqual(10);
    }
  });

  test('takes an explicit setting, and says what it would have been', () => {
    const { server, site } = lab();
    server({ settings: { work_mem: Size.mebibytes(8), checkpoint_timeout: Duration.minutes(30), huge_pages: 'off' } });
    const conf = file(Testing.files(site), `${STAGING}/10-ashlar.conf`);
    expect(conf).toContain("# set explicitly; computed 23MB (runtime-config-resource.html)\nwork_mem = '8MB'\n");
    expect(conf).toContain("checkpoint_timeout = '1800s'\n");
    expect(conf).toContain('huge_pages = off\n');
  });
});

test.each([
  [
    2,
    'oltp',
    'ssd',
    { max_connections: 64, shared_buffers: 512, maintenance_work_mem: 128, work_mem: 4, max_wal_size: 6826, random_page_cost: 1.1 },
  ],
  [
    16,
    'mixed',
    'ssd',
    { max_connections: 100, shared_buffers: 4096, maintenance_work_mem: 1024, work_mem: 23, max_wal_size: 4096, random_page_cost: 1.1 },
  ],
  [
    64,
    'analytics',
    'hdd',
    { max_connections: 40, shared_buffers: 16_384, maintenance_work_mem: 2048, work_mem: 151, max_wal_size: 6826, random_page_cost: 4 },
  ],
] as const)('%i GiB for %s on %s give these settings', (gibibytes, workload, storage, expected) => {
  const { server } = lab({ memory: Size.gibibytes(gibibytes) });
  const { tuning } = server({ workload, storage });
  expect(Object.fromEntries(Object.keys(expected).map(name => [name, tuning.number(name)]))).toEqual(expected);
});
