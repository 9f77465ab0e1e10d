#!/bin/sh
# hosting/drbd/linstor: nodes, pools and the group that volumes are made by. Run it on the node where the controller runs; run it
# again at any time. What is there stays as it is, and nothing is ever removed.
set -eu
export LS_CONTROLLERS="${LS_CONTROLLERS:-10.2.40.11,10.2.40.12}"

# has <kind> <key> <name>: whether LINSTOR knows one
has() {
  linstor --machine-readable "$1" list | jq --exit-status --arg key "$2" --arg name "$3" 'any(.[][]; .[$key] == $name)' >/dev/null
}
has_pool() {
  linstor --machine-readable storage-pool list |
    jq --exit-status --arg node "$1" 'any(.[][]; .node_name == $node and .storage_pool_name == "mirror")' >/dev/null
}

linstor controller set-property TcpPortAutoRange 7100-7999
linstor controller set-property DrbdOptions/auto-add-quorum-tiebreaker true

has node name node-1 ||
  linstor node create node-1 10.2.40.11 --node-type satellite
has node name node-2 ||
  linstor node create node-2 10.2.40.12 --node-type satellite
has node name router ||
  linstor node create router 10.2.40.10 --node-type satellite
has_pool node-1 ||
  linstor storage-pool create lvmthin node-1 mirror vg0/thin
has_pool node-2 ||
  linstor storage-pool create lvmthin node-2 mirror vg0/thin

# The disks of guests: a copy on each node, the third vote without one.
has resource-group name mirrored ||
  linstor resource-group create mirrored --storage-pool mirror --place-count 2
linstor resource-group drbd-options \
  --protocol C \
  --quorum majority \
  --on-no-quorum suspend-io \
  --on-no-data-accessible suspend-io \
  --on-suspended-primary-outdated force-secondary \
  --rr-conflict retry-connect \
  --verify-alg sha256 \
  --c-max-rate 610351K \
  mirrored
linstor --machine-readable volume-group list mirrored | jq --exit-status 'any(.[][]; .volume_number == 0)' >/dev/null ||
  linstor volume-group create mirrored

# The database of the controller itself, which fails a write rather than waits: its service then moves.
has resource-group name linstor-db ||
  linstor resource-group create linstor-db --storage-pool mirror --place-count 2
linstor resource-group drbd-options \
  --protocol C \
  --auto-promote no \
  --quorum majority \
  --on-no-quorum io-error \
  --on-no-data-accessible io-error \
  --on-suspended-primary-outdated force-secondary \
  --rr-conflict retry-connect \
  linstor-db
linstor --machine-readable volume-group list linstor-db | jq --exit-status 'any(.[][]; .volume_number == 0)' >/dev/null ||
  linstor volume-group create linstor-db
has resource-definition name linstor_db ||
  linstor resource-group spawn-resources linstor-db linstor_db 200M
