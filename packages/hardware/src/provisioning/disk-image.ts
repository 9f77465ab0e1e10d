import { Check, ConfigError, Duration, toYaml } from '@ashlar/core';
import type { ContainerImage } from '@ashlar/kubernetes';
import type { BootAction } from './boot-action';
import { BootDisk } from './boot-disk';
import type { BootTask } from './boot-task';
import type { ProvisioningStack } from './provisioning-stack';
import { HTTP_PORT } from './stack-values';

/** How cloud-init in the image learns what is in `userData` of the hardware. */
export interface CloudInitOfImage {
  /** The documented action `writefile`. */
  readonly writefile: ContainerImage;
  /** Partition of the image that holds `/etc`, counted from 1. */
  readonly partition: number;
  /** File system of that partition, e.g. `ext4`. */
  readonly fileSystem: string;
}

export interface DiskImageProps {
  /** Raw image of a disk, compressed or not: that of a cloud's Debian, or of Talos from its image factory. */
  readonly url: string;
  /** The documented action `image2disk`. */
  readonly image2disk: ContainerImage;
  /** @default - the image takes its configuration from elsewhere, as Talos does from its API */
  readonly cloudInit?: CloudInitOfImage;
  /** How long writing may take. @default Duration.minutes(20) */
  readonly timeout?: Duration;
}

/**
 * The task that writes an image to the disk of the machine and, where cloud-init is in it, says where it finds its data.
 * @throws IMAGE_FORMAT, PROP_*
 */
export function diskImageTask(stack: ProvisioningStack, props: DiskImageProps): BootTask {
  const check = new Check('diskImageTask');
  check.known(props, ['url', 'image2disk', 'cloudInit', 'timeout']);
  const url = check.text(
    'url',
    props.url,
    /^https?:\/\/\S+$/,
    'an address over http or https',
    'https://images.example.net/debian-13.raw.gz',
  );
  const write: BootAction = {
    name: 'write the image',
    uses: 'image2disk',
    image: props.image2disk,
    timeout: props.timeout ?? Duration.minutes(20),
    environment: { IMG_URL: url, DEST_DISK: BootDisk.whole(), COMPRESSED: String(isCompressed(url)) },
  };
  return { name: 'install', volumes: VOLUMES, actions: props.cloudInit ? [write, ...dataSource(stack, props.cloudInit)] : [write] };
}

/** What the actions see of the machine: its disks, its console, and firmware for its network ports. */
const VOLUMES = ['/dev:/dev', '/dev/console:/dev/console', '/lib/firmware:/lib/firmware:ro'];

/** @see https://github.com/tinkerbell/actions/tree/main/image2disk */
function isCompressed(url: string): boolean {
  const { pathname } = new URL(url);
  if (/\.(bzip2|bz2|gz|xz|zs|zst)$/.test(pathname)) return true;
  if (/\.(raw|img)$/.test(pathname)) return false;
  throw new ConfigError(
    'diskImageTask',
    'IMAGE_FORMAT',
    'image2disk writes raw images, plain (.raw, .img) or compressed by bzip2, gzip, xz or zstd',
    {
      got: url,
      fix: 'convert it: qemu-img convert image.qcow2 image.raw && gzip image.raw',
      see: 'https://github.com/tinkerbell/actions/tree/main/image2disk',
    },
  );
}

/** @see https://cloudinit.readthedocs.io/en/latest/reference/datasources/ec2.html */
function dataSource({ address }: ProvisioningStack, { writefile, partition, fileSystem }: CloudInitOfImage): BootAction[] {
  const files = {
    '/etc/cloud/cloud.cfg.d/10_tinkerbell.cfg': {
      datasource: { Ec2: { metadata_urls: [`http://${address.ip}:${HTTP_PORT}`], strict_id: false } },
    },
    '/etc/cloud/ds-identify.cfg': { datasource: 'Ec2' },
  };
  return Object.entries(files).map(([path, content]) => ({
    name: `write ${path}`,
    uses: 'writefile',
    image: writefile,
    timeout: Duration.minutes(2),
    environment: {
      DEST_DISK: BootDisk.partition(partition),
      FS_TYPE: fileSystem,
      DEST_PATH: path,
      CONTENTS: toYaml(content),
      UID: '0',
      GID: '0',
      MODE: '0644',
      DIRMODE: '0755',
    },
  }));
}
