import { Bandwidth, Duration, Secret, type Site, Size } from '@ashlar/core';
import {
  BackupJob,
  CloudImage,
  ContainerImage,
  GuestReplication,
  InstallerImage,
  ProxmoxContainer,
  ProxmoxTenant,
  ProxmoxVm,
  Schedule,
  Software,
  VmTemplate,
} from '@ashlar/hci';
import { type GuestStorages, guestStorages } from './guest-storages';
import { type HypervisorPlace, hypervisorPlace, stackOf } from './hypervisor-place';

/** What somebody changes of guests that run. */
export interface GuestEdition {
  /** @default `9.1` */
  readonly version?: string;
  /** Build of the image that the template is made from. @default `20261001` */
  readonly templateBuild?: string;
  /** Id of the template: another template has another. @default 190 */
  readonly templateId?: number;
  /** Build of the image of the virtual machine without a template. @default `20261001` */
  readonly build?: string;
  /** Build of the image of the containers. @default `20261001` */
  readonly containerBuild?: string;
  /** What follows the host name of each guest. @default - nothing */
  readonly suffix?: string;
  /** What each guest runs at its first boot. @default `true` */
  readonly command?: string;
}

const SIZE = { cores: 2, memory: Size.gibibytes(4), disk: Size.gibibytes(32) };
const REASON = 'can be made again from its source';

/** Three nodes with guests that have, one or another, everything that a guest may have. */
export function guestEnvironment(edition: GuestEdition = {}): Site {
  const place = hypervisorPlace('guests', edition.version ?? '9.1', 3);
  const { site, pve } = place;
  const storages = guestStorages(place);
  const { tank, pbs, usb } = storages;
  const vms = runVms(place, storages, edition);
  const containers = runContainers(place, storages, edition);
  const apiToken = Secret.fromTerraformVariable('tenant_proxmox_token');
  const tenant = new ProxmoxTenant(stackOf(site, 'tenant'), 'tenant', { cluster: pve, apiToken, sshUser: 'deploy', ownImages: true });
  runTenant(place, storages, tenant);
  new GuestReplication(pve, 'mail-copy', {
    guest: containers.mail,
    to: 'pve-02',
    every: Duration.minutes(30),
    rate: Bandwidth.megabits(400),
  });
  new BackupJob(pve, 'nightly', {
    schedule: Schedule.daily('02:30'),
    storage: pbs,
    keep: { last: 2, daily: 7, weekly: 4, monthly: 6, yearly: 1 },
    guests: [vms.orders, containers.mail],
    mode: 'suspend',
    bandwidth: Bandwidth.megabits(800),
    fleecing: tank,
    mailTo: ['ops@example.net'],
    compression: 0.6,
    dailyChange: 0.02,
  });
  new BackupJob(pve, 'keepsake', {
    schedule: Schedule.daily('12:00'),
    storage: usb,
    keep: { last: 1 },
    guests: [vms.build],
    mode: 'stop',
    protected: true,
  });
  return site;
}

/** Every build has another. */
function checksum(build = '20261001'): string {
  return build.repeat(8);
}

function cloudImage(build = '20261001'): CloudImage {
  return CloudImage.of(`https://images.example.net/${build}/debian-13-genericcloud-amd64.qcow2`, checksum(build));
}

function containerImage(build = '20261001'): ContainerImage {
  return ContainerImage.of(`https://images.example.net/${build}/debian-13-standard_amd64.tar.zst`, checksum(build));
}

/** One with high availability from a template, one from an image with devices of its node, one that somebody installs, and a router. */
function runVms({ pve, servers, guests }: HypervisorPlace, { tank, fast, files, nas }: GuestStorages, edition: GuestEdition) {
  const { suffix = '', command = 'true' } = edition;
  const debian = new VmTemplate(pve, 'debian-13', {
    image: cloudImage(edition.templateBuild),
    disk: Size.gibibytes(10),
    firmware: 'ovmf',
    storage: tank,
    imageStorage: files,
    vmIds: { 'pve-02': edition.templateId ?? 190 },
  });
  const orders = new ProxmoxVm(pve, 'orders', {
    ...SIZE,
    vmId: 150,
    host: guests.host(`orders${suffix}`, 20),
    otherNics: [servers.host(`orders-internal${suffix}`, 20), servers],
    template: debian,
    node: 'pve-02',
    storage: tank,
    highAvailability: {
      nodes: ['pve-02', 'pve-01'],
      failback: false,
      replicateEvery: Duration.minutes(30),
      replicationRate: Bandwidth.megabits(400),
    },
    dataDisks: { wal: Size.gibibytes(20), data: { size: Size.gibibytes(100), storage: tank, slot: 7, ssd: true } },
    software: [Software.docker('29'), Software.nodejs('22')],
    onBoot: false,
    startOrder: 1,
    outbound: 'any',
    nicRate: Bandwidth.megabits(400),
    tags: ['database'],
  });
  const [wal] = orders.dataDisks;
  if (wal) orders.firstBoot.mount(wal, '/var/lib/postgresql');
  orders.firstBoot.user('dev', { sshKeys: pve.admin.keys, groups: ['docker'] });
  orders.firstBoot.setSwap(Size.gibibytes(1));
  orders.firstBoot.setTimezone('Europe/Vienna');
  const build = new ProxmoxVm(pve, 'build', {
    ...SIZE,
    host: servers.host(`build${suffix}`, 21),
    node: 'pve-01',
    storage: fast,
    image: cloudImage(edition.build),
    imageStorage: nas,
    cpuType: 'host',
    firmware: 'ovmf',
    osType: 'l26',
    tpm: true,
    numa: true,
    hugePages: '1 GiB',
    cpuAffinity: '0-3,8',
    pciDevices: ['gpu', 'capture'],
    usbDevices: ['dongle'],
    dataDisks: { scratch: { size: Size.gibibytes(50), ssd: true, notBackedUpBecause: REASON } },
  });
  for (const guest of [orders, build]) guest.firstBoot.run(command);
  new ProxmoxVm(pve, 'desk', {
    ...SIZE,
    host: servers.host('desk', 22),
    node: 'pve-03',
    storage: tank,
    installer: InstallerImage.of('https://images.example.net/win11.iso', checksum()),
    imageStorage: nas,
    osType: 'win11',
    stateful: true,
    protection: false,
    notBackedUpBecause: REASON,
  });
  new ProxmoxVm(pve, 'router', {
    ...SIZE,
    host: servers.host('router', 23),
    node: 'pve-03',
    storage: tank,
    stateful: false,
    routes: true,
  });
  return { orders, build };
}

/** One that is unprivileged with volumes and limits, and one that is what a container should not be. */
function runContainers({ pve, servers, guests }: HypervisorPlace, { tank, fast, files, nas }: GuestStorages, edition: GuestEdition) {
  const image = containerImage(edition.containerBuild);
  const mail = new ProxmoxContainer(pve, 'mail', {
    ...SIZE,
    host: servers.host(`mail${edition.suffix ?? ''}`, 30),
    otherNics: [guests],
    node: 'pve-01',
    storage: tank,
    image,
    imageStorage: files,
    osType: 'debian',
    cpuLimit: 1.5,
    cpuUnits: 50,
    swap: Size.mebibytes(512),
    nesting: true,
    console: 'console',
    startOrder: 2,
    nicRate: Bandwidth.megabits(80),
    tags: ['mail'],
    dataDisks: {
      boxes: { path: '/srv/mail', size: Size.gibibytes(40), slot: 3 },
      index: { path: '/srv/index', size: Size.gibibytes(8), storage: tank, notBackedUpBecause: REASON },
    },
  });
  new ProxmoxContainer(pve, 'media', {
    ...SIZE,
    host: servers.host('media', 31),
    node: 'pve-03',
    storage: fast,
    image,
    imageStorage: nas,
    vmId: 160,
    stateful: false,
    protection: true,
    notBackedUpBecause: REASON,
    onBoot: false,
    outbound: 'any',
    routes: true,
    privilegedBecause: 'serves NFS, which is part of the kernel',
    keyctl: true,
    fuse: true,
    bindMounts: { '/srv/media': { directory: '/tank/media', because: 'films that every container reads', readOnly: false } },
  });
  return { mail };
}

/** Of images that the tenant downloads itself. */
const OWN_BUILD = '20261015';

/** A guest of each kind in a state and a pool of their own. */
function runTenant({ servers }: HypervisorPlace, { tank, files, fast }: GuestStorages, tenant: ProxmoxTenant): void {
  new ProxmoxVm(tenant, 'shop', {
    ...SIZE,
    host: servers.host('shop', 40),
    node: 'pve-02',
    storage: tank,
    image: cloudImage(OWN_BUILD),
    imageStorage: files,
    stateful: false,
  });
  new ProxmoxContainer(tenant, 'cache', {
    ...SIZE,
    host: servers.host('cache', 41),
    node: 'pve-02',
    storage: fast,
    image: containerImage(OWN_BUILD),
    imageStorage: files,
    stateful: false,
  });
}
