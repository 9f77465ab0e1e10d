import { type ChildProcess, spawn } from 'node:child_process';
import type { AppFolder } from './app-folder';

/** How a synthesis ended. */
export interface SynthesisEnd {
  readonly passed: boolean;
  /** What it said: its errors and warnings, and a summary. */
  readonly said: string;
}

/** The longest that a synthesis may take, in milliseconds. */
const LIMIT = 10 * 60_000;

/**
 * Runs the program of an app, which writes its output only where nothing is wrong with it.
 *
 * An interrupt ends the program, and not this process: its end is awaited, so that whoever called this can put its files back.
 * @param prepare what changes the app before; from then on an interrupt is awaited
 */
export function synthesize(app: AppFolder, prepare: () => void): Promise<SynthesisEnd> {
  return new Promise((resolve, reject) => {
    // Nothing is waited for until the program runs, so no signal is handled before there is one to end.
    let child: ChildProcess | undefined;
    const told: Buffer[] = [];
    const waiting = () => void child?.kill();
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
    for (const signal of signals) process.on(signal, waiting);
    const done = () => {
      for (const signal of signals) process.off(signal, waiting);
    };
    try {
      prepare();
      child = spawn(process.execPath, [app.program], { cwd: app.path, stdio: ['ignore', 'ignore', 'pipe'], timeout: LIMIT });
    } catch (error) {
      done();
      reject(error);
      return;
    }
    child.stderr?.on('data', chunk => told.push(chunk));
    child.on('error', error => {
      done();
      reject(error);
    });
    child.on('close', (code, signal) => {
      done();
      const said = Buffer.concat(told).toString('utf8').trim();
      resolve({ passed: code === 0, said: signal === null ? said : `${said}\n${signal} ended it`.trim() });
    });
  });
}
