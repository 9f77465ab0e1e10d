import { pathOf } from '@ashlar/core';
import type { BackupDrive } from './backup-drive';

/** The unit that mounts a drive whenever it is there; the node starts without it too. */
export function mountUnit(drive: BackupDrive): string {
  const device = `dev-disk-by\\x2duuid-${drive.uuid.replaceAll('-', '\\x2d')}.device`;
  return `# /etc/systemd/system/mnt-${drive.name}.mount: ${pathOf(drive)}
[Unit]
Description=Backup drive ${drive.name}

[Mount]
What=/dev/disk/by-uuid/${drive.uuid}
Where=${drive.path}
Type=${drive.fileSystem}
Options=noatime,nodev,nosuid,noexec

[Install]
WantedBy=${device}
`;
}

/** Puts the unit in place. What it does already holds when it runs again. */
export function mountScript(drive: BackupDrive): string {
  return `#!/bin/sh
# ${pathOf(drive)}: run it beside mnt-${drive.name}.mount on ${drive.nodes[0]?.name}, before Terraform makes the storage and once more after.
set -eu
if ! mountpoint --quiet ${drive.path}; then
  mkdir -p ${drive.path}
  chattr +i ${drive.path}
fi
install -m 644 mnt-${drive.name}.mount /etc/systemd/system/mnt-${drive.name}.mount
systemctl daemon-reload
systemctl enable mnt-${drive.name}.mount
if grep -q '^dir: ${drive.name}$' /etc/pve/storage.cfg; then
  pvesm set ${drive.name} --is_mountpoint yes
fi
systemctl start mnt-${drive.name}.mount
`;
}
