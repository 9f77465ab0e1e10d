import {
  Check,
  Claims,
  ConfigError,
  Connections,
  type Depiction,
  type IConnectable,
  type IDepicted,
  type IPlannedVlan,
  pathOf,
  Site,
  vacant,
} from '@ashlar/core';
import { Construct, type IConstruct } from 'constructs';
import { Host, type HostProps } from './host';
import { isVlan, VLAN } from './is-vlan';
import { Pool, type PoolProps } from './pool';
import { claimPrefix } from './prefix-claims';
import { Ranges } from './ranges';
import { familyOf, Subnet } from './subnet';

export interface VlanProps {
  /** 802.1Q tag (1–4094). */
  readonly tag: number;
  /** IPv4 prefix in CIDR notation, e.g. `10.20.0.0/24`. @default - none; one of ipv4 and ipv6 is needed */
  readonly ipv4?: string;
  /** IPv6 prefix in CIDR notation, e.g. `fd20:0:0:20::/64`. @default - none */
  readonly ipv6?: string;
  /** Address of the router; with both families the IPv4 one, and the IPv6 one has the same host number. @default - the first host */
  readonly gateway?: string;
  /** DNS domain of its hosts. @default - that of the site */
  readonly domain?: string;
  /** Whether it is somebody else's: that of a home, an office, a provider. Another environment may be part of it too. @default false */
  readonly outside?: boolean;
}

/** A layer-2 segment: a tag, its prefixes, and who has which address in it. Flows of a Vlan are those of everybody on it. */
export class Vlan extends Construct implements IPlannedVlan, IConnectable, IDepicted {
  public static isVlan(x: unknown): x is Vlan {
    return isVlan(x);
  }

  public readonly name: string;
  public readonly tag: number;
  /** Whether it is somebody else's. */
  public readonly outside: boolean;
  public readonly ipv4?: Subnet;
  public readonly ipv6?: Subnet;
  /** Host number of the router, the same in both families. */
  public readonly gatewayNumber: number;
  /** Lowest number that a host may have. */
  public readonly firstHost: number;
  /** Highest number that a host may have. */
  public readonly lastHost: number;
  public readonly connections: Connections;
  private readonly ownDomain?: string;
  private readonly hostByNumber = new Map<number, Host>();
  private readonly poolRanges = new Ranges<Pool>();
  private readonly ownPools: Pool[] = [];

  /**
   * @throws VLAN_TAG, VLAN_NAME, VLAN_PREFIX, SUBNET_OVERLAP, GATEWAY
   */
  constructor(scope: Construct, id: string, props: VlanProps) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, VLAN, { value: true });
    const check = new Check(this);
    check.known(props, ['tag', 'ipv4', 'ipv6', 'gateway', 'domain', 'outside']);
    this.name = check.label('the name of a VLAN', id);
    this.tag = check.integer('tag', props.tag, 1, 4094);
    this.outside = check.boolean('outside', props.outside ?? false);
    const claims = Claims.of(this);
    const other = (holder: IConstruct) => pathOf(holder);
    claims.claim(
      'vlan name',
      id,
      this,
      h => new ConfigError(this, 'VLAN_NAME', `there is already a VLAN ${id}, ${other(h)}`, { fix: 'choose another id' }),
    );
    claims.claim(
      'vlan tag',
      this.tag,
      this,
      h => new ConfigError(this, 'VLAN_TAG', `tag ${this.tag} is already that of ${other(h)}`, { fix: 'choose another tag' }),
    );
    if (props.domain !== undefined) {
      this.ownDomain = check.text(
        'domain',
        props.domain,
        /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
        'a lower-case DNS name',
        'lab.example.net',
      );
    }
    if (props.ipv4 === undefined && props.ipv6 === undefined) {
      throw new ConfigError(this, 'VLAN_PREFIX', 'has no prefix', {
        fix: "write ipv4: '10.20.0.0/24', or ipv6: 'fd20:0:0:20::/64', or both",
      });
    }
    this.ipv4 = this.claimSubnet('ipv4', props.ipv4, 4);
    this.ipv6 = this.claimSubnet('ipv6', props.ipv6, 6);
    this.firstHost = Math.max(...this.subnets.map(s => s.firstHost));
    this.lastHost = Math.min(...this.subnets.map(s => s.lastHost));
    this.gatewayNumber = props.gateway === undefined ? this.firstHost : this.numberOfGateway(props.gateway);
    this.connections = new Connections(this, { addresses: () => this.cidrs });
  }

  /** Its prefixes, IPv4 first. */
  public get subnets(): readonly Subnet[] {
    return [this.ipv4, this.ipv6].filter(subnet => subnet !== undefined);
  }

  public get cidrs(): readonly string[] {
    return this.subnets.map(subnet => subnet.cidr);
  }

  /** Address of the router, IPv4 when there is one. */
  public get gateway(): string {
    return this.gateways[0] as string;
  }

  /** Addresses of the router, IPv4 first. */
  public get gateways(): readonly string[] {
    return this.addressesOf(this.gatewayNumber);
  }

  /** Addresses of a host number, IPv4 first. */
  public addressesOf(number: number): readonly string[] {
    return this.subnets.map(subnet => subnet.address(number));
  }

  /** DNS domain of its hosts. */
  public get domain(): string {
    return this.ownDomain ?? Site.of(this).domain;
  }

  /** By host number. */
  public get hosts(): readonly Host[] {
    return [...this.hostByNumber.values()].sort((a, b) => a.number - b.number);
  }

  /** By first host number. */
  public get pools(): readonly Pool[] {
    return [...this.ownPools].sort((a, b) => a.from - b.from);
  }

  /**
   * Reserves an address for a host.
   *
   * @param name a DNS label, unique in its domain
   * @param number 10 of 10.20.0.0/24 is 10.20.0.10, and of fd20::/64 is fd20::a. @default - the one that the site's
   * ledger has for the name, or the lowest free one, which the ledger then keeps
   */
  public host(name: string, number?: number | HostProps): Host {
    return new Host(this, name, typeof number === 'object' ? number : { number });
  }

  /** Sets a range of host numbers aside. */
  public pool(id: string, props: PoolProps): Pool {
    return new Pool(this, id, props);
  }

  public get depiction(): Depiction {
    return { kind: 'network', label: this.name, facts: [`VLAN ${this.tag}`, ...this.cidrs, `gateway ${this.gateway}`] };
  }

  /** The host with a number, if any. */
  public hostAt(number: number): Host | undefined {
    return this.hostByNumber.get(number);
  }

  /** The pool that has a number between `from` and `to`, if any. */
  public poolWithin(from: number, to = from): Pool | undefined {
    return this.poolRanges.overlapping(BigInt(from), BigInt(to));
  }

  /** @internal Hosts enter themselves. */
  public _addHost(host: Host): void {
    this.hostByNumber.set(host.number, host);
  }

  /** @internal Pools enter themselves. */
  public _addPool(pool: Pool): void {
    this.poolRanges.add(BigInt(pool.from), BigInt(pool.to), pool);
    this.ownPools.push(pool);
  }

  private claimSubnet(prop: string, cidr: string | undefined, family: 4 | 6): Subnet | undefined {
    if (cidr === undefined) return undefined;
    const subnet = Subnet.of(this, prop, cidr, family);
    claimPrefix(this, subnet);
    return subnet;
  }

  private numberOfGateway(ip: string): number {
    const subnet = this.subnets[0] as Subnet;
    const family = familyOf(ip);
    const example = subnet.address(subnet.firstHost);
    if (family === undefined || (family !== subnet.family && !this.subnets.some(s => s.family === family))) {
      const problem =
        family === undefined
          ? 'gateway must be an IP address'
          : `gateway is an IPv${family} address, and the segment has none of that family`;
      throw new ConfigError(this, 'GATEWAY', problem, { got: ip, fix: `write it like ${example}` });
    }
    const home = this.subnets.find(s => s.family === family) as Subnet;
    const number = home.hostNumber(ip);
    if (number === undefined || number < this.firstHost || number > this.lastHost) {
      const problem =
        number === undefined
          ? `gateway is outside ${home.cidr}`
          : `gateway is the ${number < this.firstHost ? 'network' : 'broadcast'} address of ${home.cidr}`;
      throw new ConfigError(this, 'GATEWAY', problem, {
        got: ip,
        fix: `write an address from ${home.address(this.firstHost)} to ${home.address(this.lastHost)}`,
      });
    }
    return number;
  }
}
