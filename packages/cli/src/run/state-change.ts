import { writeSync } from 'node:fs';
import { ConfigError } from '@ashlar/core';
import { losses, type PlannedChange, planText } from '../terraform/planned-changes';
import { Terraform } from '../terraform/terraform';
import { WorkspaceFolder } from '../terraform/workspace-folder';
import type { StepContext } from './step-context';
import type { StepLog } from './step-log';

/** What Terraform would do to one state, and does when it is let: what is applied is what was planned. */
export class StateChange {
  private readonly terraform: Terraform;
  private readonly folder: WorkspaceFolder;
  private changes: readonly PlannedChange[] = [];

  constructor(
    workspace: string,
    private readonly destroy: boolean,
    private readonly log: StepLog,
    private readonly context: StepContext,
  ) {
    const { place, environment } = context;
    this.folder = new WorkspaceFolder(place.out, workspace);
    this.terraform = new Terraform(Terraform.program(environment), this.folder, environment, log.file);
  }

  /** Plans it. @returns whether there is anything to do @throws TERRAFORM */
  public async plan(): Promise<boolean> {
    this.log.heading(`terraform plan of ${this.folder.workspace}`);
    await this.terraform.init();
    if (this.context.signal.aborted) return true;
    this.changes = await this.terraform.plan(this.destroy ? 'down' : 'up');
    writeSync(this.log.descriptor, `${this.text}\n`);
    return this.changes.length > 0;
  }

  /** For people. */
  public get text(): string {
    return planText(this.folder.workspace, this.changes);
  }

  /** @throws STATE_LOSS when something would be lost that nobody has agreed to */
  public refuseLosses(step: string): void {
    const lost = losses(this.changes).map(({ address }) => address);
    if (this.destroy || this.context.allowDestroy || lost.length === 0) return;
    throw new ConfigError(step, 'STATE_LOSS', `the plan of ${this.folder.workspace} destroys or replaces ${lost.join(', ')}`, {
      fix: 'save what is on it, then write --allow-destroy',
    });
  }

  /** Does what was planned. @throws TERRAFORM */
  public async apply(): Promise<void> {
    this.log.heading(`terraform apply of ${this.folder.workspace}`);
    await this.terraform.apply();
  }

  /** Asks Terraform to stop in order. */
  public interrupt(): void {
    this.terraform.interrupt();
  }

  /** The plan has values of secrets in it. */
  public forget(): void {
    this.folder.removePlan();
  }
}
