import { PassThrough } from 'node:stream';
import { confirmed } from '../src/dev/confirmation';

/** A terminal at which somebody types a line. */
function terminal(line: string) {
  const input = Object.assign(new PassThrough(), { isTTY: true });
  input.write(`${line}\n`);
  return input as unknown as typeof process.stdin;
}

const nowhere = () => new PassThrough() as unknown as typeof process.stderr;

test('only yes is consent', async () => {
  expect(await confirmed('Go?', terminal('yes'), nowhere())).toBe(true);
  for (const line of ['', 'y', 'no', 'YES', 'yes please']) expect(await confirmed('Go?', terminal(line), nowhere())).toBe(false);
});

test('where nobody is, nobody consents', async () => {
  const input = new PassThrough() as unknown as typeof process.stdin;
  await expect(confirmed('Go?', input, nowhere())).rejects.toThrow(
    '[sandboxes] there is no terminal to ask for consent; read the plan with --plan, then write --yes (SANDBOX_UNCONFIRMED)',
  );
});
