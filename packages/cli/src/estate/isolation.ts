import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLAIM_KINDS, type ClaimKind, compareClaims, type EnvironmentClaims, parseClaims } from '@ashlar/analysis';
import { ConfigError, type Finding } from '@ashlar/core';

/** What several environments take for themselves, compared. */
export interface Isolation {
  readonly environments: readonly EnvironmentClaims[];
  /** What two of them both take. */
  readonly collisions: readonly Finding[];
}

/**
 * Compares what was synthesized.
 * @param folders output folders of apps, each with what its SiteReport wrote
 * @throws ISOLATION_ALONE, ISOLATION_CLAIMS, ISOLATION_TWICE, CLAIMS_FILE
 */
export function isolationOf(folders: readonly string[]): Isolation {
  if (folders.length < 2) {
    throw new ConfigError('isolation', 'ISOLATION_ALONE', 'one environment is compared with nothing', {
      fix: 'name the output folders of two environments or more, such as apps/*/out',
    });
  }
  const from = new Map<string, string>();
  const environments = folders.map(folder => {
    const read = claimsIn(folder);
    const other = from.get(read.environment);
    if (other !== undefined) {
      throw new ConfigError(folder, 'ISOLATION_TWICE', `it is the environment ${read.environment}, and so is ${other}`, {
        fix: 'name each environment once, or give one of the two sites another id',
      });
    }
    from.set(read.environment, folder);
    return read;
  });
  return { environments, collisions: compareClaims(environments) };
}

/** How much of each kind was compared, for people. */
export function isolationTable(environments: readonly EnvironmentClaims[]): string {
  const kinds = Object.keys(CLAIM_KINDS) as ClaimKind[];
  const rows = [
    ['', ...environments.map(({ environment }) => environment)],
    ...kinds.map(kind => [kind, ...environments.map(({ claims }) => String(claims.filter(claim => claim.kind === kind).length))]),
  ];
  const widths = (rows[0] as string[]).map((_, column) => Math.max(...rows.map(row => (row[column] as string).length)));
  return rows
    .map(row =>
      row
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] as number) : cell.padStart(widths[i] as number)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function claimsIn(folder: string): EnvironmentClaims {
  const file = join(folder, 'report', 'claims.json');
  if (!existsSync(file)) {
    throw new ConfigError(folder, 'ISOLATION_CLAIMS', 'there is no report/claims.json in it', {
      fix: "create new SiteReport(site, 'report') in the environment, and synthesize it: npm run synth",
    });
  }
  return parseClaims(readFileSync(file, 'utf8'), file);
}
