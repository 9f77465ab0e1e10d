import { type Block, captioned, column, evenColumns, flow, framed, justified } from './block';
import { badge } from './chip';
import { machineCard } from './machine-card';
import { PAINT } from './palette';
import { type SvgElement, svg } from './svg';
import { FACT, HEADING, NAME } from './text-style';
import type { DeviceItem, LinkItem, MachineItem, RackItem } from './topology';

const PADDING = 20;
/** Between cards, where no cable runs. */
const GAP = 20;
/** Between two cables beside each other. */
const LANE = 7;
/** Between the last switch and the first plug. */
const CHANNEL = 20;
/** Height of a plug. */
const PLUG = 20;
const PLUG_GAP = 8;
const MOST_COLUMNS = 4;

/** A rack: its feeds, its switches on top, its machines in rows, and a cable from each plug to its switch. */
export function rackFrame(rack: RackItem, width: number): Block {
  const inner = width - 2 * PADDING;
  const feeds = flow(
    rack.feeds.map(feed => badge([feed.name, ...feed.facts].join(' · '), 320, { sign: 'feed', fill: PAINT.card, edge: PAINT.rackEdge })),
    Math.floor(inner * 0.6),
    8,
  );
  const name = captioned(rack.name ?? 'Outside a rack', HEADING, rack.facts, FACT, inner - feeds.width - 24);
  const header = justified(name, feeds, inner);
  return framed(column([header, devices(rack, inner)], 14), width, {
    fill: PAINT.rack,
    edge: PAINT.rackEdge,
    radius: 14,
    padding: PADDING,
  });
}

/** One cable: where it plugs in, relative to the card of its machine, and the lane in which it goes up. */
interface Plug {
  readonly link: LinkItem;
  readonly block: Block;
  readonly dx: number;
  readonly dy: number;
  /** Counted from the card to the left; undefined for a cable that goes straight up. */
  readonly lane?: number;
}

function devices(rack: RackItem, width: number): Block {
  const bars = rack.switches.map(device => switchBar(device, width));
  const top = column(bars, 8);
  const columns = evenColumns(rack.machines.length, MOST_COLUMNS);
  const rows = Math.ceil(rack.machines.length / columns);
  const { duct, cardWidth, lanes, straight } = ductFor(rack.machines, columns, rows, width);
  let y = top.height > 0 ? top.height + CHANNEL : 0;
  const shelves = Array.from({ length: rows }, (_, n) => {
    const machines = rack.machines.slice(n * columns, (n + 1) * columns);
    const cards = machines.map(machine => machineCard(machine, cardWidth));
    const rowOfLanes = straight ? n - 1 : n;
    const plugs = machines.map(machine =>
      rowOfLanes < 0 ? straightPlugs(machine.links, cardWidth) : ductPlugs(machine.links, cardWidth, rowOfLanes * lanes),
    );
    const cardsTop = y - Math.min(0, ...plugs.flat().map(plug => plug.dy));
    const height = Math.max(...cards.map(card => card.height));
    y = cardsTop + height + GAP;
    return { cards, plugs, cardsTop, height };
  });
  const bottoms = bars.map((_, i) => column(bars.slice(0, i + 1), 8).height);

  return {
    width,
    height: rows > 0 ? y - GAP : top.height,
    draw: (x, y) => {
      const cables: SvgElement[] = [];
      const fronts: SvgElement[] = [];
      for (const { cards, plugs, cardsTop, height } of shelves) {
        cards.forEach((card, column) => {
          const left = x + (column + 1) * duct + column * (cardWidth + GAP);
          fronts.push(...card.draw(left, y + cardsTop, height));
          for (const plug of plugs[column] as Plug[]) {
            const at = { x: left + plug.dx, y: y + cardsTop + plug.dy };
            fronts.push(...plug.block.draw(at.x, at.y));
            if (plug.link.switch === undefined) continue;
            const socket = plug.lane === undefined ? at.x + Math.floor(plug.block.width / 2) : left - 8 - plug.lane * LANE;
            const end = y + (bottoms[plug.link.switch] as number);
            const up =
              plug.lane === undefined ? `M${socket} ${at.y}V${end}` : `M${at.x} ${at.y + PLUG / 2}H${socket + 5}q-5 0 -5 -5V${end}`;
            const dashed = plug.link.switch % 2 === 1 && { 'stroke-dasharray': '6 3' };
            cables.push(svg('path', { d: up, fill: 'none', stroke: PAINT.cable, 'stroke-width': 2, ...dashed }));
            fronts.push(svg('rect', { x: socket - 3, y: end - 7, width: 6, height: 7, fill: PAINT.page }));
          }
        });
      }
      return [svg('g', {}, ...cables), ...top.draw(x, y), ...fronts];
    },
  };
}

/** Room for cables on the left of each card. Where the plugs of the first row fit beside each other, it needs none. */
function ductFor(machines: readonly MachineItem[], columns: number, rows: number, width: number) {
  const most = (some: readonly MachineItem[]) => Math.max(0, ...some.map(machine => machine.links.length));
  const plan = (lanes: number, lanedRows: number, straight: boolean) => {
    const duct = lanes * lanedRows > 0 ? lanes * lanedRows * LANE + 6 : 0;
    return { duct, lanes, straight, cardWidth: Math.floor((width - (columns - 1) * GAP - columns * duct) / columns) };
  };
  const straight = plan(most(machines.slice(columns)), rows - 1, true);
  const widthOf = (machine: MachineItem) => machine.links.reduce((sum, link) => sum + plugBlock(link, width).width + PLUG_GAP, -PLUG_GAP);
  return machines.slice(0, columns).every(machine => widthOf(machine) <= straight.cardWidth) ? straight : plan(most(machines), rows, false);
}

/** Plugs beside each other, centred above the card. */
function straightPlugs(links: readonly LinkItem[], width: number): Plug[] {
  const blocks = links.map(link => plugBlock(link, width));
  const total = blocks.reduce((sum, block) => sum + block.width + PLUG_GAP, -PLUG_GAP);
  let dx = Math.floor((width - total) / 2);
  return links.map((link, i) => {
    const block = blocks[i] as Block;
    const plug = { link, block, dx, dy: -PLUG - 8 };
    dx += block.width + PLUG_GAP;
    return plug;
  });
}

/** Plugs below each other, with a lane each. */
function ductPlugs(links: readonly LinkItem[], width: number, firstLane: number): Plug[] {
  return links.map((link, i) => ({
    link,
    block: plugBlock(link, width - 12),
    dx: 12,
    dy: (i - links.length) * (PLUG + 4) - 4,
    lane: firstLane + i,
  }));
}

function plugBlock(link: LinkItem, width: number): Block {
  return badge(link.switch === undefined ? `${link.to}: ${link.label}` : link.label, width, { fill: PAINT.page, edge: PAINT.cable });
}

function switchBar(device: DeviceItem, width: number): Block {
  const inner = width - 2 * 14;
  const links = device.links.map(link => badge(`${link.to}: ${link.label}`, 280, { fill: PAINT.page }));
  const uplinks = flow(links, Math.floor(inner / 2), 6);
  const name = captioned(
    device.name,
    { ...NAME, fill: PAINT.deviceInk },
    device.facts,
    { ...FACT, fill: PAINT.deviceMuted },
    inner - uplinks.width - 24,
  );
  return framed(justified(name, uplinks, inner), width, { fill: PAINT.device, radius: 8, padding: 14 });
}
