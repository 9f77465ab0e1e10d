import { Check, ConfigError, type IAddressPool, pathOf, vacant } from '@ashlar/core';
import { Construct } from 'constructs';
import { Host } from './host';
import { isVlan } from './is-vlan';
import type { Vlan } from './vlan';

export interface PoolProps {
  /** Who gives its addresses out: the DHCP server, the load balancer of a cluster, or failover daemons. */
  readonly use: 'dhcp' | 'load-balancer' | 'vip';
  /** First host number. */
  readonly from: number;
  /** Last host number, included. */
  readonly to: number;
}

/** A range of host numbers of a segment that is set aside. */
export class Pool extends Construct implements IAddressPool {
  public static isPool(x: unknown): x is Pool {
    return typeof x === 'object' && x !== null && POOL in x;
  }

  public readonly vlan: Vlan;
  public readonly use: PoolProps['use'];
  public readonly from: number;
  public readonly to: number;

  /** @throws POOL_RANGE, POOL_OVERLAP, HOST_IN_POOL, GATEWAY_IN_POOL */
  constructor(vlan: Vlan, id: string, props: PoolProps) {
    super(vacant(vlan, id), id);
    Object.defineProperty(this, POOL, { value: true });
    const check = new Check(this);
    this.vlan = check.instance('scope', vlan, { name: 'Vlan', is: isVlan }, 'servers');
    check.known(props, ['use', 'from', 'to']);
    check.label('the id of a pool', id);
    this.use = check.choice('use', props.use, ['dhcp', 'load-balancer', 'vip']);
    this.from = check.integer('from', props.from, vlan.firstHost, vlan.lastHost);
    this.to = check.integer('to', props.to, vlan.firstHost, vlan.lastHost);
    if (this.to < this.from) {
      throw new ConfigError(this, 'POOL_RANGE', `to must be at least from (${this.from})`, {
        got: this.to,
        fix: `write from: ${this.to}, to: ${this.from}`,
      });
    }
    const other = vlan.poolWithin(this.from, this.to);
    if (other) {
      throw new ConfigError(this, 'POOL_OVERLAP', `${this.from} to ${this.to} overlaps ${other.from} to ${other.to} of ${pathOf(other)}`, {
        fix: 'choose ranges that have no number in common',
      });
    }
    if (this.has(vlan.gatewayNumber)) {
      throw new ConfigError(this, 'GATEWAY_IN_POOL', `${this.from} to ${this.to} holds the gateway ${vlan.gateway} of ${pathOf(vlan)}`, {
        fix: `begin above ${vlan.gatewayNumber}`,
      });
    }
    const inside = vlan.hosts.find(host => this.has(host.number));
    if (inside) {
      throw new ConfigError(this, 'HOST_IN_POOL', `${this.from} to ${this.to} holds ${pathOf(inside)}, ${inside.ip}`, {
        fix: 'choose a range without hosts, or create the pool before the hosts that get a number from the ledger',
      });
    }
    vlan._addPool(this);
  }

  /** First and last address of each family, IPv4 first. */
  public get ranges(): readonly { readonly family: 4 | 6; readonly first: string; readonly last: string }[] {
    return this.vlan.subnets.map(s => ({ family: s.family, first: s.address(this.from), last: s.address(this.to) }));
  }

  /** The fewest prefixes that cover it exactly, IPv4 first. */
  public get cidrs(): readonly string[] {
    return this.vlan.subnets.flatMap(s => s.blocks(this.from, this.to));
  }

  /** Number of addresses of each family. */
  public get size(): number {
    return this.to - this.from + 1;
  }

  public has(number: number): boolean {
    return number >= this.from && number <= this.to;
  }

  /**
   * Reserves one of its addresses for a name, such as a service with an address of its own.
   * @throws POOL_DHCP when the DHCP server gives them out
   */
  public host(name: string, number?: number): Host {
    if (this.use === 'dhcp') {
      throw new ConfigError(this, 'POOL_DHCP', `the DHCP server gives its addresses out, and ${name} wants one for good`, {
        fix: `write ${this.vlan.name}.host('${name}', …) with a number outside the pool`,
      });
    }
    return new Host(this.vlan, name, { number }, this);
  }
}

const POOL = Symbol.for('@ashlar/network.Pool');
