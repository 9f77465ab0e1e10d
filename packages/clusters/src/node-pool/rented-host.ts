import type { IPlaced, IProvider, Placement, Resources } from '@ashlar/core';
import { Construct } from 'constructs';
import type { CloudZone } from './cloud-zone';
import type { PoolMember } from './pool-member';

/**
 * The share of a physical machine that one member of a pool has. The vendor says only that no two members of a pool are on the same
 * one, so each has its own here; what it is called stays with the vendor.
 */
export class RentedHost extends Construct implements IProvider, IPlaced {
  public readonly capacity: Resources;
  public readonly placement: Placement;

  constructor(member: PoolMember, zone: CloudZone) {
    super(member, 'host');
    const { threads, memory } = member.pool.type;
    this.capacity = { threads, memory, disk: member.pool.disk };
    this.placement = { standsOn: [[zone]] };
  }
}
