import {
  Check,
  Claims,
  ConfigError,
  Duration,
  type IPlaced,
  type IReplicated,
  type Placement,
  Port,
  pathOf,
  type Replication,
  Size,
  vacant,
} from '@ashlar/core';
import type { Disk } from '@ashlar/hardware';
import { Construct } from 'constructs';
import { claimBlockDevice } from '../block-device';
import { DrbdCluster } from './drbd-cluster';
import type { DrbdNode } from './drbd-node';

export interface DrbdVolumeProps {
  /** 0–99, unique in the cluster: its device is `/dev/drbd<number>`, its port 7000 and that. */
  readonly number: number;
  /** What can be written to it. */
  readonly size: Size;
  /** What holds the copy on each node, in the order of the nodes: a disk of its machine, or a logical volume such as `/dev/vg0/data`. */
  readonly disks: readonly (Disk | string)[];
}

/** A block device that each node of a DRBD cluster holds a copy of. Its id is the name of the resource. */
export class DrbdVolume extends Construct implements IPlaced, IReplicated {
  public readonly name: string;
  public readonly cluster: DrbdCluster;
  public readonly number: number;
  public readonly size: Size;
  /** Path of the copy on each node, in the order of the nodes. */
  public readonly backing: readonly string[];

  /** @throws DRBD_NUMBER_TAKEN, DRBD_DISKS, DRBD_DISK, DISK_IN_USE, DRBD_DISK_SMALL, DRBD_DISK_UNSTABLE */
  constructor(cluster: DrbdCluster, id: string, props: DrbdVolumeProps) {
    super(vacant(cluster, id), id);
    const check = new Check(this);
    check.known(props, ['number', 'size', 'disks']);
    this.name = check.label('the name of a volume', id);
    this.cluster = check.instance('scope', cluster, { name: 'DrbdCluster', is: DrbdCluster.isDrbdCluster }, 'mirror');
    this.number = check.integer('number', props.number, 0, 99);
    this.size = check.instance('size', props.size, Size, 'Size.terabytes(4)');
    Claims.of(this).claim(`drbd volumes of ${pathOf(cluster)}`, this.number, this, holder => {
      return new ConfigError(
        this,
        'DRBD_NUMBER_TAKEN',
        `device /dev/drbd${this.number} and port ${7000 + this.number} are already those of ${pathOf(holder)}`,
        {
          fix: 'choose another number',
        },
      );
    });
    const disks = check.list('disks', props.disks, "machine.disk('nvme')");
    if (disks.length !== cluster.nodes.length)
      throw new ConfigError(this, 'DRBD_DISKS', `${cluster.nodes.length} nodes hold a copy, and disks are for each of them`, {
        got: disks.length,
        fix: `name one for each of ${cluster.nodes.map(node => node.name).join(', ')}, in that order`,
      });
    this.backing = cluster.nodes.map((node, i) => backing(this, node, disks[i] as Disk | string));
    cluster._volumes.push(this);
    cluster._open(Port.tcp(this.port));
  }

  /** TCP port of its connections. */
  public get port(): number {
    return 7000 + this.number;
  }

  /** Path of the device that is written to, on whichever node is primary. */
  public get device(): string {
    return `/dev/drbd${this.number}`;
  }

  public get placement(): Placement {
    return { standsOn: [[this.cluster]] };
  }

  public get replication(): Replication {
    const to = this.cluster.nodes.map(node => node.name);
    return this.cluster.protocol === 'C' ? { to, recoveryPoint: Duration.seconds(0) } : { to };
  }
}

/** The path of a copy, once no other copy lies there. */
function backing(volume: DrbdVolume, node: DrbdNode, disk: Disk | string): string {
  const path = typeof disk === 'string' ? logicalVolume(volume, disk) : diskOf(volume, node, disk);
  claimBlockDevice(volume, node.standsOn, path);
  return path;
}

/** @throws DRBD_DISK, DRBD_DISK_SMALL, DRBD_DISK_UNSTABLE */
function diskOf(volume: DrbdVolume, node: DrbdNode, disk: Disk): string {
  if (!Construct.isConstruct(disk) || !node.machine?.disks.includes(disk)) {
    throw new ConfigError(
      volume,
      'DRBD_DISK',
      `the copy of ${node.name} lies on ${Construct.isConstruct(disk) ? pathOf(disk) : disk}, which is no disk of ${node.machine ? pathOf(node.machine) : 'a machine in the model'}`,
      {
        fix: `write ${node.machine ? `${node.name}.disk('${node.machine.disks[0]?.node.id}')` : "the path of a logical volume, '/dev/vg0/data'"}, in the order of the nodes`,
      },
    );
  }
  const needed = volume.size.plus(metadata(volume.size, volume.cluster.nodes.length));
  if (disk.size.toBytes() < needed.toBytes()) {
    throw new ConfigError(
      volume,
      'DRBD_DISK_SMALL',
      `takes ${volume.size} and ${metadata(volume.size, volume.cluster.nodes.length)} of metadata, and ${pathOf(disk)} has ${disk.size}`,
      {
        fix: 'make the volume smaller, or choose a larger disk',
      },
    );
  }
  if (disk.device !== undefined) return disk.device;
  throw new ConfigError(volume, 'DRBD_DISK_UNSTABLE', `${pathOf(disk)} has no path that stays the same at every boot`, {
    fix: `tell the machine disks: { ${disk.node.id}: '/dev/disk/by-id/…' }, as ls -l /dev/disk/by-id shows it`,
  });
}

/** @throws DRBD_DISK_UNSTABLE */
function logicalVolume(volume: DrbdVolume, path: string): string {
  if (/^\/dev\/(disk\/by-(id|path|partuuid)|mapper|zvol|(?!disk\b|fd\b|drbd)[A-Za-z][\w+-]*)(\/[\w.:@+-]+)+$/.test(path)) return path;
  throw new ConfigError(volume, 'DRBD_DISK_UNSTABLE', 'a copy lies on a path that stays the same at every boot', {
    got: path,
    fix: "pass the Disk of the machine, or a logical volume such as '/dev/vg0/data'",
  });
}

/** Room of internal metadata: a bit for each 4 KiB and peer, its superblock and log. @see https://linbit.com/drbd-user-guide/drbd-guide-9_0-en/#s-meta-data-size */
function metadata(size: Size, copies: number): Size {
  const peers = Math.max(copies, 7);
  return Size.bytes(Math.ceil(size.toBytes() / 32_768 / 4096) * 4096 * peers + 1024 ** 2);
}
