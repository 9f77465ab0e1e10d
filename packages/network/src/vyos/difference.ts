import { command, setCommand } from './set-commands';
import type { Setting } from './vyos-config';

/**
 * The commands that a person would type to get from one revision to another: the shortest `delete` for what is gone, whole branches at
 * once, then `set` for what is new. A leaf with one value is only set, since that replaces it.
 */
export function difference(before: readonly Setting[], after: readonly Setting[]): string[] {
  const kept = new Set(after.flatMap(({ path }) => path.map((_, i) => key(path.slice(0, i + 1)))));
  const [old, now] = [new Set(before.map(full)), new Set(after.map(full))];
  const single = new Set(after.filter(setting => setting.value !== undefined && !setting.multiple).map(({ path }) => key(path)));
  const deletions = new Set<string>();
  for (const setting of before) {
    if (now.has(full(setting))) continue;
    const gone = setting.path.findIndex((_, i) => !kept.has(key(setting.path.slice(0, i + 1))));
    if (gone >= 0) deletions.add(command('delete', setting.path.slice(0, gone + 1)));
    else if (setting.value !== undefined && !single.has(key(setting.path))) deletions.add(command('delete', setting.path, setting.value));
  }
  return [...deletions, ...after.filter(setting => !old.has(full(setting))).map(setCommand)];
}

function key(path: readonly string[]): string {
  return path.join('\0');
}

function full({ path, value }: Setting): string {
  return value === undefined ? key(path) : `${key(path)}\0=${value}`;
}
