import {
  type Address,
  Connections,
  type Depiction,
  FirstBoot,
  hostPrefix,
  type IConsumer,
  type IDepicted,
  type IInstance,
  type Placement,
  type Resources,
} from '@ashlar/core';
import type { Host } from '@ashlar/network';
import { Construct } from 'constructs';
import type { CloudZone } from './cloud-zone';
import type { NodePool } from './node-pool';
import { RentedHost } from './rented-host';

/** One server of a pool: an instance like any other, so that a cluster takes it as a node. */
export class PoolMember extends Construct implements IInstance, IConsumer, IDepicted {
  public readonly connections: Connections;
  public readonly firstBoot: FirstBoot;
  public readonly placement: Placement;

  /** @param index 0 for the first of the pool */
  constructor(
    public readonly pool: NodePool,
    public readonly index: number,
    public readonly host: Host,
    public readonly zone: CloudZone,
  ) {
    super(pool, host.name);
    this.connections = new Connections(this, { addresses: () => this.addresses.map(({ ip }) => hostPrefix(ip)) });
    this.firstBoot = new FirstBoot(this);
    this.placement = { standsOn: [[zone], [new RentedHost(this, zone)]] };
  }

  public get hostName(): string {
    return this.host.name;
  }

  public get fqdn(): string {
    return this.host.fqdn;
  }

  /** Its address in the private network. */
  public get address(): string {
    return this.host.ip;
  }

  public get addresses(): readonly Address[] {
    return this.host.addresses.filter(({ family }) => family === 4);
  }

  public get consumption(): Resources {
    const { type, disk } = this.pool;
    return { threads: type.threads, memory: type.memory, disk };
  }

  public get depiction(): Depiction {
    const { type, cloud } = this.pool;
    return {
      kind: 'guest',
      label: this.hostName,
      facts: [type.name, `${type.threads} threads`, `${type.memory} memory`, `${cloud.facts.vendor} ${this.zone.name}`],
    };
  }
}
