import { Check, ConfigError, Size } from '@ashlar/core';
import type { ProxmoxContainerResourceProps } from '@ashlar/provider-proxmox';
import type { ProxmoxGuest } from './proxmox-guest';

/** What a container may take of its node. */
export interface ContainerLimits {
  /** The most processor time that it gets, in threads (0.1 to `cores`). @default - as much as its cores */
  readonly cpuLimit?: number;
  /** Its share of processors that are short, against 100 of others (1–10000). @default 100 */
  readonly cpuUnits?: number;
  /** Memory that it may swap out. @default - none */
  readonly swap?: Size;
}

export const CONTAINER_LIMITS = ['cpuLimit', 'cpuUnits', 'swap'] as const satisfies readonly (keyof ContainerLimits)[];

/** @throws CONTAINER_CPU_LIMIT, PROP_RANGE, PROP_TYPE, QUANTITY_FRACTION */
export function containerLimits(ct: ProxmoxGuest, limits: ContainerLimits): Pick<ProxmoxContainerResourceProps, 'cpu' | 'memory'> {
  const check = new Check(ct);
  const { cpuLimit, cpuUnits } = limits;
  if (cpuLimit !== undefined && !(typeof cpuLimit === 'number' && cpuLimit >= 0.1 && cpuLimit <= ct.cores)) {
    throw new ConfigError(ct, 'CONTAINER_CPU_LIMIT', `cpuLimit must be from 0.1 to its ${ct.cores} ${ct.cores === 1 ? 'core' : 'cores'}`, {
      got: cpuLimit,
      fix: 'write 0.5 for half a thread, or leave it out',
    });
  }
  if (cpuUnits !== undefined) check.integer('cpuUnits', cpuUnits, 1, 10_000);
  const swap = check.instance('swap', limits.swap ?? Size.bytes(0), Size, 'Size.mebibytes(512)');
  return {
    cpu: { cores: ct.cores, ...(cpuLimit !== undefined && { limit: cpuLimit }), ...(cpuUnits !== undefined && { units: cpuUnits }) },
    memory: { dedicated: ct.memory.toMebibytes(), swap: swap.toMebibytes() },
  };
}
