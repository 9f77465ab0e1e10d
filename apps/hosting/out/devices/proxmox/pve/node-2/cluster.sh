#!/bin/sh
# Joins the cluster pve. Run it on node-2, as root.
set -eu

if [ "$(hostname)" != node-2 ]; then
  echo "this is for node-2, and you are on $(hostname)" >&2
  exit 1
fi
here=$(dirname "$0")
install -m 0644 "$here/interfaces" /etc/network/interfaces
install -m 0644 "$here/pve-ha-manager" /etc/default/pve-ha-manager
ifreload -a

if pvecm status >/dev/null 2>&1; then
  echo "node-2 is in a cluster already"
else
  pvecm add 10.2.10.10 --link0 10.2.10.12 --link1 10.2.40.12 --use_ssh
fi
pvecm status
