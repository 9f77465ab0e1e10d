import { type Flow, findingAt, isConnectable, pathOf, type Rule, type Site } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { Internet } from '../../segments/internet';
import { isPrivate, rangeOf } from '../../segments/subnet';
import { Vlan } from '../../segments/vlan';
import { type IGateway, isGateway } from '../gateway';
import { GatewayPlan } from '../gateway-plan';
import { Placements } from '../placements';

/** A flow that is declared passes nowhere by itself: something must route between its ends. */
export const FLOW_NO_PATH: Rule = {
  code: 'FLOW_NO_PATH',
  severity: 'error',
  incident: 'Backups were allowed from a storage segment that no router had an address in; the first restore found an empty bucket.',
  *check(site) {
    const judge = new Judge(site);
    for (const to of site.findAll().filter(isConnectable)) {
      for (const flow of to.connections.ingress) {
        const fault = judge.faultOf(flow);
        const title = `${pathOf(flow.from)} to ${pathOf(flow.to)} on ${flow.port}`;
        if (fault) yield findingAt(flow.to, FLOW_NO_PATH, `the flow ${title} is carried by nothing: ${fault.why}`, fault.fix);
      }
    }
  },
};

interface Fault {
  readonly why: string;
  readonly fix: string;
}

/** Finds a way for flows. */
class Judge {
  private readonly plans: readonly [IGateway, GatewayPlan][];
  private readonly segments: Placements;

  constructor(site: Site) {
    const all = site.findAll();
    this.plans = all.filter(isGateway).map((gateway): [IGateway, GatewayPlan] => [gateway, new GatewayPlan(gateway)]);
    const vlans = all.filter(Vlan.isVlan);
    this.segments = new Placements(vlans.map(vlan => ({ name: vlan.name, kind: 'segment', vlan, prefixes: vlan.cidrs })));
  }

  public faultOf(flow: Flow): Fault | undefined {
    if (isGateway(flow.from) || isGateway(flow.to)) return undefined;
    if (Internet.isInternet(flow.from)) return this.inbound(flow);
    if (Internet.isInternet(flow.to)) return this.outbound(flow);
    return this.between(flow);
  }

  private between(flow: Flow): Fault | undefined {
    const [from, to] = [addressesOf(flow.from), addressesOf(flow.to)];
    if (from.length === 0 || to.length === 0) return undefined; // pods: a network policy carries it
    const families = ([4, 6] as const).filter(family => of(from, family).length > 0 && of(to, family).length > 0);
    if (families.length === 0) {
      const [a, b] = [rangeOf(from[0] as string).family, rangeOf(to[0] as string).family];
      return { why: `the one end has IPv${a} addresses only, the other IPv${b} ones`, fix: 'give both ends addresses of one family' };
    }
    const faults = families.map(family => this.fault(of(from, family), of(to, family)));
    return faults.every(fault => fault !== undefined) ? faults[0] : undefined;
  }

  private fault(from: readonly string[], to: readonly string[]): Fault | undefined {
    for (const a of from) {
      for (const b of to) {
        const [home, away] = [this.segments.sideOf(a), this.segments.sideOf(b)];
        if (home !== undefined && home === away) continue;
        if (this.plans.some(([, plan]) => plan.sideOf(a) !== undefined && plan.sideOf(b) !== undefined)) continue;
        const name = (prefix: string, vlan: IConstruct | undefined) => (vlan ? pathOf(vlan) : prefix);
        return {
          why: `no gateway is on both ${name(a, home?.vlan)} and ${name(b, away?.vlan)}`,
          fix: 'add the missing segment to a gateway, or give one end an address on the segment of the other',
        };
      }
    }
    return undefined;
  }

  private outbound(flow: Flow): Fault | undefined {
    const own = addressesOf(flow.from);
    const homes = [...new Set(own.map(prefix => this.segments.sideOf(prefix)?.vlan).filter(vlan => vlan !== undefined))];
    for (const vlan of homes) {
      const upstream = this.plans.some(([, plan]) => plan.uplink.vlan === vlan);
      const routed = this.plans.some(([gateway]) => gateway.segments.includes(vlan));
      if (!upstream && !routed) {
        return { why: `${pathOf(vlan)} has no gateway that leads to the Internet`, fix: 'add the segment to a gateway' };
      }
    }
    return this.translatable(flow, own, homes);
  }

  private translatable(flow: Flow, own: readonly string[], homes: readonly Vlan[]): Fault | undefined {
    const inner = homes.filter(vlan => this.plans.some(([gateway]) => gateway.segments.includes(vlan)));
    if (inner.length === 0 || this.plans.some(([, plan]) => plan.passagesOf(flow).length > 0)) return undefined;
    const local = own.every(prefix => prefix.includes(':') && isPrivate(prefix));
    const why = local ? 'IPv6 unique local addresses have no route back from the Internet' : 'the uplink has no address of their family';
    return { why, fix: 'give the segment IPv4 addresses, or public IPv6 ones that the uplink carries' };
  }

  private inbound(flow: Flow): Fault | undefined {
    const own = addressesOf(flow.to);
    const homes = own.map(prefix => this.segments.sideOf(prefix)?.vlan).filter(vlan => vlan !== undefined);
    const stray = homes.find(vlan => !this.plans.some(([g, plan]) => g.segments.includes(vlan) || plan.uplink.vlan === vlan));
    if (stray) return { why: `${pathOf(stray)} has no gateway that leads to the Internet`, fix: 'add the segment to a gateway' };
    const hidden = own.length > 0 && own.every(prefix => isPrivate(prefix));
    if (hidden && flow.port.protocol === 'icmp') {
      return { why: 'a ping of the public address is answered by the gateway itself', fix: 'allow the ping to the gateway instead' };
    }
    const inner = homes.some(vlan => this.plans.some(([g]) => g.segments.includes(vlan)));
    if (!inner || this.plans.some(([, plan]) => plan.passagesOf(flow).length > 0)) return undefined;
    return { why: 'the uplink has no address of its family', fix: 'give the host an address of a family that the uplink carries' };
  }
}

function addressesOf(end: Flow['from']): readonly string[] {
  return end.connections.endpoint.addresses();
}

function of(prefixes: readonly string[], family: 4 | 6): string[] {
  return prefixes.filter(prefix => prefix.includes(':') === (family === 6));
}
