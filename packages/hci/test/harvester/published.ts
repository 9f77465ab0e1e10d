import { Secret, Size } from '@ashlar/core';
import { HarvesterBackupJob, HarvesterBackupTarget, HarvesterClusterNetwork, type HarvesterClusterProps } from '../../src';
import { INSTALL, lab, node, SIZE } from './lab';

/** A site with everything that a Harvester cluster can have; golden files and real consumers read it. */
export function published() {
  const parts = lab({
    count: 4,
    props: ({ machines, management }): Partial<HarvesterClusterProps> => ({
      nodes: machines.map((machine, i) => ({ ...node(machine, management, i), ...(i === 2 && { role: 'witness' as const }) })),
      vip: management.host('hci', { number: 9, mac: '02:00:5e:10:00:09' }),
      install: {
        ...INSTALL,
        bondMode: '802.3ad',
        mtu: 9000,
        tty: 'ttyS0,115200n8',
        sysctls: { 'vm.swappiness': '1', 'net.core.somaxconn': '4096' },
        modules: ['vhost_net'],
        persistentStatePaths: ['/var/lib/rook'],
        addons: ['rancher-monitoring', 'rancher-logging'],
      },
      storage: { replicas: 2, dataLocality: 'best-effort', diskSelector: ['nvme'] },
      resolvers: ['192.168.10.53'],
      secretStore: { name: 'openbao' },
    }),
  });
  const { hci, servers, storage, machines } = parts;
  const ports = machines.filter((_, i) => i !== 2).flatMap(machine => [machine.nic('ens2f0'), machine.nic('ens2f1')]);
  const workload = new HarvesterClusterNetwork(hci, 'workload', {
    uplinks: ports,
    vlans: [servers, storage],
    bondMode: '802.3ad',
    mtu: 9000,
  });
  const target = new HarvesterBackupTarget(hci, 'bucket', {
    s3: {
      endpoint: 'https://s3.example.net',
      bucketName: 'backups',
      bucketRegion: 'us-east-1',
      accessKeyId: Secret.fromOpenBao('kv/backup', 'access-key'),
      secretAccessKey: Secret.fromOpenBao('kv/backup', 'secret-key'),
    },
  });
  const job = new HarvesterBackupJob(hci, 'nightly', { target, from: '22:00', retain: 14 });
  const db1 = hci.guest('db-1', {
    ...SIZE,
    host: servers.host('db-1', 21),
    otherNics: [storage.host('db-1-storage', 21), parts.management],
    cores: 16,
    memory: Size.gibibytes(64),
    dataDisks: { wal: Size.gibibytes(50), data: Size.gibibytes(500) },
    placement: { machines: [machines[0], machines[1]] as never, highAvailability: true },
  });
  db1.firstBoot.install('postgresql');
  db1.firstBoot.file('/etc/postgresql/password', Secret.fromOpenBao('kv/db', 'password'));
  db1.firstBoot.file('/etc/motd', 'not a template: {{ hello }} ${world}\n');
  const db2 = hci.guest('db-2', { ...SIZE, host: servers.host('db-2', 22), placement: { highAvailability: true, apartFrom: [db1] } });
  const web = hci.guest('web', { ...SIZE, host: servers.host('web', 20), stateful: false });
  return { ...parts, workload, target, job, db1, db2, web };
}
