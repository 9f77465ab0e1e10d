#!/bin/sh
# Makes the cluster pve. Run it on router, as root.
set -eu

if [ "$(hostname)" != router ]; then
  echo "this is for router, and you are on $(hostname)" >&2
  exit 1
fi
here=$(dirname "$0")
install -m 0644 "$here/interfaces" /etc/network/interfaces
install -m 0644 "$here/pve-ha-manager" /etc/default/pve-ha-manager
ifreload -a

if pvecm status >/dev/null 2>&1; then
  echo "router is in a cluster already"
else
  pvecm create pve --link0 10.2.10.10 --link1 10.2.40.10
fi
pvecm status
