import type { Capacity, GuestLoad, MachineLoad } from './capacity';

/** A guest that must move, and the machine that takes it in; undefined when none has the memory. */
export interface Move {
  readonly guest: GuestLoad;
  readonly to: MachineLoad | undefined;
}

/** What happens when one machine is lost. */
export interface MachineLoss {
  readonly machine: MachineLoad;
  /** Guests that other machines can carry, the largest first. */
  readonly moves: readonly Move[];
  /** Guests that stand on this machine alone. */
  readonly down: readonly GuestLoad[];
  /** Memory that is left on the other machines before anything moves. */
  readonly roomBytes: number;
}

/**
 * The loss of each machine. Guests move the largest first, each to the machine with the most memory left among those
 * that can carry it: as a hypervisor does it, so a cleverer packing that would just fit is not counted on.
 */
export function machineLosses(capacity: Capacity): MachineLoss[] {
  return capacity.machines.map(machine => {
    const others = capacity.machines.filter(other => other !== machine);
    const room = new Map(others.map(other => [other, other.offers.memoryBytes - other.taken.memoryBytes]));
    const roomBytes = [...room.values()].reduce((sum, bytes) => sum + Math.max(0, bytes), 0);
    const movable = machine.guests.filter(guest => guest.machines.length > 1);
    const moves = [...movable]
      .sort((a, b) => b.takes.memoryBytes - a.takes.memoryBytes)
      .map((guest): Move => {
        const candidates = others.filter(other => guest.machines.includes(other.construct));
        const to = candidates.reduce<MachineLoad | undefined>(
          (best, other) => (best && roomOf(best) >= roomOf(other) ? best : other),
          undefined,
        );
        if (!to || roomOf(to) < guest.takes.memoryBytes) return { guest, to: undefined };
        room.set(to, roomOf(to) - guest.takes.memoryBytes);
        return { guest, to };
      });
    return { machine, moves, down: machine.guests.filter(guest => guest.machines.length === 1), roomBytes };

    function roomOf(other: MachineLoad): number {
      return room.get(other) ?? 0;
    }
  });
}

/** The loss that hurts most: of the machine with the most memory, and of several such, the one with most to move. */
export function largestLoss(losses: readonly MachineLoss[]): MachineLoss | undefined {
  const need = (loss: MachineLoss) => loss.moves.reduce((sum, move) => sum + move.guest.takes.memoryBytes, 0);
  return losses.reduce<MachineLoss | undefined>((worst, loss) => {
    if (!worst) return loss;
    const difference = loss.machine.offers.memoryBytes - worst.machine.offers.memoryBytes;
    return difference > 0 || (difference === 0 && need(loss) > need(worst)) ? loss : worst;
  }, undefined);
}
