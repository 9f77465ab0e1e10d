import type { Version } from './component-versions';
import { footer } from './component-versions';
import { isValues, sortedEntries, Tagged, type VyosNode } from './vyos-config';

/** The text of `config.boot`. @see https://docs.vyos.io/en/latest/cli.html */
export function configBoot(config: VyosNode, version: Version): string {
  return `${lines(config, 0).join('\n')}\n${footer(version)}`;
}

function lines(node: VyosNode, depth: number): string[] {
  return sortedEntries(node).flatMap(([name, child]): string[] => {
    if (child instanceof Tagged)
      return sortedEntries(child.children).flatMap(([tag, inner]) => block(`${name} ${quoted(tag)}`, inner, depth));
    if (child === true) return [indented(depth, name)];
    if (isValues(child)) return child.map(value => indented(depth, `${name} "${escaped(String(value))}"`));
    if (typeof child === 'object') return block(name, child as VyosNode, depth);
    return [indented(depth, `${name} "${escaped(String(child))}"`)];
  });
}

function block(head: string, content: VyosNode | true, depth: number): string[] {
  const inner = content === true ? [] : lines(content, depth + 1);
  return [indented(depth, `${head} {`), ...inner, indented(depth, '}')];
}

function indented(depth: number, text: string): string {
  return `${' '.repeat(4 * depth)}${text}`;
}

function quoted(tag: string): string {
  return /^[\w.:/+@*-]+$/.test(tag) ? tag : `"${escaped(tag)}"`;
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', ' ');
}
