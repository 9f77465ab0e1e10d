import { toYaml } from '@ashlar/core';
import type { BootAction } from './boot-action';
import { BootDisk } from './boot-disk';
import { type BootTask, DEFAULT_WORKER } from './boot-task';
import { KNOWN_ACTIONS, type KnownActionModel } from './known-action';

/**
 * The text of a template. Tinkerbell runs it through Go's text/template first and reads it as YAML then, so braces of ours are
 * written as text there, and only the worker and disks are filled in.
 * @see https://github.com/tinkerbell/tinkerbell/blob/main/tink/controller/internal/workflow/types.go
 */
export function templateData(name: string, globalTimeout: number, tasks: readonly BootTask[]): string {
  return toYaml({ version: '0.1', name: literal(name), global_timeout: globalTimeout, tasks: tasks.map(taskData) });
}

function taskData({ name, worker = DEFAULT_WORKER, actions, volumes, environment }: BootTask): object {
  return {
    name: literal(name),
    worker: `{{.${worker}}}`,
    ...(volumes && { volumes: volumes.map(literal) }),
    ...(environment && { environment: environmentData(environment) }),
    actions: actions.map(actionData),
  };
}

function actionData({ name, image, uses, timeout, command, environment, volumes, pid }: BootAction): object {
  const model: KnownActionModel | undefined = uses && KNOWN_ACTIONS[uses];
  const process = pid ?? (model?.hostPid ? 'host' : undefined);
  return {
    name: literal(name),
    image: String(image),
    timeout: timeout.toSeconds(),
    ...(command && { command: command.map(literal) }),
    ...(environment && { environment: environmentData(environment) }),
    ...(volumes && { volumes: volumes.map(literal) }),
    ...(process && { pid: process }),
  };
}

function environmentData(environment: Readonly<Record<string, string | BootDisk>>): object {
  const entries = Object.entries(environment).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, value]) => [name, BootDisk.is(value) ? value.expression : literal(value)]));
}

/** Text in which Go finds nothing to fill in. Between backquotes, because YAML changes quotes in some forms of text. */
function literal(text: string): string {
  return text.replaceAll('{{', '{{`{{`}}');
}
