import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Names a process for good: numbers are given again, and so its start is part of it. */
export interface ProcessMark {
  readonly pid: number;
  readonly start: string;
}

/** The mark of a process that runs now. */
export function markOf(pid: number): ProcessMark | undefined {
  const start = processStart(pid);
  return start === undefined ? undefined : { pid, start };
}

export function isRunning({ pid, start }: ProcessMark): boolean {
  return processStart(pid) === start;
}

/** When a process started, in whatever its system counts in; undefined when there is none any more. */
function processStart(pid: number): string | undefined {
  if (process.platform !== 'linux') {
    const { stdout } = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
    return stdout?.trim() || undefined;
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program comes second, in parentheses, and may have any character in it.
    const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // One that has ended, and that nobody has asked how, is no process any more.
    return state === 'Z' || state === 'X' ? undefined : rest[18];
  } catch {
    return undefined;
  }
}
