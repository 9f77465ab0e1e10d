import { Check, ConfigError, onRender, type Size } from '@ashlar/core';
import { ProxmoxStorageDirectoryResource } from '@ashlar/provider-proxmox';
import type { ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';
import type { ProxmoxNode } from '../proxmox-node';
import { mountScript, mountUnit } from './drive-mount';
import { knownProps, ProxmoxStorage } from './proxmox-storage';

export interface BackupDriveProps {
  /** Node that it is plugged into. */
  readonly node: ProxmoxNode;
  /** UUID of its file system, as `lsblk --fs` shows it; another drive never has it. */
  readonly uuid: string;
  /** Room on it. */
  readonly size: Size;
  /** @default `ext4` */
  readonly fileSystem?: 'ext4' | 'xfs';
}

/**
 * An external drive for backups, which may be pulled out at any time. It is mounted below `/mnt` under its id by a systemd unit, and
 * nothing is ever written to the directory beneath while it is away: the directory is immutable, and Proxmox VE takes it for a storage
 * only while something is mounted there.
 *
 * The unit and `is_mountpoint`, which the provider does not know, are put in place by the script beside the unit; run it before Terraform
 * makes the storage, and again after.
 */
export class BackupDrive extends ProxmoxStorage {
  public override readonly resources: readonly ITerraformDependable[];
  public readonly uuid: string;
  public readonly fileSystem: 'ext4' | 'xfs';

  /** @throws BACKUP_DRIVE_NAME */
  constructor(scope: Construct, id: string, props: BackupDriveProps) {
    knownProps(scope, id, props, ['node', 'uuid', 'size', 'fileSystem']);
    super(scope, id, {
      type: 'dir',
      content: ['backup'],
      nodes: [props.node],
      size: props.size,
    });
    const check = new Check(this);
    check.present('size', props.size, 'Size.terabytes(5)');
    this.uuid = check.text(
      'uuid',
      props.uuid,
      /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
      'the UUID of a file system',
      '0f3c6c1e-5a4e-4d0e-9d2b-2f7f0c1a9b11',
    );
    this.fileSystem = check.choice('fileSystem', props.fileSystem ?? 'ext4', ['ext4', 'xfs']);
    if (!/^[a-z0-9]+$/.test(this.name)) {
      throw new ConfigError(
        this,
        'BACKUP_DRIVE_NAME',
        'the name of a drive is lower-case letters and digits, as its mount unit is named after it',
        {
          got: this.name,
          fix: "write it like 'usb1'",
          see: 'https://www.freedesktop.org/software/systemd/man/latest/systemd.mount.html',
        },
      );
    }
    const resource = new ProxmoxStorageDirectoryResource(this, 'storage', {
      id: this.name,
      path: this.path,
      content: [...this.content],
      nodes: this.nodes.map(node => node.name),
      createBasePath: false,
      createSubdirs: true,
    });
    this.resources = [resource];
    onRender(this, output => {
      const folder = `devices/proxmox/${this.cluster.name}/${this.nodes[0]?.name}`;
      output.write(this, `${folder}/mnt-${this.name}.mount`, mountUnit(this));
      output.write(this, `${folder}/mnt-${this.name}.sh`, mountScript(this));
    });
  }

  /** Where it is mounted. */
  public get path(): string {
    return `/mnt/${this.name}`;
  }
}
