/** An element of a picture: name, attributes, and what is inside. */
export interface SvgElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly children: readonly (SvgElement | string)[];
}

/** @throws Error when a number is not whole: coordinates are, so that a picture is the same everywhere */
export function svg(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  ...children: readonly (SvgElement | string)[]
): SvgElement {
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'number' && !Number.isInteger(value)) throw new Error(`${name} ${key}=${value} is not a whole number`);
  }
  return { name, attributes, children };
}

/** The text of a picture, one element a line. */
export function svgText(element: SvgElement, indent = ''): string {
  const { name, attributes, children } = element;
  const tag = [name, ...Object.entries(attributes).map(([key, value]) => `${key}="${escapeXml(String(value))}"`)].join(' ');
  if (children.length === 0) return `${indent}<${tag}/>`;
  if (children.every(child => typeof child === 'string')) return `${indent}<${tag}>${children.map(escapeXml).join('')}</${name}>`;
  // White space inside a text element would be drawn.
  if (name === 'text')
    return `${indent}<${tag}>${children.map(child => (typeof child === 'string' ? escapeXml(child) : svgText(child))).join('')}</${name}>`;
  const inner = children.map(child => (typeof child === 'string' ? `${indent}  ${escapeXml(child)}` : svgText(child, `${indent}  `)));
  return [`${indent}<${tag}>`, ...inner, `${indent}</${name}>`].join('\n');
}

/** Also replaces what XML cannot hold at all, such as control characters. */
function escapeXml(text: string): string {
  return text
    .replace(FORBIDDEN, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Control characters, halves of pairs, and what is no character. */
const FORBIDDEN = /[^\P{Cc}\t\n\r]|\p{Cs}|[\ufffe\uffff]/gu;
