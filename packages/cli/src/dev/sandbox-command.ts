import { resolve } from 'node:path';
import { ConfigError } from '@ashlar/core';
import { Command } from 'commander';
import { runSandboxes } from './sandbox-run';

interface Options {
  readonly all?: boolean;
  readonly plan?: boolean;
  readonly yes?: boolean;
  readonly out: string;
  readonly allowDestroy?: boolean;
  readonly own?: boolean;
}

/** The command line of `dev-up` and `dev-down`: runs it, and ends with exit code 1 and one clear error when something is wrong. */
export async function sandboxCommand(to: 'up' | 'down', argv: readonly string[] = process.argv): Promise<void> {
  const command = new Command(`dev-${to}`)
    .description(to === 'up' ? 'Brings the machines of developers up, or back to what is declared' : 'Destroys the machines of developers')
    .argument('[developers...]', 'names, as in the file of developers')
    .option('--all', 'every developer')
    .option('--plan', 'shows what would change, and ends')
    .option('--yes', 'does not ask for consent')
    .option('--out <folder>', 'output folder of the app', 'out');
  if (to === 'up') {
    command
      .option('--own', 'leaves out what all share, which an operator has applied')
      .option('--allow-destroy', 'also destroys or replaces what is in the way');
  }
  command.action(async (names: string[], options: Options) => {
    await runSandboxes({
      to,
      names,
      all: options.all ?? false,
      out: resolve(options.out),
      ownOnly: options.own ?? false,
      planOnly: options.plan ?? false,
      yes: options.yes ?? false,
      allowDestroy: options.allowDestroy ?? false,
      environment: process.env,
      tell: text => console.error(text),
    });
  });
  try {
    await command.parseAsync([...argv]);
  } catch (error) {
    if (!ConfigError.isConfigError(error)) throw error;
    console.error(`error ${error.message}`);
    process.exitCode = 1;
  }
}
