import { pathOf } from '@ashlar/core';
import { counted, decimals, diskText, memoryText, networkText, powerText } from './amount-text';
import { type Amounts, type Capacity, type GuestLoad, type MachineLoad, minus } from './capacity';
import type { Evacuation } from './evacuation';
import { renderLosses } from './loss-section';
import { markdownTable } from './markdown-table';
import type { NetworkLoad } from './network-load';
import { renderNetworkLoad } from './network-section';

/**
 * What there is, what is taken, what is left, and what a loss does, for people.
 * @param domains losses of feeds, switches and racks that take machines with them
 */
export function renderCapacity(capacity: Capacity, network: NetworkLoad, domains: readonly Evacuation[]): string {
  const sections = ['# Capacity'];
  if (capacity.machines.length === 0) sections.push('No machine is in the site.');
  else sections.push(...machines(capacity), ...taken(capacity), ...renderNetworkLoad(network), ...renderLosses(capacity, domains));
  if (capacity.guests.length > 0) sections.push('## Guests', guestTable(capacity.guests));
  if (capacity.feeds.length > 0) sections.push('## Power feeds', feedTable(capacity));
  return `${sections.join('\n\n')}\n`;
}

/** All of it in one line: `6 cores, 12 threads, 48 GiB, 768 GB, 3 Gb/s, 180 W`. */
export function amountsLine(amounts: Amounts): string {
  return amountCells(amounts).join(', ');
}

function machines(capacity: Capacity): string[] {
  const rows = capacity.machines.map(machine => [machine.name, machine.model, ...bareCells(machine.offers)]);
  return [
    '## Machines',
    `Total: ${amountsLine(capacity.offers)} (${capacity.models}).`,
    markdownTable(
      ['Machine', 'Model', 'Cores:', 'Threads:', 'Memory:', 'Disk:', 'Network:', 'Power:'],
      [...rows, ['**Total**', '', ...bareCells(capacity.offers)]],
    ),
  ];
}

function taken(capacity: Capacity): string[] {
  const total = {
    name: '**Total**',
    offers: capacity.offers,
    taken: capacity.taken,
    guests: capacity.machines.flatMap(machine => machine.guests),
    replicas: capacity.machines.flatMap(machine => machine.replicas),
  };
  const row = ({ name, offers, taken: takes, guests, replicas }: Pick<MachineLoad, keyof typeof total>) => {
    const left = minus(offers, takes);
    return [
      name,
      String(guests.length),
      `${takes.threads} of ${offers.threads}`,
      oversubscription(offers, takes),
      `${memoryText(takes.memoryBytes)} of ${memoryText(offers.memoryBytes)}`,
      memoryText(left.memoryBytes),
      diskText(replicas.reduce((sum, { diskBytes }) => sum + diskBytes, 0)),
      `${diskText(takes.diskBytes)} of ${diskText(offers.diskBytes)}`,
      diskText(left.diskBytes),
    ];
  };
  return [
    '## Taken and left',
    markdownTable(
      [
        'Machine',
        'Guests:',
        'Threads taken:',
        'Virtual CPUs a thread:',
        'Memory taken:',
        'Memory left:',
        'Copies of others:',
        'Disk taken:',
        'Disk left:',
      ],
      [...capacity.machines.map(row), row(total)],
    ),
  ];
}

function guestTable(guests: readonly GuestLoad[]): string {
  const rows = guests.map(({ construct, name, takes, machines }) => {
    const [home, ...others] = machines.map(machine => machine.node.id);
    return [
      name,
      home ?? 'no machine',
      others.join(', ') || 'nowhere',
      String(takes.threads),
      memoryText(takes.memoryBytes),
      diskText(takes.diskBytes),
      `\`${pathOf(construct)}\``,
    ];
  });
  return markdownTable(['Guest', 'Runs on', 'Can move to', 'Virtual CPUs:', 'Memory:', 'Disk:', 'Construct'], rows);
}

function feedTable(capacity: Capacity): string {
  const rows = capacity.feeds.map(({ name, offersWatts, takenWatts }) => [
    name,
    powerText(offersWatts),
    powerText(takenWatts),
    powerText(offersWatts - takenWatts),
  ]);
  return markdownTable(['Feed', 'Carries:', 'Highest draw on it:', 'Left:'], rows);
}

function oversubscription(offers: Amounts, takes: Amounts): string {
  return offers.threads > 0 ? decimals(takes.threads / offers.threads) : '0';
}

function amountCells({ cores, threads, memoryBytes, diskBytes, networkMegabits, powerWatts }: Amounts): string[] {
  return [
    counted(cores, 'core'),
    counted(threads, 'thread'),
    memoryText(memoryBytes),
    diskText(diskBytes),
    networkText(networkMegabits),
    powerText(powerWatts),
  ];
}

function bareCells(amounts: Amounts): string[] {
  return [String(amounts.cores), String(amounts.threads), ...amountCells(amounts).slice(2)];
}
