import { Check, ConfigError, Duration, pathOf, Secret } from '@ashlar/core';
import { ContainerImage } from '@ashlar/kubernetes';
import type { IConstruct } from 'constructs';
import { BootDisk } from './boot-disk';
import { KNOWN_ACTIONS, type KnownAction, type KnownActionModel } from './known-action';

/** One container that runs on the machine while its operating system is installed. */
export interface BootAction {
  /** Unique in the task, up to 199 characters. */
  readonly name: string;
  /** Pinned by a tag, better by a digest. */
  readonly image: ContainerImage;
  /** Which documented action the image is, so that its environment is checked. @default - one of your own */
  readonly uses?: KnownAction;
  /** It is killed after so long, and the workflow fails. */
  readonly timeout: Duration;
  /** @default - that of the image */
  readonly command?: readonly string[];
  /** Text, or the disk of the machine. @default - none */
  readonly environment?: Readonly<Record<string, string | BootDisk>>;
  /** `source:target`, both absolute, or `source:target:ro`. @default - those of the task */
  readonly volumes?: readonly string[];
  /** Shares the process namespace of the host, to start another kernel. @default - when a documented action needs it */
  readonly pid?: 'host';
}

/** A name that Tinkerbell takes. */
export const ACTION_NAME = /^(?=.{1,199}$)\S(.*\S)?$/;
const VOLUME = /^\/[^:\s]*:\/[^:\s]*(:(ro|rw))?$/;
/** Names that the kernel gives in the order in which it finds disks. */
const UNSTABLE = /^\/dev\/(sd[a-z]|vd[a-z]|hd[a-z]|nvme\d|mmcblk\d)/;
const STABLE = /^\/dev\/disk\/by-(id|path)\/[\w.:@+-]+$/;

/** @throws ACTION_SECRET, ACTION_ENVIRONMENT, ACTION_DISK_UNSTABLE, ACTION_TIMEOUT, ACTION_KNOWN, PROP_*, the errors of {@link ContainerImage} */
export function checkAction(template: IConstruct, task: string, action: BootAction): void {
  const where = `${pathOf(template)}, task ${task}, action ${action?.name}`;
  const check = new Check(where);
  check.known(action, ['name', 'image', 'uses', 'timeout', 'command', 'environment', 'volumes', 'pid']);
  check.text('name', action.name, ACTION_NAME, 'up to 199 characters', 'write the image');
  checkImage(check, where, action.image);
  checkTimeout(check, where, action.timeout);
  for (const word of action.command ?? []) check.text('command', word, /^/, 'a list of words', 'reboot');
  checkVolumes(where, action.volumes ?? []);
  if (action.pid !== undefined) check.choice('pid', action.pid, ['host']);
  for (const [name, value] of Object.entries(action.environment ?? {})) checkVariable(check, where, name, value);
  if (action.uses === undefined) return;
  check.choice('uses', action.uses, Object.keys(KNOWN_ACTIONS) as KnownAction[]);
  checkKnown(where, action.uses, action.environment ?? {});
}

/** @throws VOLUME_FORMAT */
export function checkVolumes(where: string, volumes: readonly string[]): void {
  for (const volume of volumes) {
    if (typeof volume === 'string' && VOLUME.test(volume)) continue;
    throw new ConfigError(where, 'VOLUME_FORMAT', 'a volume is two absolute paths with a colon between', {
      got: volume,
      fix: 'write it like /dev:/dev',
    });
  }
}

function checkImage(check: Check, where: string, image: ContainerImage): void {
  if (typeof image === 'string') {
    ContainerImage.parse(image, where);
    throw new ConfigError(where, 'PROP_TYPE', 'image must be a ContainerImage', {
      got: image,
      fix: `write image: ContainerImage.parse('${image}')`,
    });
  }
  check.instance('image', image, ContainerImage, "ContainerImage.of('quay.io/tinkerbell/actions/image2disk', 'v1.0.0', 'sha256:…')");
}

function checkTimeout(check: Check, where: string, timeout: Duration): void {
  check.instance('timeout', timeout, Duration, 'Duration.minutes(10)');
  if (timeout.toSeconds() > 0) return;
  throw new ConfigError(where, 'ACTION_TIMEOUT', 'timeout must be above 0: Tinkerbell would kill the action as it starts it', {
    got: String(timeout),
    fix: 'write timeout: Duration.minutes(10)',
  });
}

function checkVariable(check: Check, where: string, name: string, value: string | BootDisk): void {
  check.text(`environment.${name}`, name, /^[A-Za-z_]\w*$/, 'named in letters, digits and underscores', 'IMG_URL');
  if (Secret.is(value)) {
    throw new ConfigError(
      where,
      'ACTION_SECRET',
      `${name} is a secret (${value.describe()}), and everybody who can read Templates would read it`,
      {
        fix: 'let the operating system fetch it when it runs',
      },
    );
  }
  if (BootDisk.is(value)) return;
  check.text(`environment.${name}`, value, /^/, 'text', 'true');
  if (UNSTABLE.test(value)) throw unstable(where, name, value);
}

function unstable(where: string, name: string, disk: string | BootDisk | undefined): ConfigError {
  return new ConfigError(where, 'ACTION_DISK_UNSTABLE', `${name} must name the same disk at every boot`, {
    got: disk,
    fix: `write ${name}: BootDisk.whole(), or BootDisk.partition(1)`,
  });
}

function checkKnown(where: string, uses: KnownAction, environment: Readonly<Record<string, string | BootDisk>>): void {
  const model: KnownActionModel = KNOWN_ACTIONS[uses];
  const known = [...model.required, ...model.optional];
  const missing = model.required.filter(name => environment[name] === undefined);
  const unknown = model.open ? [] : Object.keys(environment).filter(name => !known.includes(name));
  if (missing.length > 0 || unknown.length > 0) {
    const problem = missing.length > 0 ? `needs ${missing.join(', ')} in its environment` : `reads no ${unknown.join(', ')}`;
    throw new ConfigError(where, 'ACTION_ENVIRONMENT', `${uses} ${problem}`, {
      fix: `it reads ${known.join(', ')}`,
      see: `https://github.com/tinkerbell/actions/tree/main/${uses}`,
    });
  }
  for (const name of model.disks) {
    const disk = environment[name];
    if (BootDisk.is(disk) || STABLE.test(disk as string)) continue;
    throw unstable(where, name, disk);
  }
}
