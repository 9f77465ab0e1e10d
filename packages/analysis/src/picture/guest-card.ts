import { type Block, column, flow, framed, line, paragraph } from './block';
import { addressChip, badge } from './chip';
import { PAINT } from './palette';
import { FACT, SMALL_NAME } from './text-style';
import type { GuestItem } from './topology';

const PADDING = 10;

/** A guest: name, facts, its addresses in the colours of their segments, where it can go, what stands on it. */
export function guestCard(guest: GuestItem, width: number): Block {
  const inner = width - 2 * PADDING;
  const badges = [
    ...guest.carries.map(service => badge(service, inner, { sign: 'service' })),
    ...(guest.movesTo.length > 0 ? [badge(`moves to ${guest.movesTo.join(', ')}`, inner, { sign: 'moves' })] : []),
  ];
  const head = column([line(guest.name, SMALL_NAME, inner), paragraph(guest.facts, FACT, inner)]);
  const chips = guest.addresses.map(address => addressChip(address, inner));
  return framed(column([head, flow(chips, inner, 6), flow(badges, inner, 6)], 6), width, {
    fill: PAINT.guest,
    edge: PAINT.guestEdge,
    radius: 8,
    padding: PADDING,
  });
}
