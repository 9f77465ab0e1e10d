import { keyOfGroup } from '../kubernetes/pod-group';
import type { PodGroup, PodPolicies } from '../router';

/** The groups of pods in a cluster that the model or a policy names, and the others of each namespace. */
export class PodGroups {
  public readonly all: readonly PodGroup[];
  /** Those on whom the policies decide: because of their namespace, which the manifests make, or because a policy closes them. */
  public readonly own: readonly PodGroup[];

  constructor(policies: PodPolicies, declared: readonly PodGroup[]) {
    const groups = new Map([...policies.named, ...declared].map(group => [keyOfGroup(group), group]));
    this.all = [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
    const isClosed = (group: PodGroup) => [policies.leaving(group), policies.entering(group)].some(chain => chain.otherwise === 'drop');
    this.own = this.all.filter(group => policies.namespaces.includes(group.namespace) || isClosed(group));
  }

  /** Those on whom no policy decides. */
  public get others(): readonly PodGroup[] {
    const own = new Set(this.own);
    return this.all.filter(group => !own.has(group));
  }

  /** Pairs of which at least one end is their own. */
  public pairs(): readonly { readonly from: PodGroup; readonly to: PodGroup }[] {
    const own = new Set(this.own);
    return this.all.flatMap(from => this.all.filter(to => own.has(from) || own.has(to)).map(to => ({ from, to })));
  }
}
