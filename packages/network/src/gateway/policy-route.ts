import { Check, ConfigError, pathOf, vacant } from '@ashlar/core';
import { Construct } from 'constructs';
import { Vlan } from '../segments/vlan';
import { type IGateway, isGateway } from './gateway';
import { type ITunnel, isTunnel } from './tunnel';

export interface PolicyRouteProps {
  /** Segment whose traffic to the Internet takes another way. */
  readonly from: Vlan;
  /** Tunnel that it takes; its other end must route, and translate, what comes out of it. */
  readonly via: ITunnel;
}

/** Traffic of a segment that reaches the Internet by a tunnel, where all other takes the uplink. */
export class PolicyRoute extends Construct {
  public static isPolicyRoute(x: unknown): x is PolicyRoute {
    return typeof x === 'object' && x !== null && POLICY in x;
  }

  public readonly gateway: IGateway;
  public readonly from: Vlan;
  public readonly via: ITunnel;

  /** @throws POLICY_ROUTE_SEGMENT, POLICY_ROUTE_TUNNEL, MANAGEMENT_LOCKOUT */
  constructor(gateway: IGateway & Construct, id: string, props: PolicyRouteProps) {
    super(vacant(gateway, id), id);
    Object.defineProperty(this, POLICY, { value: true });
    const check = new Check(this);
    check.known(props, ['from', 'via']);
    this.gateway = check.instance('scope', gateway, { name: 'gateway', is: isGateway }, 'gateway');
    this.from = check.instance('from', props.from, { name: 'Vlan', is: Vlan.isVlan }, 'games');
    this.via = check.instance('via', props.via, { name: 'WireGuardInterface', is: isTunnel }, 'vpn');
    if (!gateway.segments.includes(this.from)) {
      throw new ConfigError(this, 'POLICY_ROUTE_SEGMENT', `${pathOf(gateway)} does not route ${pathOf(this.from)}`, {
        fix: 'name one of its segments',
      });
    }
    if (this.via.runsOn !== gateway) {
      throw new ConfigError(
        this,
        'POLICY_ROUTE_TUNNEL',
        `${pathOf(this.via)} ends on ${pathOf(this.via.runsOn)}, not on ${pathOf(gateway)}`,
        {
          fix: 'name a tunnel of this gateway',
        },
      );
    }
    if (this.from === gateway.management) {
      throw new ConfigError(this, 'MANAGEMENT_LOCKOUT', 'sends the answers of the management segment into a tunnel', {
        fix: 'manage from another segment, or leave this one on the uplink',
      });
    }
  }
}

const POLICY = Symbol.for('@ashlar/network.PolicyRoute');
