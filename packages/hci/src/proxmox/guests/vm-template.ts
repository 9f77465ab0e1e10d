import { Check, ConfigError, pathOf, Size, vacant } from '@ashlar/core';
import { ProxmoxVmResource } from '@ashlar/provider-proxmox';
import { DataResource, type TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { CloudImage } from '../../guest/image';
import { clusterOf } from '../cluster-of';
import { literal } from '../firewall-rules';
import type { ProxmoxCluster } from '../proxmox-cluster';
import type { ProxmoxNode } from '../proxmox-node';
import type { ProxmoxStorage } from '../storage/proxmox-storage';
import { imagesOf, inOwnState } from '../tenancy/tenant-of';
import type { ProxmoxGuest } from './proxmox-guest';

export interface VmTemplateProps {
  /** What it is made from. */
  readonly image: CloudImage;
  /** Size of its disk in whole GiB; at least that of the image, at most that of each guest. @default Size.gibibytes(8) */
  readonly disk?: Size;
  /** Where its disk lies. @default - the only storage of the cluster for disks */
  readonly storage?: ProxmoxStorage;
  /** Where the image is downloaded to. @default - the only storage of the cluster for images to import */
  readonly imageStorage?: ProxmoxStorage;
  /** Firmware, of the guests too. @default `seabios` */
  readonly firmware?: 'seabios' | 'ovmf';
  /** Its id on a node, by the name of the node. @default - allocated from the range of the cluster through the ledger */
  readonly vmIds?: Readonly<Record<string, number>>;
}

/** A template on one node. */
export interface NodeTemplate {
  readonly vmId: number;
  readonly node: ProxmoxNode;
  readonly resource: ProxmoxVmResource;
}

/**
 * A virtual machine that is never started but cloned.
 *
 * On a shared storage there is one. On a local storage there is one on each node where a guest is made from it, because a
 * clone does not leave the storage of its node.
 */
export class VmTemplate extends Construct {
  public static isVmTemplate(x: unknown): x is VmTemplate {
    return typeof x === 'object' && x !== null && TEMPLATE in x;
  }

  public readonly cluster: ProxmoxCluster;
  public readonly image: CloudImage;
  public readonly disk: Size;
  public readonly storage: ProxmoxStorage;
  public readonly firmware: 'seabios' | 'ovmf';
  private readonly imageStorage?: ProxmoxStorage;
  private readonly givenIds: Readonly<Record<string, number>>;
  private readonly made = new Map<ProxmoxNode, NodeTemplate>();

  constructor(scope: Construct, id: string, props: VmTemplateProps) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, TEMPLATE, { value: true });
    this.cluster = clusterOf(this);
    const check = new Check(this);
    check.known(props, ['image', 'disk', 'storage', 'imageStorage', 'firmware', 'vmIds']);
    check.label('the name of a template', id);
    this.image = check.instance('image', props.image, CloudImage, 'CloudImage.of(url, checksum)');
    this.disk = check.instance('disk', props.disk ?? Size.gibibytes(8), Size, 'Size.gibibytes(8)');
    this.storage = this.cluster.storageFor(this, 'images', props.storage);
    this.imageStorage = props.imageStorage;
    this.firmware = check.choice('firmware', props.firmware ?? 'seabios', ['seabios', 'ovmf']);
    this.givenIds = props.vmIds ?? {};
    for (const name of Object.keys(this.givenIds)) this.cluster.nodeOf(name);
  }

  /**
   * The template that a guest is cloned from.
   * @throws TEMPLATE_STORAGE, TEMPLATE_DISK
   */
  public for(guest: ProxmoxGuest): NodeTemplate {
    if (guest.cluster !== this.cluster) {
      throw new ConfigError(guest, 'TEMPLATE_CLUSTER', `is made from ${pathOf(this)}, which is in another cluster`, {
        fix: 'create the template in its cluster too',
      });
    }
    if (guest.disk.toBytes() < this.disk.toBytes()) {
      throw new ConfigError(
        guest,
        'TEMPLATE_DISK',
        `disk is ${guest.disk}, and that of its template ${pathOf(this)} is ${this.disk}; a disk never shrinks`,
        { fix: `write disk: Size.gibibytes(${this.disk.toGibibytes()}) or more` },
      );
    }
    if (!this.storage.shared && !this.storage.nodes.includes(guest.homeNode)) {
      throw new ConfigError(
        guest,
        'TEMPLATE_STORAGE',
        `is created on ${guest.homeNode.name}, and its template ${pathOf(this)} lies on local storage ${this.storage.name} of ${this.storage.nodes.map(n => n.name).join(', ')}`,
        {
          fix: 'choose one of these nodes, or put the template on a storage that the node has',
        },
      );
    }
    return this.on(this.storage.shared ? (this.storage.nodes[0] as ProxmoxNode) : guest.homeNode);
  }

  private on(node: ProxmoxNode): NodeTemplate {
    const known = this.made.get(node);
    if (known) return known;
    const at = new Construct(this, node.name);
    const name = this.node.id;
    const vmId = this.cluster.vmIds.claim(at, `${name} on ${node.name}`, this.givenIds[node.name]);
    const image = imagesOf(this).on(node, this, this.image, this.imageStorage);
    const source = this.cluster.importsImages ? { importFrom: image.id } : { fileId: image.id };
    const resource = new ProxmoxVmResource(at, 'vm', {
      vmId,
      name,
      nodeName: node.name,
      description: literal(`managed by Ashlar: ${pathOf(this)}`),
      tags: ['ashlar', 'template'],
      template: true,
      started: false,
      onBoot: false,
      machine: 'q35',
      bios: this.firmware,
      ...(this.firmware === 'ovmf' && { efiDisk: { datastoreId: this.storage.name, type: '4m' } }),
      operatingSystem: { type: 'l26' },
      scsiHardware: 'virtio-scsi-single',
      disk: [
        { interface: 'scsi0', datastoreId: this.storage.name, size: this.disk.toGibibytes(), iothread: true, discard: 'on', ...source },
      ],
      serialDevice: [{ device: 'socket' }],
      dependsOn: inOwnState(this, [...this.storage.resources, ...(image.download ? [image.download] : [])]),
      // The provider does not look at the source of a disk again: another image is another template. The download itself would not do,
      // because that of another image is another resource, and Terraform does not count its creation as a change.
      lifecycle: { replaceTriggeredBy: [addressOf(new DataResource(at, 'image', { input: { image: image.id } }))] },
    });
    const template = { vmId, node, resource };
    this.made.set(node, template);
    return template;
  }
}

const TEMPLATE = Symbol.for('@ashlar/hci.VmTemplate');

/** Its address as Terraform wants it here: the engine would write an interpolation, which Terraform refuses in this place. */
function addressOf(resource: TerraformResource): string {
  return `${resource.terraformResourceType}.${resource.friendlyUniqueId}`;
}
