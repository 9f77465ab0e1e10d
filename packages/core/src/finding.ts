import type { IConstruct } from 'constructs';
import { ConfigError } from './config-error';
import { pathOf } from './owner';

/** An error stops synthesis; a warning can be acknowledged with a reason. */
export type Severity = 'error' | 'warning';

/** One thing that is wrong, or doubtful, with the environment. */
export interface Finding {
  /** Stable and upper-case, e.g. `VLAN_NOT_TRUNKED`. */
  readonly code: string;
  readonly severity: Severity;
  /** Path of the construct to look at. */
  readonly path: string;
  /** What is wrong, in the user's terms, naming the other party. */
  readonly message: string;
  /** What to write instead. */
  readonly fix: string;
}

/** One line, the same form for an error that was thrown and for one that a rule found. */
export function formatFinding(finding: Finding): string {
  return `${finding.severity} [${finding.path}] ${finding.message}${finding.fix ? `; ${finding.fix}` : ''} (${finding.code})`;
}

/** What a rule reports about `construct`; the rule itself supplies code and severity. */
export function findingAt(construct: IConstruct, rule: { code: string; severity: Severity }, message: string, fix: string): Finding {
  return { code: rule.code, severity: rule.severity, path: pathOf(construct), message, fix };
}

/** A {@link ConfigError} as a finding; any other error stays what it is, because it is a fault of ours. */
export function findingOf(error: unknown): Finding {
  if (!ConfigError.isConfigError(error)) throw error;
  return { code: error.code, severity: 'error', path: error.path, message: error.problem, fix: error.fix };
}
