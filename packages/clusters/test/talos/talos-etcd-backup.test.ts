import { Duration, isBackedUp, Secret } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { TalosEtcdBackup, type TalosEtcdBackupProps } from '../../src/talos/talos-etcd-backup';
import { expectGolden } from '../golden';
import { lab } from './lab';

const key = (name: string) => Secret.fromKubernetes('etcd-backup', 's3', name);

function backedUp(props: Partial<TalosEtcdBackupProps> = {}) {
  const { site, vlan, guests, talos } = lab();
  const cluster = talos();
  const server = vlan.host('s3', 50);
  const backup = new TalosEtcdBackup(cluster, 'backup', {
    endpoint: 'https://s3.lab.example.net:9000',
    bucket: 'etcd',
    credentials: { accessKey: key('access-key'), secretKey: key('secret-key') },
    encryptTo: `age1${'q'.repeat(58)}`,
    keep: Duration.days(30),
    server,
    ...props,
  });
  return { site, guests, cluster, server, backup };
}

test('a job takes snapshots, may do nothing else of Talos, and reaches the bucket only', () => {
  const { site } = backedUp();
  const files = Testing.files(site);
  expectGolden('talos/etcd-backup-job.yaml', files['kubernetes/prod/etcd-backup/CronJob-talos-backup.yaml']);
  expectGolden('talos/etcd-backup-policy.yaml', files['kubernetes/prod/etcd-backup/NetworkPolicy-talos-backup.yaml']);
});

test('control planes let it in, by the role for snapshots and from its namespace', () => {
  const { site } = backedUp();
  const files = Testing.files(site);
  expect(files['talos/prod/cp-1.yaml']).toContain(
    '    kubernetesTalosAPIAccess:\n      enabled: true\n      allowedRoles:\n        - os:etcd:backup\n      allowedKubernetesNamespaces:\n        - etcd-backup\n',
  );
  expect(files['talos/prod/worker-1.yaml']).not.toContain('kubernetesTalosAPIAccess');
});

test('the cluster then says where its copies are, and every machine has a way there', () => {
  const { cluster, server, guests } = backedUp();
  expect(isBackedUp(cluster) && cluster.backup).toEqual({
    target: 'bucket etcd at s3.lab.example.net:9000, encrypted to age',
    recoveryPoint: Duration.hours(6),
    retention: Duration.days(30),
  });
  expect(server.connections.ingress.map(({ from, port }) => [from, String(port)])).toEqual(guests.map(guest => [guest, '9000/tcp']));
});

test.each<[title: string, props: object, message: string]>([
  [
    'an endpoint in the clear',
    { endpoint: 'http://s3.lab.example.net' },
    '[lab/prod/backup] endpoint must be an address over https, without a path, got "http://s3.lab.example.net"; write it like https://s3.example.net (PROP_FORMAT)',
  ],
  [
    'a private key',
    { encryptTo: 'AGE-SECRET-KEY' },
    `[lab/prod/backup] encryptTo must be a public key of age, got "AGE-SECRET-KEY"; write it like age1${'q'.repeat(58)} (PROP_FORMAT)`,
  ],
  [
    'five hours',
    { every: Duration.hours(5) },
    '[lab/prod/backup] every must divide a day into whole hours, got "5h"; write Duration.hours(6) (TALOS_BACKUP)',
  ],
  [
    'credentials of another namespace',
    { credentials: { accessKey: Secret.fromKubernetes('default', 's3', 'access-key'), secretKey: key('secret-key') } },
    "[lab/prod/backup] credentials are kubernetes:default/s3#access-key, which a job in etcd-backup does not read; write Secret.fromKubernetes('etcd-backup', 's3', 'access-key'), and let an operator put it there (TALOS_BACKUP)",
  ],
  [
    'a server that is a name',
    { server: 's3' },
    '[lab/prod/backup] server must be something that has connections, got "s3"; pass the host or the machine that answers at the endpoint (TALOS_BACKUP)',
  ],
])('%s is refused', (_, props, message) => {
  expect(() => backedUp(props)).toThrow(new Error(message));
});
