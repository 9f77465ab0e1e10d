import { type IInstance, isConsumer, type Resources, Size } from '@ashlar/core';

/** What machines take of their hosts together: as much have they for their pods. Undefined when one does not say. */
export function capacityOf(machines: readonly IInstance[]): Resources | undefined {
  const taken: Resources[] = [];
  for (const machine of machines) {
    if (!isConsumer(machine)) return undefined;
    taken.push(machine.consumption);
  }
  return {
    threads: taken.reduce((all, { threads }) => all + (threads ?? 0), 0),
    memory: Size.bytes(taken.reduce((all, { memory }) => all + (memory?.toBytes() ?? 0), 0)),
  };
}
