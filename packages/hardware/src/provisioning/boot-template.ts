import { Check, ConfigError, Duration, vacant } from '@ashlar/core';
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { BootAction } from './boot-action';
import { BootDisk } from './boot-disk';
import { type BootTask, checkTask, DEFAULT_WORKER } from './boot-task';
import { ProvisioningStack } from './provisioning-stack';
import { NAMESPACE } from './stack-values';
import { templateData } from './template-data';

export interface BootTemplateProps {
  /** The whole workflow is stopped after so long; at least what its actions may take together. */
  readonly globalTimeout: Duration;
  readonly tasks: readonly BootTask[];
}

/**
 * What is done to a machine to install it: Tinkerbell's Template. It is text inside an object, which the API server does not
 * look into, so that it is checked here.
 *
 * @see https://github.com/tinkerbell/tinkerbell/blob/main/api/v1alpha1/tinkerbell/template.go
 */
export class BootTemplate extends Construct {
  public static isBootTemplate(x: unknown): x is BootTemplate {
    return typeof x === 'object' && x !== null && TEMPLATE in x;
  }

  public readonly name: string;
  public readonly stack: ProvisioningStack;
  /** Names that a workflow must give machines to. */
  public readonly workers: readonly string[];
  /** Those on which an action writes to a {@link BootDisk}: Tinkerbell fills in that of the workflow's hardware, whoever the worker is. */
  public readonly diskWorkers: readonly string[];
  public readonly globalTimeout: Duration;
  /** What its actions download, by URL. */
  public readonly downloads: readonly string[];

  /** @throws TEMPLATE_STACK, TEMPLATE_TIMEOUT, TEMPLATE_SIZE, TASK_TWICE, PROP_EMPTY without a task, and the errors of its tasks */
  constructor(stack: ProvisioningStack, id: string, props: BootTemplateProps) {
    super(vacant(stack, id), id);
    Object.defineProperty(this, TEMPLATE, { value: true });
    if (!ProvisioningStack.isProvisioningStack(stack)) {
      throw new ConfigError(this, 'TEMPLATE_STACK', 'must be made in the stack that uses it', {
        fix: "write new BootTemplate(stack, 'debian', …)",
      });
    }
    const check = new Check(this);
    check.known(props, ['globalTimeout', 'tasks']);
    this.stack = stack;
    this.name = check.label('the name of a template', id);
    const tasks = check.list('tasks', props.tasks, "{ name: 'install', actions: [ … ] }");
    const seen = new Set<string>();
    for (const task of tasks) {
      checkTask(this, task);
      if (seen.has(task.name))
        throw new ConfigError(this, 'TASK_TWICE', `two tasks are called ${task.name}`, { fix: 'give one of them another name' });
      seen.add(task.name);
    }
    this.workers = workersOf(tasks);
    this.diskWorkers = workersOf(tasks.filter(task => task.actions.some(writesBootDisk)));
    this.globalTimeout = check.instance('globalTimeout', props.globalTimeout, Duration, 'Duration.minutes(30)');
    const globalTimeout = this.timeoutOf(this.globalTimeout, tasks);
    this.downloads = downloadsOf(tasks);

    const data = templateData(this.name, globalTimeout, tasks);
    if (data.length > LARGEST) {
      throw new ConfigError(this, 'TEMPLATE_SIZE', `Tinkerbell reads templates of up to ${LARGEST} bytes`, {
        got: data.length,
        fix: 'let an action fetch the long text by its URL',
      });
    }
    new ApiObject(stack.unit, `template-${id}`, {
      apiVersion: 'tinkerbell.org/v1alpha1',
      kind: 'Template',
      metadata: { name: this.name, namespace: NAMESPACE },
      spec: { data },
    });
  }

  private timeoutOf(timeout: Duration, tasks: readonly BootTask[]): number {
    const together = tasks.flatMap(task => task.actions).reduce((sum, action) => sum + action.timeout.toSeconds(), 0);
    if (timeout.toSeconds() >= together) return timeout.toSeconds();
    throw new ConfigError(
      this,
      'TEMPLATE_TIMEOUT',
      `globalTimeout must be at least the ${Duration.seconds(together)} that its actions may take together`,
      {
        got: String(timeout),
        fix: `write globalTimeout: Duration.seconds(${together}), or more`,
      },
    );
  }
}

const TEMPLATE = Symbol.for('@ashlar/hardware.BootTemplate');
const LARGEST = 256 * 1024;

function workersOf(tasks: readonly BootTask[]): string[] {
  return [...new Set(tasks.map(task => task.worker ?? DEFAULT_WORKER))].sort();
}

function writesBootDisk({ environment = {} }: BootAction): boolean {
  return Object.values(environment).some(BootDisk.is);
}

function downloadsOf(tasks: readonly BootTask[]): string[] {
  const values = tasks.flatMap(task => [task, ...task.actions]).flatMap(({ environment = {} }) => Object.values<unknown>(environment));
  return [...new Set(values.filter((value): value is string => typeof value === 'string' && /^https?:\/\//.test(value)))].sort();
}
