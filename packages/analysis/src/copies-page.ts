import { type BackupCoverage, type Duration, pathOf } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import type { Copies, Holder } from './copies';
import { markdownTable } from './markdown-table';

/** What holds data, where copies of it are, the most that is lost by a failover or a restore, and what takes all copies at once. */
export function renderCopies({ holders }: Copies): string {
  if (holders.length === 0) return '# Copies\n\nNothing holds data.\n';
  const headings = [
    'Construct',
    'Replicas on',
    'A failover loses at most',
    'Lost with all replicas by',
    'Backed up to',
    'A restore loses at most',
    'Kept for',
    'Lost with the backup by',
  ];
  const note =
    'A replica takes over when a host is lost; what is deleted is soon deleted there too. A backup is for that, and for the loss of all. What every machine of the site stands on, such as its only rack, is not named below.';
  return `${['# Copies', note, summary(holders), markdownTable(headings, holders.map(row))].join('\n\n')}\n`;
}

/** Who has no copy at all comes first: the question that one opens this page with. */
function summary(holders: readonly Holder[]): string {
  const groups = [
    ['neither replica nor backup', holders.filter(holder => !holder.replication && !backedUp(holder))],
    ['a replica, and no backup', holders.filter(holder => holder.replication && !backedUp(holder))],
    ['a backup, and no replica', holders.filter(holder => !holder.replication && backedUp(holder))],
    ['both', holders.filter(holder => holder.replication && backedUp(holder))],
  ] as const;
  return groups
    .filter(([, members]) => members.length > 0)
    .map(([have, members]) => `- ${members.length} with ${have}: ${members.map(name).join(', ')}`)
    .join('\n');
}

function backedUp({ backup }: Holder): boolean {
  return backup !== undefined && !('waived' in backup);
}

function row(holder: Holder): string[] {
  const [target, recoveryPoint, retention] = backup(holder.backup);
  return [
    name(holder),
    ...replicas(holder),
    holder.replication ? together(holder.replicasLostWith) : '–',
    target,
    recoveryPoint,
    retention,
    backedUp(holder) ? together(holder.backupLostWith) : '–',
  ];
}

function name({ construct }: Holder): string {
  return `\`${pathOf(construct)}\``;
}

function replicas({ replication }: Holder): [string, string] {
  if (!replication) return ['–', 'nothing fails over'];
  return [replication.to.join(', '), replication.recoveryPoint ? span(replication.recoveryPoint) : 'what copies lag behind'];
}

function together(causes: readonly IConstruct[] | undefined): string {
  if (causes === undefined) return 'not in the model';
  return causes.length === 0 ? 'nothing' : `**${[...new Set(causes.map(cause => cause.node.id))].join(', ')}**`;
}

function backup(coverage: BackupCoverage | undefined): [string, string, string] {
  if (!coverage) return ['–', 'everything', '–'];
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
