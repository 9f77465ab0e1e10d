import { parseRange } from '../space/address-text';
import type { Manifest } from './manifest';
import type { ApiObject } from './parse-manifests';

/** The CiliumCIDRGroup objects of a cluster: lists of prefixes by name. */
export class CidrGroups {
  private readonly byName: ReadonlyMap<string, Manifest>;

  constructor(objects: readonly ApiObject[]) {
    this.byName = new Map(objects.filter(({ kind }) => kind === 'CiliumCIDRGroup').map(({ name, manifest }) => [name, manifest]));
  }

  /** The prefixes of the group that `entry` names. @throws REACH_UNJUDGED */
  public prefixes(entry: Manifest): readonly string[] {
    const spec =
      this.byName.get(entry.text('cidrGroupRef'))?.part('spec') ?? entry.refuse('cidrGroupRef', 'name a CiliumCIDRGroup of the cluster');
    const prefixes = spec.knows('externalCIDRs').texts('externalCIDRs');
    if (prefixes.some(prefix => !parseRange(prefix))) spec.refuse('externalCIDRs', 'write prefixes');
    return prefixes;
  }
}
