import { Duration, Secret, Size, Version } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { ContainerImage, KubernetesCluster, Workload } from '@ashlar/kubernetes';
import { App, Chart } from 'cdk8s';
import { PostgresCluster, type PostgresClusterProps, PostgresVersion } from '../src';
import { crdErrors, HAS_CONFORMANCE } from './crd';

const storage = Size.gibibytes(20);
const waived = { waived: 'rebuilt from the catalogue every night' };
const copies = {
  destination: 's3://backups/orders',
  endpoint: 'https://s3.example.net',
  accessKeyId: Secret.fromKubernetes('shop', 'backup', 'id'),
  secretAccessKey: Secret.fromKubernetes('shop', 'backup', 'key'),
};

let chart: Chart;
beforeEach(() => {
  chart = new Chart(new App(), 'shop', { namespace: 'shop' });
});

const orders = (props: Partial<PostgresClusterProps> = {}) => new PostgresCluster(chart, 'orders', { storage, backup: waived, ...props });
const find = (kind: string) => chart.toJson().find(object => object.kind === kind);
const inSite = () =>
  new KubernetesCluster(Testing.site(), 'prod', { version: Version.of('1.34.2'), nodeAddresses: () => ['10.20.0.11/32'] });

test('defaults give a primary and two replicas on hosts of their own, one of which confirms each commit', () => {
  orders();
  const { spec } = find('Cluster');
  expect(spec).toMatchObject({
    instances: 3,
    storage: { size: '20Gi' },
    walStorage: { size: '5Gi' },
    affinity: { podAntiAffinityType: 'required', topologyKey: 'kubernetes.io/hostname' },
    enablePDB: true,
    postgresql: { parameters: { shared_buffers: '256MB' }, synchronous: { method: 'any', number: 1, dataDurability: 'required' } },
  });
  expect(spec.plugins).toBeUndefined();
});

test('names follow the operator', () => {
  const cluster = orders();
  expect([cluster.host, cluster.readOnlyHost, cluster.password.describe()]).toEqual([
    'orders-rw.shop.svc.cluster.local',
    'orders-ro.shop.svc.cluster.local',
    'kubernetes:shop/orders-app#password',
  ]);
  expect(PostgresCluster.fromName(chart, 'imported', 'legacy').host).toBe('legacy-rw.shop.svc.cluster.local');
});

test('a workload that may connect is let in at both ends', () => {
  const image = ContainerImage.of('ghcr.io/example/shop', '1.4.2', `sha256:${'a'.repeat(64)}`);
  const web = new Workload(chart, 'web', { image, port: 8080 });
  orders().connections.allowFrom(web);
  const policies = chart.toJson().filter(object => object.kind === 'NetworkPolicy');
  const egress = policies[0].spec.egress.at(-1);
  expect(egress.to[0].podSelector).toEqual({ matchLabels: { 'cnpg.io/cluster': 'orders' } });
  expect(policies[1].spec.ingress).toHaveLength(3); // the operator, the instances, the workload
});

test('the instances reach the API on the nodes, or anywhere when the nodes are not known', () => {
  orders();
  const api = {
    ports: [
      { port: 443, protocol: 'TCP' },
      { port: 6443, protocol: 'TCP' },
    ],
  };
  expect(find('NetworkPolicy').spec.egress).toContainEqual({
    ...api,
    to: [{ ipBlock: { cidr: '0.0.0.0/0' } }, { ipBlock: { cidr: '::/0' } }],
  });

  const unit = inSite().namespace('shop');
  new PostgresCluster(unit, 'orders', { storage, backup: waived });
  const policy = unit.toJson().find(object => object.kind === 'NetworkPolicy' && object.metadata.name === 'orders');
  expect(policy.spec.egress).toContainEqual({ ...api, to: [{ ipBlock: { cidr: '10.20.0.11/32' } }] });
});

test('a backup copies every night and archives the log', () => {
  const cluster = orders({ backup: { ...copies, retention: Duration.days(14) } });
  expect(find('ObjectStore').spec.retentionPolicy).toBe('14d');
  expect(find('ScheduledBackup').spec).toMatchObject({ method: 'plugin', cluster: { name: 'orders' }, schedule: '0 0 2 * * *' });
  expect(find('Cluster').spec.plugins).toEqual([
    { name: 'barman-cloud.cloudnative-pg.io', isWALArchiver: true, parameters: { barmanObjectName: 'orders' } },
  ]);
  expect(cluster.backup).toMatchObject({ target: 's3://backups/orders at https://s3.example.net' });
});

test('in a site, the operator and what the backup needs are required, in order', () => {
  const cluster = inSite();
  new PostgresCluster(cluster.namespace('shop'), 'orders', { storage, backup: copies });
  expect(cluster.releases.map(release => release.name).sort()).toEqual(['cert-manager', 'cloudnative-pg', 'plugin-barman-cloud']);
  const plugin = cluster.releases.find(release => release.name === 'plugin-barman-cloud');
  expect(plugin?.startsAfter.map(other => other.node.id)).toEqual(['chart-cloudnative-pg', 'chart-cert-manager']);
});

test('it takes what all instances take', () => {
  const { consumption } = orders();
  expect([consumption.threads, String(consumption.memory), String(consumption.disk)]).toEqual([1.5, '3 GiB', '75 GiB']);
});

test('a pod monitor is there when asked for', () => {
  orders({ podMonitor: true });
  expect(find('PodMonitor').spec.podMetricsEndpoints).toEqual([{ port: 'metrics' }]);
});

describe('warnings', () => {
  const warnings = (props: Partial<PostgresClusterProps>) => {
    const cluster = inSite();
    cluster.installReleasesWith(Object.assign(cluster, { deliveryOf: () => ({ waits: 'It comes.', check: ['true'] as const }) }));
    new PostgresCluster(cluster.namespace('shop'), 'orders', { storage, ...props });
    return Testing.findings(cluster);
  };

  test('no backup', () => {
    expect(warnings({})).toEqual([
      "warning [test/prod/shop/orders] nothing copies the database to another place; write backup: { destination: 's3://backups/orders', … }, or backup: { waived: 'why not' } (POSTGRES_NO_BACKUP)",
    ]);
  });

  test('a single instance has no synchronous replica, and says so', () => {
    expect(warnings({ instances: 1, backup: waived })).toEqual([
      'warning [test/prod/shop/orders] one instance: an upgrade, or the loss of its node, stops the database; write instances: 3 (POSTGRES_SINGLE_INSTANCE)',
    ]);
  });

  test('every replica must confirm', () => {
    expect(warnings({ instances: 3, synchronousReplicas: 2, backup: waived })).toEqual([
      'warning [test/prod/shop/orders] all 2 replicas must confirm a commit, so that the loss of any one stops writing; write instances: 4 (POSTGRES_SYNC_ALL)',
    ]);
  });

  test('a waived backup is none', () => {
    expect(warnings({ backup: waived })).toEqual([]);
  });
});

describe('errors', () => {
  const wrong: [name: string, props: Record<string, unknown>, text: string][] = [
    [
      'every instance confirms',
      { instances: 2, synchronousReplicas: 2 },
      '[shop/orders] synchronousReplicas must be below instances (2), got 2; use at most 1, or raise instances (POSTGRES_SYNC_REPLICAS)',
    ],
    [
      'too many instances',
      { instances: 10 },
      '[shop/orders] instances must be from 1 to 9, got 10; choose a value inside the range (PROP_RANGE)',
    ],
    ['no storage', { storage: undefined }, '[shop/orders] storage is missing; write storage: Size.gibibytes(20) (PROP_MISSING)'],
    [
      'storage as text',
      { storage: '20Gi' },
      '[shop/orders] storage must be a Size, got "20Gi"; write storage: Size.gibibytes(20) (PROP_TYPE)',
    ],
    [
      'a tiny volume',
      { storage: Size.mebibytes(100) },
      '[shop/orders] storage must be 1 GiB or more, got "100 MiB"; write storage: Size.gibibytes(20); it can grow later, never shrink (POSTGRES_STORAGE)',
    ],
    [
      'little memory',
      { memory: Size.mebibytes(64) },
      '[shop/orders] memory must be 256 MiB or more, got "64 MiB"; write memory: Size.gibibytes(1) (POSTGRES_MEMORY)',
    ],
    ['cpu as text', { cpu: '1' }, '[shop/orders] cpu must be a number of cores from 0.1 to 64, got "1"; write cpu: 0.5 (PROP_RANGE)'],
    [
      'a version as text',
      { version: '17' },
      '[shop/orders] version must be a PostgresVersion, got "17"; write version: PostgresVersion.V17 (PROP_TYPE)',
    ],
    [
      'an unknown property',
      { replicas: 2 },
      '[shop/orders] there is no property replicas; use one of storage, walStorage, storageClass, instances, synchronousReplicas, version, cpu, memory, database, owner, backup, podMonitor (PROP_UNKNOWN)',
    ],
    [
      'a reason that says nothing',
      { backup: { waived: 'no' } },
      '[shop/orders] backup.waived must be a reason of at least 10 characters, got "no"; write it like rebuilt from the catalogue every night (PROP_FORMAT)',
    ],
    [
      'half a day of retention',
      { backup: { ...copies, retention: Duration.hours(12) } },
      '[shop/orders/Backup] retention must be whole days, 1 or more, got "12h"; write retention: Duration.days(30) (POSTGRES_BACKUP_RETENTION)',
    ],
    [
      'a key of another namespace',
      { backup: { ...copies, accessKeyId: Secret.fromKubernetes('blog', 'backup', 'id') } },
      "[shop/orders/Backup] accessKeyId is kept in kubernetes:blog/backup#id, which the database in namespace shop cannot read; pass Secret.fromKubernetes('shop', …) (POSTGRES_BACKUP_SECRET)",
    ],
  ];

  test.each(wrong)('%s', (_, props, text) => {
    expect(() => orders(props as Partial<PostgresClusterProps>)).toThrow(text);
  });

  test('a name that leaves no room for those of services', () => {
    expect(() => new PostgresCluster(chart, 'a'.repeat(51), { storage })).toThrow(
      `the name must be at most 50 characters, because the names of services and pods begin with it, got "${'a'.repeat(51)}"; choose a shorter id (POSTGRES_NAME)`,
    );
  });

  test('a version whose minor is open', () => {
    expect(() => PostgresVersion.of('17')).toThrow(
      '[PostgresVersion.of] a tag begins with the major and the minor version, got "17"; write it like 17.9-standard-trixie, or with its digest: 17.9-standard-trixie@sha256:… (POSTGRES_VERSION)',
    );
  });
});

test('manifests', () => {
  orders({ backup: copies, podMonitor: true });
  expect(chart.toJson()).toMatchSnapshot();
});

(HAS_CONFORMANCE ? describe : describe.skip)(
  HAS_CONFORMANCE ? 'definitions' : 'definitions (skipped: no reference data beside the repository)',
  () => {
    test('accept the cluster, its schedule and its monitor', () => {
      orders({ backup: copies, podMonitor: true, storageClass: 'fast', instances: 5, synchronousReplicas: 2 });
      expect(crdErrors('cnpg', find('Cluster'))).toEqual([]);
      expect(crdErrors('cnpg', find('ScheduledBackup'))).toEqual([]);
      expect(crdErrors('prometheus-operator', find('PodMonitor'))).toEqual([]);
    });

    test('refuse a misspelt field', () => {
      const broken = { apiVersion: 'postgresql.cnpg.io/v1', kind: 'Cluster', metadata: {}, spec: { instances: 3, imageNam: 'postgres' } };
      expect(crdErrors('cnpg', broken)).toEqual(['/spec must NOT have additional properties {"additionalProperty":"imageNam"}']);
    });
  },
);

test('a failover loses nothing while a replica confirms each commit, and there is none of a single instance', () => {
  expect(orders().replication).toEqual({ to: ['2 replicas on other nodes'], recoveryPoint: Duration.seconds(0) });
  chart = new Chart(new App(), 'shop', { namespace: 'shop' });
  expect(orders({ synchronousReplicas: 0 }).replication).toEqual({ to: ['2 replicas on other nodes'] });
  chart = new Chart(new App(), 'shop', { namespace: 'shop' });
  expect(orders({ instances: 1 }).replication).toBeUndefined();
});
