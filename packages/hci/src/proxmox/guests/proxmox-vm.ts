import { Check, ConfigError, pathOf, type Size } from '@ashlar/core';
import { ProxmoxVmResource, type ProxmoxVmResourceProps } from '@ashlar/provider-proxmox';
import type { Construct } from 'constructs';
import { installSoftware } from '../../guest/hypervisor';
import { CloudImage, InstallerImage } from '../../guest/image';
import type { Software } from '../../guest/software';
import { type HighAvailability, haNodes, makeHighlyAvailable } from '../availability/high-availability';
import { appliedFor, guestBridge } from '../sdn/guest-bridge';
import type { ProxmoxStorage } from '../storage/proxmox-storage';
import { imagesOf, inOwnState, tenantOf } from '../tenancy/tenant-of';
import { type DataDisk, type DataDiskProps, dataDisks } from './data-disk';
import { firewallOfGuest } from './guest-firewall';
import { ipConfig } from './guest-nic';
import { GUEST_PROPS, type ProxmoxGuestProps } from './guest-props';
import { ProxmoxGuest } from './proxmox-guest';
import { userData } from './snippets';
import { VM_HARDWARE_PROPS, type VmHardwareProps, vmHardware } from './vm-hardware';
import { VmTemplate } from './vm-template';

export interface ProxmoxVmProps extends ProxmoxGuestProps, VmHardwareProps {
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
  /** Disks besides the one that it boots from, by name: a size in whole GiB, or more. @default - none */
  readonly dataDisks?: Readonly<Record<string, Size | DataDiskProps>>;
  /** Programs for development that it has from its first boot. @default - none */
  readonly software?: readonly Software[];
}

/**
 * A virtual machine. From a template or a cloud image it comes up with its name, its addresses, the account for people and
 * what others added to its {@link firstBoot}.
 */
export class ProxmoxVm extends ProxmoxGuest {
  public static isProxmoxVm(x: unknown): x is ProxmoxVm {
    return typeof x === 'object' && x !== null && VM in x;
  }

  public readonly template?: VmTemplate;
  public readonly highAvailability?: HighAvailability;
  /** Whether what is added to its first boot is run: an operating system that somebody installs does not ask for it. */
  public readonly rendersFirstBoot: boolean;
  public readonly dataDisks: readonly DataDisk[];

  /**
   * @throws VM_SOURCE, VM_FIRMWARE, VM_TPM, VM_NUMA, VM_HUGE_PAGES, VM_AFFINITY, VM_PASSTHROUGH, TEMPLATE_DISK, TEMPLATE_STORAGE,
   * DATA_DISK_SLOT, DATA_DISK_DROPPED, HA_ONE_NODE, HA_ON_LOCAL_DISK and those of {@link ProxmoxGuest}
   */
  constructor(scope: Construct, id: string, props: ProxmoxVmProps) {
    super(scope, id, 'vm', props, PROPS, guest =>
      props.highAvailability === undefined ? undefined : haNodes(guest, guest.cluster, props.highAvailability),
    );
    Object.defineProperty(this, VM, { value: true });
    const check = new Check(this);
    this.template = oneSource(this, check, props);
    this.highAvailability = props.highAvailability;
    this.rendersFirstBoot = props.template !== undefined || props.image !== undefined;
    this.dataDisks = dataDisks(this, props.dataDisks ?? {});
    installSoftware(this, props.software);
    const resource = new ProxmoxVmResource(this, 'vm', vmProps(this, props));
    firewallOfGuest(this, resource);
    if (props.highAvailability) makeHighlyAvailable(this, resource, props.highAvailability);
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
  'dataDisks',
  'software',
  ...VM_HARDWARE_PROPS,
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

function vmProps(vm: ProxmoxVm, props: ProxmoxVmProps): ProxmoxVmResourceProps {
  const { cluster, storage } = vm;
  const pool = tenantOf(vm)?.pool;
  const template = vm.template?.for(vm);
  const images = props.image ?? props.installer;
  if (props.installer) requireReachable(vm, props);
  const image = images && imagesOf(vm).on(vm.homeNode, vm, images, props.imageStorage);
  const snippet = vm.rendersFirstBoot ? userData(vm) : undefined;
  const source = props.image && image ? (cluster.importsImages ? { importFrom: image.id } : { fileId: image.id }) : {};
  return {
    vmId: vm.vmId,
    name: vm.hostName,
    nodeName: vm.homeNode.name,
    description: vm.description,
    tags: [...vm.tags],
    ...vmHardware(vm, props, props.installer !== undefined),
    scsiHardware: 'virtio-scsi-single',
    disk: [
      { interface: 'scsi0', datastoreId: storage.name, size: vm.disk.toGibibytes(), iothread: true, discard: 'on', ...source },
      ...vm.dataDisks.map(disk => ({
        interface: `scsi${disk.slot}`,
        datastoreId: disk.storage.name,
        size: disk.size.toGibibytes(),
        iothread: true,
        discard: 'on',
        backup: disk.backedUp,
        ...(disk.ssd && { ssd: true }),
      })),
    ],
    ...(template && { clone: { vmId: template.vmId, nodeName: template.node.name, datastoreId: storage.name, full: true, retries: 3 } }),
    ...(props.installer && image && { cdrom: { fileId: image.id, interface: 'ide2' } }),
    bootOrder: props.installer ? ['scsi0', 'ide2'] : vm.rendersFirstBoot ? ['scsi0'] : ['scsi0', 'net0'],
    networkDevice: vm.nics.map(nic => ({
      ...guestBridge(vm, nic.vlan),
      model: 'virtio',
      macAddress: nic.mac,
      firewall: !vm.routes,
      ...(vm.nicRate !== undefined && { rateLimit: vm.nicRate }),
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
      ...appliedFor(
        cluster,
        vm.nics.map(nic => nic.vlan),
      ),
      ...new Set(vm.volumes.flatMap(volume => volume.storage.resources)),
      ...(template ? [template.resource] : []),
      ...(image?.download ? [image.download] : []),
      ...(snippet?.files ?? []),
    ]),
    ...(pool !== undefined && { poolId: pool }),
    ...lifecycleOf(vm, props),
  };
}

/**
 * What Terraform must not take for a reason to create a guest again: where HA has moved it, what it was once made from; and what
 * root has set. It refuses what is left, for a guest that holds data and for one that HA keeps running.
 */
function lifecycleOf(vm: ProxmoxVm, { image, cpuAffinity, hugePages }: ProxmoxVmProps): Pick<ProxmoxVmResourceProps, 'lifecycle'> {
  const moves = vm.nodes.length > 1;
  const ignoreChanges = [
    ...(vm.template ? ['clone'] : []),
    ...(image && !vm.cluster.importsImages ? ['disk[0].file_id'] : []),
    ...(moves ? ['node_name'] : []),
    ...(cpuAffinity === undefined ? [] : ['cpu[0].affinity']),
    ...(hugePages === undefined ? [] : ['memory[0].hugepages']),
  ];
  const preventDestroy = vm.protection || moves;
  if (!preventDestroy && ignoreChanges.length === 0) return {};
  return { lifecycle: { ...(preventDestroy && { preventDestroy }), ...(ignoreChanges.length > 0 && { ignoreChanges }) } };
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
