import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Plan, PlannedStep } from '@ashlar/analysis';

/** The command line, compiled. */
const ASHLAR = join(__dirname, '../../lib/ashlar.js');
/** The longest that a command may take, in milliseconds. */
const LIMIT = 60_000;

/** How a command ended. */
export interface Ending {
  readonly code: number | null;
  readonly out: string;
  readonly said: string;
}

/** An app in a temporary folder, with plans and small programs of the test, and the real command line over it. */
export class TestApp {
  public readonly folder = mkdtempSync(join(tmpdir(), 'ashlar-run-'));
  /** Variables beside those that every command gets. */
  public readonly environment: Record<string, string> = {};

  constructor() {
    for (const folder of ['out/bootstrap', 'bin']) mkdirSync(join(this.folder, folder), { recursive: true });
  }

  /** Writes a plan; what a step leaves out has nothing to say here. */
  public plan(steps: readonly (Partial<PlannedStep> & { readonly id: string })[], name = 'start-up'): void {
    const plan: Plan = {
      site: 'lab',
      name,
      steps: steps.map(step),
      criticalPath: steps.map(({ id }) => id),
      criticalSeconds: 60 * steps.length,
    };
    this.write(`out/bootstrap/${{ 'start-up': 'plan', shutdown: 'shutdown' }[name] ?? name}.json`, JSON.stringify(plan));
  }

  /** A shell program on the path. */
  public program(name: string, script: string): void {
    this.write(`bin/${name}`, `#!/bin/sh\n${script}\n`);
    chmodSync(join(this.folder, 'bin', name), 0o755);
  }

  public start(args: readonly string[]) {
    const child = spawn(process.execPath, [ASHLAR, ...args], {
      cwd: this.folder,
      env: { PATH: `${join(this.folder, 'bin')}:/usr/bin:/bin`, ...this.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const out: Buffer[] = [];
    const said: Buffer[] = [];
    child.stdout.on('data', chunk => out.push(chunk));
    child.stderr.on('data', chunk => said.push(chunk));
    const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT);
    const ending = new Promise<Ending>(resolve => {
      child.on('close', code => {
        clearTimeout(timer);
        resolve({ code, out: Buffer.concat(out).toString(), said: Buffer.concat(said).toString() });
      });
    });
    return { child, ending };
  }

  public ashlar(...args: readonly string[]): Promise<Ending> {
    return this.start(args).ending;
  }

  public write(path: string, text: string): void {
    writeFileSync(join(this.folder, path), text);
  }

  public read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8');
  }

  public has(path: string): boolean {
    return existsSync(join(this.folder, path));
  }

  /** Lines of a file, none when it is not there. */
  public lines(path: string): string[] {
    return this.has(path) ? this.read(path).split('\n').filter(Boolean) : [];
  }

  public files(path: string): string[] {
    return this.has(path) ? readdirSync(join(this.folder, path)).sort() : [];
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A step that makes a file of its name, and adds a line to `done`. */
export function making(name: string, ...needs: readonly string[]): PlannedStep {
  return step({
    id: `lab/${name}:make`,
    title: `Make ${name}`,
    action: { run: [['sh', '-c', `echo ${name} >>../done; touch ../${name}`]] },
    check: { command: ['test', '-e', `../${name}`] },
    undo: { run: [['rm', `../${name}`]] },
    needs: needs.map(need => `lab/${need}:make`),
  });
}

function step(given: Partial<PlannedStep> & { readonly id: string }): PlannedStep {
  return {
    title: given.id,
    action: { waits: 'it comes by itself' },
    check: { command: ['true'] },
    undo: { nothing: 'it holds nothing' },
    budgetSeconds: 30,
    needs: [],
    ...given,
  };
}
