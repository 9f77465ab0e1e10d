import { spawnSync } from 'node:child_process';
import type { Command } from '@ashlar/core';
import fc from 'fast-check';
import { commandLine } from '../../src/order/command-line';
import { durationText } from '../../src/order/duration-text';

/** What a shell makes of a line. */
function read(line: string): string[] {
  return spawnSync('sh', ['-c', `printf '%s\\0' ${line}`], { encoding: 'utf8' })
    .stdout.split('\0')
    .slice(0, -1);
}

test.each([
  [['kubectl', '--context', 'lab', 'get', 'nodes'], 'kubectl --context lab get nodes'],
  [['echo', "it's", '$HOME', '', 'a b'], "echo 'it'\\''s' '$HOME' '' 'a b'"],
  [['kubectl', 'wait', '--for=jsonpath={.status.phase}=Ready'], "kubectl wait '--for=jsonpath={.status.phase}=Ready'"],
] as const)('%j is copied as %s', (command, line) => {
  expect(commandLine(command as unknown as Command)).toBe(line);
  expect(read(line)).toEqual(command);
});

test('a shell reads every command line as the words that it was made of', () => {
  const word = fc.string({ maxLength: 12 }).map(text => text.replaceAll('\0', ''));
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), words => {
      expect(read(commandLine(words as [string]))).toEqual(words);
    }),
    { numRuns: 60 },
  );
});

test.each([
  [0, '0 s'],
  [59, '59 s'],
  [60, '1 min'],
  [5400, '1 h 30 min'],
  [3601, '1 h 1 s'],
])('%d seconds are %s', (seconds, text) => {
  expect(durationText(seconds)).toBe(text);
});
