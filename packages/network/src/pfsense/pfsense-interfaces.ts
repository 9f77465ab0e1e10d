import { Check, Claims, ConfigError, pathOf } from '@ashlar/core';
import { DynamicUplink } from '../gateway/dynamic-uplink';
import type { IGateway } from '../gateway/gateway';
import type { Side } from '../gateway/side';
import type { Vlan } from '../segments/vlan';

/** An interface by the names that pfSense has for it. */
export interface PfSenseInterface {
  /** What rules of `config.xml` call it: `wan`, `lan`, `opt20`. It follows from the tag, so that another segment renames none. */
  readonly id: string;
  /** What people call it, and the REST API: `SERVERS`. */
  readonly descr: string;
  /** Network port of FreeBSD: `vtnet1.20`. */
  readonly device: string;
  /** Undefined for an uplink whose address the provider gives. */
  readonly vlan?: Vlan;
}

/** That of a segment, which it has the gateway address of. */
export type SegmentInterface = Required<PfSenseInterface>;

/** The interfaces of a gateway: which network port leads where. */
export class PfSenseInterfaces {
  public readonly wan: PfSenseInterface;
  /** By tag, that of the management segment first. */
  public readonly segments: readonly SegmentInterface[];
  /** The network port that carries all segments, tagged; undefined when each has one of its own. */
  public readonly trunk?: string;
  private readonly byVlan: ReadonlyMap<Vlan | undefined, PfSenseInterface>;

  /** @throws PFSENSE_INTERFACE, PFSENSE_SEGMENT, PFSENSE_WAN */
  constructor(
    private readonly gateway: IGateway,
    public readonly wanPort: string,
    lan: string | readonly string[],
    segments: readonly Vlan[],
  ) {
    const { wan, management } = gateway;
    const check = new Check(gateway);
    check.text('wanInterface', wanPort, /^[a-z]+\d+(\.\d+)?$/, 'a FreeBSD interface name', 'vtnet0');
    const ports = this.checkedPorts(check, lan, segments);
    if (!Array.isArray(lan)) this.trunk = ports[0] as string;
    const dynamic = DynamicUplink.is(wan);
    this.wan = {
      id: 'wan',
      descr: 'WAN',
      device: dynamic && wan.pppoe ? 'pppoe0' : wanPort,
      ...(!dynamic && { vlan: wan.vlan }),
    };
    const inner = segments.map((vlan, i) => ({
      id: vlan === management ? 'lan' : `opt${vlan.tag}`,
      descr: descriptionOf(vlan),
      device: this.trunk === undefined ? (ports[i] as string) : `${this.trunk}.${vlan.tag}`,
      vlan,
    }));
    const [first, ...others] = inner;
    this.segments = [...(first ? [first] : []), ...others.sort((a, b) => a.vlan.tag - b.vlan.tag)];
    this.byVlan = new Map(this.all.map(one => [one.vlan, one]));
    this.refuseContradictions(segments);
  }

  /** The uplink first. */
  public get all(): readonly PfSenseInterface[] {
    return [this.wan, ...this.segments];
  }

  public of(vlan: Vlan): PfSenseInterface | undefined {
    return this.byVlan.get(vlan);
  }

  /** The interface behind which a side lies; undefined for a tunnel, and for the gateway itself. */
  public ofSide({ kind, vlan }: Side): PfSenseInterface | undefined {
    return kind === 'uplink' ? this.wan : vlan && this.of(vlan);
  }

  private checkedPorts(check: Check, lan: string | readonly string[], segments: readonly Vlan[]): readonly string[] {
    const port = (value: string) => check.text('lanInterface', value, /^[a-z]+\d+$/, 'a FreeBSD interface name', 'vtnet1');
    const names = Array.isArray(lan) ? lan.map(port) : [port(lan as string)];
    if (Array.isArray(lan) && names.length !== segments.length) {
      throw new ConfigError(this.gateway, 'PFSENSE_INTERFACE', `lanInterface names ${names.length} ports for ${segments.length} segments`, {
        fix: 'name one for each, that of the management segment first, or a single one that carries all',
      });
    }
    const twice = [this.wanPort, ...names].find((name, i, all) => all.indexOf(name) < i);
    if (twice === undefined) return names;
    throw new ConfigError(this.gateway, 'PFSENSE_INTERFACE', `the network port ${twice} is named twice`, {
      fix: 'name each network port once',
    });
  }

  private refuseContradictions(segments: readonly Vlan[]): void {
    const { gateway } = this;
    const { wan } = gateway;
    if (!DynamicUplink.is(wan) && wan.number === wan.vlan.gatewayNumber) {
      throw new ConfigError(
        gateway,
        'PFSENSE_WAN',
        `wan ${pathOf(wan)} has ${wan.ip}, which is the gateway of ${pathOf(wan.vlan)} that it is to route to`,
        { fix: 'give it another number' },
      );
    }
    const twice = segments.find((vlan, i) => vlan === this.wan.vlan || segments.indexOf(vlan) < i);
    if (twice) {
      throw new ConfigError(gateway, 'PFSENSE_SEGMENT', `${pathOf(twice)} is named twice`, {
        fix: 'name it once, as wan, management or one of segments',
      });
    }
    for (const vlan of segments) {
      Claims.of(gateway).claim('gateway of', vlan.node.path, gateway, holder => {
        return new ConfigError(gateway, 'PFSENSE_SEGMENT', `${pathOf(vlan)} already has the gateway ${pathOf(holder)}`, {
          fix: 'route it by one of them',
        });
      });
    }
  }
}

/** pfSense makes names of macros of an interface's description. */
function descriptionOf(vlan: Vlan): string {
  return vlan.name.toUpperCase().replaceAll('-', '_');
}
