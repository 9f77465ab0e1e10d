import { findingAt, type IVlan, pathOf, type Rule } from '@ashlar/core';
import { Machine } from '../machine';

/** A port must carry every segment that something on the machine behind it needs. */
export const VLAN_NOT_TRUNKED: Rule = {
  code: 'VLAN_NOT_TRUNKED',
  severity: 'error',
  incident: 'A guest moved to the third hypervisor, whose switch port lacked its VLAN: the guest ran, and nobody could reach it.',
  *check(site) {
    for (const machine of site.findAll().filter(Machine.isMachine)) {
      const ports = machine.nics.flatMap(nic => nic.link?.port ?? []);
      if (ports.length === 0) continue;
      const reported = new Set<IVlan>();
      for (const { vlan, by } of machine.carried) {
        if (reported.has(vlan) || ports.some(port => port.carries(vlan))) continue;
        reported.add(vlan);
        const names = ports.map(pathOf).join(', ');
        yield findingAt(
          machine,
          VLAN_NOT_TRUNKED,
          `${pathOf(by)} needs ${pathOf(vlan)} (VLAN ${vlan.tag}), which ${names} ${ports.length > 1 ? 'do' : 'does'} not carry`,
          `add it to tagged of ${ports.length > 1 ? 'one of them' : 'that port'}`,
        );
      }
    }
  },
};
