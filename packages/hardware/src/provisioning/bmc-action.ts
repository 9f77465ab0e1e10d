import { Check, ConfigError } from '@ashlar/core';
import type { BootHardware } from './boot-hardware';

/** One thing that a BMC does: it switches power, chooses what boots next (once, unless `persistent`), or mounts an image as a CD (none to eject it). */
export type BmcAction =
  | { readonly powerAction: PowerAction }
  | { readonly bootDevice: BootDevice; readonly persistent?: boolean }
  | { readonly mediaURL: string };

/** `off`, `cycle` and `reset` at once, `soft` by asking the operating system. */
export type PowerAction = 'on' | 'off' | 'soft' | 'cycle' | 'reset';

export type BootDevice = 'pxe' | 'disk' | 'cdrom' | 'bios' | 'safe';

/**
 * Actions as Rufio reads them.
 * @throws BMC_ACTION, PROP_*
 * @see https://github.com/tinkerbell/tinkerbell/blob/main/api/v1alpha1/bmc/action.go
 */
export function bmcTasks(where: string, hardware: BootHardware, actions: readonly BmcAction[]): object[] {
  const list = new Check(where).list('actions', actions, "{ powerAction: 'cycle' }");
  return list.map((action, i) => bmcTask(`${where}, action ${i + 1}`, hardware, action));
}

function bmcTask(where: string, hardware: BootHardware, action: BmcAction): object {
  const check = new Check(where);
  check.known(action, ['powerAction', 'bootDevice', 'persistent', 'mediaURL']);
  const kinds = Object.keys(action).filter(key => key !== 'persistent');
  if (kinds.length !== 1 || ('persistent' in action && !('bootDevice' in action))) {
    throw new ConfigError(where, 'BMC_ACTION', 'an action is one of powerAction, bootDevice and mediaURL', {
      got: action,
      fix: "write { powerAction: 'off' }, { bootDevice: 'pxe' }, { powerAction: 'on' }",
    });
  }
  if ('powerAction' in action) {
    return { powerAction: check.choice('powerAction', action.powerAction, ['on', 'off', 'soft', 'cycle', 'reset']) };
  }
  if ('mediaURL' in action) {
    const url = check.text('mediaURL', action.mediaURL, /^(https?:\/\/\S+)?$/, 'an address, or empty to eject', 'http://192.0.2.1/a.iso');
    return { virtualMediaAction: { kind: 'CD', mediaURL: url } };
  }
  const device = check.choice('bootDevice', action.bootDevice, ['pxe', 'disk', 'cdrom', 'bios', 'safe']);
  return { bootDevice: { device, efiBoot: hardware.uefi, persistent: check.boolean('persistent', action.persistent ?? false) } };
}
