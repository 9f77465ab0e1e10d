import type { MatrixCell, MatrixEnd, ZoneMatrix } from '../zone-matrix';
import { type Block, column, drawing, line } from './block';
import { hueOf } from './chip';
import { INNER, page } from './page';
import { PAINT } from './palette';
import { type SvgElement, svg } from './svg';
import { CODE, FACT, SMALL_NAME, SUBTITLE, TITLE } from './text-style';

/** Width of the names at the left, and the least of a column. */
const NAMES = 170;
const COLUMN = 116;
const HEAD = 44;
/** Lines of ports that a cell shows. */
const SHOWN = 4;
const LINE = 17;

/** The picture of who may open connections to whom: rows reach columns, an empty cell is closed. */
export function renderZoneMatrix(title: string, matrix: ZoneMatrix): string {
  const { ends } = matrix;
  const width = Math.max(COLUMN, Math.floor((INNER - NAMES) / ends.length));
  const legend = 'A row may open connections to a column on the ports in the cell. An empty cell is closed.';
  const header = column([line(`${title}: who reaches whom`, TITLE), line(legend, SUBTITLE)], 2);
  const heads = drawing(NAMES + width * ends.length, HEAD, (x, y) => [
    ...line('from ↓   to →', FACT).draw(x + 8, y + 14),
    ...ends.flatMap((end, i) => head(end, x + NAMES + i * width, y, width, HEAD)),
  ]);
  const rows = ends.map(from => row(matrix, from, width));
  return page(`${title}: who may open connections to whom`, description(matrix), column([header, column([heads, ...rows])], 24));
}

function row(matrix: ZoneMatrix, from: MatrixEnd, width: number): Block {
  const { ends } = matrix;
  const cells = ends.map(to => matrix.cell(from, to));
  const lines = Math.max(2, ...cells.map(cell => Math.min(cell.ports.length, SHOWN + 1)));
  const height = lines * LINE + 12;
  return drawing(NAMES + width * ends.length, height, (x, y) => [
    ...head(from, x, y, NAMES, height),
    ...cells.flatMap((cell, i) => drawCell(cell, ends[i] === from, x + NAMES + i * width, y, width, height)),
  ]);
}

function head(end: MatrixEnd, x: number, y: number, width: number, height: number): SvgElement[] {
  const hue = hueOf(end.network);
  const middle = y + Math.floor((height - 34) / 2);
  return [
    svg('rect', { x, y, width, height, fill: hue.tint, stroke: PAINT.cardEdge }),
    svg('rect', { x, y, width: 6, height, fill: hue.fill }),
    ...line(end.name, SMALL_NAME, width - 20).draw(x + 14, middle),
    ...line(end.kind, FACT, width - 20).draw(x + 14, middle + 17),
  ];
}

function drawCell(cell: MatrixCell, own: boolean, x: number, y: number, width: number, height: number): SvgElement[] {
  const open = cell.everything || cell.ports.length > 0;
  const fill = own ? PAINT.badge : open ? PAINT.card : PAINT.rack;
  const shown = cell.everything ? ['everything'] : cell.ports.length > SHOWN + 1 ? cell.ports.slice(0, SHOWN) : cell.ports;
  const rest = cell.everything ? 0 : cell.ports.length - shown.length;
  const texts = own ? ['—'] : [...shown, ...(rest > 0 ? [`and ${rest} more`] : [])];
  return [
    svg(
      'g',
      {},
      ...(rest > 0 ? [svg('title', {}, cell.ports.join(', '))] : []),
      svg('rect', { x, y, width, height, fill, stroke: PAINT.cardEdge }),
      ...texts.flatMap((text, i) => line(text, { ...CODE, ...(own && { fill: PAINT.muted }) }, width - 16).draw(x + 8, y + 6 + i * LINE)),
    ),
  ];
}

function description(matrix: ZoneMatrix): string {
  const told = matrix.ends.flatMap(from =>
    matrix.ends.map(to => ({ from, to, cell: matrix.cell(from, to) })).filter(({ cell }) => cell.everything || cell.ports.length > 0),
  );
  const text = told.map(({ from, to, cell }) => `${from.name} to ${to.name}: ${cell.everything ? 'everything' : cell.ports.join(', ')}.`);
  return text.join(' ') || 'Nothing may reach anything.';
}
