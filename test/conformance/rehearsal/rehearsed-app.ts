import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Plan, PlannedStep } from '@ashlar/analysis';
import { StateStore } from '../dev/state-store';
import { ControlPlane } from '../kubernetes/control-plane';
import { waitFor } from '../kubernetes/process';
import type { Configuration } from '../terraform/configuration';
import type { ReplayedProviders } from '../terraform/replayed-providers';
import { ROOT, tool } from '../tool';
import { ApiProxy } from './api-proxy';
import { PlayedCluster } from './played-cluster';

/** Programs that need machines which are not there. */
export const PLAYED: readonly (string | undefined)[] = ['ssh', 'ping', 'curl', 'dig', 'host'];
/** The longest that a run may take, in milliseconds. */
const LIMIT = 180_000;

/** How a run ended. */
export interface Ending {
  readonly code: number | null;
  readonly said: string;
}

/** What a stand-in was asked. */
interface Call {
  readonly program: string;
  readonly args: readonly string[];
  readonly code: number;
}

/** A copy of an app's output with a world around it in which its plans can be run: states, an API server with nodes, and stand-ins. */
export class RehearsedApp {
  /** A plan of an output. */
  public static planOf(out: string, file: string): Plan {
    return JSON.parse(readFileSync(join(out, 'bootstrap', `${file}.json`), 'utf8')) as Plan;
  }

  public static async start(out: string, terraform: string, providers: ReplayedProviders): Promise<RehearsedApp> {
    const [store, plane] = await Promise.all([StateStore.start(), ControlPlane.start()]);
    const proxy = await ApiProxy.start(plane.access.port);
    const app = new RehearsedApp(store, plane, proxy, terraform, providers);
    try {
      await plane.startControllers();
      app.copy(out);
      await app.cluster.start();
    } catch (error) {
      await app.stop();
      throw error;
    }
    return app;
  }

  public readonly folder = mkdtempSync(join(tmpdir(), 'ashlar-rehearsal-'));
  public readonly environment: Record<string, string>;
  private readonly cluster: PlayedCluster;

  private constructor(
    public readonly store: StateStore,
    public readonly plane: ControlPlane,
    private readonly proxy: ApiProxy,
    terraform: string,
    providers: ReplayedProviders,
  ) {
    const [bin, played] = [join(this.folder, 'bin'), join(this.folder, 'played')];
    for (const path of [bin, played]) mkdirSync(path);
    for (const name of PLAYED) symlinkSync(join(__dirname, 'stand-in.mjs'), join(bin, name as string));
    symlinkSync(tool('kubectl') as string, join(bin, 'kubectl'));
    symlinkSync(process.execPath, join(bin, 'node'));
    this.cluster = new PlayedCluster(plane, store, join(this.folder, 'out'), played);
    this.environment = {
      PATH: `${bin}:/usr/bin:/bin`,
      HOME: this.folder,
      TMPDIR: this.folder,
      ...providers.environment,
      TERRAFORM_BINARY_NAME: terraform,
      // Every cluster is the one of this test, whatever its address.
      HTTPS_PROXY: proxy.address,
    };
  }

  /** Gives every secret of every state a value of the right form that opens nothing. */
  private copy(out: string): void {
    cpSync(out, join(this.folder, 'out'), { recursive: true });
    for (const name of readdirSync(join(this.folder, 'out/terraform'))) {
      this.changed(`terraform/${name}/cdk.tf.json`, text => {
        const configuration = JSON.parse(text) as Configuration;
        configuration.terraform.backend = this.backend(name);
        for (const variable of Object.keys(configuration.variable ?? {})) {
          const token = 'root@pam!placeholder=00000000-0000-0000-0000-000000000000';
          this.environment[`TF_VAR_${variable}`] = /proxmox.*token/.test(variable) ? token : `placeholder-of-${variable}`;
        }
        return JSON.stringify(configuration);
      });
    }
  }

  /** Adds a state to the output. */
  public addState(name: string, configuration: Pick<Configuration, 'resource'>): void {
    mkdirSync(this.file(`terraform/${name}`));
    writeFileSync(
      this.file(`terraform/${name}/cdk.tf.json`),
      JSON.stringify({ ...configuration, terraform: { backend: this.backend(name) } }),
    );
  }

  /** Where the state of a name is kept here. */
  private backend(name: string): NonNullable<Configuration['terraform']['backend']> {
    const address = this.store.address(name);
    const lock = { lock_address: `${address}/lock`, unlock_address: `${address}/lock`, lock_method: 'POST', unlock_method: 'DELETE' };
    return { http: { address, ...lock } };
  }

  /** Changes a file of the output. @returns what takes it back */
  public changed(path: string, change: (text: string) => string): () => void {
    const text = readFileSync(this.file(path), 'utf8');
    writeFileSync(this.file(path), change(text));
    return () => writeFileSync(this.file(path), text);
  }

  /** Waits until an Application is as healthy as that. */
  public async healthOf(application: string, health: string): Promise<void> {
    const path = `/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/${application}`;
    await waitFor(
      `${application} to be ${health}`,
      60,
      async () => (await this.plane.client.call('GET', path)).body.status?.health?.status === health,
    );
  }

  private file(path: string): string {
    return join(this.folder, 'out', path);
  }

  public plan(file = 'plan'): Plan {
    return RehearsedApp.planOf(join(this.folder, 'out'), file);
  }

  public writePlan(steps: readonly PlannedStep[], name: string): void {
    const plan: Plan = { site: 'rehearsal', name, steps, criticalPath: [], criticalSeconds: 0 };
    writeFileSync(this.file(`bootstrap/${name}.json`), JSON.stringify(plan));
  }

  /** What people say about a plan: that what they are asked about is done, and that what is destroyed may be. */
  public people(file = 'plan'): string[] {
    return this.plan(file).steps.flatMap(({ id, check, destroys }) => [
      ...('ask' in check ? ['--done', id] : []),
      ...(destroys === undefined ? [] : ['--consent', id]),
    ]);
  }

  public start(args: readonly string[], environment: Record<string, string | undefined> = {}) {
    const child = spawn(process.execPath, [join(ROOT, 'packages/cli/lib/ashlar.js'), ...args], {
      cwd: this.folder,
      env: { ...this.environment, ...environment },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => said.push(chunk));
    const kill = () => {
      try {
        process.kill(-(child.pid as number), 'SIGKILL');
      } catch {
        // It has ended meanwhile.
      }
    };
    const timer = setTimeout(kill, LIMIT);
    const ending = new Promise<Ending>(resolve => {
      child.on('close', code => {
        clearTimeout(timer);
        resolve({ code, said: Buffer.concat(said).toString() });
      });
    });
    return { pid: child.pid as number, kill, ending };
  }

  public ashlar(...args: readonly string[]): Promise<Ending> {
    return this.start(args).ending;
  }

  /** Steps that have begun, in all runs of a plan so far. */
  public begun(plan = 'start-up'): string[] {
    const file = join(this.folder, `.ashlar/runs/${plan}.jsonl`);
    if (!existsSync(file)) return [];
    return [...readFileSync(file, 'utf8').matchAll(/"event":"step-started","step":"([^"]+)"/g)].map(([, step]) => step as string);
  }

  public get calls(): readonly Call[] {
    const file = join(this.folder, 'played/calls.jsonl');
    if (!existsSync(file)) return [];
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line) as Call);
  }

  public async stop(): Promise<void> {
    await this.cluster.stop();
    await this.plane.stop();
    await this.proxy.stop();
    await this.store.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
