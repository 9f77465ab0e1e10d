import { Claims, ConfigError, pathOf, warn } from '@ashlar/core';
import { ProxmoxDownloadFileResource } from '@ashlar/provider-proxmox';
import { Construct } from 'constructs';
import { CloudImage, ContainerImage, type Image, InstallerImage } from '../../guest/image';
import type { ProxmoxCluster } from '../proxmox-cluster';
import type { ProxmoxNode } from '../proxmox-node';
import type { ProxmoxStorage, StorageContent } from '../storage/proxmox-storage';
import { inOwnState } from '../tenancy/tenant-of';

/** A file on a storage, and the resource that puts it there. */
export interface StoredImage {
  /** Volume id, e.g. `files:import/debian-13-0f3b1c2a.qcow2`. */
  readonly id: string;
  readonly image: Image;
  readonly storage: ProxmoxStorage;
  /** The node that downloads it, or on which it lies. */
  readonly node: ProxmoxNode;
  /** Undefined for what somebody puts there. */
  readonly download?: ProxmoxDownloadFileResource;
}

/**
 * Images that nodes of a cluster download for the guests of one state, each once for a shared storage and once a node for a local one.
 *
 * Guests name a file by its volume id, not by a reference: a reference to a file that is replaced is unknown in the plan,
 * and the provider would replace each guest that was made from it.
 */
export class ImageStore extends Construct {
  private readonly stored = new Map<string, StoredImage>();

  constructor(
    scope: Construct,
    private readonly cluster: ProxmoxCluster,
  ) {
    super(scope, 'images');
  }

  /** By volume id, and by node where that is local. */
  public get files(): readonly StoredImage[] {
    return [...this.stored].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, file]) => file);
  }

  /** An image on a storage that `node` sees. */
  public on(node: ProxmoxNode, by: Construct, image: Image, given?: ProxmoxStorage): StoredImage {
    const { content, kept, file } = this.describe(image);
    const storage = this.cluster.storageFor(by, content, given);
    storage.requireOn(node, by);
    const at = storage.shared ? (storage.nodes[0] as ProxmoxNode) : node;
    const key = `${storage.name}-${at.name}-${file}`;
    const known = this.stored.get(key);
    if (known) return known;
    if (image.moving) {
      warn(
        by,
        'IMAGE_MOVES',
        `${image.url} is replaced by its vendor from time to time, after which its checksum no longer fits`,
        'use the URL of one build',
      );
    }
    const id = `${storage.name}:${kept}/${file}`;
    this.claim(by, id, storage.shared ? '' : at.name);
    const download = image.byHand ? undefined : this.download(key, storage, at, kept, file, image);
    const entry = { id, image, storage, node: at, ...(download && { download }) };
    this.stored.set(key, entry);
    return entry;
  }

  private download(key: string, storage: ProxmoxStorage, at: ProxmoxNode, kept: string, file: string, image: Image) {
    return new ProxmoxDownloadFileResource(this, key, {
      nodeName: at.name,
      datastoreId: storage.name,
      contentType: kept,
      fileName: file,
      url: image.url,
      checksum: image.checksum,
      checksumAlgorithm: image.checksumAlgorithm,
      overwrite: false,
      dependsOn: inOwnState(this, storage.resources),
    });
  }

  /** Two states that download one file refuse each other's. @throws IMAGE_TWO_STATES */
  private claim(by: Construct, id: string, place: string): void {
    Claims.of(this.cluster).claim(`file of ${pathOf(this.cluster)} ${place}`, id, this, holder => {
      return new ConfigError(
        by,
        'IMAGE_TWO_STATES',
        `is made from ${id}, which is in the state of ${pathOf(holder.node.scope ?? holder)}`,
        {
          fix: 'let one state hold both guests, or put the file on another storage',
        },
      );
    });
  }

  /** What a storage must be declared for, where the file then lies, and its name there. */
  private describe(image: Image): { readonly content: StorageContent; readonly kept: string; readonly file: string } {
    if (CloudImage.is(image))
      return this.cluster.importsImages
        ? { content: 'import', kept: 'import', file: image.importName }
        : { content: 'import', kept: 'iso', file: image.isoName };
    if (InstallerImage.is(image)) return { content: 'iso', kept: 'iso', file: image.isoName };
    if (ContainerImage.is(image)) return { content: 'vztmpl', kept: 'vztmpl', file: image.templateName };
    throw new ConfigError(this, 'PROP_TYPE', 'an image must be a CloudImage, an InstallerImage or a ContainerImage', {
      got: image,
      fix: 'write CloudImage.of(url, checksum)',
    });
  }
}
