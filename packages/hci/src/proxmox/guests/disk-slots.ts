import { Check, ConfigError, Ledger, Site } from '@ashlar/core';
import type { ProxmoxGuest } from './proxmox-guest';

/**
 * Numbers of the data disks of a guest by their names, from 1. A name keeps its number through the ledger: with another number
 * it would be another disk, empty.
 *
 * @param wanted numbers that are given explicitly
 * @throws DATA_DISK_SLOT, DATA_DISK_DROPPED
 */
export function diskSlots(guest: ProxmoxGuest, wanted: ReadonlyMap<string, number | undefined>, last: number): ReadonlyMap<string, number> {
  const check = new Check(guest);
  const taken = new Map<number, string>();
  for (const [name, slot] of wanted) {
    if (slot === undefined) continue;
    const other = taken.get(check.integer(`dataDisks.${name}.slot`, slot, 1, last));
    if (other !== undefined) {
      throw new ConfigError(guest, 'DATA_DISK_SLOT', `data disks ${other} and ${name} both have slot ${slot}`, {
        fix: 'give them slots of their own, or none to have one allocated',
      });
    }
    taken.set(slot, name);
  }
  const slots = new Map<string, number>();
  for (const [name, slot] of [...wanted].sort(([a], [b]) => (a < b ? -1 : 1))) slots.set(name, slot ?? allocate(guest, name, last, taken));
  if (guest.stateful) refuseDropped(guest, wanted);
  return slots;
}

function allocate(guest: ProxmoxGuest, name: string, last: number, taken: ReadonlyMap<number, string>): number {
  if (!Site.find(guest)) {
    throw new ConfigError(guest, 'DATA_DISK_SLOT', `data disk ${name} has no slot, and there is no site whose ledger could keep one`, {
      fix: `write dataDisks: { ${name}: { size: …, slot: 1 } }`,
    });
  }
  const slot = Ledger.of(guest).allocate(guest, space(guest), name, 1, last, n => taken.has(n));
  const other = taken.get(slot);
  if (other === undefined) return slot;
  throw new ConfigError(guest, 'DATA_DISK_SLOT', `data disk ${other} asks for slot ${slot}, which the ledger has for ${name}`, {
    fix: `choose another slot for ${other}, or none to have one allocated`,
  });
}

/** A disk that is only left out of the program would be destroyed with what is on it. */
function refuseDropped(guest: ProxmoxGuest, wanted: ReadonlyMap<string, unknown>): void {
  const held = Ledger.find(guest)?.held(space(guest)) ?? {};
  const dropped = Object.keys(held)
    .sort()
    .find(name => !wanted.has(name));
  if (dropped === undefined) return;
  throw new ConfigError(
    guest,
    'DATA_DISK_DROPPED',
    `no longer has its data disk ${dropped} (slot ${held[dropped]}), which would be destroyed`,
    {
      fix: `write it again, or delete its line from "${space(guest)}" in the ledger to have it destroyed`,
    },
  );
}

function space(guest: ProxmoxGuest): string {
  return `data disks of ${guest.cluster.name}/${guest.vmId}`;
}
