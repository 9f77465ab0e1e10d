import { Check, ConfigError, type DisruptionBudget, isDisruptible, onRender, ownerOf, pathOf, Site, Size, vacant } from '@ashlar/core';
import type { KubernetesCluster } from '@ashlar/kubernetes';
import { Construct, type IConstruct } from 'constructs';
import { NodePool } from '../node-pool/node-pool';
import { type MoveEvent, moveOrder } from './move-event';
import { movePage, movePlan } from './move-plan';
import { MoveWorkspace } from './move-workspace';
import { markMove } from './moves-of';
import { moveNeverEnds } from './rules/move-never-ends';
import { succeed } from './successor';
import { succeedFlows } from './successor-flows';

export interface ProviderMoveProps {
  /** Servers of the cluster, with its etcd. */
  readonly from: NodePool;
  /** As many in another cloud, in a {@link MoveWorkspace}. */
  readonly to: NodePool;
  /** Names under which the world reaches what runs there. */
  readonly names: readonly string[];
}

/**
 * How a cluster goes from one cloud to another while it runs: new members join, old nodes are emptied one at a time within every
 * disruption budget, names are changed, and the old members leave.
 *
 * It is written to `bootstrap/move-<cluster>.json`, which `ashlar run` runs, after it was played through: an order in which etcd would lose
 * its majority, or a pod could not leave, is an error. New members get the first boot and the flows of the old ones, so the networks of both
 * clouds must reach each other before they start, by a tunnel that is none of this.
 *
 * All new members join before an old one leaves, because they are made by one state. While there are as many old as new ones, a break of the
 * tunnel stops etcd until it is mended; nothing is lost.
 */
export class ProviderMove extends Construct {
  public readonly from: NodePool;
  public readonly to: NodePool;
  public readonly names: readonly string[];
  /** The state that makes the new side. */
  public readonly toState: MoveWorkspace;

  /** @throws MOVE_POOLS, MOVE_STATE, MOVE_CAPACITY, MOVE_FIRST_BOOT, PROP_*, ID_TAKEN */
  constructor(
    public readonly cluster: KubernetesCluster,
    id: string,
    props: ProviderMoveProps,
  ) {
    super(vacant(cluster, id), id);
    markMove(this);
    const check = new Check(this);
    check.known(props, ['from', 'to', 'names']);
    const pool = { name: 'NodePool', is: NodePool.isNodePool };
    this.from = check.instance('from', props.from, pool, "new NodePool(hetzner, 'k3s', { … })");
    this.to = check.instance('to', props.to, pool, "new NodePool(aws, 'next', { … })");
    this.names = check.list('names', props.names, "'www.example.net'");
    this.toState = this.stateOf(this.to);
    this.refuseUnequal();
    succeed(this.from, this.to);
    const site = Site.of(this);
    site.onPrepare(() => succeedFlows(this.from, this.to));
    site.addRules(moveNeverEnds);
    onRender(this, output => {
      const plan = movePlan(site.node.id, this, this.events);
      output.write(this, `bootstrap/move-${cluster.name}.json`, plan.text);
      output.write(this, `bootstrap/move-${cluster.name}.md`, movePage(this, plan));
    });
  }

  /** What happens, in order. */
  public get events(): readonly MoveEvent[] {
    const names = (pool: NodePool) => pool.members.map(({ hostName }) => hostName);
    return moveOrder(names(this.from), names(this.to));
  }

  /** What runs in the cluster and says how much of it must stay, by path. */
  public get workloads(): readonly (DisruptionBudget & { readonly path: string; readonly construct: IConstruct })[] {
    return this.cluster.units
      .flatMap(unit => unit.node.findAll())
      .filter(isDisruptible)
      .map(construct => ({ ...construct.disruption, path: pathOf(construct), construct }))
      .sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  private stateOf(pool: NodePool): MoveWorkspace {
    const state = ownerOf(pool);
    if (MoveWorkspace.isMoveWorkspace(state)) return state;
    throw new ConfigError(this, 'MOVE_STATE', `${pathOf(pool)} is in a state that the start-up applies too`, {
      fix: "make it in the stack of a new MoveWorkspace(site, 'next', { … })",
    });
  }

  private refuseUnequal(): void {
    const { from, to } = this;
    if (from.cloud === to.cloud || from.count !== to.count) {
      throw new ConfigError(
        this,
        'MOVE_POOLS',
        `goes from ${from.count} servers in ${pathOf(from.cloud)} to ${to.count} in ${pathOf(to.cloud)}`,
        {
          fix: 'move to as many servers in another cloud',
        },
      );
    }
    const sum = (pool: NodePool) => Size.bytes(pool.type.memory.toBytes() * pool.count);
    if (to.type.threads >= from.type.threads && sum(to).toBytes() >= sum(from).toBytes()) return;
    throw new ConfigError(
      this,
      'MOVE_CAPACITY',
      `${to.type.name} has ${to.type.threads} threads and ${to.type.memory}, and ${from.type.name} has ${from.type.threads} and ${from.type.memory}: what runs there may not fit`,
      { fix: 'choose a size that has as much of both' },
    );
  }
}
