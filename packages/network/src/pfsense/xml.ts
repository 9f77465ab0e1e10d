/** Content of an element: text, which is escaped, elements, or several elements of one name; `true` makes an empty one. */
export type XmlContent = string | number | true | XmlNode | readonly XmlContent[] | undefined;
export interface XmlNode {
  readonly [name: string]: XmlContent;
}

/** A well-formed document. What is undefined is left out. */
export function renderXml(root: string, content: XmlContent): string {
  return `<?xml version="1.0"?>\n${lines(root, content, '').join('\n')}\n`;
}

function lines(name: string, content: XmlContent, indent: string): string[] {
  if (content === undefined) return [];
  if (Array.isArray(content)) return content.flatMap(item => lines(name, item, indent));
  if (content === true || content === '') return [`${indent}<${name}></${name}>`];
  if (typeof content !== 'object') return [`${indent}<${name}>${escaped(String(content))}</${name}>`];
  const inner = Object.entries(content).flatMap(([child, value]) => lines(child, value, `${indent}\t`));
  return inner.length > 0 ? [`${indent}<${name}>`, ...inner, `${indent}</${name}>`] : [`${indent}<${name}></${name}>`];
}

/** Control characters have no form in XML 1.0, not even an escaped one. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\x20-\uFFFD]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
