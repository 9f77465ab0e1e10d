import { counted } from '../amount-text';
import { type Block, captioned, column, drawing, flow, framed, line } from './block';
import { badge, hueOf } from './chip';
import type { Lane, NetworkPlan, RouterItem } from './network-plan';
import { INNER, page } from './page';
import { PAINT } from './palette';
import { svg } from './svg';
import { CODE, FACT, HEADING, NAME, SUBTITLE, TITLE } from './text-style';

/** Width of a router, and of the stub from it to a segment. */
const ROUTER = 220;
const STUB = 56;
/** Hosts that a segment shows; the others are in the list of addresses. */
const SHOWN = 12;

/** The picture of layers 2 and 3: which router joins which segments, with their tags, prefixes and hosts. */
export function renderNetworkPlan(plan: NetworkPlan): string {
  const count = plan.routers.reduce((sum, router) => sum + router.lanes.length, plan.apart.length);
  const summary = `${counted(plan.routers.length, 'router')} · ${counted(count, 'segment')}`;
  const header = column([line(`${plan.title}: network`, TITLE, INNER), line(`${plan.domain} · ${summary}`, SUBTITLE, INNER)], 2);
  const apart = plan.apart.map(lane => laneBlock(lane, INNER));
  const body = [header, ...plan.routers.map(routerBlock)];
  if (apart.length > 0) body.push(column([line('Not routed', HEADING), ...apart], 14));
  return page(`${plan.title}: routers and segments`, description(plan), column(body, 32));
}

function routerBlock(router: RouterItem): Block {
  const width = INNER - ROUTER - STUB;
  const outer = router.outside ? [laneBlock(router.outside, width)] : [];
  const cloud = badge(`Internet, ${router.uplink}`, width, { style: { ...NAME, fill: PAINT.ink }, edge: PAINT.cable });
  const tunnels = router.tunnels.map(({ name, prefixes }) =>
    badge(`${name}: ${prefixes.join(', ')}`, width, { edge: PAINT.cable, fill: PAINT.card }),
  );
  const ways = [cloud, ...outer, ...tunnels, ...router.lanes.map(lane => laneBlock(lane, width))];
  const gap = 18;
  const right = column(ways, gap);
  const box = framed(column([line(router.name, NAME, ROUTER - 24), line(router.device, FACT, ROUTER - 24)], 2), ROUTER, {
    fill: PAINT.rack,
    edge: PAINT.cable,
    radius: 10,
    padding: 12,
  });
  return drawing(INNER, Math.max(right.height, box.height), (x, y) => {
    const height = Math.max(right.height, box.height);
    let top = y;
    const stubs = ways.map(way => {
      const at = top + 10;
      top += way.height + gap;
      return svg('path', { d: `M${x + ROUTER} ${at}h${STUB}`, stroke: PAINT.cable, 'stroke-width': 2 });
    });
    return [...stubs, ...box.draw(x, y, height), ...right.draw(x + ROUTER + STUB, y)];
  });
}

/** A segment: its tag in its colour, what it is, its line, and who hangs on it. */
function laneBlock(lane: Lane, width: number): Block {
  const hue = hueOf(lane.network);
  const tag = badge(`VLAN ${lane.tag}`, 100, { fill: hue.fill, style: { ...FACT, bold: true, fill: hue.ink } });
  const facts = [...lane.prefixes, ...(lane.router ? [`router ${lane.router}`] : [])];
  const title = captioned(lane.name, NAME, facts, CODE, width - tag.width - 12);
  const hosts = lane.hosts.slice(0, SHOWN).map(({ name, ip }) => badge(`${name} ${ip}`, 300, { fill: hue.tint, edge: hue.fill }));
  const rest = lane.hosts.length - hosts.length;
  const more = rest > 0 ? [line(`and ${rest} more`, FACT)] : [];
  const body = hosts.length > 0 ? flow([...hosts, ...more], width - 16, 8) : line('no named address', FACT);
  const bar = 5;
  return drawing(width, 24 + bar + 8 + body.height, (x, y) => [
    ...tag.draw(x, y),
    ...title.draw(x + tag.width + 12, y),
    svg('rect', { x, y: y + 24, width, height: bar, rx: 2, fill: hue.fill }),
    ...body.draw(x + 16, y + 24 + bar + 8),
  ]);
}

function description({ routers, apart }: NetworkPlan): string {
  const told = routers.map(
    ({ name, lanes, uplink }) => `${name} joins ${lanes.map(lane => lane.name).join(', ')}, and leads out ${uplink}.`,
  );
  const rest = apart.length > 0 ? [`Nothing routes ${apart.map(lane => lane.name).join(', ')}.`] : [];
  return [...told, ...rest].join(' ') || 'No segment is in the site yet.';
}
