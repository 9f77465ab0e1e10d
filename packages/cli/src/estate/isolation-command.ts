import { formatFinding } from '@ashlar/core';
import { Command } from 'commander';
import { isolationOf, isolationTable } from './isolation';

/** Ends with 1 and a line for each thing that two environments both take, else with a table. */
export function isolationCommand(): Command {
  return new Command('isolation')
    .description('Compares what environments take for themselves: tags, prefixes, ids, names, states')
    .argument('<out...>', 'output folders of the apps')
    .action((folders: string[]) => {
      const { environments, collisions } = isolationOf(folders);
      for (const collision of collisions) console.error(formatFinding(collision));
      if (collisions.length > 0) process.exitCode = 1;
      else console.log(isolationTable(environments));
    });
}
