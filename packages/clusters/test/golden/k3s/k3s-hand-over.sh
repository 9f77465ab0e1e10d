#!/bin/sh
set -eu
folder=/var/lib/rancher/k3s/server/manifests/ashlar
until k3s kubectl get --filename "$folder" --output name > /dev/null 2>&1; do
  sleep 5
done
rm -r "$folder"
