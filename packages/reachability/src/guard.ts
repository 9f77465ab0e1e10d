import { acceptedBy } from './accepted';
import type { Passage } from './passage';
import type { HostFirewall } from './router';
import { ALL_ADDRESSES, FAMILIES, type Family } from './space/address-text';
import { common } from './space/box';
import { IntervalIndex } from './space/interval-index';
import { intersect, setOf, subtract } from './space/interval-set';

/** The end of a connection at which a firewall stands, and which of its chains decides there. */
const SIDES = { destination: 'incoming', source: 'outgoing' } as const;

/** What of `passages` the firewalls of guests and machines leave of it, at either end. */
export function guarded(passages: readonly Passage[], firewalls: readonly HostFirewall[]): Passage[] {
  return FAMILIES.flatMap(family => {
    const own = firewalls.filter(firewall => firewall.family === family);
    const part = passages.filter(passage => passage.family === family);
    // Firewalls of one address stand one behind the other.
    return layersOf(own).reduce<Passage[]>(
      (left, layer) => throughLayer(throughLayer(left, layer, 'source', family), layer, 'destination', family),
      part,
    );
  });
}

/** Firewalls in as few groups as possible, so that in a group no two guard the same address. */
function layersOf(firewalls: readonly HostFirewall[]): HostFirewall[][] {
  const layers: { firewalls: HostFirewall[]; taken: Set<string> }[] = [];
  for (const firewall of firewalls) {
    const keys = firewall.addresses.map(({ first, last }) => `${first}-${last}`);
    const free = layers.find(({ taken }) => !keys.some(key => taken.has(key)));
    const layer = free ?? { firewalls: [], taken: new Set<string>() };
    if (!free) layers.push(layer);
    layer.firewalls.push(firewall);
    for (const key of keys) layer.taken.add(key);
  }
  return layers.map(layer => layer.firewalls);
}

function throughLayer(passages: readonly Passage[], layer: readonly HostFirewall[], side: keyof typeof SIDES, family: Family): Passage[] {
  const index = new IntervalIndex(layer.map(firewall => [firewall, firewall.addresses] as const));
  const all = setOf(layer.flatMap(firewall => firewall.addresses));
  return passages.flatMap(passage => {
    const inside = intersect(passage[side], all);
    if (inside.length === 0) return [passage];
    const outside = subtract(passage[side], inside);
    const passed = index.within(inside).flatMap(firewall => {
      const part = { ...passage, [side]: intersect(passage[side], firewall.addresses) };
      return acceptedBy(firewall[SIDES[side]], family, passage.protocol).flatMap(accepted => {
        const box = common(part, accepted);
        // A firewall that lets everything out is not what lets something in particular through.
        const named = accepted.rule === firewall[SIDES[side]].name ? [] : [accepted.rule];
        return box ? [{ ...box, through: [...box.through, ...named], rank: box.rank + accepted.rank }] : [];
      });
    });
    return outside.length > 0 ? [{ ...passage, [side]: outside }, ...passed] : passed;
  });
}

/** Addresses behind a firewall of their own. */
export function guardedAddresses(firewalls: readonly HostFirewall[], family: Family) {
  return intersect(setOf(firewalls.filter(f => f.family === family).flatMap(f => f.addresses)), ALL_ADDRESSES[family]);
}
