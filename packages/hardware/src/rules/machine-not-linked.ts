import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { Machine } from '../machine';

/** A machine on which something needs a segment must be cabled to a switch. */
export const MACHINE_NOT_LINKED: Rule = {
  code: 'MACHINE_NOT_LINKED',
  severity: 'error',
  incident: 'The fourth node was installed and joined on paper; its cable was never in the plan, and the port was given to a printer.',
  *check(site) {
    for (const machine of site.findAll().filter(Machine.isMachine)) {
      const [need] = machine.carried;
      if (!need || machine.switches.length > 0) continue;
      yield findingAt(
        machine,
        MACHINE_NOT_LINKED,
        `is linked to no switch, and ${pathOf(need.by)} needs ${pathOf(need.vlan)} (VLAN ${need.vlan.tag}) there`,
        `connect it: lan.port(1).connect(machine.nic('${machine.nics[0]?.name ?? 'eno1'}'), { tagged: [${need.vlan.name}] })`,
      );
    }
  },
};
