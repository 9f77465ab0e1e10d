import { resolve } from 'node:path';
import { Command } from 'commander';
import { RunPlace } from './run-place';
import { statusText } from './status';

/** `ashlar status` */
export function statusCommand(): Command {
  return new Command('status')
    .description('Says how far the plans have come, by what the runs wrote down')
    .option('--out <folder>', 'output folder of the app', 'out')
    .action(({ out }: { readonly out: string }) => console.log(statusText(new RunPlace(resolve(out)))));
}
