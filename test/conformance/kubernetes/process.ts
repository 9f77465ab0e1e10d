import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, readFileSync } from 'node:fs';
import { createServer } from 'node:net';

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** A server that this test started, and that ends with it. */
export interface Server {
  readonly log: string;
  stop(): Promise<void>;
}

/** Starts a program, its output in a file. */
export function start(program: string, args: readonly string[], log: string, env: NodeJS.ProcessEnv = {}): Server {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  running.add(child);
  const file = createWriteStream(log);
  child.stdout.pipe(file, { end: false });
  child.stderr.pipe(file, { end: false });
  const ended = new Promise<void>(resolve => {
    child.once('exit', () => {
      running.delete(child);
      resolve();
    });
  });
  return {
    log,
    async stop() {
      child.kill('SIGTERM');
      const hard = setTimeout(() => child.kill('SIGKILL'), 5000);
      await ended;
      clearTimeout(hard);
      file.end();
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
