import { ConfigError, warn } from '@ashlar/core';
import { ProxmoxDownloadFileResource } from '@ashlar/provider-proxmox';
import { Construct } from 'constructs';
import { CloudImage, ContainerImage, type Image, InstallerImage } from '../../guest/image';
import type { ProxmoxCluster } from '../proxmox-cluster';
import type { ProxmoxNode } from '../proxmox-node';
import type { ProxmoxStorage, StorageContent } from '../storage/proxmox-storage';

/** A file on a storage, and the resource that puts it there. */
export interface StoredImage {
  /** Volume id, e.g. `files:import/debian-13-0f3b1c2a.qcow2`. */
  readonly id: string;
  readonly download: ProxmoxDownloadFileResource;
}

/**
 * Images that nodes of a cluster download, each once for a shared storage and once a node for a local one.
 *
 * Guests name a file by its volume id, not by a reference: a reference to a file that is replaced is unknown in the plan,
 * and the provider would replace each guest that was made from it.
 */
export class ImageStore extends Construct {
  private readonly stored = new Map<string, StoredImage>();

  constructor(private readonly cluster: ProxmoxCluster) {
    super(cluster, 'images');
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
    const download = new ProxmoxDownloadFileResource(this, key, {
      nodeName: at.name,
      datastoreId: storage.name,
      contentType: kept,
      fileName: file,
      url: image.url,
      checksum: image.checksum,
      checksumAlgorithm: image.checksumAlgorithm,
      overwrite: false,
      dependsOn: [...storage.resources],
    });
    const entry = { id: `${storage.name}:${kept}/${file}`, download };
    this.stored.set(key, entry);
    return entry;
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
