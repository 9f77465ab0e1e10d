import { findingAt, type IVlan, pathOf, type Rule } from '@ashlar/core';
import { Switch } from '../switch';
import type { SwitchPort } from '../switch-port';

/** A segment on several switches must be one: links that carry it join all of them. */
export const VLAN_SPLIT: Rule = {
  code: 'VLAN_SPLIT',
  severity: 'error',
  incident:
    'A second switch was added with the storage VLAN on its ports, but not on its uplink; half of the storage nodes formed a cluster of their own.',
  *check(site) {
    const uses = new Map<IVlan, SwitchPort[]>();
    for (const port of site
      .findAll()
      .filter(Switch.isSwitch)
      .flatMap(device => device.ports)) {
      for (const vlan of port.vlans) {
        const ports = uses.get(vlan) ?? [];
        ports.push(port);
        uses.set(vlan, ports);
      }
    }
    for (const [vlan, ports] of uses) {
      const first = ports[0]?.switch as Switch;
      const reached = reachable(first, vlan, ports);
      const apart = ports.find(port => !reached.has(port.switch))?.switch;
      if (!apart) continue;
      yield findingAt(
        vlan,
        VLAN_SPLIT,
        `is on ${pathOf(first)} and on ${pathOf(apart)}, and no link between them carries VLAN ${vlan.tag}`,
        `connect them: ${first.name}.port(1).connect(${apart.name}.port(1), { tagged: [${vlan.name}] })`,
      );
    }
  },
};

/** Switches to which frames of `vlan` come from `start`; ports to something outside the model may meet there. */
function reachable(start: Switch, vlan: IVlan, ports: readonly SwitchPort[]): Set<Switch> {
  const outside = new Set(ports.filter(port => !port.link).map(port => port.switch));
  const reached = new Set([start]);
  for (const device of reached) {
    for (const port of device.ports) if (port.neighbour && port.carries(vlan)) reached.add(port.neighbour);
    if (outside.has(device)) for (const other of outside) reached.add(other);
  }
  return reached;
}
