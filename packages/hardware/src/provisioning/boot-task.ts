import { Check, ConfigError, pathOf } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { ACTION_NAME, type BootAction, checkAction, checkVolumes } from './boot-action';

/** Actions that run on one machine, one after the other. */
export interface BootTask {
  /** Unique in the template, up to 199 characters. */
  readonly name: string;
  /** Which machine, by a name that the workflow's `hardwareMap` gives it. @default `device_1` */
  readonly worker?: string;
  readonly actions: readonly BootAction[];
  /** Of every action: `source:target`. @default - none */
  readonly volumes?: readonly string[];
  /** Of every action. @default - none */
  readonly environment?: Readonly<Record<string, string>>;
}

export const DEFAULT_WORKER = 'device_1';

/** Names that Tinkerbell gives to its own data in a template. */
const TAKEN = ['hardware', 'Hardware', 'references'];

/** @throws TASK_WORKER, ACTION_TWICE, VOLUME_FORMAT, PROP_* and the errors of {@link checkAction} */
export function checkTask(template: IConstruct, task: BootTask): void {
  const where = `${pathOf(template)}, task ${task?.name}`;
  const check = new Check(where);
  check.known(task, ['name', 'worker', 'actions', 'volumes', 'environment']);
  check.text('name', task.name, ACTION_NAME, 'up to 199 characters', 'install');
  const worker = task.worker ?? DEFAULT_WORKER;
  if (typeof worker !== 'string' || !/^[A-Za-z_]\w*$/.test(worker) || TAKEN.includes(worker)) {
    throw new ConfigError(
      where,
      'TASK_WORKER',
      'worker must be a name of letters, digits and underscores that Tinkerbell has no other use for',
      {
        got: worker,
        fix: `write worker: '${DEFAULT_WORKER}', without braces`,
      },
    );
  }
  checkVolumes(where, task.volumes ?? []);
  const seen = new Set<string>();
  for (const action of check.list('actions', task.actions, "{ name: 'write the image', … }")) {
    checkAction(template, task.name, action);
    if (seen.has(action.name)) {
      throw new ConfigError(where, 'ACTION_TWICE', `two actions are called ${action.name}`, { fix: 'give one of them another name' });
    }
    seen.add(action.name);
  }
  for (const [name, value] of Object.entries(task.environment ?? {})) check.text(`environment.${name}`, value, /^/, 'text', 'true');
}
