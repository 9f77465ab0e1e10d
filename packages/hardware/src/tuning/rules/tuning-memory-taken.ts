import { findingAt, type IConsumer, isConsumer, isPlaced, pathOf, type Rule, Size } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { Machine } from '../../machine';
import type { HostTuning } from '../host-tuning';
import { isHostTuning } from '../is-host-tuning';

/** Guests get what huge pages leave, on the one machine that they run on, or on all that they may move to together. */
export const TUNING_MEMORY_TAKEN: Rule = {
  code: 'TUNING_MEMORY_TAKEN',
  severity: 'error',
  incident: 'Half of the memory of a hypervisor was taken for huge pages that no guest asked for; half of the guests did not start again.',
  *check(site) {
    const all = site.findAll();
    const pages = new Map<Machine, HostTuning>();
    for (const tuning of all.filter(isHostTuning)) {
      if (tuning.settings.hugePages.length === 0) continue;
      for (const { machine } of tuning.hosts) if (machine) pages.set(machine, tuning);
    }
    if (pages.size === 0) return;
    const guests = all.filter(isConsumer).flatMap(guest => {
      const homes = Machine.isMachine(guest) ? [] : homesOf(guest);
      return homes.length > 0 ? [{ guest, homes, key: homes.map(pathOf).join(' ') }] : [];
    });
    for (const { homes } of new Map(guests.map(guest => [guest.key, guest])).values()) {
      const tuning = homes.map(home => pages.get(home)).find(Boolean);
      if (!tuning) continue;
      const taken = Size.sum(homes.flatMap(home => pages.get(home)?.settings.hugePages.map(({ memory }) => memory) ?? []));
      const memory = Size.sum(homes.map(home => home.model.memory));
      const needed = neededBy(guests.filter(other => other.homes.every(home => homes.includes(home))).map(({ guest }) => guest));
      if (needed.plus(taken).toBytes() <= memory.toBytes()) continue;
      yield findingAt(
        tuning,
        TUNING_MEMORY_TAKEN,
        `huge pages take ${taken} of the ${memory} of ${homes.map(pathOf).join(', ')}, and guests there need ${needed}`,
        'take less, or place guests elsewhere',
      );
    }
  },
};

function neededBy(guests: readonly IConsumer[]): Size {
  return Size.sum(guests.flatMap(({ consumption }) => consumption.memory ?? []));
}

/** The machines that something may run on, by path. */
function homesOf(construct: IConstruct): Machine[] {
  const seen = new Set<IConstruct>();
  for (const open = [construct]; open.length > 0; ) {
    const at = open.pop() as IConstruct;
    if (seen.has(at)) continue;
    seen.add(at);
    if (!Machine.isMachine(at) && isPlaced(at)) open.push(...at.placement.standsOn.flat());
  }
  return [...seen].filter(Machine.isMachine).sort((a, b) => (pathOf(a) < pathOf(b) ? -1 : 1));
}
