/** An element of a configuration: elements, or text. */
export interface Element {
  readonly name: string;
  readonly children: readonly Element[];
  readonly text: string;
}

/** Reads XML without attributes, as pfSense writes it; xmllint has judged its form. */
export function parseXml(text: string): Element {
  const tokens = text.replace(/<\?xml.*?\?>/, '').matchAll(/<(\/?)([\w-]+)>([^<]*)/g);
  const open: { name: string; children: Element[]; text: string }[] = [{ name: '', children: [], text: '' }];
  for (const [, closing, name = '', after = ''] of tokens) {
    if (closing) {
      const closed = open.pop() as Element;
      open.at(-1)?.children.push({ ...closed, text: closed.children.length > 0 ? '' : closed.text });
    } else open.push({ name, children: [], text: unescaped(after.trim()) });
  }
  return open[0]?.children[0] as Element;
}

/** The elements at a path of names. */
export function below(element: Element, ...path: readonly string[]): readonly Element[] {
  return path.reduce<readonly Element[]>((at, name) => at.flatMap(one => one.children.filter(child => child.name === name)), [element]);
}

/** The text at a path of names; empty when nothing is there. */
export function textOf(element: Element, ...path: readonly string[]): string {
  return below(element, ...path)[0]?.text ?? '';
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
