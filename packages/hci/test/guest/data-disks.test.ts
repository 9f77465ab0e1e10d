import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ledger, Port, Secret, Site, Size, Version } from '@ashlar/core';
import { Internet, Vlan } from '@ashlar/network';
import { TerraformWorkspace } from '@ashlar/terraform';
import { App, LocalBackend, TerraformStack } from 'cdktf';
import { type DataDiskProps, DirectoryStorage, ProxmoxCluster, ProxmoxStorage, ProxmoxVm, ZfsStorage } from '../../src';
import { GUEST, lab } from '../lab';
import { type Lab, refusal, resource, VM, vm } from './guests';

const GIB = (n: number) => Size.gibibytes(n);

describe('data disks', () => {
  test('have slots in the order of their names, are trimmed, threaded and backed up, and are named to the guest by their slot', () => {
    const all = lab();
    const web = vm(all, { dataDisks: { wal: GIB(20), data: { size: GIB(100), ssd: true } } });
    expect(resource(all, VM, 'web/vm').disk).toEqual([
      { interface: 'scsi0', datastore_id: 'tank', size: 32, iothread: true, discard: 'on' },
      { interface: 'scsi1', datastore_id: 'tank', size: 100, iothread: true, discard: 'on', backup: true, ssd: true },
      { interface: 'scsi2', datastore_id: 'tank', size: 20, iothread: true, discard: 'on', backup: true },
    ]);
    expect(web.dataDisks.map(({ name, device }) => [name, device])).toEqual([
      ['data', '/dev/disk/by-id/scsi-0QEMU_QEMU_HARDDISK_drive-scsi1'],
      ['wal', '/dev/disk/by-id/scsi-0QEMU_QEMU_HARDDISK_drive-scsi2'],
    ]);
  });

  test('count in what the guest takes, and are shown', () => {
    const web = vm(lab(), { dataDisks: { data: GIB(100) } });
    expect(String(web.consumption.disk)).toBe('132 GiB');
    expect(web.depiction.facts).toContain('100 GiB disk data');
  });

  test('may be left out of backups for a reason', () => {
    const all = lab();
    vm(all, { dataDisks: { cache: { size: GIB(10), notBackedUpBecause: 'a cache, which fills up again' } } });
    expect(resource(all, VM, 'web/vm').disk).toMatchObject([{ interface: 'scsi0' }, { interface: 'scsi1', backup: false }]);
  });

  test('are kept by a guest that says nothing else', () => {
    const all = lab();
    vm(all, { dataDisks: { data: GIB(100) } });
    expect(resource(all, VM, 'web/vm')).toMatchObject({ protection: true, lifecycle: { prevent_destroy: true } });
  });

  test('wait for the storage that they lie on', () => {
    const all = lab();
    const archive = new DirectoryStorage(all.pve, 'archive', { path: '/srv/archive', content: ['images'] });
    vm(all, { storage: all.disks, dataDisks: { old: { size: GIB(10), storage: archive } } });
    expect(resource(all, VM, 'web/vm').depends_on).toContain('proxmox_storage_directory.pve_archive_storage_A7A47448');
  });
});

describe('the slot of a data disk', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ashlar-slots-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** One run of a program whose ledger is kept. */
  const run = (dataDisks: Record<string, Size | DataDiskProps>, props: object = {}) => {
    const site = new Site('lab', { domain: 'lab.example.net' });
    new Ledger(site, 'ledger', { file: join(folder, 'ledger.json') });
    const servers = new Vlan(site, 'servers', { tag: 20, ipv4: '10.20.0.0/24' });
    const { stack } = new TerraformWorkspace(site, 'hypervisors', { backend: s => new LocalBackend(s, { path: 'x.tfstate' }) });
    const pve = new ProxmoxCluster(stack, 'pve', {
      version: Version.of('9.1'),
      nodes: [{ host: servers.host('pve-01', 10) }],
      apiToken: Secret.fromTerraformVariable('token'),
    });
    new DirectoryStorage(pve, 'files', { path: '/var/lib/files', content: ['images'] });
    const db = new ProxmoxVm(pve, 'db', {
      ...GUEST,
      notBackedUpBecause: 'only a test',
      vmId: 100,
      host: servers.host('db', 20),
      dataDisks,
      ...props,
    });
    site.synth(join(folder, 'out'));
    return Object.fromEntries(db.dataDisks.map(disk => [disk.name, disk.slot]));
  };

  test('stays when another disk comes whose name is before it', () => {
    expect(run({ data: GIB(10) })).toEqual({ data: 1 });
    expect(run({ archive: GIB(10), data: GIB(10) })).toEqual({ data: 1, archive: 2 });
  });

  test('may be given, and then no other disk has it', () => {
    expect(run({ archive: GIB(10), data: { size: GIB(10), slot: 1 } })).toEqual({ data: 1, archive: 2 });
  });

  test('stays reserved, and leaving its disk out is refused', () => {
    run({ data: GIB(10), wal: GIB(10) });
    expect(refusal(() => run({ wal: GIB(10) }))).toBe(
      '[lab/hypervisors/pve/db] no longer has its data disk data (slot 1), which would be destroyed; write it again, or delete its line from "data disks of pve/100" in the ledger to have it destroyed (DATA_DISK_DROPPED)',
    );
    expect(run({ wal: GIB(10) }, { stateful: false })).toEqual({ wal: 2 });
  });

  test('is refused to one disk when the ledger has it for another', () => {
    run({ data: GIB(10) });
    expect(refusal(() => run({ data: GIB(10), other: { size: GIB(10), slot: 1 } }))).toBe(
      '[lab/hypervisors/pve/db] data disk other asks for slot 1, which the ledger has for data; choose another slot for other, or none to have one allocated (DATA_DISK_SLOT)',
    );
  });
});

describe('a data disk is refused', () => {
  const shared = (all: Lab) => ProxmoxStorage.fromName(all.pve, 'ceph', { type: 'rbd', content: ['images'] });
  test.each<[string, (all: Lab) => unknown, string]>([
    [
      'that is no whole number of GiB',
      all => vm(all, { dataDisks: { data: Size.gigabytes(100) } }),
      '[lab/hypervisors/pve/web] data disk data must be a whole number of GiB, got "100 GB"; write Size.gibibytes(100) (GUEST_DISK)',
    ],
    [
      'whose size is a number',
      all => vm(all, { dataDisks: { data: { size: 100 } } }),
      '[lab/hypervisors/pve/web] dataDisks.data.size must be a Size, got 100; write dataDisks.data.size: Size.gibibytes(100) (PROP_TYPE)',
    ],
    [
      'whose name is no label',
      all => vm(all, { dataDisks: { 'Data 1': GIB(1) } }),
      '[lab/hypervisors/pve/web] the name of a data disk must be a DNS label: up to 63 lower-case letters, digits and dashes, got "Data 1"; write it like web-1 (PROP_FORMAT)',
    ],
    [
      'in a list',
      all => vm(all, { dataDisks: [GIB(1)] }),
      '[lab/hypervisors/pve/web] dataDisks must be an object of sizes by name, got [a Size]; write dataDisks: { data: Size.gibibytes(100) } (PROP_TYPE)',
    ],
    [
      'with a misspelt property',
      all => vm(all, { dataDisks: { data: { size: GIB(1), disk: 'ssd' } } }),
      '[lab/hypervisors/pve/web] there is no property disk; use one of size, storage, slot, ssd, notBackedUpBecause (PROP_UNKNOWN)',
    ],
    [
      'beyond the last slot',
      all => vm(all, { dataDisks: { data: { size: GIB(1), slot: 31 } } }),
      '[lab/hypervisors/pve/web] dataDisks.data.slot must be from 1 to 30, got 31; choose a value inside the range (PROP_RANGE)',
    ],
    [
      'in the slot of another',
      all => vm(all, { dataDisks: { data: { size: GIB(1), slot: 3 }, wal: { size: GIB(1), slot: 3 } } }),
      '[lab/hypervisors/pve/web] data disks data and wal both have slot 3; give them slots of their own, or none to have one allocated (DATA_DISK_SLOT)',
    ],
    [
      'larger than its storage',
      all => vm(all, { dataDisks: { data: GIB(300) } }),
      '[lab/hypervisors/pve/web] data disk data is 300 GiB, and storage tank [lab/hypervisors/pve/tank] has 200 GiB; make it smaller, or choose a larger storage (GUEST_DISK)',
    ],
    [
      'left out of backups without a reason',
      all => vm(all, { dataDisks: { data: { size: GIB(1), notBackedUpBecause: 'no' } } }),
      '[lab/hypervisors/pve/web] dataDisks.data.notBackedUpBecause must be a reason of 10 characters or more, got "no"; write it like a cache, which fills up again (PROP_FORMAT)',
    ],
    [
      'of a guest under HA on a storage that is lost with its node',
      all =>
        vm(all, {
          node: undefined,
          highAvailability: {},
          storage: all.disks,
          dataDisks: {
            data: { size: GIB(1), storage: ProxmoxStorage.fromName(all.pve, 'thin', { type: 'lvmthin', content: ['images'] }) },
          },
        }),
      '[lab/hypervisors/pve/web] is highly available, and its data disk data lies on thin [lab/hypervisors/pve/thin], a local storage of type lvmthin that is lost with its node; put all its disks on ZFS pools, or all on shared storage, see https://pve.proxmox.com/wiki/Storage_Replication (HA_ON_LOCAL_DISK)',
    ],
    [
      'of a guest under HA on ZFS beside a shared disk, which nothing copies',
      all =>
        vm(all, { node: undefined, highAvailability: {}, storage: shared(all), dataDisks: { data: { size: GIB(1), storage: all.disks } } }),
      '[lab/hypervisors/pve/web] is highly available, and its data disk data lies on tank [lab/hypervisors/pve/tank], which is copied to other nodes only together with a first disk that is local too, and that one lies on ceph; put all its disks on ZFS pools, or all on shared storage, see https://pve.proxmox.com/wiki/Storage_Replication (HA_ON_LOCAL_DISK)',
    ],
    [
      'on a storage that its node does not have',
      all => {
        const far = new ZfsStorage(all.pve, 'far', { pool: 'far', nodes: [all.pve.nodeOf('pve-02')] });
        return vm(all, { storage: all.disks, dataDisks: { data: { size: GIB(1), storage: far } } });
      },
      '[lab/hypervisors/pve/web] may run on pve-01, which does not have storage far [lab/hypervisors/pve/far]; choose one of pve-02, or give pve-01 a storage of that name (STORAGE_NOT_ON_NODE)',
    ],
  ])('%s', (_, build, text) => {
    const message = refusal(() => build(lab()));
    expect(message).toBe(text);
  });

  test('without a slot, where no ledger keeps one', () => {
    const { stack, servers } = plain();
    const pve = new ProxmoxCluster(stack, 'pve', {
      version: Version.of('9.1'),
      nodes: [{ name: 'pve-01', address: '192.0.2.10' }],
      managedFrom: [servers],
      apiToken: Secret.fromTerraformVariable('token'),
    });
    new DirectoryStorage(pve, 'files', { path: '/var/lib/files', content: ['images'] });
    const host = servers.host('web', 20);
    expect(refusal(() => new ProxmoxVm(pve, 'web', { ...GUEST, vmId: 100, host, dataDisks: { data: GIB(1) } }))).toBe(
      '[plain/pve/web] data disk data has no slot, and there is no site whose ledger could keep one; write dataDisks: { data: { size: …, slot: 1 } } (DATA_DISK_SLOT)',
    );
    expect(refusal(() => new ProxmoxVm(pve, 'big', { ...GUEST, vmId: 101, host: servers.host('big', 21), hugePages: '1 GiB' }))).toBe(
      '[plain/pve/big] asks for hugepages, which Proxmox VE takes from root alone, and there is no site to write the command for root into; create it in a TerraformWorkspace of a Site, or leave it out (ROOT_SETTINGS)',
    );
  });
});

test('data disks that do not fit on their storage together are found', () => {
  const all = lab();
  vm(all, { stateful: false, disk: GIB(60), dataDisks: { data: GIB(80) } });
  vm(all, { stateful: false, disk: GIB(60), dataDisks: { data: GIB(80) } }, 'mail');
  all.servers.connections.allowTo(Internet.of(all.site), Port.tcp(443));
  expect(all.site.check().map(f => `${f.code} ${f.message}`)).toEqual([
    'STORAGE_OVERCOMMITTED has 200 GiB on lab/hypervisors/pve/pve-01, and the disks there add up to 280 GiB',
  ]);
});

/** What another team has: no site, no ledger. */
function plain() {
  const stack = new TerraformStack(new App({ outdir: mkdtempSync(join(tmpdir(), 'ashlar-hci-')) }), 'plain');
  return { stack, servers: new Vlan(stack, 'servers', { tag: 20, ipv4: '10.20.0.0/24', domain: 'lab.example.net' }) };
}
