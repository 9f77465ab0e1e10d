import { Check, ConfigError, Connections, type IConnectable, Port, pathOf, type Secret, vacant } from '@ashlar/core';
import { Construct } from 'constructs';
import { Host } from '../segments/host';
import { claimPrefix } from '../segments/prefix-claims';
import { Subnet } from '../segments/subnet';
import type { Vlan } from '../segments/vlan';
import { type IGateway, isGateway } from './gateway';

export interface BgpPeeringProps {
  /** Autonomous system of the neighbors (1–4294967294), of the private ranges: 64512–65534 or 4200000000–4294967294. */
  readonly asn: number;
  /** The nodes that announce, all on one segment of the gateway. */
  readonly neighbors: readonly Host[];
  /** Prefixes out of which they announce addresses, such as those of load-balanced services. Nothing else is accepted from them. */
  readonly prefixes: readonly string[];
  /** Detects a dead neighbor within a second. @default true */
  readonly bfd?: boolean;
  /** TCP MD5 password of the sessions. @default - none @see RFC 2385 */
  readonly password?: Secret;
}

/** Sessions of a gateway with the nodes of a cluster, which announce the addresses of their services. Flows to it are flows to these. */
export class BgpPeering extends Construct implements IConnectable {
  public static isBgpPeering(x: unknown): x is BgpPeering {
    return typeof x === 'object' && x !== null && PEERING in x;
  }

  public readonly gateway: IGateway;
  public readonly asn: number;
  public readonly neighbors: readonly Host[];
  public readonly segment: Vlan;
  /** In CIDR notation, as given. */
  public readonly prefixes: readonly string[];
  public readonly bfd: boolean;
  public readonly password?: Secret;
  public readonly connections: Connections;

  /** @throws BGP_ASN, BGP_NEIGHBOR, SUBNET_FORMAT, SUBNET_OVERLAP */
  constructor(gateway: IGateway & Construct, id: string, props: BgpPeeringProps) {
    super(vacant(gateway, id), id);
    Object.defineProperty(this, PEERING, { value: true });
    const check = new Check(this);
    check.known(props, ['asn', 'neighbors', 'prefixes', 'bfd', 'password']);
    check.label('the name of a peering', id);
    this.gateway = check.instance('scope', gateway, { name: 'gateway', is: isGateway }, 'gateway');
    if (gateway.asn === undefined) {
      throw new ConfigError(this, 'BGP_ASN', `${pathOf(gateway)} speaks no BGP, having no autonomous system`, {
        fix: 'give a VyOs gateway an asn, of the private ones such as 64512',
      });
    }
    this.asn = check.integer('asn', props.asn, 1, 4_294_967_294);
    this.neighbors = check.list('neighbors', props.neighbors, 'host');
    for (const host of this.neighbors) check.instance('neighbors', host, { name: 'Host', is: Host.isHost }, "[servers.host('k8s-1')]");
    this.segment = this.commonSegment();
    this.prefixes = check.list('prefixes', props.prefixes, "'10.60.0.0/24'").map(prefix => {
      const subnet = Subnet.of(this, 'prefixes', prefix, prefix.includes(':') ? 6 : 4);
      claimPrefix(this, subnet);
      return subnet.cidr;
    });
    this.bfd = check.boolean('bfd', props.bfd ?? true);
    if (props.password !== undefined) this.password = props.password;
    this.connections = new Connections(this, { addresses: () => this.prefixes });
    for (const host of this.neighbors) this.openSession(host);
  }

  private openSession(host: Host): void {
    const ports = [Port.tcp(179), ...(this.bfd ? [Port.udp(3784)] : [])];
    for (const port of ports) {
      this.gateway.connections.allowFrom(host, port);
      host.connections.allowFrom(this.gateway, port);
    }
  }

  private commonSegment(): Vlan {
    const [first, ...others] = this.neighbors as [Host, ...Host[]];
    const stray = others.find(host => host.vlan !== first.vlan);
    if (stray) {
      throw new ConfigError(this, 'BGP_NEIGHBOR', `${pathOf(first)} and ${pathOf(stray)} are on two segments`, {
        fix: 'write a peering for each segment',
      });
    }
    if (!this.gateway.segments.includes(first.vlan)) {
      throw new ConfigError(this, 'BGP_NEIGHBOR', `${pathOf(first)} is on ${pathOf(first.vlan)}, which the gateway does not route`, {
        fix: `add it to the segments of ${pathOf(this.gateway)}`,
      });
    }
    return first.vlan;
  }
}

const PEERING = Symbol.for('@ashlar/network.BgpPeering');
