import { Check, ConfigError, pathOf } from '@ashlar/core';
import { ProxmoxContainerResource } from '@ashlar/provider-proxmox';
import type { Construct } from 'constructs';
import { ContainerImage } from '../../guest/image';
import { appliedFor, guestBridge } from '../sdn/guest-bridge';
import type { ProxmoxStorage } from '../storage/proxmox-storage';
import { imagesOf, inOwnState, tenantOf } from '../tenancy/tenant-of';
import {
  type BindMountProps,
  bindMounts,
  type ContainerDisk,
  type ContainerDiskProps,
  containerDisks,
  refuseSamePath,
} from './container-disk';
import { CONTAINER_LIMITS, type ContainerLimits, containerLimits } from './container-limits';
import { firewallOfGuest } from './guest-firewall';
import { ipConfig } from './guest-nic';
import { GUEST_PROPS, type ProxmoxGuestProps } from './guest-props';
import { ProxmoxGuest } from './proxmox-guest';
import { asRoot } from './root-settings';

export interface ProxmoxContainerProps extends ProxmoxGuestProps, ContainerLimits {
  /** Its root file system at first. */
  readonly image: ContainerImage;
  /** What is in it, so that Proxmox VE can set up its network. @default `debian` */
  readonly osType?: 'alpine' | 'archlinux' | 'centos' | 'debian' | 'fedora' | 'gentoo' | 'nixos' | 'opensuse' | 'ubuntu' | 'unmanaged';
  /** Where the image is downloaded to. @default - the only storage of the cluster for container templates */
  readonly imageStorage?: ProxmoxStorage;
  /** Why its root must be the root of the node. @default - it is not: the container is unprivileged */
  readonly privilegedBecause?: string;
  /** Whether containers run in it. It shows more of the kernel to it. @default false */
  readonly nesting?: boolean;
  /** Whether it has a key ring of its own, which Docker wants. Set by root, see {@link asRoot}. @default false */
  readonly keyctl?: boolean;
  /** Whether it mounts file systems that run in it. They can block a backup of it. Set by root, see {@link asRoot}. @default false */
  readonly fuse?: boolean;
  /** Volumes besides its root, by name. @default - none */
  readonly dataDisks?: Readonly<Record<string, ContainerDiskProps>>;
  /** Directories of its node, by the path where it sees them. Set by root, see {@link asRoot}. @default - none */
  readonly bindMounts?: Readonly<Record<string, BindMountProps>>;
  /** What its console shows: a login on a terminal, on `/dev/console`, or a shell without a login. @default `tty` */
  readonly console?: 'tty' | 'console' | 'shell';
}

/**
 * A system container (LXC): it shares the kernel of its node.
 *
 * It has no {@link HighAvailability}: the provider looks for a container on the node where it was created, and plans to
 * create it again when HA has moved it. @see https://github.com/bpg/terraform-provider-proxmox/issues/658
 */
export class ProxmoxContainer extends ProxmoxGuest {
  public readonly privileged: boolean;
  /** Nothing in a container asks for what is added to its first boot. */
  public readonly rendersFirstBoot = false;
  /** Volumes besides its root. */
  public readonly dataDisks: readonly ContainerDisk[];

  /**
   * @throws CONTAINER_HA, CONTAINER_PRIVILEGED, CONTAINER_CPU_LIMIT, CONTAINER_PATH, CONTAINER_BIND_MOUNT, ROOT_SETTINGS and those of
   * {@link ProxmoxGuest}
   */
  constructor(scope: Construct, id: string, props: ProxmoxContainerProps) {
    super(scope, id, 'ct', staying(scope, id, props), PROPS);
    const check = new Check(this);
    this.privileged = props.privilegedBecause !== undefined;
    if (this.privileged && (typeof props.privilegedBecause !== 'string' || props.privilegedBecause.trim().length < 10)) {
      throw new ConfigError(
        this,
        'CONTAINER_PRIVILEGED',
        'a privileged container, whose root is the root of its node, needs a reason of 10 characters or more',
        {
          got: props.privilegedBecause,
          fix: 'say in privilegedBecause why it must be, or leave it out',
        },
      );
    }
    const { cluster } = this;
    const image = imagesOf(this).on(
      this.homeNode,
      this,
      check.instance('image', props.image, ContainerImage, 'ContainerImage.of(url, checksum)'),
      props.imageStorage,
    );
    this.dataDisks = containerDisks(this, props.dataDisks ?? {});
    const bound = bindMounts(this, props.bindMounts ?? {});
    refuseSamePath(this, [...this.dataDisks.map(disk => disk.device), ...Object.keys(props.bindMounts ?? {})]);
    const features = rootFeatures(check, props);
    asRoot(this, { ...bound, ...(features !== '' && { features }) });
    const pool = tenantOf(this)?.pool;
    const resource = new ProxmoxContainerResource(this, 'container', {
      vmId: this.vmId,
      nodeName: this.homeNode.name,
      description: this.description,
      tags: [...this.tags],
      unprivileged: !this.privileged,
      features: { nesting: props.nesting ?? false },
      ...(props.console !== undefined && { console: { type: check.choice('console', props.console, ['tty', 'console', 'shell']) } }),
      operatingSystem: { templateFileId: image.id, type: check.choice('osType', props.osType ?? 'debian', OS_TYPES) },
      ...containerLimits(this, props),
      disk: { datastoreId: this.storage.name, size: this.disk.toGibibytes() },
      ...(this.dataDisks.length > 0 && { mountPoint: this.dataDisks.map(mountPoint) }),
      networkInterface: this.nics.map(nic => ({
        name: `eth${nic.index}`,
        ...guestBridge(this, nic.vlan),
        macAddress: nic.mac,
        firewall: !this.routes,
        ...(this.nicRate !== undefined && { rateLimit: this.nicRate }),
      })),
      initialization: {
        hostname: this.hostName,
        dns: { domain: this.host.vlan.domain, servers: [...this.resolvers] },
        ipConfig: this.nics.map(ipConfig),
        ...(cluster.admin.keys.length > 0 && { userAccount: { keys: [...cluster.admin.keys] } }),
      },
      started: true,
      startOnBoot: this.onBoot,
      ...(this.startOrder !== undefined && { startup: { order: this.startOrder } }),
      protection: this.protection,
      dependsOn: inOwnState(this, [
        ...appliedFor(
          cluster,
          this.nics.map(nic => nic.vlan),
        ),
        ...new Set(this.volumes.flatMap(volume => volume.storage.resources)),
        ...(image.download ? [image.download] : []),
      ]),
      ...(pool !== undefined && { poolId: pool }),
      lifecycle: {
        // What is given to it at its creation only, and what root sets; the provider would create it anew.
        ignoreChanges: [
          'operating_system',
          'initialization[0].user_account',
          ...(Object.keys(bound).length > 0 ? ['mount_point'] : []),
          ...(features !== '' ? ['features'] : []),
        ],
        ...((this.protection || this.dataDisks.length > 0) && { preventDestroy: true }),
      },
    });
    firewallOfGuest(this, resource);
  }
}

const PROPS: readonly (keyof ProxmoxContainerProps)[] = [
  ...GUEST_PROPS,
  ...CONTAINER_LIMITS,
  'image',
  'osType',
  'imageStorage',
  'privilegedBecause',
  'nesting',
  'keyctl',
  'fuse',
  'dataDisks',
  'bindMounts',
  'console',
];

/** @throws CONTAINER_HA */
function staying(scope: Construct, id: string, props: ProxmoxContainerProps): ProxmoxContainerProps {
  if (typeof props !== 'object' || props === null || !('highAvailability' in props)) return props;
  throw new ConfigError(
    `${pathOf(scope)}/${id}`,
    'CONTAINER_HA',
    'is a container, which Terraform would create again where it was once HA had moved it',
    {
      fix: 'use a ProxmoxVm, or run one container on each of two nodes',
      see: 'https://github.com/bpg/terraform-provider-proxmox/issues/658',
    },
  );
}

/** Features that root alone sets, in full; empty when there is none. @see https://pve.proxmox.com/wiki/Linux_Container#pct_options */
function rootFeatures(check: Check, { nesting = false, keyctl = false, fuse = false }: ProxmoxContainerProps): string {
  const all = { fuse, keyctl, nesting };
  for (const [name, on] of Object.entries(all)) check.boolean(name, on);
  if (!fuse && !keyctl) return '';
  return Object.entries(all)
    .filter(([, on]) => on)
    .map(([name]) => `${name}=1`)
    .join(',');
}

/** Proxmox VE leaves volumes out of backups unless it is told otherwise. */
function mountPoint({ device, size, storage, backedUp }: ContainerDisk) {
  return { path: device, volume: storage.name, size: `${size.toGibibytes()}G`, backup: backedUp };
}

const OS_TYPES = ['alpine', 'archlinux', 'centos', 'debian', 'fedora', 'gentoo', 'nixos', 'opensuse', 'ubuntu', 'unmanaged'] as const;
