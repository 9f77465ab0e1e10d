import { pathOf } from '@ashlar/core';
import { type Capacity, type GuestLoad, minus } from './capacity';
import { machineLosses } from './machine-loss';

/** The same numbers as the page of capacity, for programs. */
export function renderCapacityData(capacity: Capacity): string {
  const data = {
    total: {
      machines: capacity.machines.length,
      offers: capacity.offers,
      taken: capacity.taken,
      left: minus(capacity.offers, capacity.taken),
    },
    machines: capacity.machines.map(({ construct, name, model, offers, taken, guests }) => ({
      name,
      path: pathOf(construct),
      model,
      offers,
      taken,
      left: minus(offers, taken),
      virtualCpusPerThread: offers.threads > 0 ? Number((taken.threads / offers.threads).toFixed(4)) : 0,
      guests: paths(guests),
    })),
    guests: capacity.guests.map(({ construct, name, takes, machines }) => ({
      name,
      path: pathOf(construct),
      takes,
      runsOn: machines[0] ? pathOf(machines[0]) : null,
      canMoveTo: machines.slice(1).map(pathOf),
    })),
    losses: machineLosses(capacity).map(({ machine, moves, down, roomBytes }) => ({
      lost: pathOf(machine.construct),
      roomBytes,
      needBytes: moves.reduce((sum, move) => sum + move.guest.takes.memoryBytes, 0),
      fits: moves.every(move => move.to),
      moves: moves.map(({ guest, to }) => ({ guest: pathOf(guest.construct), to: to ? pathOf(to.construct) : null })),
      down: paths(down),
    })),
    feeds: capacity.feeds.map(({ construct, name, offersWatts, takenWatts }) => ({
      name,
      path: pathOf(construct),
      offersWatts,
      takenWatts,
    })),
  };
  return `${JSON.stringify(data, undefined, 2)}\n`;
}

function paths(guests: readonly GuestLoad[]): string[] {
  return guests.map(guest => pathOf(guest.construct));
}
