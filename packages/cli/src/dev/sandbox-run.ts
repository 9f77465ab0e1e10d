import { ConfigError } from '@ashlar/core';
import { confirmed } from '../terminal/confirmation';
import { losses, type PlannedChange, planText } from '../terraform/planned-changes';
import { Terraform } from '../terraform/terraform';
import { WorkspaceFolder } from '../terraform/workspace-folder';
import { chosenDevelopers, readSandboxIndex, type SandboxIndex } from './sandbox-index';

/** What somebody asked for. */
export interface SandboxRunProps {
  readonly to: 'up' | 'down';
  /** Names of developers. */
  readonly names: readonly string[];
  readonly all: boolean;
  /** Output folder of the app. */
  readonly out: string;
  /** Leaves out the states that all share: an operator has applied them, and a token for one sandbox may not. */
  readonly ownOnly: boolean;
  /** Shows the plan and ends. */
  readonly planOnly: boolean;
  /** Consent was given beforehand. */
  readonly yes: boolean;
  /** Whether `up` may destroy or replace what is there. */
  readonly allowDestroy: boolean;
  readonly environment: NodeJS.ProcessEnv;
  /** Where lines for people go. */
  readonly tell: (text: string) => void;
}

/** One state on its way. */
interface Step {
  readonly folder: WorkspaceFolder;
  readonly terraform: Terraform;
  readonly changes: readonly PlannedChange[];
}

/**
 * Brings sandboxes up or takes them down: every plan is made and shown before anything is done, and what is done is what was shown.
 * A second run changes nothing; after an interrupt, a run does what is left.
 *
 * @throws SANDBOX_VARIABLE, SANDBOX_LOSS, SANDBOX_KEPT, SANDBOX_DECLINED, SANDBOX_UNCONFIRMED, TERRAFORM
 */
export async function runSandboxes(props: SandboxRunProps): Promise<void> {
  const index = readSandboxIndex(props.out);
  const developers = chosenDevelopers(index, props.names, props.all);
  const own = developers.map(name => (index.developers[name] as { workspace: string }).workspace);
  const folders = [...(props.to === 'up' && !props.ownOnly ? index.shared : []), ...own].map(
    workspace => new WorkspaceFolder(props.out, workspace),
  );
  requireVariables(folders, props.environment);
  if (props.to === 'down') refuseKept(folders);

  const program = Terraform.program(props.environment);
  const steps: Step[] = [];
  try {
    for (const folder of folders) {
      const terraform = new Terraform(program, folder, props.environment);
      props.tell(`${folder.workspace}: planning`);
      await terraform.init();
      steps.push({ folder, terraform, changes: await terraform.plan(props.to) });
    }
    for (const { folder, changes } of steps) props.tell(planText(folder.workspace, changes));
    if (props.to === 'up' && !props.allowDestroy) refuseLosses(steps);
    const open = steps.filter(({ changes }) => changes.length > 0);
    if (props.planOnly) return;
    if (open.length > 0) {
      if (!props.yes && !(await confirmed(question(props.to, developers), unattended))) {
        throw new ConfigError('sandboxes', 'SANDBOX_DECLINED', 'nothing was changed', {
          fix: 'run it again when the plan is as you want it',
        });
      }
      for (const { folder, terraform } of open) {
        props.tell(`${folder.workspace}: applying`);
        await terraform.apply();
        props.tell(`${folder.workspace}: done`);
      }
    }
    for (const line of summary(props.to, developers, index)) props.tell(line);
  } finally {
    for (const folder of folders) folder.removePlan();
  }
}

function unattended(): ConfigError {
  return new ConfigError('sandboxes', 'SANDBOX_UNCONFIRMED', 'there is no terminal to ask for consent', {
    fix: 'read the plan with --plan, then write --yes',
  });
}

function question(to: 'up' | 'down', developers: readonly string[]): string {
  return to === 'up' ? `Bring up ${developers.join(', ')}?` : `Destroy the machines of ${developers.join(', ')}?`;
}

function summary(to: 'up' | 'down', developers: readonly string[], { developers: sandboxes }: SandboxIndex): string[] {
  return developers.flatMap(name => {
    if (to === 'down') return [`${name} is down`];
    const machines = sandboxes[name]?.machines ?? [];
    return [`${name} is up`, ...machines.map(({ user, address, fqdn }) => `  ssh ${user}@${address}  # ${fqdn}`)];
  });
}

/** @throws SANDBOX_VARIABLE */
function requireVariables(folders: readonly WorkspaceFolder[], environment: NodeJS.ProcessEnv): void {
  const missing = [...new Set(folders.flatMap(folder => folder.missingVariables(environment)))].sort();
  if (missing.length === 0) return;
  throw new ConfigError('sandboxes', 'SANDBOX_VARIABLE', `there is no value for ${missing.join(', ')}`, {
    fix: 'set them in the environment, from where the secrets are kept',
  });
}

/** @throws SANDBOX_LOSS */
function refuseLosses(steps: readonly Step[]): void {
  const lost = steps.flatMap(({ folder, changes }) => losses(changes).map(({ address }) => `${folder.workspace}: ${address}`));
  if (lost.length === 0) return;
  throw new ConfigError('sandboxes', 'SANDBOX_LOSS', `the plan destroys or replaces ${lost.join(', ')}`, {
    fix: 'save what is on it, then write --allow-destroy',
  });
}

/** @throws SANDBOX_KEPT */
function refuseKept(folders: readonly WorkspaceFolder[]): void {
  const kept = folders.flatMap(folder => folder.kept.map(address => `${folder.workspace}: ${address}`));
  if (kept.length === 0) return;
  throw new ConfigError('sandboxes', 'SANDBOX_KEPT', `${kept.join(', ')} is protected, because it holds data`, {
    fix: 'declare the machine with stateful: false, or keep the sandbox up',
  });
}
