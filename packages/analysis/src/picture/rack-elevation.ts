import { type Block, captioned, drawing, line } from './block';
import { hueOf } from './chip';
import { type Hue, PAINT } from './palette';
import type { Bus, Elevation, RackedDevice } from './rack-plan';
import { type SvgElement, svg } from './svg';
import { FACT, fitText, NAME, SMALL_NAME, textWidth } from './text-style';

/** Height of one rack unit. */
const UNIT = 26;
/** Between two buses. */
const LANE = 22;
/** The rail with the numbers of the units. */
const RAIL = 30;
/** The most room for the name of a bus, which runs upwards. */
const LONGEST_NAME = 120;
/** Between the units and what is at none. */
const REST = 34;

/** One row of the picture: a device and where it is drawn. */
interface Slot {
  readonly device: RackedDevice;
  readonly y: number;
  readonly height: number;
}

/** A rack from the front: feeds as lines on its left, switches as lines on its right, a dot where a device hangs on one. */
export function rackElevation(rack: Elevation, width: number): Block {
  const units = rack.devices.some(device => device.units) ? rack.units : 0;
  const top = Math.max(...[...rack.feeds, ...rack.switches].map(bus => Math.min(LONGEST_NAME, textWidth(bus.name, FACT))), 0) + 12;
  const restTop = top + (units > 0 ? units * UNIT + REST : 0);
  const slots = slotsOf(rack.devices, top + units * UNIT, restTop);
  const height = Math.max(0, ...slots.map(slot => slot.y + slot.height), top + units * UNIT);
  const left = rack.feeds.length * LANE + 6;
  const right = rack.switches.length * LANE + 12;
  const cables = Math.floor((width - left - right) * 0.44);
  const front = width - left - right - cables;
  const rail = units > 0 ? RAIL : 0;
  const loose = units > 0 && slots.some(slot => !slot.device.units);
  return drawing(width, height, (x, y) => {
    const edge = x + left;
    const lane = (bus: Bus, at: number, to: number, of: 'feeds' | 'switches', i: number) => {
      const hue = hueOf(of === 'feeds' ? i : rack.feeds.length + i);
      return busLine(
        bus,
        { x: at, top: y + top, edge: to, hue, offset: Math.round((i - (rack[of].length - 1) / 2) * 6) },
        tapsOf(slots, i, of, y),
      );
    };
    return [
      ...(units > 0 ? emptyRack(units, edge, y + top, front) : []),
      ...(loose ? line('At no particular unit', FACT).draw(edge, y + restTop - 22) : []),
      ...rack.feeds.flatMap((bus, i) => lane(bus, x + i * LANE + 9, edge, 'feeds', i)),
      ...rack.switches.flatMap((bus, i) => lane(bus, edge + front + i * LANE + 14, edge + front, 'switches', i)),
      ...slots.flatMap(slot => {
        const inset = slot.device.units ? rail : 0;
        return frontOf(slot, edge + inset, y, front - inset);
      }),
      ...slots.flatMap(({ device, y: from, height: high }) => {
        if (device.cables.length === 0) return [];
        const text = line(device.cables.join(' · '), FACT, cables - 12);
        return text.draw(edge + front + right + 8, y + from + Math.floor((high - text.height) / 2));
      }),
    ];
  });
}

/** @param bottom where unit 1 ends */
function slotsOf(devices: readonly RackedDevice[], bottom: number, restTop: number): Slot[] {
  let below = restTop;
  return devices.map(device => {
    if (device.units) {
      const { first, count } = device.units;
      return { device, y: bottom - (first + count - 1) * UNIT, height: count * UNIT };
    }
    const slot = { device, y: below, height: UNIT };
    below += UNIT + 6;
    return slot;
  });
}

/** The empty rack, numbered from the bottom. */
function emptyRack(count: number, x: number, y: number, width: number): SvgElement[] {
  const rows = Array.from({ length: count }, (_, i) => count - i);
  return [
    svg('rect', { x, y, width, height: count * UNIT, fill: PAINT.page, stroke: PAINT.rackEdge }),
    ...rows.flatMap((unit, i) => {
      const number = line(String(unit), FACT);
      return [
        ...(i > 0 ? [svg('path', { d: `M${x} ${y + i * UNIT}h${width}`, stroke: PAINT.track })] : []),
        ...number.draw(x + RAIL - 8 - number.width, y + i * UNIT + Math.floor((UNIT - number.height) / 2)),
      ];
    }),
  ];
}

/** A device in its units: name, facts, and what runs on it at the right end. */
function frontOf({ device, y, height }: Slot, x: number, top: number, width: number): SvgElement[] {
  const dark = device.kind === 'switch';
  const inner = width - 24;
  const runs = device.guests.length > 0 ? `runs ${device.guests.join(', ')}` : '';
  const told = line(fitText(runs, FACT, Math.floor(inner * 0.5)), { ...FACT, fill: dark ? PAINT.deviceMuted : PAINT.ink });
  const name = captioned(
    device.name,
    { ...(height > UNIT ? NAME : SMALL_NAME), fill: dark ? PAINT.deviceInk : PAINT.ink },
    device.facts,
    { ...FACT, fill: dark ? PAINT.deviceMuted : PAINT.muted },
    inner - (runs === '' ? 0 : told.width + 16),
  );
  const middle = (block: Block) => top + y + Math.floor((height - block.height) / 2);
  return [
    svg(
      'g',
      {},
      svg('title', {}, [device.name, ...device.facts, runs].filter(fact => fact !== '').join(' · ')),
      svg('rect', {
        x: x + 2,
        y: top + y + 1,
        width: width - 4,
        height: height - 2,
        rx: 4,
        fill: dark ? PAINT.device : PAINT.guest,
        stroke: dark ? PAINT.device : PAINT.cable,
      }),
      ...name.draw(x + 12, middle(name)),
      ...(runs === '' ? [] : told.draw(x + width - 12 - told.width, middle(told))),
    ),
  ];
}

/** Middles of the devices that hang on a bus. */
function tapsOf(slots: readonly Slot[], bus: number, of: 'feeds' | 'switches', top: number): number[] {
  return slots.filter(({ device }) => device[of].includes(bus)).map(({ y, height }) => top + y + Math.floor(height / 2));
}

/** Where the line of a bus is, and its branches end; those of one device stand below each other, so that none hides another. */
interface Lane {
  readonly x: number;
  readonly top: number;
  readonly edge: number;
  readonly hue: Hue;
  readonly offset: number;
}

/** A bus from its name down to the last device on it, with a branch to each. */
function busLine(bus: Bus, { x, top, edge, hue, offset }: Lane, taps: readonly number[]): SvgElement[] {
  const name = fitText(bus.name, FACT, LONGEST_NAME);
  const ys = taps.map(tap => tap + offset);
  return [
    svg(
      'text',
      { x: x + 4, y: top - 8, transform: `rotate(-90 ${x + 4} ${top - 8})`, 'font-size': FACT.size, fill: PAINT.ink },
      ...(name === bus.name ? [] : [svg('title', {}, bus.name)]),
      name,
    ),
    svg('path', { d: `M${x} ${top - 4}V${Math.max(top, ...ys)}`, stroke: hue.fill, 'stroke-width': 3, fill: 'none' }),
    ...ys.flatMap(y => [
      svg('path', { d: `M${x} ${y}H${edge}`, stroke: hue.fill, 'stroke-width': 2, fill: 'none' }),
      svg('circle', { cx: x, cy: y, r: 4, fill: hue.fill }),
    ]),
  ];
}
