import type { IConstruct } from 'constructs';
import type { Capacity, GuestLoad, MachineLoad } from './capacity';
import { Loss } from './loss';
import { labelOf } from './readings';

/** A guest that must move, and the machine that takes it in; undefined when none has the memory. */
export interface Move {
  readonly guest: GuestLoad;
  readonly to: MachineLoad | undefined;
}

/** What happens to guests when machines are lost. */
export interface Evacuation {
  readonly name: string;
  readonly cause: IConstruct;
  /** The machines that are lost. */
  readonly lost: readonly MachineLoad[];
  /** Guests that other machines can carry, the largest first. */
  readonly moves: readonly Move[];
  /** Guests that no machine is left for. */
  readonly down: readonly GuestLoad[];
  /** Machines that are left and may carry what moves, or share guests with those that are lost. */
  readonly shelter: readonly MachineLoad[];
}

/** The loss of each machine. */
export function machineLosses(capacity: Capacity): Evacuation[] {
  return capacity.machines.map(machine => evacuation(capacity, machine.construct, machine.name, [machine]));
}

/** The loss of each feed, switch and rack that takes machines with it. */
export function domainLosses(capacity: Capacity, domains: readonly IConstruct[]): Evacuation[] {
  return domains.flatMap(cause => {
    const loss = new Loss(cause);
    const lost = capacity.machines.filter(machine => loss.takes(machine.construct));
    return lost.length > 0 ? [evacuation(capacity, cause, labelOf(cause), lost)] : [];
  });
}

/** Memory of all that moves. */
export function needOf({ moves }: Evacuation): number {
  return moves.reduce((sum, { guest }) => sum + guest.takes.memoryBytes, 0);
}

/** Memory left on the other machines before anything moves. */
export function roomOf({ shelter }: Evacuation): number {
  return shelter.reduce((sum, machine) => sum + Math.max(0, memoryLeft(machine)), 0);
}

/** The loss that hurts most: of the machine with the most memory, and of several such, the one with most to move. */
export function largestLoss(losses: readonly Evacuation[]): Evacuation | undefined {
  const size = ({ lost }: Evacuation) => lost.reduce((sum, machine) => sum + machine.offers.memoryBytes, 0);
  return [...losses].sort((a, b) => size(b) - size(a) || needOf(b) - needOf(a))[0];
}

/**
 * Guests move the largest first, each to the machine with the most memory left among those that can carry it: as a
 * hypervisor does it, so a cleverer packing that would just fit is not counted on. Disk does not move: what can run
 * elsewhere has a copy there, which was counted all along, or lies on storage of its own.
 */
function evacuation(capacity: Capacity, cause: IConstruct, name: string, lost: readonly MachineLoad[]): Evacuation {
  const gone = new Set(lost.map(machine => machine.construct));
  const left = capacity.machines.filter(machine => !gone.has(machine.construct));
  const room = new Map(left.map(machine => [machine, memoryLeft(machine)]));
  const guests = lost.flatMap(machine => machine.guests);
  const movable = guests.filter(guest => guest.machines.some(machine => !gone.has(machine)));
  const moves = [...movable]
    .sort((a, b) => b.takes.memoryBytes - a.takes.memoryBytes)
    .map((guest): Move => {
      const fitting = left.filter(
        machine => guest.machines.includes(machine.construct) && (room.get(machine) ?? 0) >= guest.takes.memoryBytes,
      );
      const to = fitting.reduce<MachineLoad | undefined>(
        (best, machine) => (best && (room.get(best) ?? 0) >= (room.get(machine) ?? 0) ? best : machine),
        undefined,
      );
      if (to) room.set(to, (room.get(to) ?? 0) - guest.takes.memoryBytes);
      return { guest, to };
    });
  const pool = poolOf(capacity, lost);
  const down = guests.filter(guest => !movable.includes(guest));
  return { name, cause, lost, moves, down, shelter: left.filter(machine => pool.has(machine.construct)) };
}

/** The machines between which guests move, those that are lost among them: a hypervisor cluster, as far as contracts tell. */
function poolOf(capacity: Capacity, lost: readonly MachineLoad[]): Set<IConstruct> {
  const pool = new Set(lost.map(machine => machine.construct));
  for (let size = 0; size < pool.size; ) {
    size = pool.size;
    for (const { machines } of capacity.guests) if (machines.some(machine => pool.has(machine))) for (const m of machines) pool.add(m);
  }
  return pool;
}

function memoryLeft({ offers, taken }: MachineLoad): number {
  return offers.memoryBytes - taken.memoryBytes;
}
