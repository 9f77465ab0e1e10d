import type { Site, Step } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { byName } from '../by-name';
import { isMachine } from '../standing';
import { criticalPath } from './critical-path';
import { DependencyGraph } from './dependency-graph';
import { MachineReplacement } from './machine-replacement';
import type { Plan, PlannedStep } from './plan';
import type { Circle, Requirement } from './requirement';
import { SettledOrder } from './settled-order';
import { StandingIndex } from './standing-index';
import { plannedSteps } from './step-graph';

/** How a site is started, stopped, upgraded, restored and repaired, from what its constructs declare. */
export class SitePlans {
  /** The plans of a site, when its rules are checked or its files written; read anew by the first of them. */
  public static of(site: Site): SitePlans {
    return CURRENT.get(site) ?? SitePlans.anew(site);
  }

  /** Reads the model anew. What is asked of {@link SitePlans.of} in the same turn shares it: no constructor runs in between. */
  public static anew(site: Site): SitePlans {
    const plans = new SitePlans(site);
    CURRENT.set(site, plans);
    queueMicrotask(() => CURRENT.delete(site));
    return plans;
  }

  public readonly graph: DependencyGraph;
  /** What waits for what to come up. */
  public readonly order: SettledOrder;
  /** What stands on what. */
  public readonly standing: StandingIndex;
  /** Every construct of the site. */
  public readonly constructs: readonly IConstruct[];
  /** Physical computers, by path. */
  public readonly machines: readonly IConstruct[];
  private started?: Plan;

  constructor(public readonly site: Site) {
    this.constructs = site.findAll();
    this.standing = new StandingIndex(this.constructs);
    this.graph = new DependencyGraph(this.constructs);
    this.machines = this.constructs.filter(isMachine).sort((a, b) => byName(this.graph.pathOf(a), this.graph.pathOf(b)));
    this.order = new SettledOrder(this.graph.nodes, construct => this.graph.requirementsOf(construct));
  }

  /** Constructs that need themselves to come up. There are no plans as long as there is one. */
  public get circles(): readonly Circle[] {
    return this.order.circles;
  }

  public all(): Plan[] {
    return [this.startUp(), this.shutdown(), this.upgrade(), this.restore(), ...this.replacements()];
  }

  public startUp(): Plan {
    this.started ??= this.plan(
      'start-up',
      this.inOrder(this.order, construct => this.stepsOf(construct, 'start')),
    );
    return this.started;
  }

  /** What nothing needs any more goes down first. */
  public shutdown(): Plan {
    const dependants = new Map<IConstruct, IConstruct[]>();
    for (const node of this.graph.nodes) {
      for (const other of this.order.waitsOf(node)) {
        const list = dependants.get(other);
        if (list) list.push(node);
        else dependants.set(other, [node]);
      }
    }
    const waitsOf = (construct: IConstruct) => dependants.get(construct) ?? [];
    return this.plan(
      'shutdown',
      this.inOrder({ inOrder: [...this.order.inOrder].reverse(), waitsOf }, construct => this.stepsOf(construct, 'stop')),
    );
  }

  public upgrade(): Plan {
    return this.plan(
      'upgrade',
      this.inOrder(this.upgradeOrder(), construct => this.stepsOf(construct, 'upgrade')),
    );
  }

  /** As the start-up; what holds data gets it back before anything that needs it starts. */
  public restore(): Plan {
    const stepsOf = (construct: IConstruct) => [...this.stepsOf(construct, 'start'), ...this.stepsOf(construct, 'restore')];
    return this.plan('restore', this.inOrder(this.order, stepsOf));
  }

  /** One for each machine that something has to be done for, by its path. */
  public replacements(): Plan[] {
    const { machines, standing } = this;
    const names = new Map<string, number>();
    for (const { node } of machines) names.set(node.id, (names.get(node.id) ?? 0) + 1);
    return machines.flatMap(machine => {
      const name = names.get(machine.node.id) === 1 ? machine.node.id : this.graph.pathOf(machine).replaceAll('/', '-');
      const steps = new MachineReplacement(this.graph, this.order, standing, machine).steps();
      return steps.length > 0 ? [this.plan(`replace-${name}`, steps)] : [];
    });
  }

  /** What must be upgraded before what; where nothing is said, as it starts. */
  public upgradeOrder(): SettledOrder {
    const requirementsOf = (construct: IConstruct): readonly Requirement[] => {
      const after = this.graph.lifecycleOf(construct)?.upgradesAfter;
      if (after) return after.map(on => ({ on: [on], for: 'its upgrade' }));
      return this.order.waitsOf(construct).map(on => ({ on: [on], for: 'its upgrade', wish: true }));
    };
    return new SettledOrder(this.order.inOrder, requirementsOf);
  }

  /** Whose step of the start-up it is, by id. */
  public starters(): Map<string, IConstruct> {
    const { graph } = this;
    return new Map(
      graph.nodes.flatMap(node => this.stepsOf(node, 'start').map(({ id }) => [`${graph.pathOf(node)}:${id}`, node] as const)),
    );
  }

  private stepsOf(construct: IConstruct, kind: 'start' | 'stop' | 'upgrade' | 'restore'): readonly Step[] {
    return this.graph.lifecycleOf(construct)?.[kind] ?? [];
  }

  private inOrder(order: Pick<SettledOrder, 'inOrder' | 'waitsOf'>, stepsOf: (construct: IConstruct) => readonly Step[]): PlannedStep[] {
    const { graph } = this;
    return plannedSteps({
      nodes: order.inOrder,
      waitsOf: c => order.waitsOf(c),
      stepsOf,
      pathOf: c => graph.pathOf(c),
      rankOf: c => graph.rankOf(c),
    });
  }

  private plan(name: string, steps: readonly PlannedStep[]): Plan {
    const critical = criticalPath(steps);
    return { site: this.site.node.id, name, steps, criticalPath: critical.steps, criticalSeconds: critical.seconds };
  }
}

const CURRENT = new WeakMap<Site, SitePlans>();
