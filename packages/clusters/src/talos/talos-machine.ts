import { type ILifecycle, type IPlaced, type Lifecycle, onRender, type Placement } from '@ashlar/core';
import { Construct } from 'constructs';
import type { TalosCluster } from './talos-cluster';
import type { TalosMember } from './talos-member';
import { machineLifecycle } from './talos-operation';

/** Talos on one machine: its configuration without secrets, and how it gets it. */
export class TalosMachine extends Construct implements IPlaced, ILifecycle {
  public readonly placement: Placement;

  constructor(
    private readonly cluster: TalosCluster,
    private readonly member: TalosMember,
  ) {
    super(cluster, member.node.hostName);
    this.placement = { standsOn: [[member.node]] };
    onRender(this, output => output.write(this, `talos/${cluster.name}/${member.node.hostName}.yaml`, cluster.patchOf(member).text));
  }

  public get lifecycle(): Lifecycle {
    return machineLifecycle(this.cluster, this.member);
  }
}
