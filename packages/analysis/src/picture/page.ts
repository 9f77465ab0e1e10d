import type { Block } from './block';
import { PAINT } from './palette';
import { svg, svgText } from './svg';
import { SANS } from './text-style';

const MARGIN = 40;

/** Width of what is on a page of the usual width, in pixels. */
export const INNER = 1360;

/** A picture as a file: a block on white, with a title and a description for those who do not see it. */
export function page(title: string, description: string, body: Block): string {
  const width = Math.max(body.width, INNER) + 2 * MARGIN;
  const height = body.height + 2 * MARGIN;
  const root = svg(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'aria-labelledby': 'title desc',
      'font-family': SANS,
    },
    svg('title', { id: 'title' }, title),
    svg('desc', { id: 'desc' }, description),
    svg('rect', { x: 0, y: 0, width, height, fill: PAINT.page }),
    ...body.draw(MARGIN, MARGIN),
  );
  return `${svgText(root)}\n`;
}
