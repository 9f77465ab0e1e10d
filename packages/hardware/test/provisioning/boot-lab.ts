import { Bandwidth, Duration, type IPlaced, Power, Secret, Site, Size, Version } from '@ashlar/core';
import { ContainerImage, KubernetesCluster } from '@ashlar/kubernetes';
import {
  Bmc,
  BmcJob,
  type BootAction,
  BootDisk,
  BootHardware,
  type BootHardwareProps,
  BootTemplate,
  BootWorkflow,
  diskImageTask,
  Machine,
  MachineModel,
  PowerFeed,
  ProvisioningStack,
  type ProvisioningStackProps,
  Rack,
  Switch,
} from '../../src';
import { StubSegment } from './stub-segment';

export const DIGEST = `sha256:${'ab'.repeat(32)}`;
export const action = (name: string) => ContainerImage.of(`quay.io/tinkerbell/actions/${name}`, 'v1.0.0', DIGEST);

const model = (architecture: 'amd64' | 'arm64') =>
  MachineModel.of({
    vendor: 'Dell',
    name: architecture === 'amd64' ? 'PowerEdge R6515' : 'Altra',
    cores: 16,
    memory: Size.gibibytes(64),
    architecture,
    disks: { nvme: Size.gigabytes(960), sata: Size.terabytes(4) },
    nics: { eno1: Bandwidth.gigabits(1), eno2: Bandwidth.gigabits(1) },
    power: Power.watts(200),
  });

export interface BootLabMachines {
  readonly site: Site;
  readonly server: Machine;
  readonly pve01: Machine;
  readonly pve02: Machine;
  readonly arm01: Machine;
}

/** A rack with a boot server and four machines: three with a BMC, which are new, and one without. */
export function bootLab(props: Partial<ProvisioningStackProps> = {}, runsOn = (machines: BootLabMachines): IPlaced => machines.server) {
  const site = new Site('lab', { domain: 'lab.example.net' });
  const rack = new Rack(site, 'rack', { units: 12 });
  const feed = new PowerFeed(rack, 'mains', { capacity: Power.watts(3000) });
  const lan = new Switch(rack, 'lan', { ports: 16, portSpeed: Bandwidth.gigabits(1), power: Power.watts(20), feeds: [feed] });
  const provisioning = new StubSegment(site, 'provisioning', 30);
  const servers = new StubSegment(site, 'servers', 20);
  const outOfBand = new StubSegment(site, 'out-of-band', 99);

  const machine = (name: string, n: number, architecture: 'amd64' | 'arm64' = 'amd64') =>
    new Machine(rack, name, {
      model: model(architecture),
      feeds: [feed],
      macs: { eno1: `02:00:5e:10:00:0${n}` },
      disks: { nvme: `/dev/disk/by-id/nvme-SAMSUNG_S64A${n}` },
    });
  const bmc = (of: Machine, n: number, protocol: 'redfish' | 'ipmi') => {
    const username = Secret.fromOpenBao(`kv/bmc/${of.name}`, 'username');
    const password = Secret.fromOpenBao(`kv/bmc/${of.name}`, 'password');
    const made = new Bmc(of, 'bmc', { host: outOfBand.host(`${of.name}-bmc`, 10 + n), credentials: { username, password }, protocol });
    lan.port(10 + n).connect(made, { native: outOfBand });
    return made;
  };
  const server = machine('boot-01', 9);
  const [pve01, pve02, pve03] = [machine('pve-01', 1), machine('pve-02', 2), machine('pve-03', 4)];
  const arm01 = machine('arm-01', 3, 'arm64');
  for (const [i, one] of [server, pve01, pve02, arm01, pve03].entries())
    lan.port(i + 1).connect(one.nic('eno1'), { native: provisioning, tagged: [servers] });
  bmc(pve01, 1, 'redfish');
  bmc(pve02, 2, 'ipmi');
  bmc(pve03, 4, 'redfish');

  const cluster = new KubernetesCluster(site, 'boot', { version: Version.of('1.34.2') });
  cluster.installReleasesWith(Object.assign(cluster, { deliveryOf: () => ({ waits: 'It comes.', check: ['true'] as const }) }));
  const address = provisioning.host('boot-01', 2);
  const stack = new ProvisioningStack(cluster, 'tinkerbell', {
    runsOn: runsOn({ site, server, pve01, pve02, arm01 }),
    address,
    vlan: provisioning,
    ...props,
  });
  const hardware = (of: Machine, number: number, more: Partial<BootHardwareProps> = {}) =>
    new BootHardware(stack, of.name, {
      nic: of.nic('eno1'),
      disk: of.disk('nvme'),
      address: provisioning.host(of.name, number),
      installed: false,
      ...more,
    });
  return {
    site,
    rack,
    feed,
    lan,
    provisioning,
    servers,
    outOfBand,
    server,
    pve01,
    pve02,
    pve03,
    arm01,
    cluster,
    address,
    stack,
    machine,
    hardware,
  };
}

/** Everything that there is, once: what golden files and real consumers are shown. */
export function provisionedLab() {
  const lab = bootLab();
  const { stack, pve01, pve02, pve03, arm01 } = lab;
  const first = lab.hardware(pve01, 11, { userData: '#cloud-config\npackages: [qemu-guest-agent]\n' });
  const second = lab.hardware(pve02, 12, { uefi: false, leaseTime: Duration.hours(2), insecureTLS: true });
  const spare = lab.hardware(pve03, 14);
  const third = lab.hardware(arm01, 13, { installed: true });

  const debian = new BootTemplate(stack, 'debian', {
    globalTimeout: Duration.minutes(40),
    tasks: [
      diskImageTask(stack, {
        url: 'https://images.example.net/debian-13-amd64.raw.gz',
        image2disk: action('image2disk'),
        cloudInit: { writefile: action('writefile'), partition: 1, fileSystem: 'ext4' },
      }),
    ],
  });
  const talos = new BootTemplate(stack, 'talos', {
    globalTimeout: Duration.minutes(30),
    tasks: [diskImageTask(stack, { url: 'https://images.example.net/talos-1.12-metal-arm64.raw.zst', image2disk: action('image2disk') })],
  });
  const rescue = new BootTemplate(stack, 'two-machines', { globalTimeout: Duration.hours(1), tasks: rescueTasks() });
  new BootWorkflow(stack, 'pve-01-debian', { hardware: first, template: debian });
  new BootWorkflow(stack, 'pve-02-debian', { hardware: second, template: debian, bootMode: 'netboot' });
  new BootWorkflow(stack, 'pve-03-rescue', {
    hardware: spare,
    template: rescue,
    hardwareMap: { first: spare, second },
    bootMode: 'isoboot',
  });
  new BootWorkflow(stack, 'arm-01-talos', { hardware: third, template: talos });
  new BmcJob(stack, 'pve-02-network-once', {
    hardware: second,
    actions: [{ powerAction: 'off' }, { bootDevice: 'pxe' }, { mediaURL: '' }, { powerAction: 'on' }],
  });
  return lab;
}

/** Every documented action, text that Go would take for its own, and two workers. */
function rescueTasks() {
  const partition = BootDisk.partition(2);
  const step = (
    uses: NonNullable<BootAction['uses']>,
    environment: BootAction['environment'],
    more: Partial<BootAction> = {},
  ): BootAction => ({
    name: uses,
    uses,
    image: action(uses),
    timeout: Duration.minutes(5),
    environment,
    ...more,
  });
  const file = { FS_TYPE: 'ext4', UID: '0', GID: '0', MODE: '0600', DIRMODE: '0700' };
  return [
    {
      name: 'restore',
      worker: 'first',
      volumes: ['/dev:/dev'],
      environment: { MIRROR_HOST: '10.30.0.2' },
      actions: [
        step('rootio', { MIRROR_HOST: '10.30.0.2' }, { command: ['partition'] }),
        step('archive2disk', {
          ARCHIVE_URL: 'https://images.example.net/root.tar.gz',
          ARCHIVE_TYPE: 'targz',
          TARFILE_CHECKSUM: DIGEST,
          DEST_DISK: partition,
          FS_TYPE: 'ext4',
          DEST_PATH: '/',
        }),
        step('writefile', {
          ...file,
          DEST_DISK: partition,
          DEST_PATH: '/etc/issue',
          CONTENTS: '{{ ds.meta_data.hostname }}: {{- "\t" }}\n',
        }),
        step('cexec', { BLOCK_DEVICE: partition, FS_TYPE: 'ext4', CMD_LINE: 'update-grub', DEBIAN_FRONTEND: 'noninteractive' }),
        step('kexec', { BLOCK_DEVICE: partition, FS_TYPE: 'ext4' }),
      ],
    },
    { name: 'check', worker: 'second', actions: [step('rootio', { MIRROR_HOST: '10.30.0.2' }, { command: ['mount'] })] },
  ];
}
