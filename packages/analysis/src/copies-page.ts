import { type BackupCoverage, type Duration, type IBackedUp, type IReplicated, isBackedUp, pathOf, type Site } from '@ashlar/core';
import { byName } from './by-name';
import { markdownTable } from './markdown-table';

/** What holds data, where copies of it are, and the most that is lost: by a failover to a replica, by a restore from a backup. */
export function renderCopies(site: Site): string {
  const holders = site
    .findAll()
    .filter(isBackedUp)
    .sort((a, b) => byName(pathOf(a), pathOf(b)));
  const headings = ['Construct', 'Replicas on', 'A failover loses at most', 'Backed up to', 'A restore loses at most', 'Kept for'];
  const note =
    'A replica takes over when a host is lost; what is deleted is soon deleted there too. A backup is for that, and for the loss of all.';
  return `# Copies

${holders.length === 0 ? 'Nothing holds data.' : `${note}\n\n${markdownTable(headings, holders.map(row))}`}
`;
}

function row(holder: IBackedUp): string[] {
  return [`\`${pathOf(holder)}\``, ...replicas(holder), ...backups(holder.backup)];
}

function replicas(holder: Partial<IReplicated>): [string, string] {
  const { replication } = holder;
  if (!replication) return ['–', 'nothing fails over'];
  return [replication.to.join(', '), replication.recoveryPoint ? span(replication.recoveryPoint) : 'what copies lag behind'];
}

function backups(coverage: BackupCoverage): [string, string, string] {
  return 'waived' in coverage
    ? [`– (${coverage.waived})`, 'everything', '–']
    : [coverage.target, span(coverage.recoveryPoint), span(coverage.retention)];
}

function span(duration: Duration): string {
  const seconds = duration.toSeconds();
  for (const [unit, length] of [
    ['days', 86_400],
    ['hours', 3600],
    ['minutes', 60],
  ] as const) {
    if (seconds >= length && seconds % length === 0) return seconds === length ? `1 ${unit.slice(0, -1)}` : `${seconds / length} ${unit}`;
  }
  return seconds === 0 ? 'nothing' : `${seconds} seconds`;
}
