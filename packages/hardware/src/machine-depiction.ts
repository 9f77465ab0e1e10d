import type { DepictedLink, Depiction } from '@ashlar/core';
import type { Machine } from './machine';
import type { Nic } from './nic';

/** What pictures show of a machine. */
export function depictMachine(machine: Machine): Depiction {
  const { model, name, disks, nics, position } = machine;
  return {
    kind: 'machine',
    label: name,
    facts: [
      String(model),
      `${model.cores} cores, ${model.threads} threads`,
      `${model.memory} memory`,
      ...disks.map(disk => `${disk.node.id} ${disk.size}`),
    ],
    linkedTo: [...nics.flatMap(cableOf), ...managementCable(machine)],
    ...(position !== undefined && { units: { first: position, count: model.height } }),
  };
}

function cableOf({ name, link, speed: capability }: Nic): DepictedLink[] {
  if (!link) return [];
  const { port, speed } = link;
  return [{ to: port.switch, label: `${name}, port ${port.number}, ${speed}`, speed, capability }];
}

/** That of a BMC with a jack of its own, over which nothing goes that runs on the machine. */
function managementCable({ bmc }: Machine): DepictedLink[] {
  return bmc && !bmc.sharedWith ? cableOf(bmc).map(({ to, label }) => ({ to, label })) : [];
}
