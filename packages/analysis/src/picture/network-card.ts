import { type Block, column, drawing, flow, line, paragraph } from './block';
import { addressChip, hueOf } from './chip';
import { PAINT } from './palette';
import { svg } from './svg';
import { CODE, FACT, NAME } from './text-style';
import type { NetworkItem } from './topology';

const LANE = 58;
const PADDING = 12;
/** More than these are in the list of addresses. */
const SHOWN = 4;

/** A network: its tag on its colour, its name and prefixes, and addresses that the picture shows nowhere else. */
export function networkCard(network: NetworkItem, position: number, width: number): Block {
  const hue = hueOf(network.tag === undefined ? undefined : position);
  const inner = width - LANE - 2 * PADDING;
  const rest = network.others.length - SHOWN;
  const body = column(
    [
      column([
        line(network.name, NAME, inner),
        ...network.prefixes.map(prefix => line(prefix, CODE, inner)),
        paragraph(network.facts, FACT, inner),
      ]),
      column(
        network.others.slice(0, SHOWN).map(other => named(other, inner)),
        4,
      ),
      ...(rest > 0 ? [line(`and ${rest} more`, FACT, inner)] : []),
    ],
    8,
  );
  const least = Math.max(body.height + 2 * PADDING, 64);
  const tag = line(network.tag === undefined ? '' : String(network.tag), { ...NAME, size: 20, fill: hue.ink });
  const caption = line(network.tag === undefined ? 'other' : 'VLAN', { ...FACT, fill: hue.ink });
  return {
    width,
    height: least,
    draw: (x, y, height = least) => [
      svg(
        'g',
        {},
        svg('rect', { x, y, width, height, rx: 10, fill: PAINT.card, stroke: PAINT.cardEdge }),
        svg('path', { d: `M${x + LANE} ${y}h${10 - LANE}q-10 0 -10 10v${height - 20}q0 10 10 10h${LANE - 10}z`, fill: hue.fill }),
        ...caption.draw(x + Math.floor((LANE - caption.width) / 2), y + 10),
        ...tag.draw(x + Math.floor((LANE - tag.width) / 2), y + 25),
        ...body.draw(x + LANE + PADDING, y + PADDING),
      ),
    ],
  };
}

function named(address: NetworkItem['others'][number], width: number): Block {
  const chip = addressChip(address, width);
  const name = line(address.name, FACT, Math.max(0, width - chip.width - 8));
  if (width - chip.width < 50) return flow([chip, line(address.name, FACT, width)], width, 8);
  return drawing(width, chip.height, (x, y) => [...chip.draw(x, y), ...name.draw(x + chip.width + 8, y + 2)]);
}
