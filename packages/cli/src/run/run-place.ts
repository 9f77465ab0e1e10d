import { mkdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Where an app keeps what belongs to one machine and one person, beside its output: `.ashlar/`, which is not committed. */
export class RunPlace {
  /** The folder itself. */
  public readonly folder: string;
  /** Access to the clusters, as `KUBECONFIG` and `TALOSCONFIG` say it to programs. */
  public readonly kubeconfig: string;
  public readonly talosconfig: string;

  /** @param out output folder of the app, absolute */
  constructor(public readonly out: string) {
    this.folder = join(dirname(out), '.ashlar');
    this.kubeconfig = join(this.folder, 'kubeconfig');
    this.talosconfig = join(this.folder, 'talosconfig');
  }

  /** Journals of all plans. */
  public get journals(): string {
    return join(this.folder, 'runs');
  }

  public journal(plan: string): string {
    return join(this.journals, `${plan}.jsonl`);
  }

  public logs(plan: string): string {
    return join(this.folder, 'logs', plan);
  }

  /** Where a copy of a Terraform configuration is worked on. */
  public state(workspace: string): string {
    return join(this.folder, 'terraform', workspace);
  }

  /** A path as it is told: from the folder of the app. */
  public told(path: string): string {
    const app = dirname(this.out);
    return path.startsWith(`${app}/`) ? path.slice(app.length + 1) : basename(path);
  }

  public make(): void {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
  }

  /** The environment of the programs of a plan. */
  public environment(base: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
    return { ...base, KUBECONFIG: this.kubeconfig, TALOSCONFIG: this.talosconfig };
  }
}
