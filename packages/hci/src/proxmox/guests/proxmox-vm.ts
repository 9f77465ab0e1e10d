import { Check, ConfigError, type Duration, type IReplicated, pathOf, type Replication } from '@ashlar/core';
import { ProxmoxVmResource, type ProxmoxVmResourceProps } from '@ashlar/provider-proxmox';
import type { Construct } from 'constructs';
import { CloudImage, InstallerImage } from '../../guest/image';
import { type HighAvailability, haNodes, makeHighlyAvailable, replicationInterval } from '../availability/high-availability';
import type { ProxmoxStorage } from '../storage/proxmox-storage';
import { inOwnState, tenantOf } from '../tenancy/tenant-of';
import { firewallOfGuest } from './guest-firewall';
import { ipConfig, tagOf } from './guest-nic';
import { GUEST_PROPS, ProxmoxGuest, type ProxmoxGuestProps } from './proxmox-guest';
import { userData } from './snippets';
import { VmTemplate } from './vm-template';

export interface ProxmoxVmProps extends ProxmoxGuestProps {
  /** What it is cloned from. @default - `image`, `installer`, or an empty disk that boots from the network */
  readonly template?: VmTemplate;
  /** What its disk is made from, without a template in between. @default - none */
  readonly image?: CloudImage;
  /** What it boots from while its disk is empty. @default - none */
  readonly installer?: InstallerImage;
  /** Where the image or the installer is downloaded to. @default - the only storage of the cluster for such files */
  readonly imageStorage?: ProxmoxStorage;
  /** Keeps it running when its node is lost. @default - it waits for its node */
  readonly highAvailability?: HighAvailability;
  /** Processor that it sees. `host` is fastest, and moves between equal machines only. @default `x86-64-v2-AES` */
  readonly cpuType?: string;
  /** @default - that of the template, or `seabios` */
  readonly firmware?: 'seabios' | 'ovmf';
  /** What Proxmox VE expects in it: Linux, something else, or Windows 11. @default `l26`, with an installer `other` */
  readonly osType?: 'l26' | 'other' | 'win11';
}

/**
 * A virtual machine. From a template or a cloud image it comes up with its name, its addresses, the account for people and
 * what others added to its {@link firstBoot}.
 */
export class ProxmoxVm extends ProxmoxGuest implements IReplicated {
  public static isProxmoxVm(x: unknown): x is ProxmoxVm {
    return typeof x === 'object' && x !== null && VM in x;
  }

  public readonly template?: VmTemplate;
  public readonly highAvailability?: HighAvailability;
  /** Whether what is added to its first boot is run: an operating system that somebody installs does not ask for it. */
  public readonly rendersFirstBoot: boolean;

  /** @throws VM_SOURCE, VM_FIRMWARE, TEMPLATE_DISK, TEMPLATE_STORAGE, HA_ONE_NODE, HA_ON_LOCAL_DISK and those of {@link ProxmoxGuest} */
  constructor(scope: Construct, id: string, props: ProxmoxVmProps) {
    super(scope, id, 'vm', props, PROPS, guest =>
      props.highAvailability === undefined ? undefined : haNodes(guest, guest.cluster, props.highAvailability),
    );
    Object.defineProperty(this, VM, { value: true });
    const check = new Check(this);
    this.template = oneSource(this, check, props);
    this.highAvailability = props.highAvailability;
    this.rendersFirstBoot = props.template !== undefined || props.image !== undefined;
    const resource = new ProxmoxVmResource(this, 'vm', vmProps(this, check, props));
    firewallOfGuest(this, resource);
    if (props.highAvailability) makeHighlyAvailable(this, resource, props.highAvailability);
  }

  /** The most that is lost of its disk when its node is; undefined when it waits for the node, or its disk is on shared storage. */
  public get recoveryPoint(): Duration | undefined {
    return this.highAvailability && !this.storage.shared ? replicationInterval(this.highAvailability) : undefined;
  }

  /** Copies of its disk on the other nodes that HA may use. */
  public get replication(): Replication | undefined {
    const { recoveryPoint } = this;
    return recoveryPoint && { to: this.nodes.filter(node => node !== this.homeNode).map(node => node.name), recoveryPoint };
  }
}

const VM = Symbol.for('@ashlar/hci.ProxmoxVm');
const PROPS: readonly (keyof ProxmoxVmProps)[] = [
  ...GUEST_PROPS,
  'template',
  'image',
  'installer',
  'imageStorage',
  'highAvailability',
  'cpuType',
  'firmware',
  'osType',
];

function oneSource(vm: ProxmoxVm, check: Check, props: ProxmoxVmProps): VmTemplate | undefined {
  const given = (['template', 'image', 'installer'] as const).filter(source => props[source] !== undefined);
  if (given.length > 1)
    throw new ConfigError(vm, 'VM_SOURCE', `is made from its ${given.join(' and its ')}`, { fix: 'give it one of them' });
  if (props.image !== undefined) check.instance('image', props.image, CloudImage, 'CloudImage.of(url, checksum)');
  if (props.installer !== undefined) check.instance('installer', props.installer, InstallerImage, 'InstallerImage.of(url, checksum)');
  if (props.template === undefined) return undefined;
  return check.instance(
    'template',
    props.template,
    { name: 'VmTemplate', is: VmTemplate.isVmTemplate },
    "new VmTemplate(pve, 'debian-13', { … })",
  );
}

function vmProps(vm: ProxmoxVm, check: Check, props: ProxmoxVmProps): ProxmoxVmResourceProps {
  const { cluster, storage } = vm;
  const pool = tenantOf(vm)?.pool;
  const firmware = chooseFirmware(vm, check, props);
  const template = vm.template?.for(vm);
  const images = props.image ?? props.installer;
  if (props.installer) requireReachable(vm, props);
  const image = images && cluster.images.on(vm.homeNode, vm, images, props.imageStorage);
  const snippet = vm.rendersFirstBoot ? userData(vm) : undefined;
  const source = props.image && image ? (cluster.importsImages ? { importFrom: image.id } : { fileId: image.id }) : {};
  const ignored = vm.nodes.length > 1 ? ['node_name'] : [];
  return {
    vmId: vm.vmId,
    name: vm.hostName,
    nodeName: vm.homeNode.name,
    description: vm.description,
    tags: [...vm.tags],
    machine: 'q35',
    bios: firmware,
    ...(firmware === 'ovmf' && { efiDisk: { datastoreId: storage.name, type: '4m' } }),
    operatingSystem: { type: check.choice('osType', props.osType ?? (props.installer ? 'other' : 'l26'), ['l26', 'other', 'win11']) },
    cpu: {
      cores: vm.cores,
      sockets: 1,
      type: check.text('cpuType', props.cpuType ?? 'x86-64-v2-AES', /^[\w.-]+$/, 'a CPU type of Proxmox VE', 'x86-64-v2-AES'),
    },
    memory: { dedicated: vm.memory.toMebibytes(), floating: 0 },
    scsiHardware: 'virtio-scsi-single',
    disk: [{ interface: 'scsi0', datastoreId: storage.name, size: vm.disk.toGibibytes(), iothread: true, discard: 'on', ...source }],
    ...(template && { clone: { vmId: template.vmId, nodeName: template.node.name, datastoreId: storage.name, full: true, retries: 3 } }),
    ...(props.installer && image && { cdrom: { fileId: image.id, interface: 'ide2' } }),
    bootOrder: props.installer ? ['scsi0', 'ide2'] : vm.rendersFirstBoot ? ['scsi0'] : ['scsi0', 'net0'],
    networkDevice: vm.nics.map(nic => ({
      bridge: cluster.bridge,
      model: 'virtio',
      macAddress: nic.mac,
      vlanId: tagOf(nic.vlan, cluster.untagged),
      firewall: !vm.routes,
    })),
    ...(snippet && {
      initialization: {
        datastoreId: storage.name,
        interface: 'ide2',
        ipConfig: vm.nics.map(ipConfig),
        dns: { domain: vm.host.vlan.domain, servers: [...vm.resolvers] },
        userDataFileId: snippet.id,
      },
    }),
    // Addresses are known, so nothing waits for the agent; without one, a shutdown has nobody to ask.
    agent: { enabled: vm.rendersFirstBoot, trim: vm.rendersFirstBoot, waitForIp: { disabled: true } },
    stopOnDestroy: !vm.rendersFirstBoot,
    serialDevice: [{ device: 'socket' }],
    tabletDevice: false,
    onBoot: vm.onBoot,
    ...(vm.startOrder !== undefined && { startup: { order: vm.startOrder } }),
    started: true,
    migrate: true,
    protection: vm.protection,
    dependsOn: inOwnState(vm, [
      ...storage.resources,
      ...(template ? [template.resource] : []),
      ...(image ? [image.download] : []),
      ...(snippet?.files ?? []),
    ]),
    ...(pool !== undefined && { poolId: pool }),
    ...((vm.protection || ignored.length > 0) && {
      lifecycle: { ...(vm.protection && { preventDestroy: true }), ...(ignored.length > 0 && { ignoreChanges: ignored }) },
    }),
  };
}

/** A guest does not start on a node that lacks its installer, and does not leave one where it lies on a local storage. */
function requireReachable(vm: ProxmoxVm, props: ProxmoxVmProps): void {
  const storage = vm.cluster.storageFor(vm, 'iso', props.imageStorage);
  if (storage.shared || !props.highAvailability) return;
  throw new ConfigError(
    vm,
    'HA_LOCAL_INSTALLER',
    `is highly available, and its installer lies on ${storage.name} [${pathOf(storage)}], which is local to a node`,
    {
      fix: 'write imageStorage: … with a shared storage, or leave installer out once it is installed',
    },
  );
}

function chooseFirmware(vm: ProxmoxVm, check: Check, props: ProxmoxVmProps): 'seabios' | 'ovmf' {
  const { template } = vm;
  const wanted = props.firmware ?? template?.firmware ?? 'seabios';
  if (template && wanted !== template.firmware) {
    throw new ConfigError(
      vm,
      'VM_FIRMWARE',
      `has firmware ${wanted}, and its template ${pathOf(template)} was made for ${template.firmware}`,
      { fix: 'leave firmware out, or change that of the template' },
    );
  }
  return check.choice('firmware', wanted, ['seabios', 'ovmf']);
}
