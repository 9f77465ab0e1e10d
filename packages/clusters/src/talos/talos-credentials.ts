import { type ILifecycle, type Lifecycle, onRender } from '@ashlar/core';
import { Construct } from 'constructs';
import type { TalosCluster } from './talos-cluster';
import { credentialsLifecycle } from './talos-operation';

/** What machines of a cluster are configured with besides their patches: its secrets, and the image that all are installed from. */
export class TalosCredentials extends Construct implements ILifecycle {
  constructor(private readonly cluster: TalosCluster) {
    super(cluster, 'credentials');
    onRender(this, output => output.write(this, `talos/${cluster.name}/schematic.yaml`, cluster.image.schematic));
  }

  public get lifecycle(): Lifecycle {
    return credentialsLifecycle(this.cluster);
  }
}
