import { ConfigError } from '@ashlar/core';
import { mayRepeat, type Setting } from './vyos-config';

/** The settings of a `config.boot`, for a comparison with another revision. @throws VYOS_SYNTAX */
export function parseConfigBoot(text: string): Setting[] {
  const settings: Setting[] = [];
  const open: { path: string[]; empty: boolean }[] = [{ path: [], empty: true }];
  for (const [i, line] of text.split('\n').entries()) {
    const words = wordsOf(line, i + 1);
    const at = open[open.length - 1] as { path: string[]; empty: boolean };
    if (words.length === 0) continue;
    if (words[0] === '}') {
      if (open.length === 1) throw fault(i + 1, line);
      if (at.empty) settings.push({ path: at.path, multiple: false });
      open.pop();
      continue;
    }
    at.empty = false;
    if (words[words.length - 1] === '{') open.push({ path: [...at.path, ...words.slice(0, -1)], empty: true });
    else if (words.length > 2) throw fault(i + 1, line);
    else settings.push(leaf([...at.path, words[0] as string], words[1]));
  }
  if (open.length > 1) throw fault(text.split('\n').length, 'the end of the file');
  return settings;
}

function leaf(path: readonly string[], value: string | undefined): Setting {
  return value === undefined ? { path, multiple: false } : { path, value, multiple: mayRepeat(path) };
}

function wordsOf(line: string, number: number): string[] {
  const text = line.trim();
  if (text === '' || text.startsWith('//')) return [];
  const words: string[] = [];
  const pattern = /\s*(?:"((?:\\.|[^"\\])*)"|'([^']*)'|([^\s"']+))/y;
  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text);
    if (!match) throw fault(number, line);
    words.push(match[1]?.replaceAll(/\\(.)/g, '$1') ?? match[2] ?? (match[3] as string));
  }
  return words;
}

function fault(line: number, found: string): ConfigError {
  return new ConfigError('config.boot', 'VYOS_SYNTAX', `line ${line} is not a statement of config.boot`, {
    got: found.trim(),
    fix: 'take the file as `show configuration` or the last commit has it',
  });
}
