import { PAINT } from './palette';

/** How a line of text looks. */
export interface TextStyle {
  /** In pixels. */
  readonly size: number;
  readonly bold?: boolean;
  /** Digits and letters of one width, for addresses. */
  readonly mono?: boolean;
  readonly fill: string;
}

export const SANS = "Inter, 'Segoe UI', 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif";
export const MONO = "ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace";

export const TITLE: TextStyle = { size: 28, bold: true, fill: PAINT.ink };
export const SUBTITLE: TextStyle = { size: 15, fill: PAINT.muted };
export const HEADING: TextStyle = { size: 17, bold: true, fill: PAINT.ink };
export const NAME: TextStyle = { size: 15, bold: true, fill: PAINT.ink };
export const SMALL_NAME: TextStyle = { size: 13, bold: true, fill: PAINT.ink };
export const FACT: TextStyle = { size: 12, fill: PAINT.muted };
export const CODE: TextStyle = { size: 12, mono: true, fill: PAINT.ink };

/** Height of a line. */
export function lineHeight(style: TextStyle): number {
  return Math.round(style.size * 1.4);
}

/**
 * How wide a line is, in a font a little wider than those that are likely to be used. Whole pixels, rounded up. Nothing
 * is measured, so that a picture is the same on every machine.
 */
export function textWidth(text: string, style: TextStyle): number {
  let thousandths = 0;
  for (const character of text) thousandths += style.mono ? monoWidth(character) : sansWidth(character) * (style.bold ? 1.08 : 1);
  return Math.ceil((thousandths * style.size) / 1000);
}

/** A line that is not wider than `width`, cut with an ellipsis where it would be. */
export function fitText(text: string, style: TextStyle, width: number): string {
  if (textWidth(text, style) <= width) return text;
  const characters = [...text];
  while (characters.length > 0 && textWidth(`${characters.join('')}…`, style) > width) characters.pop();
  return `${characters.join('').trimEnd()}…`;
}

/** Widths in thousandths of the font size, a little above those of the common fonts. */
const WIDTHS = new Map(
  (
    [
      [300, "ijl.,:;|!'` "],
      [390, 'ftrI-()[]{}/\\"'],
      [550, 'cksvxyzJ·'],
      [920, 'mwMW@%…—'],
    ] as const
  ).flatMap(([width, characters]) => [...characters].map((character): [string, number] => [character, width])),
);

/** Characters of other scripts are taken for square. */
function sansWidth(character: string): number {
  const known = WIDTHS.get(character);
  if (known !== undefined) return known;
  if (character > '\u02ff') return 1000;
  return character >= 'A' && character <= 'Z' ? 720 : 610;
}

function monoWidth(character: string): number {
  return character > '\u02ff' ? 1000 : 602;
}
