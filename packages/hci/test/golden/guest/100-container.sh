#!/bin/sh
# dns: what Proxmox VE takes from root alone. Run on its node, now pve-01.
set -eu
pct set 100 --features 'fuse=1,keyctl=1,nesting=1' --mp128 '/tank/in,mp=/srv/in' --mp129 '/tank/media,mp=/srv/media,ro=1'
