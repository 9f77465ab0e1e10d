/**
 * Rewrites schema.lock.json from what `terraform providers schema -json` prints, and tells what changed.
 *
 *     npx tsx scripts/refresh-lock.ts <providers-schema.json> [version]
 *
 * That output does not name the provider's version, so a new one is given as the second argument.
 */
import { readFileSync } from 'node:fs';
import { changes } from './lock-changes';
import { lockOf } from './provider-schema';
import { readLock, readResourceList, writeLock } from './schema-lock';

const [file, version] = process.argv.slice(2);
if (file === undefined) {
  console.error('usage: npx tsx scripts/refresh-lock.ts <providers-schema.json> [version]');
  process.exit(2);
}

try {
  const former = readLock();
  const lock = lockOf(JSON.parse(readFileSync(file, 'utf8')), former.source, version ?? former.version, readResourceList());
  const lines = changes(former, lock);
  writeLock(lock);
  console.log(lines.length === 0 ? 'schema.lock.json: nothing changed' : `schema.lock.json:\n${lines.map(line => `  ${line}`).join('\n')}`);
} catch (error) {
  console.error(`schema.lock.json is left as it was. ${(error as Error).message}`);
  process.exit(1);
}
