import { pathOf } from '@ashlar/core';
import { type Capacity, type GuestLoad, minus } from './capacity';
import { type Evacuation, machineLosses, needOf, roomOf } from './evacuation';
import type { NetworkLoad } from './network-load';

/** The same numbers as the page of capacity, for programs. */
export function renderCapacityData(capacity: Capacity, network: NetworkLoad, domains: readonly Evacuation[]): string {
  const data = {
    total: {
      machines: capacity.machines.length,
      offers: capacity.offers,
      taken: capacity.taken,
      left: minus(capacity.offers, capacity.taken),
    },
    machines: capacity.machines.map(({ construct, name, model, offers, taken, guests, replicas }) => ({
      name,
      path: pathOf(construct),
      model,
      offers,
      taken,
      left: minus(offers, taken),
      virtualCpusPerThread: offers.threads > 0 ? Number((taken.threads / offers.threads).toFixed(4)) : 0,
      guests: paths(guests),
      copies: paths(replicas.map(({ guest }) => guest)),
    })),
    guests: capacity.guests.map(({ construct, name, takes, machines }) => ({
      name,
      path: pathOf(construct),
      takes,
      runsOn: machines[0] ? pathOf(machines[0]) : null,
      canMoveTo: machines.slice(1).map(pathOf),
    })),
    losses: [...machineLosses(capacity), ...domains].map(loss => ({
      lost: pathOf(loss.cause),
      machines: loss.lost.map(machine => pathOf(machine.construct)),
      roomBytes: roomOf(loss),
      needBytes: needOf(loss),
      fits: loss.moves.every(move => move.to),
      moves: loss.moves.map(({ guest, to }) => ({ guest: pathOf(guest.construct), to: to ? pathOf(to.construct) : null })),
      down: paths(loss.down),
    })),
    cables: network.machines.map(({ name, capable, linked }) => ({ machine: name, capableMegabits: capable, linkedMegabits: linked })),
    switches: network.switches.map(({ construct, name, machines, uplinks }) => ({
      name,
      path: pathOf(construct),
      machinesMegabits: machines,
      uplinksMegabits: uplinks,
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
