/**
 * A node of VyOS's configuration: keys are names of nodes, leaf values are strings, `true` is a leaf without value, and a list is a
 * leaf with several values. Undefined is left out.
 */
export interface VyosNode {
  readonly [name: string]: VyosNode | Tagged | string | number | true | readonly (string | number)[] | undefined;
}

/** A tag node: one child for each name, such as the rules of a rule set. */
export class Tagged {
  constructor(public readonly children: Readonly<Record<string, VyosNode | true>>) {}
}

/** `rule: tagged(...)`: children by name; those without content are left out, `true` is one that needs none. */
export function tagged(children: Iterable<readonly [name: string | number, node: VyosNode | true | undefined]>): Tagged | undefined {
  const kept = [...children].filter((entry): entry is [string | number, VyosNode | true] => entry[1] !== undefined);
  if (kept.length === 0) return undefined;
  return new Tagged(Object.fromEntries(kept.map(([name, node]) => [String(name), node])));
}

/** One setting: the path with the names of tag nodes in it, and its value. */
export interface Setting {
  readonly path: readonly string[];
  readonly value?: string;
  /** Whether the leaf may have other values besides. */
  readonly multiple: boolean;
}

/** Every setting, in the order in which VyOS shows them. */
export function settingsOf(node: VyosNode, path: readonly string[] = []): Setting[] {
  return sortedEntries(node).flatMap(([name, child]): Setting[] => {
    const here = [...path, name];
    if (child instanceof Tagged) {
      return sortedEntries(child.children).flatMap(([tag, inner]): Setting[] => {
        const at = [...here, tag];
        const settings = inner === true ? [] : settingsOf(inner as VyosNode, at);
        return settings.length > 0 ? settings : [{ path: at, multiple: false }];
      });
    }
    if (child === true) return [{ path: here, multiple: false }];
    if (isValues(child)) return child.map(value => ({ path: here, value: String(value), multiple: true }));
    if (typeof child === 'object') {
      const settings = settingsOf(child as VyosNode, here);
      return settings.length > 0 ? settings : [{ path: here, multiple: false }];
    }
    return [{ path: here, value: String(child), multiple: false }];
  });
}

/** By name, numbers by value: rule 9 stands before rule 10. */
export function sortedEntries<T>(node: Readonly<Record<string, T | undefined>>): [name: string, child: T][] {
  const entries = Object.entries(node).filter((entry): entry is [string, T] => entry[1] !== undefined);
  return entries.sort(([a], [b]) => compareNames(a, b));
}

function compareNames(a: string, b: string): number {
  const numbers = /^\d+$/.test(a) && /^\d+$/.test(b);
  if (numbers) return Number(a) - Number(b);
  return a < b ? -1 : a > b ? 1 : 0;
}

export function isValues(x: unknown): x is readonly (string | number)[] {
  return Array.isArray(x);
}

/** Leaves that take several values, of those that we write: their text alone does not tell. */
const REPEATED: readonly RegExp[] = [
  /^interfaces .* (address|allowed-ips)$/,
  /^firewall zone \S+ interface$/,
  /^firewall group \S+ \S+ network$/,
  /^policy route6? \S+ interface$/,
  /^service dns forwarding (allow-from|listen-address)$/,
  /^service dns forwarding authoritative-domain .* address$/,
  /^service ntp allow-client address$/,
  /^service (ntp|ssh) listen-address$/,
  /^service ssh port$/,
  /^service dhcp(v6)?-server .* name-server$/,
  /^service router-advert .* (name-server|dnssl)$/,
  /^system flow-accounting interface$/,
  /^system config-management commit-archive location$/,
  /^system name-server$/,
];

/** Whether the leaf at `path` may have other values besides one. */
export function mayRepeat(path: readonly string[]): boolean {
  const text = path.join(' ');
  return REPEATED.some(pattern => pattern.test(text));
}
