import type { ILifecycle, IPlaced, Lifecycle, Placement } from '@ashlar/core';
import { Construct } from 'constructs';
import { clusterOf } from '../cluster-of';
import type { ProxmoxNode } from '../proxmox-node';
import { install } from './node-installation';

/** Proxmox VE on the machine of a node. Machines are installed side by side, and then join one after the other. */
export class NodeSystem extends Construct implements ILifecycle, IPlaced {
  constructor(private readonly of: ProxmoxNode) {
    super(of, 'system');
  }

  public get placement(): Placement {
    return this.of.placement;
  }

  public get lifecycle(): Lifecycle {
    return { startsAfter: [], start: [install(clusterOf(this), this.of)] };
  }
}
