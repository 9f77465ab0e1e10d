import { counted } from '../amount-text';
import { type Block, captioned, column, drawing, flow, framed, justified, line } from './block';
import { badge } from './chip';
import { INNER, page } from './page';
import { PAINT } from './palette';
import { rackElevation } from './rack-elevation';
import type { Elevation, RackPlan } from './rack-plan';
import { FACT, HEADING, SUBTITLE, TITLE } from './text-style';

const PADDING = 20;

/** The picture of racks from the front, to scale: units, devices, feeds on the left, cables on the right. */
export function renderRackPlan(plan: RackPlan): string {
  const devices = plan.racks.flatMap(rack => rack.devices);
  const racks = plan.racks.filter(rack => rack.name !== undefined).length;
  const told = `${counted(racks, 'rack')} · ${counted(devices.length, 'device')}`;
  const head = column([line(`${plan.title}: racks`, TITLE, INNER), line(told, SUBTITLE, INNER)], 2);
  const body = plan.racks.length > 0 ? plan.racks.map(rackBlock) : [nothing()];
  return page(`${plan.title}: racks to scale`, [`${told}.`, ...plan.racks.map(describe)].join(' '), column([head, ...body], 28));
}

function rackBlock(rack: Elevation): Block {
  const inner = INNER - 2 * PADDING;
  const feeds = rack.feeds.map(feed =>
    badge([feed.name, ...feed.facts].join(' · '), 320, { sign: 'feed', fill: PAINT.card, edge: PAINT.rackEdge }),
  );
  const badges = flow(feeds, Math.floor(inner * 0.6), 8);
  const name = captioned(rack.name ?? 'Outside a rack', HEADING, rack.facts, FACT, inner - badges.width - 24);
  return framed(column([justified(name, badges, inner), rackElevation(rack, inner)], 12), INNER, {
    fill: PAINT.rack,
    edge: PAINT.rackEdge,
    radius: 14,
    padding: PADDING,
  });
}

function nothing(): Block {
  const text = line('No rack, machine or switch is in the site yet.', SUBTITLE, INNER, true);
  const room = drawing(INNER - 80, 80, (x, y) => text.draw(x + Math.floor((INNER - 80 - text.width) / 2), y + 30));
  return framed(room, INNER, { fill: PAINT.rack, edge: PAINT.rackEdge, dashed: true, radius: 14, padding: 40 });
}

function describe({ name, devices }: Elevation): string {
  const told = devices.map(device => (device.units ? `${device.name} in unit ${device.units.first}` : device.name));
  return `${name ?? 'Outside a rack'}: ${told.join(', ') || 'nothing'}.`;
}
