#!/bin/sh
# Adds the third vote to the cluster pve. Run it on node-1, as root, when all nodes have joined, and
# corosync-qnetd is installed on 192.168.1.1.
set -eu

if pvecm status | grep -q Qdevice; then
  echo "there is a QDevice already"
else
  pvecm qdevice setup 192.168.1.1
fi
pvecm status
