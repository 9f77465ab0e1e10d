import {
  Check,
  ConfigError,
  Duration,
  type ILifecycle,
  type IPlaced,
  type IReplicated,
  type Lifecycle,
  onRender,
  type Placement,
  pathOf,
  type Replication,
  Size,
  vacant,
} from '@ashlar/core';
import { Construct } from 'constructs';
import { DrbdCluster } from './drbd-cluster';
import { linstorFiles } from './linstor-files';
import { linstorLifecycle } from './linstor-lifecycle';
import { LINSTOR_PORTS } from './linstor-ports';
import { linstorScript } from './linstor-script';

/** What LINSTOR cuts volumes from, under the same name on each node that holds copies. */
export interface LinstorPool {
  /** @see https://linbit.com/drbd-user-guide/linstor-guide-1_0-en/#s-storage_pools */
  readonly driver: 'lvmthin' | 'zfsthin';
  /** Volume group and thin pool, `vg0/thin`; or ZFS pool or dataset, `tank/drbd`. It is there. */
  readonly name: string;
  /** Room on each node. */
  readonly size: Size;
}

export interface LinstorClusterProps {
  readonly pool: LinstorPool;
  /** What volumes are made by: how many copies, and where. @default `mirrored` */
  readonly resourceGroup?: string;
}

/**
 * LINSTOR: makes a volume with a copy on each node of a DRBD cluster whenever it is asked for one, as Proxmox VE asks for the disk of
 * a guest. Its controller runs on one of the nodes and follows its own mirrored database to another.
 * @see https://linbit.com/drbd-user-guide/linstor-guide-1_0-en/
 */
export class LinstorCluster extends Construct implements IPlaced, IReplicated, ILifecycle {
  public static isLinstorCluster(x: unknown): x is LinstorCluster {
    return typeof x === 'object' && x !== null && LINSTOR in x;
  }

  public readonly cluster: DrbdCluster;
  public readonly pool: LinstorPool;
  public readonly resourceGroup: string;

  /** @throws LINSTOR_TWICE, LINSTOR_PROTOCOL, LINSTOR_POOL */
  constructor(cluster: DrbdCluster, id: string, props: LinstorClusterProps) {
    super(vacant(cluster, id), id);
    Object.defineProperty(this, LINSTOR, { value: true });
    const check = new Check(this);
    check.known(props, ['pool', 'resourceGroup']);
    this.cluster = check.instance('scope', cluster, { name: 'DrbdCluster', is: DrbdCluster.isDrbdCluster }, 'mirror');
    if (cluster._linstor)
      throw new ConfigError(this, 'LINSTOR_TWICE', `the nodes obey ${pathOf(cluster._linstor)} already`, { fix: 'use that one' });
    if (cluster.protocol !== 'C')
      throw new ConfigError(
        this,
        'LINSTOR_PROTOCOL',
        `promises that the loss of a node loses nothing, and ${pathOf(cluster)} writes by protocol ${cluster.protocol}`,
        {
          fix: "leave protocol out, which means 'C'",
        },
      );
    this.pool = pool(this, check.present('pool', props.pool, "{ driver: 'lvmthin', name: 'vg0/thin', size: Size.terabytes(4) }"));
    this.resourceGroup = check.label('resourceGroup', props.resourceGroup ?? 'mirrored');
    cluster._linstor = this;
    cluster._open(LINSTOR_PORTS.volumes);
    for (const controller of cluster.nodes) {
      for (const vote of cluster.votes) if (vote !== controller) vote.host.connections.allowFrom(controller.host, LINSTOR_PORTS.satellite);
      for (const client of cluster.nodes) if (client !== controller) controller.host.connections.allowFrom(client.host, LINSTOR_PORTS.api);
    }
    onRender(this, output => {
      const folder = `devices/drbd/${cluster.name}/linstor`;
      output.write(this, `${folder}/create.sh`, linstorScript(this));
      for (const [path, text] of Object.entries(linstorFiles(this))) output.write(this, `${folder}/${path}`, text);
    });
  }

  /** IP addresses at which a controller may answer. */
  public get controllers(): readonly string[] {
    return this.cluster.nodes.map(node => node.host.ip);
  }

  public get placement(): Placement {
    return { standsOn: [[this.cluster]] };
  }

  public get lifecycle(): Lifecycle {
    return linstorLifecycle(this);
  }

  public get replication(): Replication {
    const { nodes } = this.cluster;
    return { to: nodes.map(node => node.name), recoveryPoint: Duration.seconds(0) };
  }
}

const LINSTOR = Symbol.for('@ashlar/hci.LinstorCluster');

/** @throws LINSTOR_POOL */
function pool(linstor: LinstorCluster, given: LinstorPool): LinstorPool {
  const check = new Check(`${pathOf(linstor)}.pool`);
  check.known(given, ['driver', 'name', 'size']);
  check.choice('driver', given.driver, ['lvmthin', 'zfsthin']);
  check.instance('size', given.size, Size, 'Size.terabytes(4)');
  const [form, means] =
    given.driver === 'lvmthin'
      ? ([/^[\w+.-]+\/[\w+.-]+$/, "a volume group and its thin pool, 'vg0/thin'"] as const)
      : ([/^[A-Za-z][\w.:-]*(\/[\w.:-]+)*$/, "a ZFS pool or dataset, 'tank/drbd'"] as const);
  check.present('name', given.name, means);
  if (form.test(given.name)) return given;
  throw new ConfigError(linstor, 'LINSTOR_POOL', `a pool of driver ${given.driver} is named by ${means}`, {
    got: given.name,
    fix: 'write the name that lvs or zpool list shows',
  });
}
