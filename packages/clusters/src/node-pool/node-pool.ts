import { Check, ConfigError, hostPrefix, pathOf, Site, Size, vacant } from '@ashlar/core';
import { Vlan } from '@ashlar/network';
import { Construct } from 'constructs';
import { Cloud } from './cloud';
import { memberPlace } from './member-place';
import { isNodePool, POOL } from './node-pools-of';
import { OPERATING_SYSTEMS, type OperatingSystem } from './operating-system';
import { PoolMember } from './pool-member';
import { nodePoolFirewallFull } from './rules/node-pool-firewall-full';
import { nodePoolProtocol } from './rules/node-pool-protocol';
import { userDataTooLarge } from './rules/user-data-too-large';
import { type ServerNeeds, type ServerType, serverTypeOf } from './server-type';

export interface NodePoolProps {
  /** How many servers, 1–100. */
  readonly count: number;
  /** What each must have, or the name that its cloud has for a size: `ccx53`. */
  readonly size: ServerNeeds | string;
  /** Disk that each boots from: at least so much where a size has its own, else exactly so much. */
  readonly disk: Size;
  readonly image: OperatingSystem;
  /** Segment in which they have addresses, inside the private network of the cloud. */
  readonly vlan: Vlan;
  /** Number of the first in the segment; where a segment is divided among zones, in each part of it. */
  readonly from: number;
}

/**
 * Equal servers of a cloud, each on a physical machine of its own, taking turns in the zones.
 *
 * They have an address of the segment, and a public one for what they open themselves; to both nothing comes in, and from both
 * nothing goes out, that no flow allows. Members are equals: what one of them is allowed, all are.
 *
 * User data is read at the first boot only, so a change of it replaces nobody: it comes with the next server of the place.
 */
export class NodePool extends Construct {
  public static isNodePool(x: unknown): x is NodePool {
    return isNodePool(x);
  }

  public readonly cloud: Cloud;
  public readonly count: number;
  public readonly type: ServerType;
  public readonly disk: Size;
  public readonly image: OperatingSystem;
  public readonly vlan: Vlan;
  /** In the order of their numbers; the name of each ends in it, from 1. */
  public readonly members: readonly PoolMember[];

  /**
   * @throws NODE_POOL_CLOUD, NODE_POOL_SIZE, NODE_POOL_DISK, NODE_POOL_VLAN, NODE_POOL_ADDRESS, CLOUD_NETWORK_FULL, HOST_*, PROP_*, ID_TAKEN
   */
  constructor(cloud: Cloud, id: string, props: NodePoolProps) {
    super(vacant(cloud, id), id);
    Object.defineProperty(this, POOL, { value: true });
    if (!Cloud.isCloud(cloud)) {
      throw new ConfigError(this, 'NODE_POOL_CLOUD', 'a pool is made in a cloud', {
        got: cloud,
        fix: "write new NodePool(new HetznerCloud(workspace.stack, 'hetzner', { … }), …)",
      });
    }
    this.cloud = cloud;
    const check = new Check(this);
    check.known(props, ['count', 'size', 'disk', 'image', 'vlan', 'from']);
    check.label('the name of a pool', id);
    this.count = check.integer('count', props.count, 1, 100, 'servers');
    const { vendor, types, typesSee } = cloud.facts;
    check.present('size', props.size, '{ threads: 4, memory: Size.gibibytes(16) }');
    this.type = serverTypeOf(this, { vendor, region: cloud.region, types, see: typesSee }, props.size);
    this.disk = this.diskOf(check.instance('disk', props.disk, Size, 'Size.gibibytes(80)'));
    this.image = check.choice('image', props.image, OPERATING_SYSTEMS);
    this.vlan = check.instance('vlan', props.vlan, { name: 'Vlan', is: Vlan.isVlan }, "new Vlan(site, 'nodes', { … })");
    cloud._addPool(this);
    const from = check.integer('from', props.from, 1, 65_535);
    this.members = Array.from({ length: this.count }, (_, index) => {
      const { zone, number } = memberPlace(this, index, from);
      return new PoolMember(this, index, this.vlan.host(`${id}-${index + 1}`, number), zone);
    });
    cloud._provide(this);
    Site.of(this).addRules(userDataTooLarge, nodePoolFirewallFull, nodePoolProtocol);
  }

  /** Private addresses of its members as prefixes. */
  public get prefixes(): readonly string[] {
    return this.members.map(({ address }) => hostPrefix(address));
  }

  private diskOf(wanted: Size): Size {
    const { disk, name } = this.type;
    if (wanted.toBytes() % 1024 ** 3 !== 0 || wanted.toBytes() === 0) {
      throw new ConfigError(this, 'NODE_POOL_DISK', 'disk must be a whole number of GiB', {
        got: String(wanted),
        fix: 'write Size.gibibytes(80)',
      });
    }
    if (disk === undefined || wanted.toBytes() <= disk.toBytes()) return disk ?? wanted;
    throw new ConfigError(this, 'NODE_POOL_DISK', `disk is ${wanted}, and ${name} of ${pathOf(this.cloud)} has ${disk}`, {
      fix: 'choose a larger size, or ask for less',
    });
  }
}
