import { accessSync, constants } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

/** Path of a program that is on the path of `environment`, or that is named by its own, seen from `folder`. */
export function findProgram(name: string, environment: NodeJS.ProcessEnv, folder = '.'): string | undefined {
  const folders = (environment.PATH ?? '').split(delimiter).filter(Boolean);
  const candidates = name.includes('/') ? [resolve(folder, name)] : folders.map(path => join(path, name));
  return candidates.find(runs);
}

function runs(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
