import { type Block, drawing, line } from './block';
import { HUES, type Hue, PAINT, PLAIN_HUE } from './palette';
import { svg } from './svg';
import { CODE, FACT, fitText, type TextStyle, textWidth } from './text-style';
import type { AddressChip } from './topology';

const HEIGHT = 20;
const SIDE = 6;

/** The colour of the network at a position among all. */
export function hueOf(network: number | undefined): Hue {
  return network === undefined ? PLAIN_HUE : (HUES[network % HUES.length] as Hue);
}

/** An address, with the tag of its segment in the colour of the segment. */
export function addressChip(chip: AddressChip, width: number): Block {
  const hue = hueOf(chip.network);
  const tag = line(String(chip.tag), { ...CODE, bold: true, fill: hue.ink }, width, true);
  const tagWidth = tag.width + 2 * SIDE;
  const ip = line(chip.ip, CODE, width - tagWidth - 2 * SIDE, true);
  const whole = tagWidth + ip.width + 2 * SIDE;
  return drawing(whole, HEIGHT, (x, y) => [
    svg(
      'g',
      {},
      svg('title', {}, `${chip.name} has ${chip.ip} on VLAN ${chip.tag}`),
      svg('rect', { x, y, width: whole, height: HEIGHT, rx: 4, fill: hue.tint, stroke: hue.fill }),
      svg('path', { d: `M${x + tagWidth} ${y}h${4 - tagWidth}q-4 0 -4 4v${HEIGHT - 8}q0 4 4 4h${tagWidth - 4}z`, fill: hue.fill }),
      ...tag.draw(x + SIDE, y + 1),
      ...ip.draw(x + tagWidth + SIDE, y + 1),
    ),
  ]);
}

/** A short text on a rounded ground, with a sign before it. */
export function badge(
  text: string,
  width: number,
  look: { readonly sign?: Sign; readonly fill?: string; readonly edge?: string; readonly style?: TextStyle } = {},
): Block {
  const style = look.style ?? { ...FACT, fill: PAINT.ink };
  const signWidth = look.sign ? 16 : 0;
  const shown = fitText(text, style, width - 2 * 8 - signWidth);
  const whole = textWidth(shown, style) + 2 * 8 + signWidth;
  const label = line(shown, style, whole, !look.sign);
  return drawing(whole, HEIGHT, (x, y) => [
    svg(
      'g',
      {},
      svg('title', {}, text),
      svg('rect', { x, y, width: whole, height: HEIGHT, rx: 10, fill: look.fill ?? PAINT.badge, ...(look.edge && { stroke: look.edge }) }),
      ...(look.sign ? [svg('path', { d: SIGNS[look.sign](x + 8, y + 4), fill: style.fill })] : []),
      ...label.draw(x + 8 + signWidth, y + Math.floor((HEIGHT - label.height) / 2)),
    ),
  ]);
}

export type Sign = 'feed' | 'service' | 'moves';

/** Outlines in 12 by 12 pixels: glyphs of fonts differ too much. */
const SIGNS: Record<Sign, (x: number, y: number) => string> = {
  feed: (x, y) => `M${x + 7} ${y}l-5 7h3l-1 5l6 -7h-4z`,
  service: (x, y) => `M${x + 6} ${y}l5 3v6l-5 3l-5 -3v-6z`,
  moves: (x, y) => `M${x} ${y + 4}h8v-3l4 4l-4 4v-3h-8z`,
};
