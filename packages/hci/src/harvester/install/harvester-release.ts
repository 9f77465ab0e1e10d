import { Check } from '@ashlar/core';

export interface HarvesterReleaseProps {
  /** URL of the ISO image, which the installer downloads and installs from. */
  readonly iso: string;
  /** URL of the kernel that is booted from the network. */
  readonly kernel: string;
  /** URL of its initial RAM disk. */
  readonly initrd: string;
  /** URL of the squashfs image that becomes the root while it installs. */
  readonly rootfs: string;
}

/** The four files of a release, on a server that the nodes reach before they are installed. @see https://docs.harvesterhci.io/v1.7/install/pxe-boot-install */
export class HarvesterRelease {
  /** @throws PROP_FORMAT, PROP_MISSING, PROP_UNKNOWN */
  public static of(props: HarvesterReleaseProps): HarvesterRelease {
    return new HarvesterRelease(props);
  }

  /**
   * Files under the names that the vendor gives them.
   * @param folder URL of the folder, e.g. `http://192.168.10.5/harvester`
   * @param version e.g. `v1.7.1`
   */
  public static at(folder: string, version: string): HarvesterRelease {
    const check = new Check('HarvesterRelease.at');
    check.text(
      'folder',
      folder,
      /^https?:\/\/[^\s?#]+[^\s?#/]$/,
      'the URL of a folder, without a slash at its end',
      'http://192.168.10.5/harvester',
    );
    check.text('version', version, /^v\d+\.\d+\.\d+$/, 'a version as in the names of its files', 'v1.7.1');
    const stem = `${folder}/harvester-${version}`;
    return new HarvesterRelease({
      iso: `${stem}-amd64.iso`,
      kernel: `${stem}-vmlinuz-amd64`,
      initrd: `${stem}-initrd-amd64`,
      rootfs: `${stem}-rootfs-amd64.squashfs`,
    });
  }

  public static is(x: unknown): x is HarvesterRelease {
    return typeof x === 'object' && x !== null && MARKER in x;
  }

  public readonly iso: string;
  public readonly kernel: string;
  public readonly initrd: string;
  public readonly rootfs: string;

  private constructor(props: HarvesterReleaseProps) {
    Object.defineProperty(this, MARKER, { value: true });
    const check = new Check('HarvesterRelease');
    check.known(props, ['iso', 'kernel', 'initrd', 'rootfs']);
    const url = (name: keyof HarvesterReleaseProps) =>
      check.text(name, props[name], /^https?:\/\/[^\s?#]+$/, 'the URL of a file', `http://192.168.10.5/harvester/${name}`);
    this.iso = url('iso');
    this.kernel = url('kernel');
    this.initrd = url('initrd');
    this.rootfs = url('rootfs');
  }
}

const MARKER = Symbol.for('@ashlar/hci.HarvesterRelease');
