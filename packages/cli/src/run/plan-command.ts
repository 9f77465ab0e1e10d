import { resolve } from 'node:path';
import { commandLine } from '@ashlar/analysis';
import { ConfigError } from '@ashlar/core';
import { Command, InvalidArgumentError } from 'commander';
import { dryRun } from './dry-run';
import { readPlan } from './plan-file';
import { RunPlace } from './run-place';
import { runPlan } from './run-plan';
import { refuseLosses } from './shutdown';

interface Options {
  readonly out: string;
  readonly jobs: number;
  readonly done: readonly string[];
  readonly consent: readonly string[];
  readonly allowDestroy?: boolean;
  readonly dryRun?: boolean;
}

/** `ashlar up` */
export function upCommand(): Command {
  const command = new Command('up').description('Brings everything up, from bootstrap/plan.json');
  return withOptions(command).action((options: Options) => run('start-up', 'up', options));
}

/** `ashlar down` */
export function downCommand(): Command {
  const command = new Command('down').description('Shuts everything down, from bootstrap/shutdown.json; nothing is destroyed');
  return withOptions(command).action((options: Options) => run('shutdown', 'down', options));
}

/** `ashlar run <plan>` */
export function runCommand(): Command {
  const command = new Command('run').description('Runs another plan of bootstrap/: upgrade, restore, replace-<machine>').argument('<plan>');
  return withOptions(command).action((plan: string, options: Options) => run(plan, `run ${plan}`, options));
}

function withOptions(command: Command): Command {
  const list = (value: string, before: readonly string[]) => [...before, value];
  return command
    .option('--out <folder>', 'output folder of the app', 'out')
    .option('--jobs <number>', 'how many steps may work at once', jobs, 4)
    .option('--dry-run', 'shows what would be done, and does nothing')
    .option('--done <step>', 'this step, which a person does, is done (may be repeated)', list, [])
    .option('--consent <step>', 'this step may destroy what it says (may be repeated)', list, [])
    .option('--allow-destroy', 'Terraform may also destroy or replace what is in the way');
}

async function run(name: string, words: string, options: Options): Promise<void> {
  const place = new RunPlace(resolve(options.out));
  const plan = readPlan(place.out, name);
  if (plan.name !== name) {
    throw new ConfigError('plan', 'PLAN_OTHER', `the file of ${name} has the plan ${plan.name}`, {
      fix: 'synthesize again: npm run synth',
    });
  }
  if (name === 'shutdown') refuseLosses(plan);
  if (options.dryRun) {
    console.log(dryRun(plan));
    return;
  }
  await runPlan({
    plan,
    place,
    jobs: options.jobs,
    done: options.done,
    consent: options.consent,
    allowDestroy: options.allowDestroy ?? false,
    environment: process.env,
    tell: text => console.error(text),
    again: commandLine(['ashlar', ...words.split(' '), ...(options.out === 'out' ? [] : ['--out', options.out])]),
  });
}

/** A number of steps. */
function jobs(text: string): number {
  if (!/^[1-9]\d?$/.test(text)) throw new InvalidArgumentError('It is a whole number from 1 to 99.');
  return Number(text);
}
