import { SettingsTree } from '../settings-tree';
import type { Setting } from '../vyos-config';
import { VYOS_BGP_REMOTE_AS } from './bgp-remote-as';
import { VYOS_DHCP_RANGE } from './dhcp-range';
import { VYOS_INTERFACE_ZONE } from './interface-zone';
import { VYOS_MISSING_GROUP } from './missing-group';
import { VYOS_PORT_PROTOCOL } from './port-protocol';
import type { VyosFault, VyosRule } from './vyos-rule';
import { VYOS_ZONE_RULE_SET } from './zone-rule-set';

const VYOS_RULES: readonly VyosRule[] = [
  VYOS_BGP_REMOTE_AS,
  VYOS_DHCP_RANGE,
  VYOS_INTERFACE_ZONE,
  VYOS_MISSING_GROUP,
  VYOS_PORT_PROTOCOL,
  VYOS_ZONE_RULE_SET,
];

/** What is wrong with a configuration that is right in its syntax: one that was rendered, or one that was taken from a device. */
export function faultsOf(settings: readonly Setting[]): (VyosFault & { readonly code: string })[] {
  const config = SettingsTree.of(settings);
  return VYOS_RULES.flatMap(rule => [...rule.check(config)].map(fault => ({ ...fault, code: rule.code })));
}
