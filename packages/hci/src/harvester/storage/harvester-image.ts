import { ConfigError } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { CloudImage } from '../../guest/image';
import type { HarvesterStorage } from './harvester-storage';

/**
 * The image, if Harvester takes it: Longhorn checks a download by its SHA-512, and downloads again when a copy is lost.
 * @throws PROP_TYPE, HARVESTER_IMAGE
 */
export function requireImage(guest: IConstruct, image: CloudImage): CloudImage {
  const see = 'https://docs.harvesterhci.io/v1.7/image/upload-image';
  if (!CloudImage.is(image)) {
    throw new ConfigError(
      guest,
      'HARVESTER_IMAGE',
      'image must be a CloudImage: Harvester runs virtual machines that configure themselves by cloud-init, no containers',
      {
        got: image,
        fix: "write image: CloudImage.of('https://images.example.net/20261001/debian-13.qcow2', '<SHA-512>')",
        see,
      },
    );
  }
  if (image.checksumAlgorithm !== 'sha512') {
    throw new ConfigError(
      guest,
      'HARVESTER_IMAGE',
      `the checksum of ${image.url} is a SHA-256, and Longhorn compares the SHA-512 of what it downloaded`,
      {
        fix: 'copy the one of 128 digits from the SHA512SUMS file beside the image, which Proxmox VE takes too',
        see: 'https://longhorn.io/docs/1.10.1/advanced-resources/backing-image/backing-image/',
      },
    );
  }
  return image;
}

/** Name of its object: as of the file, with the beginning of the checksum, so that a new image is a new object. */
export function imageName(image: CloudImage): string {
  const file = image.url.slice(image.url.lastIndexOf('/') + 1).replace(/\.[^.]+$/, '');
  const stem = file
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, 40)
    .replace(/-+$/, '');
  return `${stem}-${image.checksum.slice(0, 8)}`;
}

/** Name of the storage class that Harvester makes for the volumes of an image. */
export function imageClass(image: CloudImage): string {
  return `longhorn-${imageName(image)}`;
}

/** @see https://docs.harvesterhci.io/v1.7/image/upload-image */
export function imageManifest(image: CloudImage, namespace: string, storage: HarvesterStorage) {
  return {
    apiVersion: 'harvesterhci.io/v1beta1',
    kind: 'VirtualMachineImage',
    metadata: { name: imageName(image), namespace },
    spec: {
      displayName: imageName(image),
      sourceType: 'download',
      url: image.url,
      checksum: image.checksum,
      retry: 3,
      storageClassParameters: storage.parameters,
    },
  };
}
