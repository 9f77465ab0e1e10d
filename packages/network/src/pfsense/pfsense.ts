import {
  Check,
  Connections,
  type IConnectable,
  type ILifecycle,
  type IPlaced,
  type IRouting,
  type IServing,
  isPlaced,
  type Lifecycle,
  onRender,
  Port,
  type Routing,
  Site,
  vacant,
} from '@ashlar/core';
import { Construct } from 'constructs';
import { DnsZones } from '../dns/dns-zones';
import { DynamicUplink, type Uplink } from '../gateway/dynamic-uplink';
import { GATEWAY, type IGateway } from '../gateway/gateway';
import { declareGatewayFlows, gatewayAddresses, uplinkOf } from '../gateway/gateway-flows';
import { gatewayLifecycle } from '../gateway/gateway-lifecycle';
import { GATEWAY_RULES } from '../gateway/rules';
import { Host } from '../segments/host';
import { Vlan } from '../segments/vlan';
import { isPfSense, PFSENSE } from './is-pfsense';
import { pfsenseDeployment, renderPfSense } from './pfsense-files';
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
  /** What it runs on, such as a Machine. @default - the guest that has one of its addresses, if any */
  readonly runsOn?: IPlaced;
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
export class PfSense extends Construct implements IGateway, IConnectable, IRouting, ILifecycle, IServing {
  public static isPfSense(x: unknown): x is PfSense {
    return isPfSense(x);
  }

  public readonly wan: Uplink;
  public readonly management: Vlan;
  /** By tag, the management segment first. */
  public readonly segments: readonly Vlan[];
  public readonly interfaces: PfSenseInterfaces;
  public readonly runsOn?: IPlaced;
  public readonly dns?: DnsZones;
  public readonly connections: Connections;

  /** @throws PFSENSE_SEGMENT, PFSENSE_INTERFACE, PFSENSE_WAN */
  constructor(scope: Construct, id: string, props: PfSenseProps) {
    super(vacant(scope, id), id);
    Object.defineProperties(this, { [PFSENSE]: { value: true }, [GATEWAY]: { value: true } });
    const check = new Check(this);
    check.known(props, ['wan', 'wanInterface', 'lanInterface', 'management', 'segments', 'runsOn', 'dns']);
    check.label('the name of a gateway', id);
    this.wan = check.present('wan', props.wan, "wan.host('gateway-wan', 2)");
    if (!DynamicUplink.is(this.wan)) check.instance('wan', this.wan, { name: 'Host', is: Host.isHost }, "wan.host('gateway-wan', 2)");
    const segment = (name: string, vlan: Vlan) => check.instance(name, vlan, { name: 'Vlan', is: Vlan.isVlan }, 'servers');
    this.management = segment('management', props.management);
    const others = check.present('segments', props.segments, '[servers]');
    for (const vlan of others) segment('segments', vlan);
    this.interfaces = new PfSenseInterfaces(this, props.wanInterface, props.lanInterface, [this.management, ...others]);
    this.segments = this.interfaces.segments.map(one => one.vlan);
    if (props.runsOn !== undefined) this.runsOn = check.instance('runsOn', props.runsOn, { name: 'Machine', is: isCarrier }, 'router');
    if (props.dns !== undefined) this.dns = check.instance('dns', props.dns, { name: 'DnsZones', is: DnsZones.isDnsZones }, 'zones');
    this.connections = new Connections(this, { addresses: () => gatewayAddresses(this) });
    declareGatewayFlows(this, MANAGEMENT);
    Site.of(this).addRules(...GATEWAY_RULES, ...PFSENSE_RULES);
    onRender(this, output => renderPfSense(this, output));
  }

  /** pfSense's name of the interface on a segment: `wan`, `lan`, `opt20`. */
  public interfaceOf(vlan: Vlan): string | undefined {
    return this.interfaces.of(vlan)?.id;
  }

  public get lifecycle(): Lifecycle {
    return gatewayLifecycle(this, pfsenseDeployment(this));
  }

  /** Addresses at which segments have their router, their resolver and their time. */
  public get serves(): readonly string[] {
    return this.segments.flatMap(vlan => vlan.gateways);
  }

  public get routing(): Routing {
    return { device: 'pfSense', joins: this.segments, uplink: uplinkOf(this) };
  }
}

/** HTTPS, HTTP that leads there, and SSH: what the anti-lockout rule opens. */
const MANAGEMENT = [Port.tcp(443), Port.tcp(80), Port.tcp(22)];

function isCarrier(x: unknown): boolean {
  return Construct.isConstruct(x) && isPlaced(x as Construct);
}
