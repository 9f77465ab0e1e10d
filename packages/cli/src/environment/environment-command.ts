import { ConfigError } from '@ashlar/core';
import { Command } from 'commander';
import { addEnvironment, type EnvironmentChange, type EnvironmentSpec, environmentsOf, removeEnvironment } from './environment-change';

interface Place {
  readonly app: string;
  readonly dryRun?: boolean;
}

/** What `add` writes: how it is said on the command line, the path of the key in the file, and the form of its value. */
const KEYS = [
  { flags: '--vlan <tag>', key: 'network.tag', form: 'number', told: 'VLAN tag of its segment, which nobody else has', needed: true },
  { flags: '--ipv4 <prefix>', key: 'network.ipv4', form: 'text', told: 'prefix of its segment, e.g. 10.143.0.0/24', needed: true },
  { flags: '--kubernetes <version>', key: 'version', form: 'text', told: 'version of Kubernetes, e.g. 1.34.2', needed: true },
  { flags: '--class <name>', key: 'class', form: 'text', told: 'size of its machines' },
  { flags: '--control-planes <count>', key: 'controlPlanes', form: 'number', told: 'members of etcd: 1, 3 or 5' },
  {
    flags: '--workers <count>',
    key: 'workers',
    form: 'workers',
    told: 'how many, or what the autoscaler may choose, e.g. 2-5',
    needed: true,
  },
  { flags: '--api <number>', key: 'api', form: 'number', told: 'host number of the address of its API', needed: true },
  { flags: '--nodes <from-to>', key: 'nodes', form: 'range', told: 'host numbers of its machines, e.g. 21-32', needed: true },
  {
    flags: '--services <prefix>',
    key: 'services',
    form: 'services',
    told: 'addresses of services: a prefix, or host numbers, e.g. 200-219',
  },
  { flags: '--asn <number>', key: 'asn', form: 'number', told: 'autonomous system of its nodes, with a prefix of services' },
  { flags: '--pods <prefix>', key: 'pods', form: 'text', told: 'addresses of pods' },
  { flags: '--cluster-services <prefix>', key: 'cluster', form: 'text', told: 'addresses of services inside the cluster' },
] as const;

/** How a value is read; undefined where it has another form. */
const FORMS = {
  text: { read: (text: string) => text || undefined, example: 'media' },
  number: { read: numberOf, example: '3' },
  range: { read: rangeOf, example: '21-32' },
  services: { read: (text: string) => rangeOf(text) ?? text, example: '10.143.1.0/24' },
  workers: {
    read: (text: string) => {
      const [range, count] = [rangeOf(text), numberOf(text)];
      return range ? { min: range.from, max: range.to } : count === undefined ? undefined : { count };
    },
    example: '2',
  },
};

/** `ashlar environment add|remove|list` */
export function environmentCommand(): Command {
  const command = new Command('environment').description('Environments of an app, each from one short file: clusters/<name>.yaml');
  const add = place(command.command('add')).description('Adds one, and synthesizes the app; where the app refuses it, nothing changes');
  add.argument('<name>', 'a DNS label');
  for (const row of KEYS) 'needed' in row ? add.requiredOption(row.flags, row.told) : add.option(row.flags, row.told);
  add.action(async (name: string, { app, dryRun, ...given }: Place & Readonly<Record<string, string>>) => {
    tell(await addEnvironment(name, specOf(add, given), { app, dryRun: dryRun ?? false }), dryRun);
  });
  place(command.command('remove'))
    .description('Removes one, and synthesizes the app; what runs goes on until that is applied')
    .argument('<name>', 'name of the environment')
    .action(async (name: string, { app, dryRun }: Place) => tell(await removeEnvironment(name, { app, dryRun: dryRun ?? false }), dryRun));
  command
    .command('list')
    .description('Names of the environments')
    .option('--app <folder>', 'folder of the app', '.')
    .action(({ app }: Place) => {
      for (const name of environmentsOf(app)) console.log(name);
    });
  return command;
}

function place(command: Command): Command {
  return command.option('--app <folder>', 'folder of the app', '.').option('--dry-run', 'only says which files would change');
}

/** The content of the file, of what stands on the command line. @throws ENVIRONMENT_OPTION */
function specOf(command: Command, given: Readonly<Record<string, string | undefined>>): EnvironmentSpec {
  const spec: Record<string, unknown> = {};
  for (const { flags, key, form } of KEYS) {
    const option = command.options.find(each => each.flags === flags);
    const text = option && given[option.attributeName()];
    if (text === undefined) continue;
    const [first = '', second] = key.split('.');
    const value = FORMS[form].read(text);
    if (value === undefined) {
      throw new ConfigError('environment add', 'ENVIRONMENT_OPTION', `${flags} has another form`, {
        got: text,
        fix: `write it like ${flags.split(' ')[0]} ${FORMS[form].example}`,
      });
    }
    spec[first] = second === undefined ? value : { ...(spec[first] as object | undefined), [second]: value };
  }
  return spec;
}

/** A line for each file of the output, as version control has them. */
function tell({ added, changed, removed }: EnvironmentChange, dryRun = false): void {
  const lines = [...added.map(path => `A out/${path}`), ...changed.map(path => `M out/${path}`), ...removed.map(path => `D out/${path}`)];
  for (const line of lines) console.log(line);
  console.error(`${lines.length} files ${dryRun ? 'would change' : 'changed'}`);
}

function numberOf(text: string): number | undefined {
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

function rangeOf(text: string): { readonly from: number; readonly to: number } | undefined {
  const [, from, to] = /^(\d+)-(\d+)$/.exec(text) ?? [];
  return from === undefined ? undefined : { from: Number(from), to: Number(to) };
}
