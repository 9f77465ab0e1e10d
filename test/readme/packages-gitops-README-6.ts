




import { Site, Version } from '@ashlar/core';
import { ArgoCd } from '@ashlar/gitops';
import { ChartRelease, ContainerImage, KubernetesCluster, Workload } from '@ashlar/kubernetes';

const site = new Site('lab', { domain: 'lab.example.net' });
const prod = new KubernetesCluster(site, 'prod', { version: Version.of('1.34.2') });

new ArgoCd(prod, 'argocd', { repository: 'https://git.example.net/cloud.git', path: 'apps/lab/out' });

const shop = prod.namespace('shop');
new Workload(shop, 'web', { image: ContainerImage.of('ghcr.io/example/shop', '1.4.2', `sha256:${'0'.repeat(64)}`), port: 8080 });

// What the shop needs is installed before it.
ChartRelease.require(shop, 'cache-operator', {
  chart: 'cache-operator',
  repository: 'https://charts.example.net',
  version: '1.2.3',
  namespace: 'cache-system',
});

site.render();
export {};
