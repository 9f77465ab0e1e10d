import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '@ashlar/core';

/** A machine that a developer logs in to. */
export interface SandboxMachine {
  readonly name: string;
  readonly fqdn: string;
  readonly address: string;
  readonly user: string;
}

/** What belongs to one developer. */
export interface Sandbox {
  /** Name of the Terraform state. */
  readonly workspace: string;
  readonly machines: readonly SandboxMachine[];
}

/** The content of `sandboxes.json`. */
export interface SandboxIndex {
  /** Names of the states that every sandbox needs, in the order in which they are applied. */
  readonly shared: readonly string[];
  /** By the name of the developer. */
  readonly developers: Readonly<Record<string, Sandbox>>;
}

/** Reads it from the output folder of an app. @throws SANDBOX_INDEX */
export function readSandboxIndex(out: string): SandboxIndex {
  let text: string;
  try {
    text = readFileSync(join(out, 'sandboxes.json'), 'utf8');
  } catch {
    throw new ConfigError('sandboxes', 'SANDBOX_INDEX', `there is no ${join(out, 'sandboxes.json')}`, {
      fix: 'synthesize an environment with DeveloperSandboxes first: npm run synth',
    });
  }
  try {
    const index = JSON.parse(text) as SandboxIndex;
    if (Array.isArray(index.shared) && typeof index.developers === 'object' && index.developers !== null) return index;
  } catch {
    // falls through to the error below
  }
  throw new ConfigError('sandboxes', 'SANDBOX_INDEX', `${join(out, 'sandboxes.json')} is not an index of sandboxes`, {
    fix: 'synthesize again: npm run synth',
  });
}

/**
 * The developers that somebody named, or all of them.
 * @throws SANDBOX_UNKNOWN, SANDBOX_CHOICE
 */
export function chosenDevelopers(index: SandboxIndex, names: readonly string[], all: boolean): readonly string[] {
  const known = Object.keys(index.developers);
  if (all === names.length > 0) {
    throw new ConfigError('sandboxes', 'SANDBOX_CHOICE', all ? 'names developers and --all' : 'names no developer', {
      fix: `write one of ${known.join(', ')}, or --all`,
    });
  }
  const unknown = names.find(name => !known.includes(name));
  if (unknown !== undefined) {
    throw new ConfigError('sandboxes', 'SANDBOX_UNKNOWN', 'there is no such developer', {
      got: unknown,
      fix: `use one of ${known.join(', ')}, or add the name to the file of developers and synthesize`,
    });
  }
  return all ? known : [...new Set(names)];
}
