import { createHash } from 'node:crypto';
import type { HarvesterCluster } from '../harvester-cluster';

/** The public keys of people, as Harvester lists them. Named by what they are, so that none is renamed when another comes or goes. */
export function keyPairManifests(cluster: HarvesterCluster, namespace: string): object[] {
  return cluster.admin.keys.map(publicKey => ({
    apiVersion: 'harvesterhci.io/v1beta1',
    kind: 'KeyPair',
    metadata: {
      name: `${cluster.admin.user}-${createHash('sha256')
        .update(publicKey.split(' ')[1] ?? '')
        .digest('hex')
        .slice(0, 8)}`.replaceAll('_', '-'),
      namespace,
    },
    spec: { publicKey },
  }));
}
