import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Facts } from '../src/facts';

/**
 * What is kept of a provider's schema: the facts of the resources used, without descriptions.
 *
 * A lock of a few hundred lines can be read in a review; the provider's own schema has 30,000.
 */
export interface SchemaLock {
  readonly source: string;
  readonly version: string;
  readonly provider: Facts;
  readonly resources: { readonly [terraformType: string]: Facts };
}

const PACKAGE = join(__dirname, '..');
const LOCK = join(PACKAGE, 'schema.lock.json');

export function readLock(): SchemaLock {
  return JSON.parse(readFileSync(LOCK, 'utf8'));
}

export function writeLock(lock: SchemaLock): void {
  writeFileSync(LOCK, `${JSON.stringify(lock, undefined, 2)}\n`);
}

/** The resources to be locked. */
export function readResourceList(): readonly string[] {
  return JSON.parse(readFileSync(join(PACKAGE, 'resources.json'), 'utf8'));
}
