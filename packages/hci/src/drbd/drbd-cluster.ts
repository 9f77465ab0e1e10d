import {
  type Bandwidth,
  Check,
  ConfigError,
  type ILifecycle,
  type IPlaced,
  type Lifecycle,
  majorityOf,
  onRender,
  type Placement,
  type Port,
  pathOf,
  Secret,
  Site,
  vacant,
} from '@ashlar/core';
import type { Vlan } from '@ashlar/network';
import { Construct, type IConstruct } from 'constructs';
import { drbdClustersOf } from './drbd-clusters-of';
import { drbdLifecycle } from './drbd-lifecycle';
import { DrbdNode, type DrbdNodeProps } from './drbd-node';
import { requireVotes } from './drbd-quorum';
import type { DrbdVolume } from './drbd-volume';
import { globalCommon } from './global-common';
import type { LinstorCluster } from './linstor-cluster';
import { resourceFile } from './resource-file';
import { resyncRate } from './resync-rate';
import { DRBD_ONE_FAILURE_DOMAIN } from './rules/drbd-one-failure-domain';
import { DRBD_TIEBREAKER_INSIDE } from './rules/drbd-tiebreaker-inside';
import { runbook } from './runbook';

export interface DrbdClusterProps {
  /** Nodes that hold a copy each, 2 to 5; all on one segment. A node that is added later comes last. */
  readonly nodes: readonly DrbdNodeProps[];
  /** The odd vote beside an even number of copies: it holds none, and may be small, such as a router. @default - none */
  readonly tiebreaker?: DrbdNodeProps;
  /** What the nodes show each other when they connect, up to 64 characters. */
  readonly sharedSecret: Secret;
  /** When a write is done: when all copies have it (`C`), or when it has left for them (`A`), which loses the last ones. @default `C` */
  readonly protocol?: 'C' | 'A';
  /** What a node without a majority does with writes: it waits, or fails them. @default `suspend-io` */
  readonly onNoQuorum?: 'suspend-io' | 'io-error';
  /** What a copy that catches up may take of the link. @default - half of the slowest link, or 838.86 Mb/s when none is in the model */
  readonly resyncRate?: Bandwidth;
}

/**
 * Nodes that mirror block devices with DRBD 9, so that the loss of one loses no data: each write waits for every copy, and only
 * the side with a majority of votes goes on writing.
 *
 * There is no Terraform resource for it. It is rendered as files for `/etc/drbd.d`, with a runbook.
 * @see https://linbit.com/drbd-user-guide/drbd-guide-9_0-en/
 */
export class DrbdCluster extends Construct implements IPlaced, ILifecycle {
  public static isDrbdCluster(x: unknown): x is DrbdCluster {
    return typeof x === 'object' && x !== null && CLUSTER in x;
  }

  public readonly name: string;
  /** Nodes that hold a copy each. */
  public readonly nodes: readonly DrbdNode[];
  public readonly tiebreaker?: DrbdNode;
  public readonly protocol: 'C' | 'A';
  public readonly onNoQuorum: 'suspend-io' | 'io-error';
  public readonly resyncRate: Bandwidth;
  /** Where the nodes' secret is kept, for people. */
  public readonly secretSource: string;
  /** @internal Volumes enter themselves. */
  public readonly _volumes: DrbdVolume[] = [];
  /** @internal LINSTOR enters itself. */
  public _linstor?: LinstorCluster;

  /** @throws DRBD_TIEBREAKER, DRBD_SEGMENT, DRBD_NODE, DRBD_NODE_TWICE, DRBD_DUAL_PRIMARY, DRBD_RATE */
  constructor(scope: Construct, id: string, props: DrbdClusterProps) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, CLUSTER, { value: true });
    const check = new Check(this);
    refuseDualPrimary(this, props);
    check.known(props, ['nodes', 'tiebreaker', 'sharedSecret', 'protocol', 'onNoQuorum', 'resyncRate']);
    this.name = check.label('the name of a DRBD cluster', id);
    const nodes = check.list('nodes', props.nodes, "{ host: mirror.host('pve-01', 11), machine }");
    requireVotes(this, nodes, props.tiebreaker);
    this.nodes = nodes.map((node, i) => new DrbdNode(this, node, i, true));
    // The highest number, so that a node which is added between does not take it.
    if (props.tiebreaker !== undefined) this.tiebreaker = new DrbdNode(this, props.tiebreaker, TIEBREAKER_ID, false);
    requireOneSegment(this);
    this.secretSource = check.instance('sharedSecret', props.sharedSecret, Secret, "Secret.fromSops('secrets.yaml', 'drbd')").describe();
    this.protocol = check.choice('protocol', props.protocol ?? 'C', ['C', 'A']);
    this.onNoQuorum = check.choice('onNoQuorum', props.onNoQuorum ?? 'suspend-io', ['suspend-io', 'io-error']);
    this.resyncRate = resyncRate(this, props.resyncRate);
    const site = Site.of(this);
    drbdClustersOf(site).push(this);
    site.addRules(DRBD_ONE_FAILURE_DOMAIN, DRBD_TIEBREAKER_INSIDE);
    onRender(this, output => {
      const folder = `devices/drbd/${this.name}`;
      output.write(this, `${folder}/drbd.d/global_common.conf`, globalCommon(this));
      for (const volume of this.volumes) output.write(volume, `${folder}/drbd.d/${volume.name}.res`, resourceFile(volume));
      output.write(this, `${folder}/RUNBOOK.md`, runbook(this));
    });
  }

  /** Nodes and tiebreaker. */
  public get votes(): readonly DrbdNode[] {
    return this.tiebreaker ? [...this.nodes, this.tiebreaker] : this.nodes;
  }

  /** The segment that carries the copies. */
  public get segment(): Vlan {
    return (this.nodes[0] as DrbdNode).host.vlan;
  }

  /** By name. */
  public get volumes(): readonly DrbdVolume[] {
    return [...this._volumes].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** It goes on with a majority of its votes. */
  public get placement(): Placement {
    return { standsOn: majorityOf(this.votes.map(vote => vote.standsOn)) };
  }

  public get lifecycle(): Lifecycle {
    return drbdLifecycle(this);
  }

  /** Whether, with these nodes lost, one that has every write is left on the side of the majority. */
  public survives(...lost: readonly IConstruct[]): boolean {
    const left = this.votes.filter(vote => !lost.includes(vote) && !lost.includes(vote.standsOn));
    return left.length * 2 > this.votes.length && left.some(vote => vote.hasDisk) && this.protocol === 'C';
  }

  /** Speed of the slowest link between the copies; undefined while none is in the model. */
  public get linkSpeed(): Bandwidth | undefined {
    const speeds = this.nodes.flatMap(node => node.linkSpeed(this.segment) ?? []);
    return speeds.sort((a, b) => a.toMegabits() - b.toMegabits())[0];
  }

  /** @internal Lets every vote reach every other on `port`. */
  public _open(port: Port): void {
    for (const to of this.votes) for (const from of this.votes) if (from !== to) to.host.connections.allowFrom(from.host, port);
  }
}

const CLUSTER = Symbol.for('@ashlar/hci.DrbdCluster');
const TIEBREAKER_ID = 7;

/** @throws DRBD_DUAL_PRIMARY */
function refuseDualPrimary(cluster: DrbdCluster, props: object): void {
  if (typeof props !== 'object' || props === null || !('allowTwoPrimaries' in props)) return;
  throw new ConfigError(cluster, 'DRBD_DUAL_PRIMARY', 'two nodes that write at once destroy every file system that is not made for it', {
    fix: 'leave allowTwoPrimaries out; LINSTOR allows it for the moment of a live migration, and takes it back',
  });
}

/** @throws DRBD_SEGMENT */
function requireOneSegment(cluster: DrbdCluster): void {
  const { segment } = cluster;
  const other = cluster.votes.find(vote => vote.host.vlan !== segment);
  if (!other) return;
  throw new ConfigError(
    cluster,
    'DRBD_SEGMENT',
    `${other.name} has its host on ${pathOf(other.host.vlan)}, and the copies go over ${pathOf(segment)}`,
    {
      fix: `write host: ${segment.name}.host('${other.name}')`,
    },
  );
}
