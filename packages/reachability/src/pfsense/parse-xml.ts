import { unjudged } from '../unjudged';
import { XmlElement } from './xml-element';

/** Parts of the text, from left to right: declaration, comment, literal text, end tag, start tag with or without an end, text. */
const PARTS = /<\?[^?]*\?>|<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<\/([A-Za-z_][\w.-]*)\s*>|<([A-Za-z_][\w.-]*)\s*(\/?)>|([^<]+)/y;

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

interface Open {
  readonly name: string;
  readonly line: number;
  readonly children: XmlElement[];
  text: string;
}

/**
 * The root element of a file in the XML that pfSense writes: elements and text, no attributes, no document type.
 * @throws REACH_UNJUDGED where it has another form
 */
export function parseXml(file: string, text: string): XmlElement {
  const open: Open[] = [{ name: file, line: 1, children: [], text: '' }];
  let line = 1;
  PARTS.lastIndex = 0;
  while (PARTS.lastIndex < text.length) {
    const from = PARTS.lastIndex;
    const part = PARTS.exec(text);
    if (!part) throw unjudged(file, line, `"${text.slice(from, from + 40).split('\n')[0]}"`, 'write elements without attributes');
    const [whole, literal, end, start, closed, plain] = part;
    const at = open[open.length - 1] as Open;
    if (start !== undefined) {
      if (closed) at.children.push(new XmlElement(file, line, start, [], ''));
      else open.push({ name: start, line, children: [], text: '' });
    } else if (end !== undefined) {
      if (open.length === 1 || at.name !== end) throw unjudged(file, line, `</${end}>`, `close <${at.name}> of line ${at.line} first`);
      open.pop();
      (open[open.length - 1] as Open).children.push(finished(file, at));
    } else if (literal !== undefined) at.text += literal;
    else if (plain !== undefined) at.text += unescaped(file, line, plain);
    line += whole.split('\n').length - 1;
  }
  const [top, unfinished] = open as [Open, Open | undefined];
  if (unfinished) throw unjudged(file, unfinished.line, `<${unfinished.name}>`, 'close it');
  const [root, second] = finished(file, top).children;
  if (!root || second) throw unjudged(file, second?.line, 'a file without one root element', 'write one <pfsense>');
  return root;
}

function finished(file: string, { name, line, children, text }: Open): XmlElement {
  const value = text.trim();
  if (children.length > 0 && value !== '') throw unjudged(file, line, `"${value}" beside elements in <${name}>`, 'remove it');
  return new XmlElement(file, line, name, children, value);
}

function unescaped(file: string, line: number, text: string): string {
  return text.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));|&/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    const code = decimal ? Number.parseInt(decimal, 10) : hex ? Number.parseInt(hex, 16) : undefined;
    const found = code === undefined ? ENTITIES[name ?? ''] : String.fromCodePoint(code);
    if (found === undefined) throw unjudged(file, line, `"${whole}"`, 'write &amp; for an ampersand');
    return found;
  });
}
