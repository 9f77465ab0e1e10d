import { findingAt, type Rule } from '@ashlar/core';
import { Machine } from '../machine';

/** When every machine is cabled to one switch only, clusters of any size fall apart with it. */
export const SINGLE_SWITCH: Rule = {
  code: 'SINGLE_SWITCH',
  severity: 'warning',
  incident: 'A firmware upgrade restarted the only switch; every node lost quorum at once and the watchdogs rebooted all of them.',
  *check(site) {
    const machines = site.findAll().filter(Machine.isMachine);
    const linked = machines.filter(machine => machine.switches.length > 0);
    const [only] = linked[0]?.switches ?? [];
    if (only === undefined || linked.length < 2) return;
    if (!linked.every(machine => machine.switches.length === 1 && machine.switches[0] === only)) return;
    yield findingAt(
      only,
      SINGLE_SWITCH,
      `all ${linked.length} machines are linked to this one switch`,
      'link them to a second switch too, or acknowledge it with a reason',
    );
  },
};
