import {
  type Address,
  Check,
  Claims,
  ConfigError,
  Connections,
  hostPrefix,
  type IAddressed,
  type IConnectable,
  Ledger,
  MacAddress,
  pathOf,
  vacant,
} from '@ashlar/core';
import { Construct } from 'constructs';
import { isVlan } from './is-vlan';
import type { Pool } from './pool';
import type { Vlan } from './vlan';

export interface HostProps {
  /** Its number in the segment: 10 of 10.20.0.0/24 is 10.20.0.10. @default - allocated through the site's ledger */
  readonly number?: number;
  /** MAC address by which DHCP knows it. @default - it configures its address itself */
  readonly mac?: string;
}

/** A name with an address of each family of its segment. */
export class Host extends Construct implements IAddressed, IConnectable {
  public static isHost(x: unknown): x is Host {
    return typeof x === 'object' && x !== null && HOST in x;
  }

  public readonly name: string;
  /** Its number in the segment. */
  public readonly number: number;
  public readonly vlan: Vlan;
  /** IPv4 before IPv6. */
  public readonly addresses: readonly Address[];
  public readonly connections: Connections;
  private ownMac?: string;

  /**
   * @param pool the pool whose numbers it may have, instead of those outside any pool
   * @throws HOST_NAME, HOST_NUMBER, HOST_NUMBER_TAKEN, HOST_IN_POOL
   */
  constructor(vlan: Vlan, name: string, props: HostProps = {}, pool?: Pool) {
    super(vacant(vlan, name), name);
    Object.defineProperty(this, HOST, { value: true });
    const check = new Check(this);
    check.known(props, ['number', 'mac']);
    this.vlan = check.instance('scope', vlan, { name: 'Vlan', is: isVlan }, 'servers');
    this.name = check.label('the name of a host', name);
    Claims.of(this).claim('dns name', this.fqdn, this, holder => {
      return new ConfigError(this, 'HOST_NAME', `the name ${this.fqdn} is already that of ${pathOf(holder)}`, {
        fix: 'choose another name',
      });
    });
    if (this.fqdn.length > 253) {
      throw new ConfigError(this, 'HOST_NAME', 'a DNS name has up to 253 characters', {
        got: this.fqdn,
        fix: 'shorten it',
        see: 'RFC 1035 section 2.3.4',
      });
    }
    this.number = this.numbered(props.number ?? this.allocate(pool), pool);
    vlan._addHost(this);
    this.addresses = vlan.subnets.map(subnet => ({
      name,
      ip: subnet.address(this.number),
      family: subnet.family,
      prefixLength: subnet.prefixLength,
      vlan,
    }));
    this.connections = new Connections(this, { addresses: () => this.addresses.map(({ ip }) => hostPrefix(ip)) });
    if (props.mac !== undefined) this.useMac(props.mac);
  }

  /** Name in the domain of the segment. */
  public get fqdn(): string {
    return `${this.name}.${this.vlan.domain}`;
  }

  /** Its IPv4 address, or else its IPv6 address. */
  public get ip(): string {
    return (this.addresses[0] as Address).ip;
  }

  /** Its first address with the length of the prefix, as an interface is configured: `10.20.0.10/24`. */
  public get cidr(): string {
    return `${this.ip}/${(this.addresses[0] as Address).prefixLength}`;
  }

  public get mac(): string | undefined {
    return this.ownMac;
  }

  /** Makes DHCP give it its address. @throws MAC_TAKEN, HOST_MAC when it has another already */
  public useMac(mac: string): void {
    const address = MacAddress.of(this, mac).toString();
    if (this.ownMac !== undefined && this.ownMac !== address) {
      throw new ConfigError(this, 'HOST_MAC', `already has the MAC address ${this.ownMac}`, { got: mac, fix: 'give it one of them' });
    }
    Claims.of(this).claim(`host mac on ${this.vlan.node.path}`, address, this, holder => {
      return new ConfigError(this, 'MAC_TAKEN', `MAC address ${address} is already that of ${pathOf(holder)} on this segment`, {
        fix: 'read it from the device',
      });
    });
    this.ownMac = address;
  }

  private numbered(number: number, pool: Pool | undefined): number {
    const { vlan } = this;
    const [from, to] = pool ? [pool.from, pool.to] : [vlan.firstHost, vlan.lastHost];
    if (!Number.isInteger(number) || number < from || number > to) {
      const where = pool ? pathOf(pool) : vlan.cidrs.join(' and ');
      const special = pool ? '' : nameOf(vlan, number);
      throw new ConfigError(this, 'HOST_NUMBER', `the number of a host of ${where} is from ${from} to ${to}${special}`, {
        got: number,
        fix: 'choose a number inside the range',
      });
    }
    const other = vlan.hostAt(number);
    if (other) {
      throw new ConfigError(
        this,
        'HOST_NUMBER_TAKEN',
        `number ${number} (${vlan.addressesOf(number).join(', ')}) is already that of ${pathOf(other)}`,
        {
          fix: 'choose another number, or none to have one allocated',
        },
      );
    }
    const holder = vlan.poolWithin(number);
    if (holder && holder !== pool) {
      const remedy = holder.use === 'dhcp' ? '' : `, or take it from the pool with ${holder.node.id}.host('${this.name}')`;
      throw new ConfigError(
        this,
        'HOST_IN_POOL',
        `number ${number} (${vlan.addressesOf(number)[0]}) lies in the ${holder.use} pool ${pathOf(holder)}, ${holder.from} to ${holder.to}`,
        {
          fix: `choose a number outside it${remedy}`,
        },
      );
    }
    return number;
  }

  private allocate(pool: Pool | undefined): number {
    const { vlan } = this;
    const taken = (n: number) => n === vlan.gatewayNumber || vlan.hostAt(n) !== undefined || vlan.poolWithin(n) !== pool;
    const space = pool ? `hosts of ${vlan.name}/${pool.node.id}` : `hosts of ${vlan.name}`;
    return Ledger.of(this).allocate(this, space, this.name, pool?.from ?? vlan.firstHost, pool?.to ?? vlan.lastHost, taken);
  }
}

const HOST = Symbol.for('@ashlar/network.Host');

/** Why a number that looks as if it were in the prefix is not one of a host. */
function nameOf({ ipv4 }: Vlan, number: number): string {
  if (!ipv4 || ipv4.prefixLength > 30) return '';
  if (number === 0) return `, 0 is the network address ${ipv4.address(0)}`;
  return number === ipv4.lastHost + 1 ? `, ${number} is the broadcast address ${ipv4.address(number)}` : '';
}
