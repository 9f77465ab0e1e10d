




import { Size } from '@ashlar/core';
import { ContainerImage, Workload } from '@ashlar/kubernetes';
import { PostgresCluster } from '@ashlar/data';
import { App, Chart } from 'cdk8s';

// An ordinary cdk8s chart; in a site it is `cluster.namespace('shop')`.
const shop = new Chart(new App(), 'shop', { namespace: 'shop' });

const orders = new PostgresCluster(shop, 'orders', {
  storage: Size.gibibytes(20),
  backup: { waived: 'rebuilt from the catalogue every night' },
});
const web = new Workload(shop, 'web', {
  image: ContainerImage.of('ghcr.io/example/shop', '1.4.2', `sha256:${'0'.repeat(64)}`),
  port: 8080,
  env: { DATABASE_HOST: orders.host, DATABASE_PASSWORD_FILE: orders.password },
});
orders.connections.allowFrom(web);
export {};
