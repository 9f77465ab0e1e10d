import { createInterface } from 'node:readline/promises';
import type { ConfigError } from '@ashlar/core';

/** A person at a terminal, or nobody. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream;
}

/** The terminal of this process. Questions go where the messages go, so that the output can be read by programs. */
export const TERMINAL: Terminal = { input: process.stdin, output: process.stderr };

/**
 * Asks a person; only `yes` is consent.
 * @param unattended what is wrong where there is nobody to ask
 * @param signal ends the question, as if there were no consent
 * @throws what `unattended` makes
 */
export async function confirmed(
  question: string,
  unattended: () => ConfigError,
  { input, output }: Terminal = TERMINAL,
  signal?: AbortSignal,
): Promise<boolean> {
  if (!input.isTTY) throw unattended();
  const lines = createInterface({ input, output });
  // The terminal hands the keys over as they are typed, those of an interrupt and of an end too.
  lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  const ended = new Promise<string>(resolve => lines.once('close', () => resolve('')));
  try {
    const answer = lines.question(`${question} Only yes is taken for consent: `, { signal: signal ?? new AbortController().signal });
    return (await Promise.race([answer.catch(() => ''), ended])).trim() === 'yes';
  } finally {
    lines.close();
  }
}
