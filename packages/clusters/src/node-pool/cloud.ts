import { type BootFile, Check, ConfigError, pathOf, publicKeys, vacant } from '@ashlar/core';
import { Subnet, type Vlan } from '@ashlar/network';
import { Construct } from 'constructs';
import type { CloudFacts } from './cloud-facts';
import { CloudZone } from './cloud-zone';
import type { NodePool } from './node-pool';

export interface CloudProps {
  /** IPv4 prefix of the private network, in which the segments of its pools lie, e.g. `10.10.0.0/16`. */
  readonly network: string;
  /** Public keys of the people who run it, as in `authorized_keys`. */
  readonly sshKeys: readonly string[];
  /** Their account on every server. @default `ops` */
  readonly adminUser?: string;
}

/** A private network in one region of a cloud, in one Terraform state. Pools of servers are made in it. */
export abstract class Cloud extends Construct {
  public static isCloud(x: unknown): x is Cloud {
    return typeof x === 'object' && x !== null && CLOUD in x;
  }

  public readonly network: Subnet;
  public readonly admin: { readonly user: string; readonly keys: readonly string[] };
  /** Parts of the region that fail apart from each other, in the order in which members take turns. */
  public readonly zones: readonly CloudZone[];
  /** What is the same for everybody in this cloud. */
  public readonly facts: CloudFacts;
  private readonly members: NodePool[] = [];

  /**
   * @param scope the stack of a TerraformWorkspace, or something in it
   * @throws CLOUD_REGION, SUBNET_*, PROP_*, ID_TAKEN
   */
  protected constructor(
    scope: Construct,
    id: string,
    facts: CloudFacts,
    /** As the vendor calls it: `fsn1`, `eu-central-1`. */
    public readonly region: string,
    zones: readonly string[],
    props: CloudProps,
  ) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, CLOUD, { value: true });
    const check = new Check(this);
    check.label('the name of a cloud', id);
    this.facts = facts;
    this.network = Subnet.of(this, 'network', props.network, 4);
    const user = check.text('adminUser', props.adminUser ?? 'ops', /^[a-z_][a-z0-9_-]{0,31}$/, 'a user name', 'ops');
    this.admin = { user, keys: [...publicKeys(this, props.sshKeys)].sort() };
    this.zones = zones.map(zone => new CloudZone(this, zone));
  }

  public get pools(): readonly NodePool[] {
    return this.members;
  }

  /** Segments of its pools, by name. */
  public get vlans(): readonly Vlan[] {
    return [...new Set(this.members.map(pool => pool.vlan))].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** @internal Pools enter themselves. @throws NODE_POOL_VLAN, CLOUD_NETWORK_FULL */
  public _addPool(pool: NodePool): void {
    const { vlan } = pool;
    const cidr = vlan.ipv4?.cidr;
    if (cidr === undefined || !this.network.contains(cidr)) {
      throw new ConfigError(
        pool,
        'NODE_POOL_VLAN',
        `${pathOf(vlan)} has no IPv4 prefix inside the network ${this.network.cidr} of ${pathOf(this)}`,
        {
          got: vlan.cidrs.join(', '),
          fix: 'choose another segment, or widen the network',
        },
      );
    }
    const { most, see } = this.facts.servers;
    const sum = this.members.reduce((all, other) => all + other.count, pool.count);
    if (sum > most) {
      throw new ConfigError(
        pool,
        'CLOUD_NETWORK_FULL',
        `a private network of ${this.facts.vendor} has at most ${most} servers, and this makes ${sum}`,
        {
          fix: 'make a second cloud with a network of its own, or choose larger servers',
          see,
        },
      );
    }
    this.members.push(pool);
  }

  /** @internal Files that its servers need besides what was added to their first boot. */
  public _bootFiles(_pool: NodePool): readonly BootFile[] {
    return [];
  }

  /** @internal Makes the resources of a pool. */
  public abstract _provide(pool: NodePool): void;
}

const CLOUD = Symbol.for('@ashlar/clusters.Cloud');

/** The region of a name. @throws CLOUD_REGION */
export function regionOf<T>(
  scope: Construct,
  id: string,
  name: string,
  vendor: string,
  regions: Readonly<Record<string, T>>,
  see: string,
): T {
  if (Object.hasOwn(regions, name)) return regions[name] as T;
  throw new ConfigError(`${pathOf(scope)}/${id}`, 'CLOUD_REGION', `${vendor} has no region that the library knows of that name`, {
    got: name,
    fix: `use one of ${Object.keys(regions).join(', ')}`,
    see,
  });
}
