import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Facts } from '../../packages/terraform/src/bindings';

/**
 * What is kept of a provider's schema: the facts of what is used of it, without descriptions.
 *
 * A lock of a few hundred lines can be read in a review; a provider's own schema has tens of thousands.
 */
export interface SchemaLock {
  readonly source: string;
  readonly version: string;
  readonly provider: Facts;
  readonly resources: { readonly [terraformType: string]: Facts };
  readonly dataSources: { readonly [terraformType: string]: Facts };
}

/** What a package binds, written by hand in its `bindings.json`. */
export interface BindingList {
  /** `bpg/proxmox` */
  readonly source: string;
  /** A second, longer prefix of type names, to be left out of class names. */
  readonly longPrefix?: string;
  readonly resources: readonly string[];
  readonly dataSources: readonly string[];
}

const LOCK = 'schema.lock.json';

/** @param folder of the package of the bindings */
export function readLock(folder: string): SchemaLock {
  return JSON.parse(readFileSync(join(folder, LOCK), 'utf8'));
}

/** The lock so far; an empty one in a package that has none yet. */
export function formerLock(folder: string): SchemaLock {
  if (existsSync(join(folder, LOCK))) return readLock(folder);
  return { source: readBindingList(folder).source, version: 'none', provider: {}, resources: {}, dataSources: {} };
}

export function writeLock(folder: string, lock: SchemaLock): void {
  writeFileSync(join(folder, LOCK), `${JSON.stringify(lock, undefined, 2)}\n`);
}

export function readBindingList(folder: string): BindingList {
  return JSON.parse(readFileSync(join(folder, 'bindings.json'), 'utf8'));
}

/** `proxmox`: what resources are prefixed with, and what a configuration calls the provider. */
export function providerName(source: string): string {
  return source.slice(source.indexOf('/') + 1);
}
