import { type ChildProcess, spawn } from 'node:child_process';
import { tool } from '../tool';

/** A server that a test started. */
export interface StartedProgram {
  readonly child: ChildProcess;
  /** What it has said until now. */
  log(): string;
}

/** The servers that a test started, and stops. */
export class StartedPrograms {
  private readonly all: ChildProcess[] = [];

  /** Starts a program of tools.json, and waits until it says that it runs. */
  public async start(program: string, args: readonly string[], sign: RegExp): Promise<StartedProgram> {
    const child = spawn(tool(program) as string, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    this.all.push(child);
    let log = '';
    child.stderr.on('data', chunk => {
      log += chunk;
    });
    await until(
      () => sign.test(log),
      () => log,
    );
    return { child, log: () => log };
  }

  public async stop(): Promise<void> {
    for (const child of this.all) {
      child.kill('SIGTERM');
      await new Promise(resolve =>
        child.exitCode === null && child.signalCode === null ? child.once('exit', resolve) : resolve(undefined),
      );
    }
  }
}

/** Waits for something to become true, up to 20 seconds. */
export async function until(done: () => boolean, told: () => string): Promise<void> {
  for (let i = 0; i < 200; i++) {
    if (done()) return;
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  throw new Error(`waited 20 s: ${told().slice(-3000)}`);
}
