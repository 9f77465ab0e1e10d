import { Testing } from '@ashlar/core/testing';
import type { IConstruct } from 'constructs';
import { parse } from 'yaml';
import { HarvesterClusterNetwork } from '../../src';
import { expectGolden } from '../golden';
import { lab, SIZE } from './lab';
import { published } from './published';

// biome-ignore lint/suspicious/noExplicitAny: what is read is the vendor's
type Manifest = any;

const manifest = (files: Record<string, string>, path: string): Manifest => parse(files[`kubernetes/hci/${path}.yaml`] ?? '');

describe('the objects of a cluster', () => {
  const files = Testing.files(published().site);

  test.each(Object.keys(files).filter(path => path.includes('/hci/')))('%s is as an engineer has read it', path =>
    expectGolden(`harvester/${path.split('/').slice(2).join('/')}`, files[path]),
  );

  test('a secret is a place in what devices read, and a reference in the cluster', () => {
    const all = Object.values(files).join('\n');
    expect(all.match(/@@openbao:kv\/harvester#token@@/g)).toHaveLength(4);
    expect(files['devices/harvester/hci/backup-target.yaml']).toContain('"secretAccessKey":"@@openbao:kv/backup#secret-key@@"');
    const { spec } = manifest(files, 'guests/ExternalSecret-db-1-cloud-init');
    expect(spec.data).toEqual([{ secretKey: 'secret0', remoteRef: { key: 'kv/db', property: 'password' } }]);
    expect(spec.target.template.data.userdata).toContain("content: '{{ .secret0 | b64enc }}'");
  });

  test('what looks like a template in a file is not one', () => {
    const { spec } = manifest(files, 'guests/ExternalSecret-db-1-cloud-init');
    expect(spec.target.template.data.userdata).toContain('not a template: {{ "{{" }} hello }} ${world}');
  });

  test('the first node creates the cluster, and the others join it at its address', () => {
    const config = (name: string): Manifest => parse(files[`devices/harvester/hci/${name}.yaml`] ?? '');
    expect(config('hv-1')).toMatchObject({
      install: { mode: 'create', vip: '192.168.10.9', vip_mode: 'dhcp', vip_hw_addr: '02:00:5e:10:00:09' },
    });
    expect(config('hv-1').server_url).toBeUndefined();
    expect(config('hv-3')).toMatchObject({ server_url: 'https://192.168.10.9:443', install: { mode: 'join', role: 'witness' } });
    expect(config('hv-3').system_settings).toBeUndefined();
  });

  test('guests are connected by a tag on the bridge of their cluster network, and without one where the switch takes none', () => {
    const config = (name: string) => JSON.parse(manifest(files, `guests/NetworkAttachmentDefinition-${name}`).spec.config);
    expect(config('servers')).toEqual({
      cniVersion: '0.3.1',
      name: 'servers',
      type: 'bridge',
      bridge: 'workload-br',
      promiscMode: true,
      vlan: 20,
      ipam: {},
      mtu: 9000,
    });
    expect(config('management')).toMatchObject({ bridge: 'mgmt-br', vlan: 0 });
  });

  test('a segment of a cluster network is there before the first guest, for programs that make guests', () => {
    const parts = lab();
    const uplinks = parts.machines.map(machine => machine.nic('ens2f0'));
    new HarvesterClusterNetwork(parts.hci, 'workload', { uplinks, vlans: [parts.storage] });
    const empty = Testing.files(parts.site);
    const { metadata, spec } = parse(empty['kubernetes/hci/guests/NetworkAttachmentDefinition-storage.yaml'] ?? '');
    expect(metadata.labels).toMatchObject({
      'network.harvesterhci.io/clusternetwork': 'workload',
      'network.harvesterhci.io/vlan-id': String(parts.storage.tag),
    });
    expect(JSON.parse(spec.config)).toMatchObject({ bridge: 'workload-br', vlan: parts.storage.tag });
  });

  test('a cluster network has its ports on each node, and none on the witness', () => {
    expect(Object.keys(files).filter(path => path.includes('VlanConfig'))).toEqual([
      'kubernetes/hci/harvester/VlanConfig-workload-hv-1.yaml',
      'kubernetes/hci/harvester/VlanConfig-workload-hv-2.yaml',
      'kubernetes/hci/harvester/VlanConfig-workload-hv-4.yaml',
    ]);
  });

  test('a guest has all the memory that it was promised, and the pod around it more', () => {
    const { domain } = manifest(files, 'guests/VirtualMachine-db-1').spec.template.spec;
    expect(domain.memory).toEqual({ guest: '64Gi' });
    expect(domain.resources).toEqual({ limits: { cpu: '16', memory: '65792Mi' }, requests: { cpu: '1', memory: '65792Mi' } });
  });

  test('a data disk is found by its serial number', () => {
    const { db1 } = published();
    expect(db1.dataDisks.map(disk => disk.device)).toEqual(['/dev/disk/by-id/virtio-data', '/dev/disk/by-id/virtio-wal']);
    const { disks } = manifest(files, 'guests/VirtualMachine-db-1').spec.template.spec.domain.devices;
    expect(disks.map((disk: { name: string; serial?: string }) => [disk.name, disk.serial])).toEqual([
      ['boot', undefined],
      ['data-data', 'data'],
      ['data-wal', 'wal'],
      ['cloud-init', undefined],
    ]);
  });

  test('claims of data outlive the guest, and those of what can be made again do not', () => {
    const kept = (name: string) =>
      manifest(files, `guests/PersistentVolumeClaim-${name}`).metadata.annotations['argocd.argoproj.io/sync-options'];
    expect(kept('db-1-data-data')).toBe('Delete=false,Prune=false');
    expect(kept('web-boot')).toBeUndefined();
  });

  test('each guest with data is copied in ten minutes of its own, which it keeps', () => {
    expect(manifest(files, 'guests/ScheduleVMBackup-db-1').spec.cron).toBe('0 22 * * *');
    expect(manifest(files, 'guests/ScheduleVMBackup-db-2').spec.cron).toBe('10 22 * * *');
    expect(files['kubernetes/hci/guests/ScheduleVMBackup-web.yaml']).toBeUndefined();
  });
});

test('a guest stands on the nodes that it may run on, and its data on replicas that wait for each other', () => {
  const { db1, hci } = published();
  expect(db1.placement).toEqual({ standsOn: [[hci.nodes[0], hci.nodes[1]]] });
  expect(db1.replication).toMatchObject({ to: ['2 of hv-1, hv-2, hv-4'] });
  expect(db1.replication?.recoveryPoint?.toSeconds()).toBe(0);
  expect(String(db1.consumption.disk)).toBe('582 GiB');
  expect(db1.backup).toMatchObject({ target: 'Harvester s3://backups' });
});

test('guests that may run anywhere count as spread over the machines, and their copies as on the others', () => {
  const { hci, servers } = lab();
  const [a, b] = ['a', 'b'].map((name, i) => hci.guest(name, { ...SIZE, host: servers.host(name, 30 + i) }));
  const names = (nodes: readonly IConstruct[] = []) => nodes.map(one => one.node.id);
  expect([a, b].map(guest => names(guest?.placement.standsOn[0]))).toEqual([
    ['hv-1', 'hv-2', 'hv-3'],
    ['hv-2', 'hv-1', 'hv-3'],
  ]);
  expect(a?.replication).toMatchObject({ to: ['hv-1', 'hv-2', 'hv-3'] });
  expect([a, b].map(guest => names(guest?.replication?.on))).toEqual([
    ['hv-2', 'hv-3'],
    ['hv-1', 'hv-3'],
  ]);
});

test('the order of construction shows in no file', () => {
  const build = (names: readonly string[]) => {
    const { hci, servers, site } = lab();
    for (const name of names) hci.guest(name, { ...SIZE, host: servers.host(name, name.length + 20), stateful: false });
    return Testing.files(site);
  };
  expect(build(['a', 'bb', 'ccc'])).toEqual(build(['ccc', 'a', 'bb']));
});

test('an address is static where no MAC address is known, and that of DHCP where one is', () => {
  const { hci, site } = lab({
    props: ({ machines, management }) => ({
      nodes: machines.map((machine, i) => ({
        machine,
        host: management.host(machine.name, i === 0 ? { number: 11, mac: '02:00:5e:10:01:01' } : { number: 11 + i }),
        dataDisk: machine.disk('nvme'),
      })),
    }),
  });
  expect(hci.nodes.map(node => node.dhcp)).toEqual([true, false, false]);
  const file = Testing.files(site)['devices/harvester/hci/hv-1.yaml'] ?? '';
  expect(parse(file).install.management_interface).toEqual({
    interfaces: [{ name: 'eno1', hwAddr: '02:00:5e:10:01:01' }],
    method: 'dhcp',
    bond_options: { mode: 'active-backup', miimon: '100' },
  });
});

test('management nodes come from different racks only when there are three of them', () => {
  const labels = (count: number) => parse(Testing.files(lab({ count }).site)['devices/harvester/hci/hv-1.yaml'] ?? '').os.labels;
  expect(labels(3)).toEqual({ 'topology.kubernetes.io/zone': 'rack-1' });
  expect(labels(1)).toBeUndefined();
});
