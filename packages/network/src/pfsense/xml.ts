/** Content of an element: text, which is escaped, or elements. Undefined and empty make an empty element. */
export type XmlContent = string | number | readonly XmlElement[] | undefined;
export type XmlElement = readonly [name: string, content?: XmlContent];

/** A well-formed document. */
export function renderXml(root: XmlElement): string {
  return `<?xml version="1.0"?>\n${lines(root, '').join('\n')}\n`;
}

function lines([name, content]: XmlElement, indent: string): string[] {
  if (content === undefined || content === '' || (Array.isArray(content) && content.length === 0)) return [`${indent}<${name}></${name}>`];
  if (typeof content === 'string' || typeof content === 'number') return [`${indent}<${name}>${escaped(String(content))}</${name}>`];
  return [`${indent}<${name}>`, ...content.flatMap(child => lines(child, `${indent}\t`)), `${indent}</${name}>`];
}

/** Control characters have no form in XML 1.0, not even an escaped one. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\x20-\uFFFD]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
