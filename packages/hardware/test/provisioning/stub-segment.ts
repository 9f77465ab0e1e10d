import { type Address, Connections, type IAddressed, type IAddressPool, type IConnectable, type IPlannedVlan } from '@ashlar/core';
import { Construct } from 'constructs';

/** A segment with what is planned in it, as this package sees it: by contract. */
export class StubSegment extends Construct implements IPlannedVlan, IConnectable {
  public readonly name: string;
  public readonly cidrs: readonly string[];
  public readonly gateways: readonly string[];
  public readonly pools: IAddressPool[] = [];
  public readonly connections: Connections = new Connections(this, { addresses: () => this.cidrs });

  constructor(
    scope: Construct,
    id: string,
    public readonly tag: number,
  ) {
    super(scope, id);
    this.name = id;
    this.cidrs = [`10.${tag}.0.0/24`, `fd20:0:0:${tag}::/64`];
    this.gateways = [`10.${tag}.0.1`, `fd20:0:0:${tag}::1`];
  }

  public host(name: string, number: number): StubHost {
    return new StubHost(this, name, number);
  }

  public pool(id: string, use: string): void {
    const ranges = [{ family: 4 as const, first: `10.${this.tag}.0.100`, last: `10.${this.tag}.0.200` }];
    this.pools.push(Object.assign(new Construct(this, id), { use, ranges }));
  }
}

/** A host that DHCP can know by its MAC address. */
export class StubHost extends Construct implements IAddressed, IConnectable {
  public readonly addresses: readonly Address[];
  public readonly connections: Connections;
  public mac?: string;

  constructor(vlan: StubSegment, name: string, number: number) {
    super(vlan, name);
    this.addresses = [
      { name, ip: `10.${vlan.tag}.0.${number}`, family: 4, prefixLength: 24, vlan },
      { name, ip: `fd20:0:0:${vlan.tag}::${number}`, family: 6, prefixLength: 64, vlan },
    ];
    this.connections = new Connections(this, { addresses: () => [`10.${vlan.tag}.0.${number}/32`] });
  }

  public useMac(mac: string): void {
    this.mac = mac;
  }
}
