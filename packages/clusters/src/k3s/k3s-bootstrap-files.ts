import { type FirstBoot, Site } from '@ashlar/core';
import type { K3sCluster } from './k3s-cluster';

/** Where a server reads manifests that it applies until they are accepted. @see https://docs.k3s.io/installation/packaged-components */
const MANIFESTS = '/var/lib/rancher/k3s/server/manifests/ashlar';
const BEGIN_OR_JOIN = '/usr/local/lib/k3s-begin-or-join.sh';
const SCRIPT = '/usr/local/lib/k3s-hand-over.sh';
const UNIT = '/etc/systemd/system/k3s-hand-over.service';

/**
 * Puts what must be in the cluster first on the server that begins it. One file an object: K3s retries each file on its own, and
 * an Application has to wait for the definition that Argo CD's chart brings. The file's name becomes that of an object.
 *
 * K3s applies the folder at each start, so the files go as soon as the cluster has everything: from then on the committed objects
 * are kept by whoever follows them, and no restart brings an old version back. What K3s applied stays when its file goes.
 *
 * The machine begins a cluster only when nobody answers at its address: the successor of a server that is replaced joins.
 * @param install adds the commands that install K3s
 */
export function carryBootstrap(cluster: K3sCluster, firstBoot: FirstBoot, install: () => void): void {
  firstBoot.file(BEGIN_OR_JOIN, beginOrJoin(cluster.apiAddress.ip), '0755');
  firstBoot.file(SCRIPT, HAND_OVER, '0755');
  firstBoot.file(UNIT, HAND_OVER_UNIT);
  firstBoot.run(BEGIN_OR_JOIN);
  install();
  firstBoot.run('systemctl enable --now k3s-hand-over.service');
  Site.of(cluster).onPrepare(() => {
    for (const [file, text] of cluster.bootstrap.render()) {
      firstBoot.file(`${MANIFESTS}/ashlar-${file.toLowerCase().replace(/[^a-z0-9.-]/g, '-')}`, text, '0600');
    }
  });
}

function beginOrJoin(address: string): string {
  return `#!/bin/sh
set -eu
folder=/etc/rancher/k3s/config.yaml.d
mkdir -p "$folder"
if curl --silent --insecure --max-time 10 --output /dev/null https://${address}:6443/cacerts; then
  echo 'server: https://${address}:6443' > "$folder/10-cluster.yaml"
  rm -rf ${MANIFESTS}
else
  echo 'cluster-init: true' > "$folder/10-cluster.yaml"
fi
`;
}

const HAND_OVER = `#!/bin/sh
set -eu
folder=${MANIFESTS}
until k3s kubectl get --filename "$folder" --output name > /dev/null 2>&1; do
  sleep 5
done
rm -r "$folder"
`;

const HAND_OVER_UNIT = `[Unit]
Description=Leave what K3s began with to the cluster
After=k3s.service
ConditionPathIsDirectory=${MANIFESTS}

[Service]
Type=exec
ExecStart=${SCRIPT}
Restart=on-failure
RestartSec=30

[Install]
WantedBy=multi-user.target
`;
