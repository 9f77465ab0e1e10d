import { Duration, type Lifecycle, type Secret, type Step, type StepCheck } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { carrierOf } from '../segments/carrier-of';
import { DynamicUplink } from './dynamic-uplink';
import type { IGateway } from './gateway';
import { gatewayAddresses } from './gateway-flows';

/** How the configuration of a gateway gets onto it. */
export interface GatewayDeployment {
  /** Vendor and release, for people. */
  readonly device: string;
  /** What somebody does the first time, and with every new configuration. */
  readonly configure: string;
  /** What somebody does for another release. */
  readonly upgrade: string;
  /** Goes back to the configuration before. */
  readonly back: string;
  /** Values that are put in on the device. */
  readonly secrets: readonly Secret[];
}

/**
 * How a gateway comes up: once what it runs on does, its configuration is put in place by hand, at the console the first time, because
 * nothing leads to it before. It is done when its resolver answers in the management segment.
 */
export function gatewayLifecycle(gateway: IGateway & { readonly runsOn?: IConstruct }, deployment: GatewayDeployment): Lifecycle {
  const { node, management, wan, segments, runsOn } = gateway;
  const { device, configure, upgrade, back, secrets } = deployment;
  const check: StepCheck = { command: ['dig', '+time=2', '+tries=1', `@${management.gateway}`, management.domain, 'SOA'] };
  const undo = { byHand: back };
  const carrier =
    runsOn ??
    carrierOf(
      gateway,
      gatewayAddresses(gateway).map(prefix => prefix.split('/')[0] as string),
    );
  const start: Step = {
    id: 'configuration',
    title: `Configure ${node.id}`,
    action: { byHand: configure },
    check,
    undo,
    budget: Duration.minutes(30),
    ...(secrets.length > 0 && { secrets }),
  };
  const release: Step = {
    id: 'release',
    title: `Upgrade ${node.id} to ${device}`,
    action: { byHand: upgrade },
    check: { ask: `Does ${node.id} run ${device}, and does ${management.domain} resolve in ${management.name}?` },
    undo,
    budget: Duration.minutes(30),
  };
  return {
    startsAfter: carrier ? [{ on: carrier, for: 'what it runs on' }] : [],
    uses: DynamicUplink.is(wan) || segments.includes(wan.vlan) ? [] : [{ name: wan.vlan.gateway, for: 'its way to the Internet' }],
    start: [start],
    upgrade: [release],
  };
}
