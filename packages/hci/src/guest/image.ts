import { ConfigError } from '@ashlar/core';

/** A file that nodes download and check: it is the same wherever and whenever it is downloaded. */
export abstract class Image {
  /** SHA-256 or SHA-512 in hexadecimal. */
  public readonly checksum: string;
  public readonly checksumAlgorithm: 'sha256' | 'sha512';
  /** Name of the file in the URL, without its extension. */
  protected readonly stem: string;
  protected readonly extension: string;

  /** @throws IMAGE_URL, IMAGE_FORMAT, IMAGE_CHECKSUM */
  protected constructor(
    factory: string,
    public readonly url: string,
    checksum: string,
    extensions: readonly string[],
    /** Whether somebody puts it where it belongs, because nothing can download it yet. */
    public readonly byHand: boolean,
  ) {
    if (typeof url !== 'string' || !/^https?:\/\/[^\s?#]+\/[^\s/?#]+$/.test(url)) {
      throw new ConfigError(factory, 'IMAGE_URL', 'an image has the URL of a file', {
        got: url,
        fix: `write it like https://images.example.net/debian-13.${extensions[0]}`,
      });
    }
    const file = url.slice(url.lastIndexOf('/') + 1);
    const extension = extensions.find(end => file.endsWith(`.${end}`));
    if (!extension) {
      throw new ConfigError(factory, 'IMAGE_FORMAT', `the file must end in ${extensions.map(end => `.${end}`).join(', ')}`, {
        got: file,
        fix: 'choose such a file; Proxmox VE does not unpack others',
      });
    }
    if (typeof checksum !== 'string' || !/^([0-9a-f]{64}|[0-9a-f]{128})$/.test(checksum)) {
      throw new ConfigError(
        factory,
        'IMAGE_CHECKSUM',
        `the checksum of ${file} must be its SHA-256 (64 hexadecimal digits) or SHA-512 (128)`,
        {
          got: checksum,
          fix: 'copy it from the SHA256SUMS or SHA512SUMS file beside the image',
        },
      );
    }
    this.checksum = checksum;
    this.checksumAlgorithm = checksum.length === 64 ? 'sha256' : 'sha512';
    this.extension = extension;
    this.stem = file.slice(0, -extension.length - 1);
  }

  /** Whether the vendor replaces the file under this URL from time to time, after which the checksum no longer fits. */
  public get moving(): boolean {
    return /\/(latest|current|daily)\//.test(this.url);
  }

  /** Name of the file on the node: it holds the beginning of the checksum, so that a new image is a new file. */
  protected named(extension: string): string {
    return `${this.stem}-${this.checksum.slice(0, 8)}.${extension}`;
  }
}

/** A disk with an operating system that configures itself at its first boot by cloud-init. */
export class CloudImage extends Image {
  /** @param checksum SHA-256 or SHA-512 in hexadecimal, as the vendor publishes it */
  public static of(url: string, checksum: string): CloudImage {
    return new CloudImage('CloudImage.of', url, checksum);
  }

  /** The same, put on the storage by hand before its guest is made: that of the gateway, without which nothing downloads anything. */
  public static byHand(url: string, checksum: string): CloudImage {
    return new CloudImage('CloudImage.byHand', url, checksum, true);
  }

  /**
   * Debian 13 for virtual machines.
   * @param build e.g. `20251006-2257`
   * @param checksum from the `SHA512SUMS` beside it
   * @see https://cloud.debian.org/images/cloud/trixie/
   */
  public static debian13(build: string, checksum: string): CloudImage {
    return new CloudImage(
      'CloudImage.debian13',
      `https://cloud.debian.org/images/cloud/trixie/${build}/debian-13-genericcloud-amd64-${build}.qcow2`,
      checksum,
    );
  }

  public static is(x: unknown): x is CloudImage {
    return typeof x === 'object' && x !== null && CLOUD in x;
  }

  private constructor(factory: string, url: string, checksum: string, byHand = false) {
    super(factory, url, checksum, ['qcow2', 'img', 'raw'], byHand);
    Object.defineProperty(this, CLOUD, { value: true });
  }

  /** Vendors name QCOW2 images `.img`; what is imported must say what it is. */
  public get importName(): string {
    return this.named(this.extension === 'img' ? 'qcow2' : this.extension);
  }

  /** Before Proxmox VE 8.4, disk images lie among the ISO images, which must be called so. */
  public get isoName(): string {
    return this.named('img');
  }
}

/** An ISO image from which somebody, or something, installs an operating system. */
export class InstallerImage extends Image {
  /** @param checksum SHA-256 or SHA-512 in hexadecimal, as the vendor publishes it */
  public static of(url: string, checksum: string): InstallerImage {
    return new InstallerImage('InstallerImage.of', url, checksum, false);
  }

  /** The same, put on the storage by hand before its guest is made: that of the gateway, without which nothing downloads anything. */
  public static byHand(url: string, checksum: string): InstallerImage {
    return new InstallerImage('InstallerImage.byHand', url, checksum, true);
  }

  public static is(x: unknown): x is InstallerImage {
    return typeof x === 'object' && x !== null && INSTALLER in x;
  }

  private constructor(factory: string, url: string, checksum: string, byHand: boolean) {
    super(factory, url, checksum, ['iso'], byHand);
    Object.defineProperty(this, INSTALLER, { value: true });
  }

  public get isoName(): string {
    return this.named('iso');
  }
}

/** The root file system of a container. */
export class ContainerImage extends Image {
  /** @param checksum SHA-256 or SHA-512 in hexadecimal, as the vendor publishes it */
  public static of(url: string, checksum: string): ContainerImage {
    return new ContainerImage(url, checksum);
  }

  public static is(x: unknown): x is ContainerImage {
    return typeof x === 'object' && x !== null && CONTAINER in x;
  }

  private constructor(url: string, checksum: string) {
    super('ContainerImage.of', url, checksum, ['tar.zst', 'tar.xz', 'tar.gz'], false);
    Object.defineProperty(this, CONTAINER, { value: true });
  }

  public get templateName(): string {
    return this.named(this.extension);
  }
}

const CLOUD = Symbol.for('@ashlar/hci.CloudImage');
const INSTALLER = Symbol.for('@ashlar/hci.InstallerImage');
const CONTAINER = Symbol.for('@ashlar/hci.ContainerImage');
