import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { ConfigError } from '@ashlar/core';
import { findProgram } from '../process/find-program';
import { CommandLog } from './command-log';
import { type PlannedChange, plannedChanges } from './planned-changes';
import type { WorkspaceFolder } from './workspace-folder';

/** How long it waits for somebody else's run on the same state. */
const LOCK_TIMEOUT = '-lock-timeout=5m';

/** Terraform or OpenTofu, at work on one state. What it prints is kept in a log. */
export class Terraform {
  /**
   * The program: `TERRAFORM_BINARY_NAME`, as cdktf has it, or the first of terraform and tofu on the path.
   * @throws TERRAFORM_MISSING
   */
  public static program(environment: NodeJS.ProcessEnv): string {
    const wanted = environment.TERRAFORM_BINARY_NAME;
    const names = wanted ? [wanted] : ['terraform', 'tofu'];
    for (const name of names) {
      const found = findProgram(name, environment);
      if (found) return found;
    }
    throw new ConfigError('terraform', 'TERRAFORM_MISSING', `${names.join(' or ')} is not installed`, {
      fix: 'install it, or set TERRAFORM_BINARY_NAME to its path',
      see: 'https://developer.hashicorp.com/terraform/install',
    });
  }

  private child: ChildProcess | undefined;

  constructor(
    private readonly program: string,
    private readonly folder: WorkspaceFolder,
    private readonly environment: NodeJS.ProcessEnv,
    /** File that what it prints is added to. */
    private readonly log = join(folder.path, 'terraform.log'),
  ) {}

  /** Fetches providers and opens the state. It may run again at any time. */
  public async init(): Promise<void> {
    this.folder.prepare();
    await this.run('init', '-input=false', '-no-color');
  }

  /** What would change; the plan is kept for {@link apply}. */
  public async plan(to: 'up' | 'down'): Promise<readonly PlannedChange[]> {
    const direction = to === 'down' ? ['-destroy'] : [];
    await this.run('plan', '-input=false', '-no-color', LOCK_TIMEOUT, `-out=${this.folder.planFile}`, ...direction);
    return plannedChanges(await this.run('show', '-json', this.folder.planFile));
  }

  /** Does what was planned, and nothing else. */
  public async apply(): Promise<void> {
    await this.run('apply', '-input=false', '-no-color', LOCK_TIMEOUT, this.folder.planFile);
  }

  /** Asks it, once, to stop in order: a second interrupt would lose what it has not written down. */
  public readonly interrupt = (): void => {
    this.child?.kill('SIGINT');
    this.child = undefined;
  };

  /**
   * Runs it apart from us: when we are killed, it ends what it does and writes the state down, and the next run waits for its lock. An
   * interrupt is passed on, at which it stops in order.
   *
   * @throws TERRAFORM with what it said
   */
  private run(command: string, ...options: readonly string[]): Promise<string> {
    const log = new CommandLog(this.log);
    return new Promise((resolve, reject) => {
      const child = spawn(this.program, [command, ...options], {
        cwd: this.folder.path,
        env: { ...this.environment, TF_IN_AUTOMATION: '1', CHECKPOINT_DISABLE: '1' },
        detached: true,
        // A plan as JSON has the values of secrets in it: it goes to us alone.
        stdio: ['ignore', command === 'show' ? 'pipe' : log.file, log.file],
      });
      const told: Buffer[] = [];
      child.stdout?.on('data', chunk => told.push(chunk));
      this.child = child;
      const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
      for (const signal of signals) process.on(signal, this.interrupt);
      const ended = () => {
        for (const signal of signals) process.off(signal, this.interrupt);
        this.child = undefined;
        return log.end();
      };
      child.on('error', error => {
        ended();
        reject(error);
      });
      child.on('close', code => {
        const said = ended();
        if (code === 0) resolve(Buffer.concat(told).toString());
        else reject(this.failure(command, said));
      });
    });
  }

  private failure(command: string, said: string): ConfigError {
    // What it planned before is of no use here.
    const [fault = said] = /^(│ )?Error: [\s\S]*/m.exec(said) ?? [];
    return new ConfigError(this.folder.workspace, 'TERRAFORM', `terraform ${command} failed:\n${fault.trim()}\n`, {
      fix: `repair it and run the same command again: what was done stays done, and ${this.log} has all of it`,
    });
  }
}
