#!/bin/sh
# lab/hypervisors/pve/usb1: run it beside mnt-usb1.mount on pve-01, before Terraform makes the storage and once more after.
set -eu
if ! mountpoint --quiet /mnt/usb1; then
  mkdir -p /mnt/usb1
  chattr +i /mnt/usb1
fi
install -m 644 mnt-usb1.mount /etc/systemd/system/mnt-usb1.mount
systemctl daemon-reload
systemctl enable mnt-usb1.mount
if grep -q '^dir: usb1$' /etc/pve/storage.cfg; then
  pvesm set usb1 --is_mountpoint yes
fi
systemctl start mnt-usb1.mount
