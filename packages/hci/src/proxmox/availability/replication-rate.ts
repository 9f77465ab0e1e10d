import { Bandwidth, Check, ConfigError } from '@ashlar/core';
import type { IConstruct } from 'constructs';

/** The limit of a copy as Proxmox VE takes it, in megabytes per second. @throws REPLICATION_RATE */
export function replicationRate(scope: IConstruct, name: string, rate: Bandwidth | undefined): number | undefined {
  if (rate === undefined) return undefined;
  const megabytes = new Check(scope).instance(name, rate, Bandwidth, 'Bandwidth.megabits(400)').toMegabits() / 8;
  if (megabytes >= 1) return megabytes;
  throw new ConfigError(scope, 'REPLICATION_RATE', `${name} must be at least 8 Mb/s`, {
    got: String(rate),
    fix: 'write Bandwidth.megabits(400)',
  });
}
