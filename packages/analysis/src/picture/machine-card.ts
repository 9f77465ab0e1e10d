import { type Block, column, drawing, evenColumns, flow, framed, grid, justified, line, paragraph } from './block';
import { addressChip, badge } from './chip';
import { guestCard } from './guest-card';
import { PAINT } from './palette';
import { svg } from './svg';
import { FACT, NAME, textWidth } from './text-style';
import type { MachineItem, Meter } from './topology';

const PADDING = 14;
const GAP = 10;
/** Above this, facts and meters stand beside each other. */
const WIDE = 560;
/** Guests stand in as many columns as have at least this width. */
const GUEST_WIDTH = 260;

/** A machine: model and facts, how full it is, and the guests that stand on it. */
export function machineCard(machine: MachineItem, width: number): Block {
  const inner = width - 2 * PADDING;
  const columns = evenColumns(machine.guests.length, Math.floor((inner + GAP) / (GUEST_WIDTH + GAP)));
  const guestWidth = Math.floor((inner - GAP * (columns - 1)) / columns);
  const guests = grid(
    machine.guests.map(guest => guestCard(guest, guestWidth)),
    columns,
    GAP,
  );
  return framed(column([head(machine, inner), guests], 12), width, {
    fill: PAINT.card,
    edge: PAINT.cardEdge,
    radius: 12,
    padding: PADDING,
  });
}

function head(machine: MachineItem, width: number): Block {
  const half = width >= WIDE ? Math.floor((width - 40) / 2) : width;
  const feeds = machine.feeds.map(feed => badge(feed, Math.floor(half / 2), { sign: 'feed' }));
  const badges = flow(feeds, Math.floor(half / 2), 6);
  const about = column(
    [
      column([justified(line(machine.name, NAME, half - badges.width - 12), badges, half, 'top'), paragraph(machine.facts, FACT, half)], 2),
      flow(
        machine.addresses.map(address => addressChip(address, half)),
        half,
        6,
      ),
    ],
    8,
  );
  const meters = column(
    machine.meters.map(each => meter(each, machine.meters, half)),
    2,
  );
  return half < width ? justified(about, meters, width, 'top') : column([about, meters], 8);
}

/** A bar with what it measures before and the numbers after it, in line with those of the other bars. */
function meter(shown: Meter, all: readonly Meter[], width: number): Block {
  const before = Math.max(...all.map(({ label }) => textWidth(label, FACT))) + 10;
  const after = Math.max(...all.map(({ text }) => textWidth(text, FACT))) + 10;
  const label = line(shown.label, FACT);
  const text = line(shown.text, { ...FACT, fill: PAINT.ink });
  const track = width - before - after;
  const level = Math.max(shown.share > 0 ? 2 : 0, Math.round(track * Math.min(1, shown.share)));
  return drawing(width, label.height, (x, y) => [
    ...label.draw(x, y),
    svg('rect', { x: x + before, y: y + 5, width: track, height: 7, rx: 3, fill: PAINT.track }),
    ...(level > 0
      ? [svg('rect', { x: x + before, y: y + 5, width: level, height: 7, rx: 3, fill: shown.share > 1 ? PAINT.over : PAINT.level })]
      : []),
    ...text.draw(x + before + track + 10, y),
  ]);
}
