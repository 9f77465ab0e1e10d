import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** The most that a server of a test may live, in seconds: far more than a suite needs on a machine that is busy. */
const LIFETIME = 1200;

/** A server that this test started, and that ends with it. */
export interface Server {
  readonly log: string;
  stop(): Promise<void>;
}

/** Starts a program below a guard that ends it with this process, its output in a file. */
export function start(program: string, args: readonly string[], log: string, env: NodeJS.ProcessEnv = {}): Server {
  const output = openSync(log, 'a');
  const guard = spawn(process.execPath, [join(__dirname, 'server-guard.mjs'), String(LIFETIME), program, ...args], {
    stdio: ['pipe', output, output],
    env: { ...process.env, ...env },
  });
  closeSync(output);
  const ended = new Promise<void>(resolve => guard.once('close', () => resolve()));
  // The guard may have ended by itself, with its server.
  guard.stdin?.on('error', () => undefined);
  return {
    log,
    async stop() {
      guard.stdin?.end();
      await ended;
    },
  };
}

/** Ports on the loopback interface that nobody has at the moment. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, () => {
      return new Promise<ReturnType<typeof createServer>>(resolve => {
        const server = createServer().listen(0, '127.0.0.1', () => resolve(server));
      });
    }),
  );
  const ports = servers.map(server => (server.address() as { port: number }).port);
  await Promise.all(servers.map(server => new Promise(resolve => server.close(resolve))));
  return ports;
}

/** Waits until `ready` says yes. The end of the log is part of the error, so that one sees why not. */
export async function waitFor(what: string, seconds: number, ready: () => Promise<boolean>, log?: string): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end) {
    if (await ready().catch(() => false)) return;
    await new Promise(resolve => setTimeout(resolve, 200));
  }
  const tail = log ? `\n${readFileSync(log, 'utf8').split('\n').slice(-15).join('\n')}` : '';
  throw new Error(`${what} was not there after ${seconds} s${tail}`);
}
