import type { HarvesterCluster } from '@ashlar/hci';
import { ApiObject } from 'cdk8s';

/** An image that Harvester downloads for machines that others make in it. Returns its name there. */
export function clusterImage(
  harvester: HarvesterCluster,
  image: { readonly version: string; readonly url: string; readonly sha512: string },
): string {
  const unit = harvester.kubernetes.namespace('images');
  const name = `talos-${image.version.replaceAll('.', '-')}-${image.sha512.slice(0, 8)}`;
  new ApiObject(unit, name, {
    apiVersion: 'harvesterhci.io/v1beta1',
    kind: 'VirtualMachineImage',
    metadata: { name },
    spec: { displayName: name, sourceType: 'download', url: image.url, checksum: image.sha512, retry: 3 },
  });
  return `images/${name}`;
}
