import { type Setting, settingsOf, type VyosNode } from './vyos-config';

/** The configuration as a person would type it into an empty one. */
export function setCommands(config: VyosNode): string {
  return settingsOf(config)
    .map(setting => `${setCommand(setting)}\n`)
    .join('');
}

export function setCommand(setting: Setting): string {
  return command('set', setting.path, setting.value);
}

/** Values and names that the shell would read otherwise are quoted. */
export function command(verb: 'set' | 'delete', path: readonly string[], value?: string): string {
  const words = value === undefined ? path : [...path, value];
  return [verb, ...words.map(word => (/^[\w.:/+@=,%-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))].join(' ');
}
