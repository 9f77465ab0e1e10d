import { createInterface } from 'node:readline/promises';
import { ConfigError } from '@ashlar/core';

/** Asks a person; only `yes` is consent. @throws SANDBOX_UNCONFIRMED where there is nobody to ask */
export async function confirmed(question: string, input = process.stdin, output = process.stderr): Promise<boolean> {
  if (!input.isTTY) {
    throw new ConfigError('sandboxes', 'SANDBOX_UNCONFIRMED', 'there is no terminal to ask for consent', {
      fix: 'read the plan with --plan, then write --yes',
    });
  }
  const terminal = createInterface({ input, output });
  try {
    return (await terminal.question(`${question} Only yes is taken for consent: `)).trim() === 'yes';
  } finally {
    terminal.close();
  }
}
