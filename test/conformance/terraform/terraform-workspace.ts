import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Configuration } from './configuration';
import type { Engine } from './engine';
import type { ReplayedProviders } from './replayed-providers';

/** What an engine answered. */
export interface Answer {
  readonly code: number;
  readonly output: string;
}

/** What a plan means to do with a resource that does not stay as it is. */
export interface Change {
  readonly address: string;
  readonly actions: readonly string[];
}

/** What an engine does at most, in milliseconds, before it is stopped. */
const LIMIT = 120_000;

/**
 * A configuration in a temporary folder, run by a real engine. State is kept in that folder, whatever the backend of the configuration.
 * The environment is built from nothing: what the person who runs the tests has set reaches neither engine nor provider.
 */
export class TerraformWorkspace {
  public readonly folder = mkdtempSync(join(tmpdir(), 'ashlar-terraform-'));
  private variables: Record<string, string> = {};

  constructor(
    private readonly engine: Engine,
    private readonly providers: ReplayedProviders,
    configuration: Configuration,
    state: 'local' | 'as configured' = 'local',
  ) {
    this.write(configuration);
    // Terraform merges *_override files into what they name, and a backend replaces the other.
    const override = { terraform: { backend: { local: { path: 'terraform.tfstate' } } } };
    if (state === 'local') writeFileSync(join(this.folder, 'state_override.tf.json'), JSON.stringify(override));
  }

  /** Puts another configuration over the same state. */
  public write(configuration: Configuration): void {
    writeFileSync(join(this.folder, 'cdk.tf.json'), JSON.stringify(configuration, undefined, 2));
    const wanted = Object.entries(configuration.variable ?? {}).filter(([, variable]) => variable.default === undefined);
    this.variables = Object.fromEntries(wanted.map(([name]) => [`TF_VAR_${name}`, placeholder(name)]));
  }

  public init(...options: string[]): Promise<Answer> {
    return this.run('init', '-input=false', ...options);
  }

  /** Answers with the text of every diagnostic. */
  public async validate(): Promise<Answer> {
    const answer = await this.run('validate', '-json');
    const told = JSON.parse(answer.output.slice(answer.output.indexOf('{'))) as {
      diagnostics: { severity: string; summary: string; detail?: string; snippet?: { context: string | null } }[];
    };
    const lines = told.diagnostics.map(d => `${d.severity}: ${d.snippet?.context ?? ''}: ${d.summary}: ${d.detail ?? ''}`);
    return { code: answer.code, output: lines.join('\n') };
  }

  /** With `-detailed-exitcode`: 0 is an empty plan, 2 one with changes, 1 an error. */
  public plan(...options: string[]): Promise<Answer> {
    return this.run('plan', '-input=false', '-lock=false', '-detailed-exitcode', '-out=plan', ...options);
  }

  /** The changes of the last plan. */
  public async changes(): Promise<Change[]> {
    const { code, output } = await this.run('show', '-json', 'plan');
    if (code !== 0) throw new Error(output);
    const plan = JSON.parse(output) as { resource_changes?: { address: string; change: { actions: string[] } }[] };
    return (plan.resource_changes ?? [])
      .map(({ address, change }) => ({ address, actions: change.actions }))
      .filter(({ actions }) => actions.join() !== 'no-op');
  }

  /** Applies the last plan. */
  public apply(): Promise<Answer> {
    return this.run('apply', '-input=false', '-auto-approve', 'plan');
  }

  public destroy(): Promise<Answer> {
    return this.run('destroy', '-input=false', '-auto-approve');
  }

  /** Addresses of what the state holds, without what is only looked up. */
  public state(): string[] {
    return this.readState()
      .resources.filter(({ mode }) => mode === 'managed')
      .map(({ type, name }) => `${type}.${name}`)
      .sort();
  }

  /**
   * Changes an attribute in the state, as if the product had changed it: the provider reads back what the state has.
   * @param path names and indices, as in `cpu.0.affinity`
   * @returns what it was
   */
  public drift(address: string, path: string, value: unknown): unknown {
    const state = this.readState();
    const found = state.resources.find(({ type, name }) => `${type}.${name}` === address);
    if (!found) throw new Error(`the state has no ${address}`);
    const names = path.split('.');
    const last = names.pop() as string;
    const [instance] = found.instances;
    if (!instance) throw new Error(`the state has no instance of ${address}`);
    const at = names.reduce((inner, name) => inner[name] as Record<string, unknown>, instance.attributes);
    const before = at[last];
    at[last] = value;
    writeFileSync(this.stateFile(), JSON.stringify(state));
    return before;
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private stateFile(): string {
    return join(this.folder, 'terraform.tfstate');
  }

  private readState(): { resources: { mode: string; type: string; name: string; instances: { attributes: Record<string, unknown> }[] }[] } {
    return JSON.parse(readFileSync(this.stateFile(), 'utf8'));
  }

  private run(command: string, ...options: string[]): Promise<Answer> {
    const environment = {
      PATH: '/usr/bin:/bin',
      HOME: this.folder,
      TMPDIR: this.folder,
      CHECKPOINT_DISABLE: '1',
      TF_IN_AUTOMATION: '1',
      AWS_ACCESS_KEY_ID: 'placeholder',
      AWS_SECRET_ACCESS_KEY: 'placeholder',
      AWS_EC2_METADATA_DISABLED: 'true',
      // A person's proxy is not reached, and neither is anything else.
      HTTPS_PROXY: 'http://127.0.0.1:9',
      ...this.providers.environment,
      ...this.variables,
    };
    return new Promise((resolve, reject) => {
      const child = spawn(this.engine.program as string, [command, '-no-color', ...options], {
        cwd: this.folder,
        env: environment,
        // A group of its own, so that the providers below the engine end with it.
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const chunks: Buffer[] = [];
      for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => chunks.push(chunk));
      const timer = setTimeout(() => process.kill(-(child.pid as number), 'SIGKILL'), LIMIT);
      child.on('error', reject);
      child.on('close', code => {
        clearTimeout(timer);
        resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString() });
      });
    });
  }
}

/** A value of the right form that opens nothing. */
function placeholder(variable: string): string {
  return /proxmox.*token/.test(variable) ? 'root@pam!placeholder=00000000-0000-0000-0000-000000000000' : `placeholder-of-${variable}`;
}
