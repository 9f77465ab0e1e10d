import { PassThrough } from 'node:stream';
import { ConfigError } from '@ashlar/core';
import { confirmed, type Terminal } from '../src/terminal/confirmation';

/** A terminal at which somebody types a line. */
function terminal(line: string): Terminal {
  const input = Object.assign(new PassThrough(), { isTTY: true });
  input.write(`${line}\n`);
  return { input, output: new PassThrough() };
}

const nobody = () => new ConfigError('lab', 'NOBODY', 'nobody is there');

test('only yes is consent', async () => {
  expect(await confirmed('Go?', nobody, terminal('yes'))).toBe(true);
  for (const line of ['', 'y', 'no', 'YES', 'yes please']) expect(await confirmed('Go?', nobody, terminal(line))).toBe(false);
});

test('where nobody is, nobody consents', async () => {
  const nowhere = { input: new PassThrough(), output: new PassThrough() };
  await expect(confirmed('Go?', nobody, nowhere)).rejects.toThrow('[lab] nobody is there (NOBODY)');
});

test('a question that is given up is no consent', async () => {
  const silent = { input: Object.assign(new PassThrough(), { isTTY: true }), output: new PassThrough() };
  const given = new AbortController();
  const answer = confirmed('Go?', nobody, silent, given.signal);
  given.abort();
  expect(await answer).toBe(false);
});

/** A terminal that hands over each key, at which nobody has typed yet. */
function keys() {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
  return { input, output: Object.assign(new PassThrough(), { isTTY: true, columns: 80 }) };
}

test('an interrupt at a question is one of the process', async () => {
  const at = keys();
  const given = new AbortController();
  const kill = jest.spyOn(process, 'kill').mockReturnValue(true);
  const answer = confirmed('Go?', nobody, at, given.signal);
  at.input.write('\u0003');
  await new Promise(resolve => setImmediate(resolve));
  given.abort();
  expect(await answer).toBe(false);
  expect(kill.mock.calls).toEqual([[process.pid, 'SIGINT']]);
  kill.mockRestore();
});

test('the end of the input is no consent', async () => {
  const at = keys();
  const answer = confirmed('Go?', nobody, at);
  at.input.write('\u0004');
  expect(await answer).toBe(false);
});
