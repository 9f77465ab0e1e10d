import { Bandwidth, ConfigError, Secret, Version } from '@ashlar/core';
import { TerraformWorkspace } from '@ashlar/terraform';
import { LocalBackend } from 'cdktf';
import {
  BackupJob,
  CloudImage,
  DirectoryStorage,
  NfsStorage,
  ProxmoxCluster,
  ProxmoxContainer,
  ProxmoxStorage,
  ProxmoxVm,
  Schedule,
  Software,
  VmTemplate,
  ZfsStorage,
} from '../src';
import { GUEST, lab } from './lab';

const WRONG: readonly unknown[] = [
  null,
  0,
  -1,
  1.5,
  '',
  'x',
  true,
  [],
  [null],
  ['x'],
  {},
  { x: 1 },
  () => 1,
  Number.NaN,
  Secret.fromTerraformVariable('x'),
];

type Lab = ReturnType<typeof lab>;

/** How each construct is made, with props that are sound. */
const MAKE: Record<string, { readonly props: (all: Lab) => Record<string, unknown>; readonly make: (all: Lab, props: never) => unknown }> =
  {
    ProxmoxCluster: {
      props: ({ machines, management, servers }) => ({
        version: Version.of('9.1'),
        nodes: [{ machine: machines[0], host: management.hosts[0] }],
        apiToken: Secret.fromTerraformVariable('t'),
        qdevice: undefined,
        endpoint: 'https://pve.example.net:8006/',
        insecure: false,
        sshUser: 'root',
        sshPrivateKey: Secret.fromTerraformVariable('k'),
        vmIds: { from: 100, to: 199 },
        bridge: 'vmbr0',
        untagged: servers,
        managedFrom: [servers],
        adminUser: 'admin',
        sshKeys: [],
        resolvers: ['192.0.2.53'],
      }),
      make: ({ site }, props) =>
        new ProxmoxCluster(
          new TerraformWorkspace(site, 'other', { backend: stack => new LocalBackend(stack, { path: 'x.tfstate' }) }).stack,
          'other',
          props,
        ),
    },
    ProxmoxVm: {
      props: ({ servers, pve, debian, disks }) => ({
        ...GUEST,
        host: servers.host('web', 20),
        otherNics: [servers],
        node: pve.nodes[0],
        vmId: 150,
        storage: disks,
        stateful: true,
        protection: true,
        notBackedUpBecause: 'only a test of others',
        onBoot: true,
        startOrder: 1,
        outbound: 'any',
        routes: false,
        tags: ['a'],
        template: debian,
        image: undefined,
        installer: undefined,
        imageStorage: undefined,
        highAvailability: {},
        cpuType: 'host',
        firmware: 'seabios',
        osType: 'l26',
        dataDisks: { data: { size: GUEST.disk, storage: disks, slot: 1, ssd: true, notBackedUpBecause: 'only a test of others' } },
        software: [Software.git()],
        nicRate: Bandwidth.megabits(400),
        tpm: true,
        numa: true,
        hugePages: '2 MiB',
        cpuAffinity: '0-1',
        pciDevices: undefined,
        usbDevices: undefined,
      }),
      make: ({ pve }, props) => new ProxmoxVm(pve, 'web', props),
    },
    ProxmoxContainer: {
      props: ({ servers, pve, rootfs }) => ({
        ...GUEST,
        host: servers.host('dns', 53),
        node: pve.nodes[0],
        image: rootfs,
        osType: 'debian',
        imageStorage: undefined,
        swap: undefined,
        privilegedBecause: 'exports NFS itself',
        nesting: false,
        keyctl: true,
        fuse: true,
        cpuLimit: 1,
        cpuUnits: 100,
        console: 'tty',
        dataDisks: { mail: { path: '/srv/mail', size: GUEST.disk } },
        bindMounts: { '/srv': { directory: '/srv', because: 'only a test of others' } },
      }),
      make: ({ pve }, props) => new ProxmoxContainer(pve, 'dns', props),
    },
    guest: {
      props: ({ servers, image, machines }) => ({
        ...GUEST,
        host: servers.host('web', 20),
        otherNics: [servers],
        image,
        dataDisks: { data: GUEST.disk },
        stateful: true,
        notBackedUpBecause: 'only a test of others',
        placement: { machines, highAvailability: true, apartFrom: undefined },
        software: [Software.docker('29')],
      }),
      make: ({ pve }, props) => pve.guest('web', props),
    },
    placement: {
      props: ({ machines }) => ({ machines, highAvailability: true, apartFrom: undefined }),
      make: ({ pve, servers, image }, placement) => pve.guest('web', { ...GUEST, host: servers.host('web', 20), image, placement }),
    },
    'data disk': {
      props: ({ disks }) => ({ size: GUEST.disk, storage: disks, slot: 1, ssd: true, notBackedUpBecause: 'only a test of others' }),
      make: ({ pve, servers, image }, data) =>
        new ProxmoxVm(pve, 'web', { ...GUEST, node: 'pve-01', host: servers.host('web', 20), image, dataDisks: { data } }),
    },
    'container disk': {
      props: ({ disks }) => ({ path: '/srv', size: GUEST.disk, storage: disks, slot: 1, notBackedUpBecause: 'only a test of others' }),
      make: ({ pve, servers, rootfs }, data) =>
        new ProxmoxContainer(pve, 'dns', { ...GUEST, node: 'pve-01', host: servers.host('dns', 53), image: rootfs, dataDisks: { data } }),
    },
    'bind mount': {
      props: () => ({ directory: '/srv', because: 'only a test of others', readOnly: true }),
      make: ({ pve, servers, rootfs }, mount) =>
        new ProxmoxContainer(pve, 'dns', {
          ...GUEST,
          node: 'pve-01',
          host: servers.host('dns', 53),
          image: rootfs,
          bindMounts: { '/srv': mount },
        }),
    },
    VmTemplate: {
      props: ({ image, disks, files }) => ({
        image,
        disk: GUEST.disk,
        storage: disks,
        imageStorage: files,
        firmware: 'ovmf',
        vmIds: { 'pve-01': 190 },
      }),
      make: ({ pve }, props) => new VmTemplate(pve, 'other', props),
    },
    BackupJob: {
      props: ({ backups }) => ({ schedule: Schedule.daily('02:30'), storage: backups, keep: { last: 1 }, guests: undefined, mode: 'stop' }),
      make: ({ pve }, props) => new BackupJob(pve, 'nightly', props),
    },
    ZfsStorage: {
      props: ({ pve }) => ({ pool: 'a', nodes: pve.nodes, size: GUEST.disk, thinProvision: true }),
      make: ({ pve }, props) => new ZfsStorage(pve, 'other', props),
    },
    DirectoryStorage: {
      props: ({ pve }) => ({ path: '/a', content: ['iso'], nodes: pve.nodes, size: GUEST.disk }),
      make: ({ pve }, props) => new DirectoryStorage(pve, 'other', props),
    },
    NfsStorage: {
      props: ({ pve }) => ({ server: 'nas', export: '/a', content: ['iso'], nodes: pve.nodes, size: GUEST.disk }),
      make: ({ pve }, props) => new NfsStorage(pve, 'other', props),
    },
    ProxmoxStorage: {
      props: ({ pve }) => ({ type: 'dir', content: ['iso'], nodes: pve.nodes, size: GUEST.disk }),
      make: ({ pve }, props) => ProxmoxStorage.fromName(pve, 'other', props),
    },
  };

describe.each(Object.keys(MAKE))('a wrong property of %s', name => {
  const { props, make } = MAKE[name] as (typeof MAKE)[string];

  test.each(Object.keys(props(lab())))('%s is accepted, or refused in words', key => {
    for (const wrong of WRONG) {
      const all = lab();
      try {
        make(all, { ...props(all), [key]: wrong } as never);
      } catch (error) {
        if (!ConfigError.isConfigError(error))
          throw new Error(
            `${name}.${key} = ${typeof wrong === 'object' ? JSON.stringify(Object.keys(wrong ?? {})) : String(wrong)}: ${(error as Error).stack}`,
          );
      }
    }
  });

  test('the others too, when there are none', () => {
    for (const wrong of [undefined, ...WRONG]) {
      const build = () => make(lab(), wrong as never);
      expect(build).toThrow(expect.objectContaining({ name: 'ConfigError' }));
    }
  });
});

test('a wrong argument of an image or a schedule is refused in words', () => {
  for (const wrong of [undefined, ...WRONG]) {
    for (const build of [
      () => CloudImage.of(wrong as never, wrong as never),
      () => Schedule.daily(wrong as never),
      () => Schedule.weekly(wrong as never, '02:30'),
      () => Schedule.every(wrong as never),
    ]) {
      expect(build).toThrow(expect.objectContaining({ name: 'ConfigError' }));
    }
  }
});
