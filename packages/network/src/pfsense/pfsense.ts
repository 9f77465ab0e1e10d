import { Check, Claims, ConfigError, onRender, pathOf, Site, vacant } from '@ashlar/core';
import { Construct } from 'constructs';
import { DnsZones } from '../dns/dns-zones';
import { FLOW_FORWARD } from '../gateway/rules/flow-forward';
import { Host } from '../segments/host';
import { Vlan } from '../segments/vlan';
import { renderPfSense } from './pfsense-config';

export interface PfSenseProps {
  /** Its address on the segment that leads to the Internet; the gateway of that segment is its default route. */
  readonly wan: Host;
  /** Network port towards the Internet, e.g. `vtnet0`. */
  readonly wanInterface: string;
  /**
   * Network port that carries the segments, tagged, e.g. `vtnet1`; or a port for each of them, untagged, as a virtual machine has
   * them: that of the management segment first, the others in the order of `segments`.
   */
  readonly lanInterface: string | readonly string[];
  /** Segment from which it is managed. pfSense's anti-lockout rule keeps its web interface reachable from there. */
  readonly management: Vlan;
  /** The other segments that it routes. It has the gateway address of each. */
  readonly segments: readonly Vlan[];
  /** Servers that answer for the site's domain. @default - it answers itself, with a host override for every host */
  readonly dns?: DnsZones;
}

/**
 * A pfSense gateway: VLANs, addresses, DHCP, DNS resolver, filter and NAT as parts of its `config.xml`, written to
 * `devices/pfsense/<id>.xml`.
 *
 * Between segments it passes what a flow of the model allows, and segments of one zone; pfSense drops the rest.
 */
export class PfSense extends Construct {
  public static isPfSense(x: unknown): x is PfSense {
    return typeof x === 'object' && x !== null && PFSENSE in x;
  }

  public readonly wan: Host;
  public readonly wanInterface: string;
  private readonly ports = new Map<Vlan, string>();
  private readonly trunk?: string;
  public readonly management: Vlan;
  /** By tag, the management segment first. */
  public readonly segments: readonly Vlan[];
  public readonly dns?: DnsZones;

  /** @throws PFSENSE_SEGMENT, PFSENSE_INTERFACE, PFSENSE_WAN */
  constructor(scope: Construct, id: string, props: PfSenseProps) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, PFSENSE, { value: true });
    const check = new Check(this);
    check.known(props, ['wan', 'wanInterface', 'lanInterface', 'management', 'segments', 'dns']);
    check.label('the name of a gateway', id);
    this.wan = check.instance('wan', props.wan, { name: 'Host', is: Host.isHost }, "wan.host('gateway-wan', 2)");
    this.wanInterface = check.text('wanInterface', props.wanInterface, /^[a-z]+\d+(\.\d+)?$/, 'a FreeBSD interface name', 'vtnet0');
    const segment = (name: string, vlan: Vlan) => check.instance(name, vlan, { name: 'Vlan', is: Vlan.isVlan }, 'servers');
    this.management = segment('management', props.management);
    const others = [...check.present('segments', props.segments, '[servers]')];
    for (const vlan of others) segment('segments', vlan);
    this.trunk = this.assignPorts(check, props.lanInterface, [this.management, ...others]);
    this.segments = [this.management, ...others.sort((a, b) => a.tag - b.tag)];
    if (props.dns !== undefined) this.dns = check.instance('dns', props.dns, { name: 'DnsZones', is: DnsZones.isDnsZones }, 'zones');
    this.refuseContradictions();
    Site.of(this).addRules(FLOW_FORWARD);
    onRender(this, output => output.write(this, `devices/pfsense/${id}.xml`, renderPfSense(this)));
  }

  /** pfSense's name of the interface on a segment. It follows from the tag, so that another segment renames none. */
  public interfaceOf(vlan: Vlan): string {
    if (vlan === this.wan.vlan) return 'wan';
    return vlan === this.management ? 'lan' : `opt${vlan.tag}`;
  }

  /** The network port that carries all segments, tagged; undefined when each has a port of its own. */
  public get trunkInterface(): string | undefined {
    return this.trunk;
  }

  /** Device of a segment: its own port, or its VLAN on the trunk. */
  public deviceOf(vlan: Vlan): string {
    return this.ports.get(vlan) ?? `${this.trunk}.${vlan.tag}`;
  }

  /** @returns the trunk, when one port carries all */
  private assignPorts(check: Check, given: string | readonly string[], segments: readonly Vlan[]): string | undefined {
    const port = (value: string) => check.text('lanInterface', value, /^[a-z]+\d+$/, 'a FreeBSD interface name', 'vtnet1');
    const names = Array.isArray(given) ? given.map(port) : [port(given as string)];
    if (Array.isArray(given) && names.length !== segments.length) {
      throw new ConfigError(this, 'PFSENSE_INTERFACE', `lanInterface names ${names.length} ports for ${segments.length} segments`, {
        fix: 'name one for each, that of the management segment first, or a single one that carries all',
      });
    }
    const twice = [this.wanInterface, ...names].find((name, i, all) => all.indexOf(name) < i);
    if (twice) {
      throw new ConfigError(this, 'PFSENSE_INTERFACE', `the network port ${twice} is named twice`, { fix: 'name each network port once' });
    }
    if (!Array.isArray(given)) return names[0];
    for (const [i, vlan] of segments.entries()) this.ports.set(vlan, names[i] as string);
    return undefined;
  }

  private refuseContradictions(): void {
    if (this.wan.number === this.wan.vlan.gatewayNumber) {
      throw new ConfigError(
        this,
        'PFSENSE_WAN',
        `wan ${pathOf(this.wan)} has ${this.wan.ip}, which is the gateway of ${pathOf(this.wan.vlan)} that it is to route to`,
        { fix: 'give it another number' },
      );
    }
    const twice = this.segments.find((vlan, i) => vlan === this.wan.vlan || this.segments.indexOf(vlan) < i);
    if (twice) {
      throw new ConfigError(this, 'PFSENSE_SEGMENT', `${pathOf(twice)} is named twice`, {
        fix: 'name it once, as wan, management or one of segments',
      });
    }
    for (const vlan of this.segments) {
      Claims.of(this).claim('gateway of', vlan.node.path, this, holder => {
        return new ConfigError(this, 'PFSENSE_SEGMENT', `${pathOf(vlan)} already has the gateway ${pathOf(holder)}`, {
          fix: 'route it by one of them',
        });
      });
    }
  }
}

const PFSENSE = Symbol.for('@ashlar/network.PfSense');
