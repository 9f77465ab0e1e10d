import { type SvgElement, svg } from './svg';
import { fitText, lineHeight, MONO, type TextStyle, textWidth } from './text-style';

/** A part of a picture that knows its size, and is drawn wherever it is put. */
export interface Block {
  readonly width: number;
  /** The least height; it can be drawn higher. */
  readonly height: number;
  draw(x: number, y: number, height?: number): SvgElement[];
}

/** Colours and corners of a frame. */
export interface Frame {
  readonly fill: string;
  readonly edge?: string;
  readonly dashed?: boolean;
  readonly radius: number;
  readonly padding: number;
  /** Whole text, told by a viewer that points at it. */
  readonly title?: string;
}

/**
 * A line of text, cut at `width`; what was cut is told by a viewer that points at it.
 * @param centred where the font is narrower than it was laid out for, what is left over is at both ends
 */
export function line(text: string, style: TextStyle, width = Number.MAX_SAFE_INTEGER, centred = false): Block {
  const shown = fitText(text, style, width);
  const height = lineHeight(style);
  const own = textWidth(shown, style);
  return {
    width: own,
    height,
    draw: (x, y) => [
      svg(
        'text',
        {
          x: centred ? x + Math.floor(own / 2) : x,
          y: y + baseline(style),
          ...(centred && { 'text-anchor': 'middle' }),
          'font-size': style.size,
          ...(style.bold && { 'font-weight': 600 }),
          ...(style.mono && { 'font-family': MONO }),
          fill: style.fill,
        },
        ...(shown === text ? [] : [svg('title', {}, text)]),
        shown,
      ),
    ],
  };
}

/** A name, and facts after it on the same baseline. */
export function captioned(name: string, style: TextStyle, facts: readonly string[], factStyle: TextStyle, width: number): Block {
  const title = line(name, style, width);
  const left = width - title.width - 12;
  if (facts.length === 0 || left < 40) return title;
  const rest = line(facts.join(' · '), factStyle, left);
  const drop = baseline(style) - baseline(factStyle);
  return {
    width: title.width + 12 + rest.width,
    height: title.height,
    draw: (x, y) => [...title.draw(x, y), ...rest.draw(x + title.width + 12, y + drop)],
  };
}

/** Words separated by dots, broken into lines where they get too wide. */
export function paragraph(words: readonly string[], style: TextStyle, width: number): Block {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    const joined = `${last} · ${word}`;
    if (last !== undefined && textWidth(joined, style) <= width) lines[lines.length - 1] = joined;
    else lines.push(word);
  }
  return column(lines.map(text => line(text, style, width)));
}

/** Blocks below each other; the last gets what height is left over. */
export function column(blocks: readonly Block[], gap = 0): Block {
  const shown = blocks.filter(block => block.height > 0);
  const height = sum(shown.map(block => block.height)) + gap * Math.max(0, shown.length - 1);
  return {
    width: Math.max(0, ...shown.map(block => block.width)),
    height,
    draw: (x, y) => {
      let top = y;
      return shown.flatMap(block => {
        const drawn = block.draw(x, top);
        top += block.height + gap;
        return drawn;
      });
    },
  };
}

/** Blocks beside each other, on their common middle. */
export function row(blocks: readonly Block[], gap = 0): Block {
  const height = Math.max(0, ...blocks.map(block => block.height));
  return {
    width: sum(blocks.map(block => block.width)) + gap * Math.max(0, blocks.length - 1),
    height,
    draw: (x, y) => {
      let left = x;
      return blocks.flatMap(block => {
        const drawn = block.draw(left, y + Math.floor((height - block.height) / 2));
        left += block.width + gap;
        return drawn;
      });
    },
  };
}

/** Blocks beside each other, in as many rows as they need. */
export function flow(blocks: readonly Block[], width: number, gap: number): Block {
  const rows: Block[][] = [];
  for (const block of blocks) {
    const last = rows.at(-1);
    const used = last ? sum(last.map(b => b.width)) + gap * last.length : 0;
    if (last && used + block.width <= width) last.push(block);
    else rows.push([block]);
  }
  return column(
    rows.map(blocksOfRow => row(blocksOfRow, gap)),
    gap,
  );
}

/** Blocks of one width in columns, those of a row of one height. */
export function grid(blocks: readonly Block[], columns: number, gap: number): Block {
  const rows: Block[][] = [];
  for (let i = 0; i < blocks.length; i += columns) rows.push(blocks.slice(i, i + columns));
  const lines = rows.map((cells): Block => {
    const height = Math.max(...cells.map(cell => cell.height));
    const width = sum(cells.map(cell => cell.width)) + gap * (cells.length - 1);
    return { width, height, draw: (x, y) => cells.flatMap((cell, i) => cell.draw(x + i * (cell.width + gap), y, height)) };
  });
  return column(lines, gap);
}

/** A block in a frame of a given width. */
export function framed(inner: Block, width: number, frame: Frame): Block {
  const least = inner.height + 2 * frame.padding;
  return {
    width,
    height: least,
    draw: (x, y, height = least) => [
      svg(
        'g',
        {},
        ...(frame.title === undefined ? [] : [svg('title', {}, frame.title)]),
        svg('rect', {
          x,
          y,
          width,
          height,
          rx: frame.radius,
          fill: frame.fill,
          ...(frame.edge && { stroke: frame.edge }),
          ...(frame.dashed && { 'stroke-dasharray': '5 4' }),
        }),
        ...inner.draw(x + frame.padding, y + frame.padding),
      ),
    ],
  };
}

/** A block as wide as `width`, the second one at its right end. */
export function justified(left: Block, right: Block, width: number, align: 'middle' | 'top' = 'middle'): Block {
  const height = Math.max(left.height, right.height);
  const middle = (block: Block) => (align === 'top' ? 0 : Math.floor((height - block.height) / 2));
  return {
    width,
    height,
    draw: (x, y) => [...left.draw(x, y + middle(left)), ...right.draw(x + width - right.width, y + middle(right))],
  };
}

/** In how many columns a number of blocks stands, at most `most`, so that the last row is as full as it can be. */
export function evenColumns(count: number, most: number): number {
  return Math.max(1, Math.ceil(count / Math.ceil(count / Math.max(1, most))) || 1);
}

/** Elements of a fixed size. */
export function drawing(width: number, height: number, draw: (x: number, y: number) => SvgElement[]): Block {
  return { width, height, draw };
}

function baseline(style: TextStyle): number {
  return Math.round((lineHeight(style) + style.size * 0.7) / 2);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
