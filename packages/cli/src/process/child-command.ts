import { spawn } from 'node:child_process';
import { isRunning, markOf, type ProcessMark } from './process-mark';

/** How a program ended. */
export interface Ending {
  /** Its exit code; undefined when a signal ended it. */
  readonly code: number | undefined;
  /** Whether it was ended because it took too long. */
  readonly late: boolean;
}

export interface ChildCommandProps {
  /** Path of the program, and its arguments. */
  readonly command: readonly string[];
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Descriptor of the file that takes what it prints. */
  readonly log: number;
  /** The longest that it may take, in milliseconds. */
  readonly limit: number;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Called before the program begins; what is kept here is kept when it does. @default - nobody has to know */
  readonly onStart?: (mark: ProcessMark) => void;
}

/** How long a program has to end in order before it is killed, in milliseconds. */
const GRACE = 10_000;

/**
 * Runs a program in a process group of its own: when we are killed it goes on, as what it does elsewhere would.
 *
 * A gate stands before it, so that no program runs of which {@link ChildCommandProps.onStart} has not heard: it opens with a line, and
 * where we end before, it ends too.
 */
export function runCommand(props: ChildCommandProps): Promise<Ending> {
  return new Promise((resolve, reject) => {
    if (props.signal.aborted) return resolve({ code: undefined, late: false });
    const child = spawn('/bin/sh', ['-c', 'read -r _ && exec "$@" </dev/null', 'sh', ...props.command], {
      cwd: props.folder,
      env: props.environment,
      detached: true,
      stdio: ['pipe', props.log, props.log],
    });
    let late = false;
    let killer: NodeJS.Timeout | undefined;
    const end = () => {
      killGroup(child.pid, 'SIGTERM');
      killer ??= setTimeout(() => killGroup(child.pid, 'SIGKILL'), GRACE);
    };
    const timer = setTimeout(() => {
      late = true;
      end();
    }, props.limit);
    props.signal.addEventListener('abort', end);
    const done = () => {
      clearTimeout(timer);
      clearTimeout(killer);
      props.signal.removeEventListener('abort', end);
    };
    child.on('error', error => {
      done();
      reject(error);
    });
    child.on('close', code => {
      done();
      resolve({ code: code ?? undefined, late });
    });
    // It may have ended at the gate.
    child.stdin?.on('error', () => undefined);
    const mark = child.pid === undefined ? undefined : markOf(child.pid);
    if (mark) props.onStart?.(mark);
    child.stdin?.end('\n');
  });
}

/** Waits for a program that a run before this one has started, and that still runs. */
export async function awaitLeftover(mark: ProcessMark, limit: number, signal: AbortSignal): Promise<void> {
  const until = Date.now() + limit;
  while (isRunning(mark) && !signal.aborted) {
    if (Date.now() > until) killGroup(mark.pid, 'SIGKILL');
    await new Promise(resolve => setTimeout(resolve, 200));
  }
}

function killGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}
