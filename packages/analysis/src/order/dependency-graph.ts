import { hasLifecycle, type ISecretStore, isSecretStore, type Lifecycle, needOf, ownerOf, pathOf, Secret } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { byName } from '../by-name';
import { kindOf, placementOf } from '../readings';
import { AnsweringNames } from './answering-names';
import type { Requirement } from './requirement';

/**
 * What needs what to come up, over the whole site: every construct with a lifecycle, and whatever those stand on or name.
 *
 * A construct without a lifecycle comes with the nearest one above it that has one (the state or the cluster that creates it), and
 * needs what it stands on. Linear in constructs and needs, and iterative.
 */
export class DependencyGraph {
  /** By path. */
  public readonly nodes: readonly IConstruct[];
  private readonly ranks: ReadonlyMap<IConstruct, number>;
  private readonly requirements = new Map<IConstruct, readonly Requirement[]>();
  private readonly lifecycles = new Map<IConstruct, Lifecycle | undefined>();
  private readonly paths = new Map<IConstruct, string>();
  private readonly above = new Map<IConstruct, IConstruct | undefined>();
  private readonly supports = new Map<IConstruct, ReadonlySet<IConstruct>>();
  private readonly stores: readonly ISecretStore[];
  private readonly names: AnsweringNames;

  /** @param all every construct of the site */
  constructor(all: readonly IConstruct[]) {
    this.stores = all.filter(isSecretStore);
    const started = all.filter(construct => this.lifecycleOf(construct));
    const usesNames = started.some(construct => (this.lifecycleOf(construct)?.uses ?? []).length > 0);
    this.names = new AnsweringNames(usesNames ? all : []);
    const seen = new Set(started.flatMap(construct => [construct, ...(this.lifecycleOf(construct)?.upgradesAfter ?? [])]));
    const open = [...seen];
    for (let construct = open.pop(); construct; construct = open.pop()) {
      const requirements = this.read(construct);
      this.requirements.set(construct, requirements);
      for (const { on } of requirements) {
        for (const other of on) {
          if (seen.has(other)) continue;
          seen.add(other);
          open.push(other);
        }
      }
    }
    this.nodes = [...seen].sort((a, b) => byName(this.pathOf(a), this.pathOf(b)));
    this.ranks = new Map(this.nodes.map((node, i): [IConstruct, number] => [node, i]));
  }

  public requirementsOf(construct: IConstruct): readonly Requirement[] {
    return this.requirements.get(construct) ?? [];
  }

  public has(construct: IConstruct): boolean {
    return this.ranks.has(construct);
  }

  /** Its place in {@link nodes}; after all of them when it is none. */
  public rankOf(construct: IConstruct): number {
    return this.ranks.get(construct) ?? this.nodes.length;
  }

  /** Its lifecycle, read once. */
  public lifecycleOf(construct: IConstruct): Lifecycle | undefined {
    if (!this.lifecycles.has(construct)) this.lifecycles.set(construct, hasLifecycle(construct) ? construct.lifecycle : undefined);
    return this.lifecycles.get(construct);
  }

  public pathOf(construct: IConstruct): string {
    const path = this.paths.get(construct) ?? pathOf(construct);
    this.paths.set(construct, path);
    return path;
  }

  private read(construct: IConstruct): Requirement[] {
    const lifecycle = this.lifecycleOf(construct);
    const standing = (placementOf(construct)?.standsOn ?? []).flatMap((group): Requirement[] =>
      group.length === 0 || group.includes(construct) ? [] : [{ on: group, for: supportNoun(group[0] as IConstruct) }],
    );
    if (!lifecycle) {
      const creator = this.creatorOf(construct);
      return creator ? [{ on: [creator], for: 'its creation' }, ...standing] : standing;
    }
    const named = lifecycle.startsAfter.map(needOf).map((need): Requirement => ({ on: [need.on], for: need.for }));
    const used = (lifecycle.uses ?? []).map((use): Requirement => ({ on: this.names.under(use.name), for: use.for }));
    return [...named, ...used.filter(({ on }) => on.length > 0), ...standing, ...this.keptSecrets(lifecycle)];
  }

  /** Any store will do: which of several keeps a secret is not part of its reference. */
  private keptSecrets({ start = [], restore = [] }: Lifecycle): Requirement[] {
    if (this.stores.length === 0) return [];
    const kept = [...start, ...restore]
      .flatMap(step => step.secrets ?? [])
      .filter(secret => Secret.is(secret) && secret.source.kind === 'openbao');
    const [first, ...more] = [...new Set(kept.map(secret => secret.describe()))].sort();
    if (first === undefined) return [];
    return [{ on: this.stores, for: more.length === 0 ? `the secret ${first}` : `${more.length + 1} secrets, such as ${first}` }];
  }

  /** The nearest construct above that is started, except one that stands on `construct`: that comes after it. */
  private creatorOf(construct: IConstruct): IConstruct | undefined {
    let creator = this.startedAbove(construct);
    while (creator && this.supportsOf(creator).has(construct)) creator = this.startedAbove(creator);
    return creator;
  }

  /** Each scope is passed once, however many constructs are below it. */
  private startedAbove(construct: IConstruct): IConstruct | undefined {
    const passed: IConstruct[] = [];
    let at = construct;
    let found: IConstruct | undefined;
    for (;;) {
      if (this.above.has(at)) {
        found = this.above.get(at);
        break;
      }
      passed.push(at);
      const next = at.node.scope ?? ownerOf(at);
      if (!next) break;
      if (this.lifecycleOf(next)) {
        found = next;
        break;
      }
      at = next;
    }
    for (const one of passed) this.above.set(one, found);
    return found;
  }

  private supportsOf(construct: IConstruct): ReadonlySet<IConstruct> {
    const supports = this.supports.get(construct) ?? new Set(placementOf(construct)?.standsOn.flat());
    this.supports.set(construct, supports);
    return supports;
  }
}

const NOUNS = new Map([
  ['machine', 'the machine under it'],
  ['guest', 'the guest under it'],
  ['feed', 'its power'],
  ['switch', 'its network'],
  ['network', 'its network'],
  ['rack', 'its place'],
]);

function supportNoun(support: IConstruct): string {
  return NOUNS.get(kindOf(support) ?? '') ?? 'what it stands on';
}
