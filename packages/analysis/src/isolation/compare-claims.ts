import type { Finding } from '@ashlar/core';
import { byName } from '../by-name';
import { AddressRange } from './address-range';
import { CLAIM_KINDS, type Comparison } from './claim-kinds';
import type { EnvironmentClaim, EnvironmentClaims } from './environment-claim';

interface Held {
  /** Position of the environment in the alphabet. */
  readonly environment: number;
  readonly claim: EnvironmentClaim;
}

interface HeldRange extends Held {
  readonly range: AddressRange;
}

/**
 * What two environments both take, by path. A finding stands at the environment whose id is later in the alphabet, and names the
 * construct of the other one.
 */
export function compareClaims(environments: readonly EnvironmentClaims[]): Finding[] {
  const all = [...environments]
    .sort((a, b) => byName(a.environment, b.environment))
    .flatMap(({ claims }, environment) => claims.map((claim): Held => ({ environment, claim })));
  const compared = (comparison: Comparison) => all.filter(({ claim }) => CLAIM_KINDS[claim.kind].compared === comparison);
  const findings = [
    ...equals(compared('equal')),
    ...overlaps(compared('prefix'), (a, b) => !(a.outside && b.outside) && !areEndsOfOneTunnel(a, b)),
    ...overlaps(compared('range'), (a, b) => a.outside === true && b.outside === true),
  ];
  return findings.sort((a, b) => byName(a.path, b.path) || byName(a.message, b.message));
}

/** Each is compared with the first environment that has the same. */
function equals(claims: readonly Held[]): Finding[] {
  const holders = new Map<string, Held>();
  return claims.flatMap(held => {
    const { kind, value, at = '', outside } = held.claim;
    const key = JSON.stringify([kind, at, value]);
    const holder = holders.get(key);
    if (!holder) holders.set(key, held);
    if (!holder || holder.environment === held.environment || (outside && holder.claim.outside)) return [];
    return [collision(holder.claim, held.claim, true)];
  });
}

/** A sweep over the addresses: each range is compared with those that have begun and not ended. */
function overlaps(claims: readonly Held[], clash: (a: EnvironmentClaim, b: EnvironmentClaim) => boolean): Finding[] {
  const ranges = claims
    .flatMap((held): HeldRange[] => {
      const range = AddressRange.parse(held.claim.value);
      return range ? [{ ...held, range }] : [];
    })
    .sort((a, b) => a.range.compare(b.range) || a.environment - b.environment);
  let open: HeldRange[] = [];
  return ranges.flatMap(held => {
    open = open.filter(other => !other.range.isBefore(held.range));
    const met = open.filter(other => other.environment !== held.environment && clash(other.claim, held.claim));
    open.push(held);
    return met.map(other => {
      const [first, second] = other.environment < held.environment ? [other, held] : [held, other];
      return collision(first.claim, second.claim, first.range.from === second.range.from && first.range.to === second.range.to);
    });
  });
}

/** Two environments that a tunnel joins have an address each in its prefix. */
function areEndsOfOneTunnel(a: EnvironmentClaim, b: EnvironmentClaim): boolean {
  const length = (claim: EnvironmentClaim) => claim.value.split('/')[1];
  return a.kind === 'tunnel' && b.kind === 'tunnel' && length(a) === length(b) && a.value !== b.value;
}

function collision(holder: EnvironmentClaim, claim: EnvironmentClaim, same: boolean): Finding {
  const { code, fix } = CLAIM_KINDS[claim.kind];
  const other = same ? (holder.kind === claim.kind ? 'that' : CLAIM_KINDS[holder.kind].noun) : named(holder);
  const message = `${named(claim)} ${same ? 'is already' : 'overlaps'} ${other} of ${holder.path}`;
  return { code, severity: 'error', path: claim.path, message, fix };
}

function named({ kind, value, at }: EnvironmentClaim): string {
  return `${CLAIM_KINDS[kind].noun} ${value}${at === undefined ? '' : ` on ${at}`}`;
}
