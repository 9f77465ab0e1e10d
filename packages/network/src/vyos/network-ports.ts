import { Check, Claims, ConfigError, pathOf } from '@ashlar/core';
import { DynamicUplink } from '../gateway/dynamic-uplink';
import type { IGateway } from '../gateway/gateway';
import type { Side } from '../gateway/side';
import type { Vlan } from '../segments/vlan';

/** Which network port of a VyOS gateway leads where. */
export class NetworkPorts {
  /** The network port that carries all segments, tagged; undefined when each has one of its own. */
  public readonly trunk?: string;
  private readonly own = new Map<Vlan, string>();

  /** @throws GATEWAY_INTERFACE, GATEWAY_SEGMENT, GATEWAY_WAN */
  constructor(
    private readonly gateway: IGateway,
    public readonly wan: string,
    lan: string | readonly string[],
  ) {
    const check = new Check(gateway);
    const port = (prop: string, value: string) => {
      return check.text(prop, value, /^(eth|lan)\d+$|^(eno|ens|enp|enx)\w+$/, 'the name of an Ethernet interface', 'eth1');
    };
    port('wanInterface', wan);
    const names = Array.isArray(lan) ? lan.map(name => port('lanInterface', name)) : [port('lanInterface', lan as string)];
    const twice = [wan, ...names].find((name, i, all) => all.indexOf(name) < i);
    if (twice) {
      throw new ConfigError(gateway, 'GATEWAY_INTERFACE', `the network port ${twice} is named twice`, {
        fix: 'name each network port once',
      });
    }
    if (!Array.isArray(lan)) this.trunk = names[0];
    else if (names.length !== gateway.segments.length) {
      throw new ConfigError(
        gateway,
        'GATEWAY_INTERFACE',
        `lanInterface names ${names.length} ports for ${gateway.segments.length} segments`,
        {
          fix: 'name one for each, that of the management segment first, or a single one that carries all',
        },
      );
    } else for (const [i, vlan] of gateway.segments.entries()) this.own.set(vlan, names[i] as string);
    this.refuseContradictions();
  }

  /** The interface that leads to a side. */
  public interfaceOf(side: Side): string {
    if (side.kind === 'tunnel') return side.name;
    return side.kind === 'uplink' ? this.uplink : this.deviceOf(side.vlan as Vlan);
  }

  /** The interface that has the address of the uplink. */
  public get uplink(): string {
    return DynamicUplink.is(this.gateway.wan) && this.gateway.wan.pppoe ? 'pppoe0' : this.wan;
  }

  /** The segment's own port, or its VLAN on the trunk. */
  public deviceOf(vlan: Vlan): string {
    return this.own.get(vlan) ?? `${this.trunk}.${vlan.tag}`;
  }

  private refuseContradictions(): void {
    const { gateway } = this;
    const { wan, segments } = gateway;
    if (!DynamicUplink.is(wan) && wan.number === wan.vlan.gatewayNumber) {
      throw new ConfigError(
        gateway,
        'GATEWAY_WAN',
        `wan ${pathOf(wan)} has ${wan.ip}, which is the gateway of ${pathOf(wan.vlan)} that it is to route to`,
        {
          fix: 'give it another number',
        },
      );
    }
    const outer = DynamicUplink.is(wan) ? undefined : wan.vlan;
    const twice = segments.find((vlan, i) => vlan === outer || segments.indexOf(vlan) < i);
    if (twice) {
      throw new ConfigError(gateway, 'GATEWAY_SEGMENT', `${pathOf(twice)} is named twice`, {
        fix: 'name it once, as wan, management or one of segments',
      });
    }
    for (const vlan of segments) {
      Claims.of(gateway).claim('gateway of', vlan.node.path, gateway, holder => {
        return new ConfigError(gateway, 'GATEWAY_SEGMENT', `${pathOf(vlan)} already has the gateway ${pathOf(holder)}`, {
          fix: 'route it by one of them',
        });
      });
    }
  }
}
