import type { SettingsTree } from '../settings-tree';
import type { VyosRule } from './vyos-rule';

/** With zones, every interface with an address is in one, and in one only: others pass nothing, or what another zone may. */
export const VYOS_INTERFACE_ZONE: VyosRule = {
  code: 'VYOS_INTERFACE_ZONE',
  incident: 'The guest network was moved to a new VLAN interface; it stayed in the zone of the servers as well, and its rules won.',
  *check(config) {
    const zones = config.below('firewall', 'zone');
    if (zones.length === 0) return;
    const home = new Map<string, string>();
    for (const [zone, content] of zones) {
      for (const name of content.names('interface')) {
        const other = home.get(name);
        if (other !== undefined)
          yield { message: `interface ${name} is in zone ${other} and in zone ${zone}`, fix: 'put it in one of them' };
        home.set(name, zone);
      }
    }
    for (const name of addressed(config)) {
      if (!home.has(name)) yield { message: `interface ${name} has an address and is in no zone`, fix: 'put it in one' };
    }
  },
};

/** Interfaces with addresses, a VLAN as `eth1.20`. */
function addressed(config: SettingsTree): string[] {
  const kinds = config.names('interfaces').filter(kind => kind !== 'loopback');
  return kinds.flatMap(kind =>
    config
      .below('interfaces', kind)
      .flatMap(([name, content]) => [
        ...(content.has('address') || kind === 'pppoe' ? [name] : []),
        ...content.below('vif').flatMap(([tag, vif]) => (vif.has('address') ? [`${name}.${tag}`] : [])),
      ]),
  );
}
