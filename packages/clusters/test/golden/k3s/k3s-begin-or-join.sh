#!/bin/sh
set -eu
folder=/etc/rancher/k3s/config.yaml.d
mkdir -p "$folder"
if curl --silent --insecure --max-time 10 --output /dev/null https://10.20.0.5:6443/cacerts; then
  echo 'server: https://10.20.0.5:6443' > "$folder/10-cluster.yaml"
  rm -rf /var/lib/rancher/k3s/server/manifests/ashlar
else
  echo 'cluster-init: true' > "$folder/10-cluster.yaml"
fi
