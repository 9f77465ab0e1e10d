import { Check, ConfigError } from '@ashlar/core';
import type { IConstruct } from 'constructs';

/** Changes to the headers of a message, by name. A header is named in one of the three. */
export interface HeaderChanges {
  /** Replaces what is there. @default - none */
  readonly set?: Readonly<Record<string, string>>;
  /** Adds a value to those that are there. @default - none */
  readonly add?: Readonly<Record<string, string>>;
  /** @default - none */
  readonly remove?: readonly string[];
}

interface HeaderValue {
  readonly name: string;
  readonly value: string;
}

/** As the Gateway API writes it. */
export interface HeaderModifier {
  readonly set?: readonly HeaderValue[];
  readonly add?: readonly HeaderValue[];
  readonly remove?: readonly string[];
}

/** The most that the Gateway API takes of each kind of change. */
const MOST = 16;

/**
 * @param prop name of the property, for errors
 * @throws HEADER_CHANGES when it changes nothing, too much, or one header twice; PROP_*
 */
export function headerModifier(scope: IConstruct, prop: string, changes: HeaderChanges): HeaderModifier {
  const check = new Check(scope);
  check.known(changes, ['set', 'add', 'remove']);
  const values = (kind: 'set' | 'add') =>
    Object.entries(changes[kind] ?? {})
      .map(([name, value]) => ({
        name: header(check, `${prop}.${kind}`, name),
        value: check.text(`${prop}.${kind}.${name}`, value, /^[ -~]{1,4096}$/, 'printable ASCII, up to 4096 characters', 'shop'),
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  const [set, add] = [values('set'), values('add')];
  const remove = (changes.remove ?? []).map(name => header(check, `${prop}.remove`, name)).sort();
  const names = [...set.map(h => h.name), ...add.map(h => h.name), ...remove].map(name => name.toLowerCase());
  if (names.length === 0) {
    throw new ConfigError(scope, 'HEADER_CHANGES', `${prop} changes nothing`, { fix: `write ${prop}: { set: { 'X-Shop': 'lab' } }` });
  }
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice) throw new ConfigError(scope, 'HEADER_CHANGES', `${prop} names ${twice} twice`, { fix: 'say once what becomes of a header' });
  if ([set, add, remove].some(list => list.length > MOST)) {
    throw new ConfigError(scope, 'HEADER_CHANGES', `${prop} sets, adds or removes more than ${MOST} headers, the most that a route takes`, {
      fix: 'let the workload write the others',
    });
  }
  return { ...(set.length > 0 && { set }), ...(add.length > 0 && { add }), ...(remove.length > 0 && { remove }) };
}

function header(check: Check, prop: string, name: string): string {
  return check.text(prop, name, /^[A-Za-z0-9!#$%&'*+\-.^_`|~]{1,256}$/, 'by names of headers', 'X-Shop');
}
