import { Check, ConfigError, Size } from '@ashlar/core';
import { ProxmoxContainerResource } from '@ashlar/provider-proxmox';
import type { Construct } from 'constructs';
import { ContainerImage } from '../../guest/image';
import type { ProxmoxStorage } from '../storage/proxmox-storage';
import { inOwnState, tenantOf } from '../tenancy/tenant-of';
import { firewallOfGuest } from './guest-firewall';
import { ipConfig, tagOf } from './guest-nic';
import { GUEST_PROPS, ProxmoxGuest, type ProxmoxGuestProps } from './proxmox-guest';

export interface ProxmoxContainerProps extends ProxmoxGuestProps {
  /** Its root file system at first. */
  readonly image: ContainerImage;
  /** What is in it, so that Proxmox VE can set up its network. @default `debian` */
  readonly osType?: 'alpine' | 'archlinux' | 'centos' | 'debian' | 'fedora' | 'gentoo' | 'nixos' | 'opensuse' | 'ubuntu' | 'unmanaged';
  /** Where the image is downloaded to. @default - the only storage of the cluster for container templates */
  readonly imageStorage?: ProxmoxStorage;
  /** Memory that it may swap out. @default - none */
  readonly swap?: Size;
  /** Why its root must be the root of the node. @default - it is not: the container is unprivileged */
  readonly privilegedBecause?: string;
  /** Whether containers run in it. It shows more of the kernel to it. @default false */
  readonly nesting?: boolean;
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

  /** @throws CONTAINER_PRIVILEGED and those of {@link ProxmoxGuest} */
  constructor(scope: Construct, id: string, props: ProxmoxContainerProps) {
    super(scope, id, 'ct', props, [...GUEST_PROPS, 'image', 'osType', 'imageStorage', 'swap', 'privilegedBecause', 'nesting']);
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
    const image = cluster.images.on(
      this.homeNode,
      this,
      check.instance('image', props.image, ContainerImage, 'ContainerImage.of(url, checksum)'),
      props.imageStorage,
    );
    const swap = check.instance('swap', props.swap ?? Size.bytes(0), Size, 'Size.mebibytes(512)');
    const pool = tenantOf(this)?.pool;
    const resource = new ProxmoxContainerResource(this, 'container', {
      vmId: this.vmId,
      nodeName: this.homeNode.name,
      description: this.description,
      tags: [...this.tags],
      unprivileged: !this.privileged,
      features: { nesting: check.boolean('nesting', props.nesting ?? false) },
      operatingSystem: { templateFileId: image.id, type: check.choice('osType', props.osType ?? 'debian', OS_TYPES) },
      cpu: { cores: this.cores },
      memory: { dedicated: this.memory.toMebibytes(), swap: swap.toMebibytes() },
      disk: { datastoreId: this.storage.name, size: this.disk.toGibibytes() },
      networkInterface: this.nics.map(nic => ({
        name: `eth${nic.index}`,
        bridge: cluster.bridge,
        macAddress: nic.mac,
        vlanId: tagOf(nic.vlan, cluster.untagged),
        firewall: !this.routes,
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
      dependsOn: inOwnState(this, [...this.storage.resources, image.download]),
      ...(pool !== undefined && { poolId: pool }),
      // What is given to it at its creation only; the provider would create it anew.
      lifecycle: {
        ignoreChanges: ['operating_system', 'initialization[0].user_account'],
        ...(this.protection && { preventDestroy: true }),
      },
    });
    firewallOfGuest(this, resource);
  }
}

const OS_TYPES = ['alpine', 'archlinux', 'centos', 'debian', 'fedora', 'gentoo', 'nixos', 'opensuse', 'ubuntu', 'unmanaged'] as const;
