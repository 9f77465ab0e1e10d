import { Duration, isAddressed, isPlaced, type Lifecycle, type Need } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import type { Machine } from '../machine';
import type { HostTuning } from './host-tuning';

/** How hosts are tuned: instances at their first boot, Talos by its configuration, and the other machines by the playbook, once their system runs. */
export function tuningLifecycle(tuning: HostTuning): Lifecycle {
  const machines = tuning.hosts.flatMap(({ machine }) => machine ?? []);
  if (tuning.system === 'talos' || machines.length === 0) return { startsAfter: [] };
  const name = tuning.node.id;
  const folder = `devices/ansible/${name}`;
  const playbook = ['ansible-playbook', '--inventory', `${folder}/inventory.yml`, `${folder}/site.yml`];
  return {
    startsAfter: machines.flatMap(systemsOn),
    start: [
      {
        id: 'apply',
        title: `Tune ${machines.map(machine => machine.name).join(', ')} as ${name}`,
        action: { run: [playbook as [string, ...string[]]] },
        check: { command: ['sh', '-c', `${playbook.join(' ')} --check | grep -c '${UNCHANGED}' | grep -qx ${tuning.hosts.length}`] },
        undo: { byHand: `Remove the files that ${folder}/inventory.yml lists, and restart the hosts` },
        budget: Duration.minutes(5 + 5 * machines.length),
      },
    ],
  };
}

/** What Ansible says of a host on which there is nothing left to do. */
const UNCHANGED = 'changed=0 *unreachable=0 *failed=0 ';

/** What runs on a machine under an address of its own; when the model knows none, the machine itself. */
function systemsOn(machine: Machine): readonly Need[] {
  const systems = machine.carried
    .map(({ by }) => by)
    .filter(by => isAddressed(by) && isPlaced(by) && by.placement.standsOn.some(group => group.includes(machine)));
  const on: readonly IConstruct[] = systems.length > 0 ? [...new Set(systems)] : [machine];
  return on.map(system => ({ on: system, for: 'the operating system that it tunes' }));
}
