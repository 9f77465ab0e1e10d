/** A table in GitHub's Markdown. A heading that ends in `:` has its column set to the right, as numbers are. */
export function markdownTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [
    line(headings.map(heading => heading.replace(/:$/, ''))),
    line(headings.map(heading => (heading.endsWith(':') ? '---:' : '---'))),
    ...rows.map(line),
  ].join('\n');
}
