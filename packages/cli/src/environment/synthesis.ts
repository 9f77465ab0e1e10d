import { spawn } from 'node:child_process';
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
 */
export function synthesize(app: AppFolder): Promise<SynthesisEnd> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [app.program], { cwd: app.path, stdio: ['ignore', 'ignore', 'pipe'], timeout: LIMIT });
    const told: Buffer[] = [];
    const waiting = () => void child.kill();
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
    for (const signal of signals) process.on(signal, waiting);
    const done = () => {
      for (const signal of signals) process.off(signal, waiting);
    };
    child.stderr.on('data', chunk => told.push(chunk));
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
