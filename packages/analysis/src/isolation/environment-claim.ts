import { ConfigError } from '@ashlar/core';
import { AddressRange } from './address-range';
import { CLAIM_KINDS, type ClaimKind, isClaimKind } from './claim-kinds';

/** Something that an environment takes for itself, and of which there is one in all environments together. */
export interface EnvironmentClaim {
  readonly kind: ClaimKind;
  /** A tag, a number, a name; a prefix `10.20.0.0/24`, an address, or a range of them `10.20.0.100-10.20.0.199`. */
  readonly value: string;
  /** Where it is unique, when that is not everywhere: the endpoint of a hypervisor. */
  readonly at?: string;
  /** Path of the construct that takes it. */
  readonly path: string;
  /** Set for what belongs to a network that is somebody else's. */
  readonly outside?: true;
}

/** All that one environment takes: the content of `claims.json`. */
export interface EnvironmentClaims {
  /** Id of the site. */
  readonly environment: string;
  /** By kind, place and value. */
  readonly claims: readonly EnvironmentClaim[];
}

/** The text of `claims.json`, a line for each claim. */
export function renderClaims({ environment, claims }: EnvironmentClaims): string {
  const rows = claims.map(({ kind, value, at, path, outside }) => `    ${JSON.stringify({ kind, value, at, path, outside })}`);
  return `{\n  "environment": ${JSON.stringify(environment)},\n  "claims": [\n${rows.join(',\n')}\n  ]\n}\n`;
}

/**
 * Reads the text of a `claims.json`.
 * @param from the path that errors name
 * @throws CLAIMS_FILE
 */
export function parseClaims(text: string, from: string): EnvironmentClaims {
  const broken = (problem: string) =>
    new ConfigError(from, 'CLAIMS_FILE', problem, { fix: 'synthesize the environment again: npm run synth' });
  let read: Partial<EnvironmentClaims> | null;
  try {
    read = JSON.parse(text);
  } catch {
    throw broken('the file of claims is not JSON');
  }
  if (typeof read?.environment !== 'string' || !Array.isArray(read.claims)) throw broken('the file has no environment with claims');
  for (const [i, claim] of read.claims.entries()) {
    if (!isClaim(claim)) throw broken(`claim ${i + 1} is none that environments are compared by`);
  }
  return read as EnvironmentClaims;
}

function isClaim(claim: Partial<EnvironmentClaim> | null): boolean {
  if (typeof claim !== 'object' || claim === null) return false;
  const { kind, value, at, path } = claim;
  if (!isClaimKind(kind) || typeof value !== 'string' || typeof path !== 'string') return false;
  if (at !== undefined && typeof at !== 'string') return false;
  return CLAIM_KINDS[kind].compared === 'equal' || AddressRange.parse(value) !== undefined;
}
