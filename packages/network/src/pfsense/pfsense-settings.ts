import { GatewayPlan } from '../gateway/gateway-plan';
import type { PfSense } from './pfsense';
import { type PfSenseAlias, PfSenseAliases } from './pfsense-aliases';
import { type DhcpServer, dhcpServers, type RouterAdvertisement, routerAdvertisements } from './pfsense-dhcp';
import { type FilterRule, filterRules } from './pfsense-filter';
import { natOf, type PfSenseNat } from './pfsense-nat';
import { type PfSenseResolver, resolverOf } from './pfsense-resolver';

/** Everything that a gateway is told, in the terms of pfSense, whichever way it is told. */
export interface PfSenseSettings {
  readonly rules: readonly FilterRule[];
  readonly aliases: readonly PfSenseAlias[];
  readonly nat: PfSenseNat;
  readonly dhcp: readonly DhcpServer[];
  readonly advertisements: readonly RouterAdvertisement[];
  readonly resolver: PfSenseResolver;
}

export function settingsOf(gateway: PfSense): PfSenseSettings {
  const plan = new GatewayPlan(gateway);
  const passages = plan.passages();
  const aliases = new PfSenseAliases(gateway);
  const nat = natOf(gateway, plan, passages);
  const rules = filterRules(gateway, plan, passages, nat, aliases);
  return {
    rules,
    aliases: aliases.all,
    nat,
    dhcp: dhcpServers(gateway),
    advertisements: routerAdvertisements(gateway),
    resolver: resolverOf(gateway),
  };
}
