import { type Block, column, drawing, evenColumns, flow, framed, grid, justified, line, paragraph, row } from './block';
import { addressChip, badge } from './chip';
import { PAINT } from './palette';
import { svg } from './svg';
import { FACT, NAME, SMALL_NAME } from './text-style';
import type { ServiceItem } from './topology';

const GAP = 10;
const INNER_WIDTH = 220;
/** Above this, the services inside stand beside what is told of the outer one. */
const WIDE = 800;

/** A service with the guests that it stands on, and the services that stand on it. */
export function serviceCard(service: ServiceItem, width: number, outer = true): Block {
  const padding = outer ? 14 : 10;
  const inner = width - 2 * padding;
  const aside = inner >= WIDE && service.inside.length > 0;
  const headWidth = aside ? Math.floor(inner / 4) : inner;
  const room = aside ? inner - headWidth - 2 * GAP : inner;
  const columns = evenColumns(service.inside.length, Math.floor((room + GAP) / (INNER_WIDTH + GAP)));
  const innerWidth = Math.floor((room - GAP * (columns - 1)) / columns);
  const guests = service.guests.length > 0 ? [badge(`on ${service.guests.join(', ')}`, headWidth)] : [];
  const name = row([hexagon(), line(service.name, outer ? NAME : SMALL_NAME, headWidth - 24)], 8);
  const chips = flow([...service.addresses.map(address => addressChip(address, headWidth)), ...guests], headWidth, 6);
  const head = column([column([name, paragraph(service.facts, FACT, headWidth)]), chips], 8);
  const inside = grid(
    service.inside.map(each => serviceCard(each, innerWidth, false)),
    columns,
    GAP,
  );
  return framed(aside ? justified(head, inside, inner, 'top') : column([head, inside], 8), width, {
    fill: outer ? PAINT.service : PAINT.guest,
    edge: outer ? PAINT.cardEdge : PAINT.guestEdge,
    radius: outer ? 12 : 8,
    padding,
  });
}

function hexagon(): Block {
  return drawing(14, 16, (x, y) => [svg('path', { d: `M${x + 7} ${y}l7 4v8l-7 4l-7 -4v-8z`, fill: PAINT.level })]);
}
