import { counted, decimals, diskText, memoryText } from './amount-text';
import { byName } from './by-name';
import type { Capacity, MachineLoad } from './capacity';
import { type Evacuation, largestLoss, machineLosses, needOf, roomOf } from './evacuation';
import { markdownTable } from './markdown-table';

/** What the loss of each machine does, and of each feed, switch and rack, for people. */
export function renderLosses(capacity: Capacity, domains: readonly Evacuation[]): string[] {
  const all = machineLosses(capacity);
  const worst = largestLoss(all);
  return [
    '## With one machine lost',
    ...(worst ? [`With the largest machine lost (${worst.name}): ${outcome(worst)}.`] : []),
    ...pools(all).flatMap(pool),
    ...pinned(all),
    ...(domains.length > 0 ? ['## With a feed, a switch or a rack lost', domainTable(domains)] : []),
  ];
}

/** Losses by hypervisor cluster: machines between which guests move. */
function pools(all: readonly Evacuation[]): Evacuation[][] {
  const byPool = new Map<string, Evacuation[]>();
  for (const loss of all.filter(({ shelter }) => shelter.length > 0)) {
    const key = membersOf(loss).join(', ');
    byPool.set(key, [...(byPool.get(key) ?? []), loss]);
  }
  return [...byPool.values()];
}

function pool(losses: readonly Evacuation[]): string[] {
  const members = membersOf(losses[0] as Evacuation);
  const rows = losses.map(loss => [
    loss.name,
    loss.moves.map(({ guest, to }) => `${guest.name} (${to ? `to ${to.name}` : 'nowhere'})`).join(', ') || 'none',
    memoryText(needOf(loss)),
    memoryText(roomOf(loss)),
    verdict(loss),
    threadsAfter(loss),
    diskText(sum(loss.shelter, machine => Math.max(0, machine.offers.diskBytes - machine.taken.diskBytes))),
    namesOf(loss.down),
  ]);
  const headings = [
    'Lost',
    'Guests that move',
    'They need:',
    'Left elsewhere:',
    'Fits',
    'Virtual CPUs a thread then:',
    'Disk left then:',
    'Down until it is back',
  ];
  return [`### Guests move between ${members.join(', ')}`, markdownTable(headings, rows)];
}

/** Machines from which nothing can move. */
function pinned(all: readonly Evacuation[]): string[] {
  const rows = all.filter(({ shelter }) => shelter.length === 0).map(loss => [loss.name, namesOf(loss.down)]);
  return rows.length > 0 ? ['### No guest moves', markdownTable(['Lost', 'Down until it is back'], rows)] : [];
}

function domainTable(domains: readonly Evacuation[]): string {
  const rows = domains.map(loss => [
    loss.name,
    loss.lost.map(machine => machine.name).join(', '),
    String(loss.moves.length),
    memoryText(needOf(loss)),
    memoryText(roomOf(loss)),
    verdict(loss),
    namesOf(loss.down),
  ]);
  return markdownTable(
    ['Lost', 'Machines lost with it', 'Guests that move:', 'They need:', 'Left elsewhere:', 'Fits', 'Down until it is back'],
    rows,
  );
}

function outcome(loss: Evacuation): string {
  if (loss.moves.length === 0) return 'no guest moves';
  const need = `${counted(loss.moves.length, 'guest')} of ${memoryText(needOf(loss))}`;
  return verdict(loss) === 'yes'
    ? `${need} must move and ${loss.moves.length === 1 ? 'fits' : 'fit'} into the ${memoryText(roomOf(loss))} left elsewhere`
    : `${need} must move and do not all fit, with ${memoryText(roomOf(loss))} left elsewhere`;
}

function verdict(loss: Evacuation): string {
  if (loss.moves.length === 0) return 'nothing moves';
  return loss.moves.every(move => move.to) ? 'yes' : '**no**';
}

/** Of all machines that are left in the cluster, with what has moved to them. */
function threadsAfter({ shelter, moves }: Evacuation): string {
  const offered = sum(shelter, machine => machine.offers.threads);
  const moved = moves.reduce((total, { guest, to }) => total + (to ? guest.takes.threads : 0), 0);
  return offered > 0 ? decimals((sum(shelter, machine => machine.taken.threads) + moved) / offered) : '–';
}

function membersOf({ lost, shelter }: Evacuation): string[] {
  return [...lost, ...shelter].map(machine => machine.name).sort(byName);
}

function namesOf(guests: Evacuation['down']): string {
  return guests.map(guest => guest.name).join(', ') || 'none';
}

function sum(machines: readonly MachineLoad[], of: (machine: MachineLoad) => number): number {
  return machines.reduce((total, machine) => total + of(machine), 0);
}
