import { Check, ConfigError, Site } from '@ashlar/core';
import type { IConstruct } from 'constructs';

/** Ids that guests may have, both ends included. */
export interface VmIdRange {
  /** 100–999999999; lower ones are Proxmox VE's own. */
  readonly from: number;
  /** 100–999999999 */
  readonly to: number;
}

/**
 * Who gives out which VM ids in one physical cluster that several environments use.
 *
 * It is a module beside the environments, which each of them imports: when two ranges overlap, none of them is synthesized.
 *
 * ```
 * export const RACK_1 = VmIdPlan.of('rack-1', {
 *   production: { from: 100, to: 199 },
 *   staging: { from: 200, to: 299 },
 *   'made by hand': { from: 900, to: 999 },
 * });
 * ```
 */
export class VmIdPlan {
  /**
   * @param cluster the physical cluster, for messages
   * @param ranges of each environment by the id of its `Site`, and of whoever else makes guests there
   * @throws VM_ID_PLAN when two of them overlap, PROXMOX_VMID_RANGE when one is empty
   */
  public static of(cluster: string, ranges: Readonly<Record<string, VmIdRange>>): VmIdPlan {
    return new VmIdPlan(cluster, ranges);
  }

  public static is(x: unknown): x is VmIdPlan {
    return typeof x === 'object' && x !== null && MARKER in x;
  }

  private constructor(
    public readonly cluster: string,
    private readonly ranges: Readonly<Record<string, VmIdRange>>,
  ) {
    Object.defineProperty(this, MARKER, { value: true });
    const at = `VmIdPlan ${cluster}`;
    new Check(at).known(ranges, Object.keys(ranges ?? {}));
    const sorted = Object.entries(ranges).sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [name, range] of sorted) checkRange(at, name, range);
    for (const [i, [name, range]] of sorted.entries()) {
      const other = sorted.slice(0, i).find(([, { from, to }]) => from <= range.to && to >= range.from);
      if (!other) continue;
      throw new ConfigError(at, 'VM_ID_PLAN', `${other[0]} (${show(other[1])}) and ${name} (${show(range)}) would give out the same ids`, {
        fix: 'move one of the ranges; guests that run keep theirs, so move the one with fewer',
      });
    }
  }

  /** The range of the environment that a construct is in. @throws VM_ID_PLAN when it has none */
  public rangeOf(construct: IConstruct): VmIdRange {
    const site = Site.find(construct)?.node.id;
    const range = site === undefined ? undefined : this.ranges[site];
    if (range) return range;
    const who = site === undefined ? 'is in no site, by whose id the plan would know it' : `is in ${site}, which has no range`;
    throw new ConfigError(
      construct,
      'VM_ID_PLAN',
      `${who} in the plan of ${this.cluster} (${Object.keys(this.ranges).sort().join(', ')})`,
      {
        fix: site === undefined ? 'write vmIds: { from: 100, to: 199 }' : `add one for '${site}' to the plan`,
      },
    );
  }

  /** Whose id it is, if anybody's. */
  public ownerOf(id: number): string | undefined {
    return Object.keys(this.ranges).find(name => {
      const { from, to } = this.ranges[name] as VmIdRange;
      return id >= from && id <= to;
    });
  }
}

const MARKER = Symbol.for('@ashlar/hci.VmIdPlan');

export const LOWEST_VM_ID = 100;
export const HIGHEST_VM_ID = 999_999_999;

/** @throws PROXMOX_VMID_RANGE, PROP_RANGE, PROP_TYPE */
export function checkRange(at: IConstruct | string, name: string, range: VmIdRange): void {
  const check = new Check(at);
  check.known(range, ['from', 'to']);
  check.integer(`${name}.from`, range.from, LOWEST_VM_ID, HIGHEST_VM_ID);
  check.integer(`${name}.to`, range.to, LOWEST_VM_ID, HIGHEST_VM_ID);
  if (range.to >= range.from) return;
  throw new ConfigError(at, 'PROXMOX_VMID_RANGE', `${name}.to must be at least ${name}.from (${range.from})`, {
    got: range.to,
    fix: `write ${name}: { from: ${range.to}, to: ${range.from} }`,
  });
}

function show({ from, to }: VmIdRange): string {
  return `${from} to ${to}`;
}
