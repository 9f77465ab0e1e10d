import { Claims, ConfigError, pathOf, Site } from '@ashlar/core';
import type { Construct, IConstruct } from 'constructs';

/** Makes `by` the only one that writes to a block device of `machine`. @throws DISK_IN_USE */
export function claimBlockDevice(by: Construct, machine: IConstruct, path: string): void {
  Claims.of(Site.find(by) ?? by).claim(`block device of ${pathOf(machine)}`, path, by, holder => {
    return new ConfigError(by, 'DISK_IN_USE', `${path} of ${pathOf(machine)} is already in use by ${pathOf(holder)}`, {
      fix: 'choose another disk',
    });
  });
}
