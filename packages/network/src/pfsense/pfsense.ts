import { Check, Connections, type IConnectable, type IRouting, onRender, Port, type Routing, Site, vacant } from '@ashlar/core';
import { Construct } from 'constructs';
import { DnsZones } from '../dns/dns-zones';
import { DynamicUplink, type Uplink } from '../gateway/dynamic-uplink';
import { GATEWAY, type IGateway } from '../gateway/gateway';
import { GATEWAY_RULES } from '../gateway/rules';
import { Host } from '../segments/host';
import { Internet } from '../segments/internet';
import { Vlan } from '../segments/vlan';
import { isPfSense, PFSENSE } from './is-pfsense';
import { renderPfSense } from './pfsense-files';
import { PfSenseInterfaces } from './pfsense-interfaces';
import { PFSENSE_RULES } from './rules';

export interface PfSenseProps {
  /** Its address on the segment that leads to the Internet, or how the provider gives it one. */
  readonly wan: Uplink;
  /** Network port towards the Internet, e.g. `vtnet0`. */
  readonly wanInterface: string;
  /**
   * Network port that carries the segments, tagged, e.g. `vtnet1`; or a port for each of them, untagged, as a virtual machine has
   * them: that of the management segment first, the others in the order of `segments`.
   */
  readonly lanInterface: string | readonly string[];
  /** Segment from which it is managed, by HTTPS and SSH. pfSense's anti-lockout rule keeps both reachable from there. */
  readonly management: Vlan;
  /** The other segments that it routes. It has the gateway address of each. */
  readonly segments: readonly Vlan[];
  /** Servers that answer for the site's domain. @default - it answers itself, with a host override for every host */
  readonly dns?: DnsZones;
}

/**
 * A pfSense gateway, CE 2.7 and later or Plus: VLANs, addresses, aliases, filter, NAT, DHCP, router advertisements, resolver and time as
 * parts of its `config.xml`, and the same as requests to the REST API package, both in `devices/pfsense/`.
 *
 * Between segments it passes what a flow of the model allows, and segments of one zone; the rest is dropped and logged.
 * @see https://docs.netgate.com/pfsense/en/latest/ and https://pfrest.org
 */
export class PfSense extends Construct implements IGateway, IConnectable, IRouting {
  public static isPfSense(x: unknown): x is PfSense {
    return isPfSense(x);
  }

  public readonly wan: Uplink;
  public readonly management: Vlan;
  /** By tag, the management segment first. */
  public readonly segments: readonly Vlan[];
  public readonly interfaces: PfSenseInterfaces;
  public readonly dns?: DnsZones;
  public readonly connections: Connections;

  /** @throws PFSENSE_SEGMENT, PFSENSE_INTERFACE, PFSENSE_WAN */
  constructor(scope: Construct, id: string, props: PfSenseProps) {
    super(vacant(scope, id), id);
    Object.defineProperties(this, { [PFSENSE]: { value: true }, [GATEWAY]: { value: true } });
    const check = new Check(this);
    check.known(props, ['wan', 'wanInterface', 'lanInterface', 'management', 'segments', 'dns']);
    check.label('the name of a gateway', id);
    this.wan = check.present('wan', props.wan, "wan.host('gateway-wan', 2)");
    if (!DynamicUplink.is(this.wan)) check.instance('wan', this.wan, { name: 'Host', is: Host.isHost }, "wan.host('gateway-wan', 2)");
    const segment = (name: string, vlan: Vlan) => check.instance(name, vlan, { name: 'Vlan', is: Vlan.isVlan }, 'servers');
    this.management = segment('management', props.management);
    const others = check.present('segments', props.segments, '[servers]');
    for (const vlan of others) segment('segments', vlan);
    this.interfaces = new PfSenseInterfaces(this, props.wanInterface, props.lanInterface, [this.management, ...others]);
    this.segments = this.interfaces.segments.map(one => one.vlan);
    if (props.dns !== undefined) this.dns = check.instance('dns', props.dns, { name: 'DnsZones', is: DnsZones.isDnsZones }, 'zones');
    this.connections = new Connections(this, { addresses: () => this.addresses });
    this.declareOwnFlows();
    Site.of(this).addRules(...GATEWAY_RULES, ...PFSENSE_RULES);
    onRender(this, output => renderPfSense(this, output));
  }

  /** pfSense's name of the interface on a segment: `wan`, `lan`, `opt20`. */
  public interfaceOf(vlan: Vlan): string | undefined {
    return this.interfaces.of(vlan)?.id;
  }

  public get routing(): Routing {
    const { wan } = this;
    const uplink = DynamicUplink.is(wan)
      ? { label: wan.pppoe ? 'over PPPoE' : 'at an address of the provider' }
      : { label: `as ${wan.ip}`, vlan: wan.vlan };
    return { device: 'pfSense', joins: this.segments, uplink };
  }

  /** Its own addresses: the gateway of each segment, and that of the uplink. */
  private get addresses(): string[] {
    const wan = DynamicUplink.is(this.wan) ? [] : this.wan.addresses.map(address => address.ip);
    return [...this.segments.flatMap(vlan => vlan.gateways), ...wan].map(ip => `${ip}/${ip.includes(':') ? 128 : 32}`);
  }

  /** What it does for the segments, and what it needs itself. */
  private declareOwnFlows(): void {
    const { connections } = this;
    for (const vlan of this.segments) {
      for (const port of [Port.udp(53), Port.tcp(53), Port.udp(123), Port.icmp()]) connections.allowFrom(vlan, port);
      if (vlan.pools.some(pool => pool.use === 'dhcp')) connections.allowFrom(vlan, Port.udp(67));
    }
    // What the anti-lockout rule opens: 80 leads to 443.
    for (const port of [Port.tcp(443), Port.tcp(80), Port.tcp(22)]) connections.allowFrom(this.management, port);
    const internet = Internet.of(this);
    for (const port of [Port.udp(53), Port.tcp(53), Port.udp(123), Port.tcp(443)]) connections.allowTo(internet, port);
    for (const server of this.dns?.servers ?? []) for (const port of [Port.udp(53), Port.tcp(53)]) connections.allowTo(server, port);
  }
}
