/**
 * Rewrites schema.lock.json of the package in the working directory from what `terraform providers schema -json` prints, and tells
 * what changed.
 *
 *     npx tsx ../../scripts/bindings/refresh-lock.ts <providers-schema.json> [version]
 *
 * That output does not name the provider's version, so a new one is given as the second argument.
 */
import { readFileSync } from 'node:fs';
import { changes } from './lock-changes';
import { lockOf } from './provider-schema';
import { formerLock, readBindingList, writeLock } from './schema-lock';

const [file, version] = process.argv.slice(2);
if (file === undefined) {
  console.error('usage: npx tsx ../../scripts/bindings/refresh-lock.ts <providers-schema.json> [version]');
  process.exit(2);
}

try {
  const folder = process.cwd();
  const former = formerLock(folder);
  const lock = lockOf(JSON.parse(readFileSync(file, 'utf8')), version ?? former.version, readBindingList(folder));
  const lines = changes(former, lock);
  writeLock(folder, lock);
  console.log(lines.length === 0 ? 'schema.lock.json: nothing changed' : `schema.lock.json:\n${lines.map(line => `  ${line}`).join('\n')}`);
} catch (error) {
  console.error(`schema.lock.json is left as it was. ${(error as Error).message}`);
  process.exit(1);
}
