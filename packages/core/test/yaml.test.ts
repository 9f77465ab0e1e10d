import * as fc from 'fast-check';
import { parse } from 'yaml';
import { toYaml } from '../src';

test('text reads back the same in YAML 1.1 and 1.2, whatever it looks like', () => {
  const lookalikes = [
    'yes',
    'No',
    'on',
    'OFF',
    'y',
    '~',
    'null',
    '0777',
    '0o17',
    '1e3',
    '1_000',
    '.5',
    '12:30:45',
    '2026-11-21',
    '0x1F',
    '<<',
    '=',
    '- a',
    'a: b',
    '#c',
    '*x',
    '&x',
    '!t',
    '%',
    '@',
    '`',
    'a\nb',
    ' a ',
    '\t',
    '',
  ];
  for (const value of lookalikes) {
    for (const version of ['1.1', '1.2'] as const)
      expect([value, version, parse(toYaml({ value }), { version }).value]).toEqual([value, version, value]);
  }
  fc.assert(
    fc.property(
      fc.dictionary(fc.string({ unit: 'grapheme' }), fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean())),
      value => {
        for (const version of ['1.1', '1.2'] as const) expect(parse(toYaml(value), { version, merge: false })).toEqual({ ...value });
      },
    ),
    { numRuns: 500, seed: 1 },
  );
});
