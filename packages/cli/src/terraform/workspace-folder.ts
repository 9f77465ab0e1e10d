import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '@ashlar/core';
import { markOf } from '../process/process-mark';

/** What is read of a configuration here. */
interface Configuration {
  readonly variable?: Readonly<Record<string, { readonly default?: unknown }>>;
  readonly resource?: Readonly<Record<string, Readonly<Record<string, { readonly lifecycle?: { readonly prevent_destroy?: boolean } }>>>>;
}

/**
 * Where Terraform works on one state: a folder beside the output, with a copy of the configuration, because Terraform leaves files of
 * its own there. It may be deleted at any time, unless a state is kept in it.
 */
export class WorkspaceFolder {
  public readonly path: string;
  private readonly configuration: Configuration;
  private readonly text: string;

  /**
   * @param out output folder of the app
   * @throws TERRAFORM_OUTPUT when the output does not have it
   */
  constructor(
    out: string,
    public readonly workspace: string,
  ) {
    this.path = join(out, '..', '.ashlar', 'terraform', workspace);
    const file = join(out, 'terraform', workspace, 'cdk.tf.json');
    try {
      this.text = readFileSync(file, 'utf8');
      this.configuration = JSON.parse(this.text) as Configuration;
    } catch {
      throw new ConfigError(workspace, 'TERRAFORM_OUTPUT', `${file} is missing or is not JSON`, { fix: 'synthesize again: npm run synth' });
    }
  }

  /** Plan of the run of this process. It holds values of secrets, so it is gone after the run. */
  public get planFile(): string {
    return join(this.path, `plan-${process.pid}`);
  }

  /** Variables that Terraform has no value for in `environment`. */
  public missingVariables(environment: NodeJS.ProcessEnv): readonly string[] {
    const wanted = Object.entries(this.configuration.variable ?? {}).filter(([, variable]) => variable.default === undefined);
    return wanted.map(([name]) => `TF_VAR_${name}`).filter(name => environment[name] === undefined);
  }

  /** Addresses of resources that Terraform refuses to destroy. */
  public get kept(): readonly string[] {
    return Object.entries(this.configuration.resource ?? {}).flatMap(([type, resources]) => {
      const kept = Object.entries(resources).filter(([, resource]) => resource.lifecycle?.prevent_destroy);
      return kept.map(([name]) => `${type}.${name}`);
    });
  }

  /** Puts the configuration there, and removes the plans of runs that were killed. */
  public prepare(): void {
    mkdirSync(this.path, { recursive: true, mode: 0o700 });
    const file = join(this.path, 'cdk.tf.json');
    // What a run that was killed has left may be reading it at this moment.
    if (!existsSync(file) || readFileSync(file, 'utf8') !== this.text) writeFileSync(file, this.text);
    for (const name of readdirSync(this.path)) {
      const run = /^plan-(\d+)$/.exec(name);
      if (run && markOf(Number(run[1])) === undefined) rmSync(join(this.path, name), { force: true });
    }
  }

  public removePlan(): void {
    rmSync(this.planFile, { force: true });
  }
}
