#!/bin/sh
set -eu
account=$1 manager=$2 machine=$3 role=$4
token=$(docker --host "ssh://$account@$manager" swarm join-token --quiet "$role")
docker --host "ssh://$account@$machine" swarm join --advertise-addr "$machine" --token "$token" "$manager:2377"
