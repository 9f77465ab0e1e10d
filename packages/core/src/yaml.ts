import { CORE_SCHEMA, dump, Type } from 'js-yaml';

/**
 * Text that YAML 1.1 takes for a number or a date and YAML 1.2 does not: `1_000`, `0777`, `12:30:45`, `2026-11-21`. Readers in
 * the field are of both kinds, so such text is quoted. @see https://yaml.org/type/
 */
const SCALAR_OF_1_1 = [
  /^[-+]?[0-9][0-9_]*$/,
  /^[-+]?0[bB][01_]+$/,
  /^[-+]?0[xX][0-9a-fA-F_]+$/,
  /^[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?$/,
  /^[-+]?([0-9][0-9_]*)?\.[0-9_]*([eE][-+]?[0-9]+)?$/,
  /^[-+]?[0-9][0-9_]*(\.[0-9_]*)?[eE][-+]?[0-9]+$/,
  /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt \t].*)?$/,
];

function isLookalike(text: unknown): boolean {
  if (typeof text !== 'string') return false;
  return /^[-+.0-9]/.test(text) ? SCALAR_OF_1_1.some(form => form.test(text)) : text === '<<' || text === '=';
}

/** Never reads or writes anything itself: it only makes the writer quote what it would resolve. */
const lookalike = new Type('tag:yaml.org,2002:lookalike', {
  kind: 'scalar',
  resolve: isLookalike,
  predicate: () => false,
});

const SCHEMA = CORE_SCHEMA.extend({ implicit: [lookalike] });

/** YAML that readers of version 1.1 and 1.2 take for the same, without anchors or folded lines. */
export function toYaml(value: unknown): string {
  return dump(value, { schema: SCHEMA, noRefs: true, lineWidth: -1 });
}
