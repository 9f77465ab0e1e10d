import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { adopt, Check, ConfigError, type ILifecycle, type Lifecycle, type Need, onRender, Site, vacant } from '@ashlar/core';
import { App, type TerraformBackend, TerraformStack } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { annotationFindings } from './annotation-findings';
import { applyAspects } from './aspects';
import { cdktfProjection } from './cdktf-projection';
import { renderStack } from './render-stack';
import { stateFeedsItself } from './rules/state-feeds-itself';
import { tokenProducer } from './token-producer';
import { workspaceLifecycle } from './workspace-lifecycle';
import { isTerraformWorkspace, WORKSPACE, workspacesOf } from './workspaces-of';

export interface TerraformWorkspaceProps {
  /**
   * Defines where the state is kept, e.g. `stack => new S3Backend(stack, { … })`. Required: the engine's own default
   * writes an absolute path of the build machine into the output.
   */
  readonly backend: (stack: TerraformStack) => TerraformBackend;
}

/**
 * One Terraform state: a cdktf app of its own beside the model, rendered to `terraform/<id>/cdk.tf.json`.
 *
 * Constructs that belong to it take {@link stack} as scope, as in any cdktf program.
 */
export class TerraformWorkspace extends Construct implements ILifecycle {
  public static isTerraformWorkspace(x: unknown): x is TerraformWorkspace {
    return isTerraformWorkspace(x);
  }

  /** The scope of everything in this state. */
  public readonly stack: TerraformStack;
  /** Name of the state, of its folder, and of the stack for `cdktf deploy <name>`. */
  public readonly name: string;
  private readonly needed: Need[] = [];

  /** @throws ID_TAKEN, PROP_FORMAT, PROP_UNKNOWN, WORKSPACE_BACKEND, WORKSPACE_TAKEN */
  constructor(scope: Construct, id: string, props: TerraformWorkspaceProps) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, WORKSPACE, { value: true });
    const site = Site.of(this);
    const check = new Check(this);
    check.known(props, ['backend']);
    this.name = check.label('the id of a workspace', id);
    const taken = workspacesOf(site).find(other => other !== this && other.name === id);
    if (taken) {
      throw new ConfigError(
        this,
        'WORKSPACE_TAKEN',
        `the name ${id} is already that of ${taken.node.path}, and two states cannot share a folder`,
        { fix: 'choose another id' },
      );
    }

    const app = engineApp();
    this.stack = new TerraformStack(app, id);
    const { backend } = props;
    if (typeof backend !== 'function') {
      throw new ConfigError(this, 'WORKSPACE_BACKEND', 'a workspace needs a backend', {
        got: backend,
        fix: 'write backend: stack => new S3Backend(stack, { … })',
      });
    }
    backend(this.stack);
    refuseMachinePath(this, this.stack);

    adopt(this, app);
    site.onPrepare(() => applyAspects(app));
    site.addTokenReader(text => tokenProducer(this.stack, text));
    site.addRules(annotationFindings, stateFeedsItself);
    site.addProjection(cdktfProjection(() => workspacesOf(site).map(workspace => workspace.stack)));
    onRender(this, output => output.write(this, `terraform/${this.name}/cdk.tf.json`, renderStack(this.stack)));
  }

  /**
   * Says that the state can be applied only once `on` is up: hypervisors that have joined their cluster, a way to the Internet.
   * @param what completes "it needs it for …": `its images`
   */
  public startAfter(on: IConstruct, what: string): void {
    this.needed.push({ on, for: what });
  }

  public get lifecycle(): Lifecycle {
    return workspaceLifecycle(this.name, this.stack, this.needed);
  }
}

/** The engine makes its output folder in the constructor. We render without it, so it is gone at once. */
function engineApp(): App {
  const outdir = mkdtempSync(join(tmpdir(), 'ashlar-'));
  try {
    return new App({ outdir, stackTraces: false });
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function refuseMachinePath(workspace: Construct, stack: TerraformStack): void {
  const backends: Record<string, { path?: unknown }> = stack.ensureBackendExists().toTerraform().terraform?.backend ?? {};
  const path = backends.local?.path;
  if (typeof path === 'string' && isAbsolute(path)) {
    throw new ConfigError(workspace, 'WORKSPACE_BACKEND', 'the local backend has an absolute path, which is of this machine', {
      fix: "write new LocalBackend(stack, { path: 'terraform.tfstate' }), or a remote backend",
    });
  }
}
