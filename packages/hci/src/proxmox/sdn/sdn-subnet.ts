import { Check, ConfigError, pathOf, vacant } from '@ashlar/core';
import { Pool, Subnet } from '@ashlar/network';
import { ProxmoxSdnSubnetResource } from '@ashlar/provider-proxmox';
import { Construct } from 'constructs';
import { Sdn } from './sdn';
import { SdnVnet } from './sdn-vnet';

export interface SdnSubnetProps {
  /** Its prefix in CIDR notation. @default - the first of the segment */
  readonly cidr?: string;
  /** Address of the router, in the prefix; in simple and evpn zones, each node has it. @default - that of the segment, or none */
  readonly gateway?: string;
  /** Whether nodes hide its guests behind addresses of their own; in simple and evpn zones. @default false */
  readonly snat?: boolean;
  /** What DHCP gives out: a pool of the segment, or two addresses. @default - nothing */
  readonly dhcp?: Pool | { readonly first: string; readonly last: string };
}

/** The addresses of a vnet. */
export class SdnSubnet extends Construct {
  public static isSdnSubnet(x: unknown): x is SdnSubnet {
    return typeof x === 'object' && x !== null && SUBNET in x;
  }

  public readonly vnet: SdnVnet;
  public readonly subnet: Subnet;
  public readonly gateway?: string;

  /** @throws SDN_SUBNET, SDN_GATEWAY, SDN_SNAT, SDN_DHCP */
  constructor(vnet: SdnVnet, id: string, props: SdnSubnetProps = {}) {
    super(vacant(vnet, id), id);
    Object.defineProperty(this, SUBNET, { value: true });
    const check = new Check(this);
    check.known(props, ['cidr', 'gateway', 'snat', 'dhcp']);
    this.vnet = check.instance('scope', vnet, { name: 'SdnVnet', is: SdnVnet.isSdnVnet }, "new SdnVnet(zone, 'web', { … })");
    this.subnet = this.prefix(props.cidr);
    this.gateway = this.gatewayIn(props.gateway);
    const range = props.dhcp === undefined ? undefined : this.rangeIn(props.dhcp);
    const snat = check.boolean('snat', props.snat ?? false);
    if (snat && !vnet.zone.routes) {
      throw new ConfigError(this, 'SDN_SNAT', `the nodes do not route a ${vnet.zone.type} zone, so that they cannot hide its guests`, {
        fix: 'leave snat out, and have its gateway do that',
      });
    }
    if (snat && this.gateway === undefined) {
      throw new ConfigError(this, 'SDN_SNAT', 'nodes hide guests whose gateway they are, and it has none', {
        fix: `write gateway: '${this.subnet.address(this.subnet.firstHost)}'`,
      });
    }
    const sdn = Sdn.of(vnet.cluster);
    const resource = new ProxmoxSdnSubnetResource(this, 'subnet', {
      vnet: vnet.name,
      cidr: this.subnet.cidr,
      ...(this.gateway !== undefined && { gateway: this.gateway }),
      snat,
      ...(range && { dhcpRange: { startAddress: range.first, endAddress: range.last } }),
      dependsOn: sdn.after(vnet._resource),
    });
    sdn.subnets.push(this);
    sdn.apply(resource);
  }

  private prefix(given: string | undefined): Subnet {
    const { vlan } = this.vnet;
    const example = "write cidr: '10.20.0.0/24'";
    if (given === undefined) {
      if (vlan) return vlan.subnets[0] as Subnet;
      throw new ConfigError(this, 'SDN_SUBNET', `has no prefix, and ${pathOf(this.vnet)} is no segment of the model`, { fix: example });
    }
    const own = vlan?.subnets.find(subnet => subnet.cidr === given);
    if (own) return own;
    if (vlan) {
      throw new ConfigError(this, 'SDN_SUBNET', `cidr is none of ${pathOf(vlan)}, which has ${vlan.cidrs.join(' and ')}`, {
        got: given,
        fix: 'write one of them, or leave cidr out',
      });
    }
    return Subnet.of(this, 'cidr', given, typeof given === 'string' && given.includes(':') ? 6 : 4);
  }

  private gatewayIn(given: string | undefined): string | undefined {
    const { subnet, vnet } = this;
    const gateway = given ?? vnet.vlan?.gateways.find(ip => subnet.hostNumber(ip) !== undefined);
    if (gateway === undefined) return undefined;
    const number = subnet.hostNumber(gateway);
    if (number === undefined || number < subnet.firstHost || number > subnet.lastHost) {
      throw new ConfigError(this, 'SDN_GATEWAY', `gateway is no address of a host of ${subnet.cidr}`, {
        got: gateway,
        fix: `write one from ${subnet.address(subnet.firstHost)} to ${subnet.address(subnet.lastHost)}`,
      });
    }
    return gateway;
  }

  private rangeIn(given: NonNullable<SdnSubnetProps['dhcp']>): { readonly first: string; readonly last: string } {
    const { subnet, vnet, gateway } = this;
    if (!vnet.zone.dhcp) {
      throw new ConfigError(this, 'SDN_DHCP', `its zone ${pathOf(vnet.zone)} gives no addresses out`, {
        fix: "write dhcp: true for the zone, of type 'simple', or have the gateway of the segment do it",
      });
    }
    if (Pool.isPool(given) && (given.vlan !== vnet.vlan || given.use !== 'dhcp')) {
      throw new ConfigError(this, 'SDN_DHCP', `${pathOf(given)} is no pool of its segment for DHCP`, {
        fix: "write servers.pool('dhcp', { use: 'dhcp', from: 100, to: 199 })",
      });
    }
    const range = Pool.isPool(given) ? given.ranges.find(({ family }) => family === subnet.family) : given;
    const [from, to] = [subnet.hostNumber(range?.first as string), subnet.hostNumber(range?.last as string)];
    if (range === undefined || from === undefined || to === undefined || to < from) {
      throw new ConfigError(this, 'SDN_DHCP', `dhcp must be two addresses of ${subnet.cidr}, the lower one first`, {
        got: range === undefined ? undefined : `${range.first} to ${range.last}`,
        fix: `write dhcp: { first: '${subnet.address(subnet.firstHost)}', last: '${subnet.address(subnet.lastHost)}' }`,
      });
    }
    const router = gateway === undefined ? undefined : subnet.hostNumber(gateway);
    if (router !== undefined && router >= from && router <= to) {
      throw new ConfigError(this, 'SDN_DHCP', `${range.first} to ${range.last} holds the gateway`, {
        got: gateway,
        fix: `begin at ${subnet.address(router + 1)}`,
      });
    }
    return range;
  }
}

const SUBNET = Symbol.for('@ashlar/hci.SdnSubnet');
