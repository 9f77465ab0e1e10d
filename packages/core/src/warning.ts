import type { IConstruct } from 'constructs';
import { ConfigError } from './config-error';
import type { Finding } from './finding';
import { descend, pathOf } from './owner';

const WARNING = '@ashlar/warning';
const ACKNOWLEDGED = '@ashlar/acknowledged';

interface Acknowledgement {
  readonly code: string;
  readonly reason: string;
}

/** Notes something legal but doubtful, without stopping; reported after synthesis unless it is acknowledged. */
export function warn(scope: IConstruct, code: string, message: string, fix: string): void {
  scope.node.addMetadata(WARNING, { code, message, fix });
}

/**
 * Accepts a warning, at `scope` and everything below it, for a reason that the next reader can judge.
 *
 * An acknowledgement that no warning needs any more is itself a warning, so that none outlives its reason.
 * @throws ACKNOWLEDGE_REASON when the reason says nothing
 */
export function acknowledge(scope: IConstruct, code: string, reason: string): void {
  if (typeof reason !== 'string' || reason.trim().length < 10) {
    throw new ConfigError(scope, 'ACKNOWLEDGE_REASON', `the acknowledgement of ${code} needs a reason of at least 10 characters`, {
      got: reason,
      fix: 'say why it is acceptable here',
    });
  }
  scope.node.addMetadata(ACKNOWLEDGED, { code, reason } satisfies Acknowledgement);
}

/** The warnings noted with {@link warn} below `root`, acknowledged or not. */
export function notedWarnings(root: IConstruct): Finding[] {
  return metadata<Pick<Finding, 'code' | 'message' | 'fix'>>(root, WARNING).map(([path, data]) => ({ severity: 'warning', path, ...data }));
}

/** Removes acknowledged warnings, and adds one for each acknowledgement that removed nothing. */
export function applyAcknowledgements(root: IConstruct, findings: readonly Finding[]): Finding[] {
  const acknowledgements = metadata<Acknowledgement>(root, ACKNOWLEDGED).map(([path, data]) => ({ path, ...data, used: false }));
  const open = findings.filter(finding => {
    if (finding.severity === 'error') return true;
    const matching = acknowledgements.filter(a => a.code === finding.code && `${finding.path}/`.startsWith(`${a.path}/`));
    for (const a of matching) a.used = true;
    return matching.length === 0;
  });
  const unused = acknowledgements.filter(a => !a.used);
  return [
    ...open,
    ...unused.map(
      (a): Finding => ({
        code: 'ACKNOWLEDGEMENT_UNUSED',
        severity: 'warning',
        path: a.path,
        message: `acknowledges ${a.code}, which nothing here reports`,
        fix: 'remove the acknowledgement',
      }),
    ),
  ];
}

function metadata<T>(root: IConstruct, type: string): [path: string, data: T][] {
  const found: [string, T][] = [];
  for (const construct of descend(root)) {
    for (const entry of construct.node.metadata) if (entry.type === type) found.push([pathOf(construct), entry.data as T]);
  }
  return found;
}
