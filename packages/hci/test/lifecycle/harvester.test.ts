import { isServing, needOf, Secret } from '@ashlar/core';
import { HarvesterBackupTarget, type HarvesterNode } from '../../src';
import { expectGolden } from '../golden';
import { lab, SIZE } from '../harvester/lab';
import { ids, needs, told } from './told';

describe('nodes of Harvester', () => {
  test('join the first, which is served its files, makes the cluster and gives access to it', () => {
    const { hci } = lab();
    const [first, second] = hci.nodes as [HarvesterNode, HarvesterNode];
    expect([needs(first), needs(second)]).toEqual([[], ['lab/hci/hv-1 for the cluster that it joins']]);
    expect(ids(first.lifecycle.start)).toEqual(['files', 'install', 'access']);
    expectGolden('lifecycle/harvester-start.txt', [first, second].map(node => told(node.lifecycle.start)).join('\n'));
    expect(first.lifecycle.start?.[0]?.secrets?.map(secret => secret.describe())).toEqual(['openbao:kv/harvester#token']);
    expect(second.lifecycle.start?.[0]?.destroys).toBe('what is on /dev/disk/by-id/ata-BOOT-2 of hv-2');
  });

  test('use the servers of their files, of names and of time', () => {
    const { hci } = lab();
    expect((hci.nodes[0] as HarvesterNode).lifecycle.uses).toEqual([
      { name: '192.168.10.1', for: 'names' },
      { name: '192.168.10.5', for: 'its installation files' },
      { name: 'ntp.example.net', for: 'its time' },
    ]);
  });

  test('are emptied and removed before another takes their place', () => {
    const { hci, machines } = lab();
    const [first, second] = hci.nodes as [HarvesterNode, HarvesterNode];
    const found = second.lifecycle.replace?.(second.machine);
    expectGolden('lifecycle/harvester-replace.txt', `${told(found?.leave)}\n${told(found?.join)}`);
    expect(second.lifecycle.replace?.(machines[0] as never)).toBeUndefined();
    expect(told(first.lifecycle.replace?.(first.machine)?.join)).toContain(
      'Put hv-1 last in the nodes of the program, so that its file joins;',
    );
  });
});

describe('a cluster of Harvester', () => {
  test('is there when its nodes are, and its Kubernetes with it', () => {
    const { hci } = lab();
    expect(needs(hci)).toEqual([1, 2, 3].map(n => `lab/hci/hv-${n} for the nodes that it is made of`));
    expect(needs(hci.kubernetes)).toEqual(['lab/hci for its nodes']);
    expect(hci.kubernetes.lifecycle.start).toBeUndefined();
  });

  test('goes down with its guests first, and gets another release as a whole', () => {
    const { hci, servers } = lab();
    expect(ids(hci.lifecycle.stop)).toEqual([]);
    hci.guest('web', { ...SIZE, host: servers.host('web', 20) });
    expectGolden('lifecycle/harvester-cluster.txt', `${told(hci.lifecycle.stop)}\n${told(hci.lifecycle.upgrade)}`);
  });
});

describe('guests of Harvester', () => {
  test('come with their objects, and with a way to their image', () => {
    const { hci, servers } = lab();
    const guest = hci.guest('web', { ...SIZE, host: servers.host('web', 20) });
    expect(guest.lifecycle.startsAfter.map(need => needOf(need).for)).toEqual(['its volumes and its virtual machine']);
    expect(guest.lifecycle.uses).toEqual([
      { name: '192.168.10.1', for: 'the way to its image' },
      { name: 'images.example.net', for: 'its image' },
      { name: '10.20.0.1', for: 'its way to the Internet' },
    ]);
    expectGolden('lifecycle/harvester-guest.txt', told(guest.lifecycle.start));
  });

  test('come back from where their copies are', () => {
    const { hci, machines } = lab();
    const target = new HarvesterBackupTarget(hci, 'nas', { nfs: 'nfs://192.168.10.7:/srv/backup', standsOn: [machines[0] as never] });
    expect(needs(target)).toEqual(['lab/hci/hci for the settings that it is one of', 'lab/rack-1/hv-1 for the place of its copies']);
    expect(target.lifecycle.uses).toEqual([{ name: '192.168.10.7', for: 'the place of its copies' }]);
    expect([ids(target.lifecycle.start), ids(target.lifecycle.restore)]).toEqual([[], ['guests']]);
    expect(isServing(target)).toBe(false);
  });

  test('have the keys of a bucket put in by hand', () => {
    const { hci } = lab();
    const keys = { accessKeyId: Secret.fromOpenBao('kv/backup', 'id'), secretAccessKey: Secret.fromOpenBao('kv/backup', 'key') };
    const target = new HarvesterBackupTarget(hci, 'bucket', { s3: { bucketName: 'copies', bucketRegion: 'eu-central-1', ...keys } });
    expect(target.server).toBe('s3.eu-central-1.amazonaws.com');
    expectGolden('lifecycle/harvester-target.txt', `${told(target.lifecycle.start)}\n${told(target.lifecycle.restore)}`);
    expect(target.lifecycle.start?.[0]?.secrets?.map(secret => secret.describe())).toEqual([
      'openbao:kv/backup#id',
      'openbao:kv/backup#key',
    ]);
  });
});
