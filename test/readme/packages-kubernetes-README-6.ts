




import { Duration, Secret, Site, Size, Version } from '@ashlar/core';
import { ContainerImage, Controller, HealthCheck, KubernetesCluster, Workload } from '@ashlar/kubernetes';

const site = new Site('lab', { domain: 'lab.example.net' });
const cluster = new KubernetesCluster(site, 'prod', { version: Version.of('1.34.2') });
const shop = cluster.namespace('shop');

const cache = new Workload(shop, 'cache', {
  image: ContainerImage.of('ghcr.io/example/cache', '7.2.4', `sha256:${'0'.repeat(64)}`),
  port: 6379,
  controller: Controller.statefulSet({ replicas: 3, volume: { size: Size.gibibytes(1), path: '/var/lib/cache' } }),
});
const web = new Workload(shop, 'web', {
  image: 'ghcr.io/example/shop:1.4.2',
  port: 8080,
  health: HealthCheck.http('/readyz', '/livez'),
  env: { CACHE_HOST: cache.host, API_KEY_FILE: Secret.fromKubernetes('shop', 'payment', 'api-key') },
});
new Workload(shop, 'report', {
  image: 'ghcr.io/example/shop:1.4.2',
  args: ['report'],
  controller: Controller.cronJob({ schedule: '15 3 * * *', deadline: Duration.minutes(20) }),
});

cache.connections.allowFrom(web);
web.expose({ host: 'shop.lab.example.net' });

for (const [path] of site.render().output.entries()) console.log(path); // kubernetes/prod/shop/Deployment-web.yaml …
export {};
