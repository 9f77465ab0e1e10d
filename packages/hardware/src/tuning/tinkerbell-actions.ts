import { Check, ConfigError, Duration, pathOf } from '@ashlar/core';
import { ContainerImage } from '@ashlar/kubernetes';
import { Machine } from '../machine';
import type { BootAction } from '../provisioning/boot-action';
import { BootDisk } from '../provisioning/boot-disk';
import { effectsOf } from './effect';
import type { HostTuning } from './host-tuning';
import { tuningFiles } from './tuning-files';

/** Where the actions find the system that was just written to the disk. */
export interface InstalledSystem {
  /** Partition that holds `/etc`. */
  readonly partition: BootDisk;
  readonly filesystem: 'ext4' | 'xfs' | 'btrfs';
  /** Image of the action that writes a file. */
  readonly writefile: ContainerImage;
  /** Image of the action that runs a command in the installed system. */
  readonly cexec: ContainerImage;
}

/**
 * Actions that tune a machine while it is installed, for the end of its template: files first, then what they need on the disk. Packages
 * are not installed, so the image has to hold `chrony` when there are time servers.
 *
 * @throws TUNING_HOST_UNKNOWN when the tuning does not hold the machine, TUNING_TALOS_FILES when it runs Talos
 * @see https://github.com/tinkerbell/actions
 */
export function tinkerbellActions(tuning: HostTuning, machine: Machine, system: InstalledSystem): BootAction[] {
  const check = new Check(tuning);
  check.instance('the machine', machine, { name: 'Machine', is: Machine.isMachine }, 'machine');
  check.known(system, ['partition', 'filesystem', 'writefile', 'cexec']);
  const disk = check.instance('partition', system.partition, BootDisk, 'BootDisk.partition(1)');
  const filesystem = check.choice('filesystem', system.filesystem, ['ext4', 'xfs', 'btrfs']);
  for (const name of ['writefile', 'cexec'] as const) {
    check.instance(name, system[name], ContainerImage, `ContainerImage.parse('quay.io/tinkerbell/actions/${name}:v1.0.0')`);
  }
  if (tuning.system === 'talos') {
    throw new ConfigError(tuning, 'TUNING_TALOS_FILES', 'Talos has no files that an action could write, and no shell', {
      fix: `pass talos/${machine.name}/tuning.yaml as a patch of its machine configuration`,
    });
  }
  const host = tuning.hosts.find(({ construct }) => construct === machine);
  if (!host) {
    throw new ConfigError(tuning, 'TUNING_HOST_UNKNOWN', `does not tune ${pathOf(machine)}`, {
      fix: 'write tuning.applyTo(machine) first',
    });
  }
  const files = tuningFiles(tuning.settings, host).filter(({ content }) => content !== undefined);
  const effects = effectsOf(files.flatMap(file => file.effects)).filter(({ offline }) => offline);
  return [
    ...files.map(({ path, content }) => ({
      name: `write ${path}`,
      image: system.writefile,
      uses: 'writefile' as const,
      timeout: Duration.seconds(90),
      environment: {
        DEST_DISK: disk,
        FS_TYPE: filesystem,
        DEST_PATH: path,
        CONTENTS: content as string,
        UID: '0',
        GID: '0',
        MODE: '0644',
        DIRMODE: '0755',
      },
    })),
    ...effects.map(({ argv }) => ({
      name: `run ${argv[0]}`,
      image: system.cexec,
      uses: 'cexec' as const,
      timeout: Duration.minutes(5),
      environment: { BLOCK_DEVICE: disk, FS_TYPE: filesystem, CHROOT: 'y', DEFAULT_INTERPRETER: '/bin/sh -c', CMD_LINE: argv.join(' ') },
    })),
  ];
}
