import { Bandwidth, Check, Claims, ConfigError, Port, pathOf, vacant } from '@ashlar/core';
import { Host } from '@ashlar/network';
import { ProxmoxClusterOptionsResource } from '@ashlar/provider-proxmox';
import { Construct } from 'constructs';
import { clusterOf } from '../cluster-of';
import type { ProxmoxCluster } from '../proxmox-cluster';

/** What may take how much of the network and of the disks of a node. */
export interface BandwidthLimits {
  readonly clone?: Bandwidth;
  readonly migration?: Bandwidth;
  readonly move?: Bandwidth;
  readonly restore?: Bandwidth;
  /** The others. */
  readonly default?: Bandwidth;
}

export interface ClusterOptionsProps {
  /** A host of each node on the segment that guests migrate through. @default - the addresses of the nodes */
  readonly migrationHosts?: readonly Host[];
  /** What happens to guests under HA when a node shuts down. @default `migrate` */
  readonly haShutdownPolicy?: 'freeze' | 'failover' | 'migrate' | 'conditional';
  /** What MAC addresses begin with that Proxmox VE makes up, two or three octets. @default - `BC:24:11`, that of Proxmox */
  readonly macPrefix?: string;
  /** @default - no limits */
  readonly bandwidthLimits?: BandwidthLimits;
  /** Sender of messages. @default - root at the node */
  readonly emailFrom?: string;
}

/** What holds for all of a cluster. @see https://pve.proxmox.com/wiki/Manual:_datacenter.cfg */
export class ClusterOptions extends Construct {
  /** @throws CLUSTER_OPTIONS_TWICE, MIGRATION_NETWORK, MAC_PREFIX, BANDWIDTH_LIMIT */
  constructor(scope: Construct, id: string, props: ClusterOptionsProps = {}) {
    super(vacant(scope, id), id);
    const cluster = clusterOf(this);
    const check = new Check(this);
    check.known(props, ['migrationHosts', 'haShutdownPolicy', 'macPrefix', 'bandwidthLimits', 'emailFrom']);
    Claims.of(this).claim('options of', pathOf(cluster), this, holder => {
      return new ConfigError(this, 'CLUSTER_OPTIONS_TWICE', `${pathOf(cluster)} has options already, ${pathOf(holder)}`, {
        fix: 'write them once',
      });
    });
    const network = props.migrationHosts === undefined ? undefined : this.migrate(check, cluster, props.migrationHosts);
    new ProxmoxClusterOptionsResource(this, 'options', {
      migrationType: 'secure',
      ...(network !== undefined && { migrationCidr: network }),
      haShutdownPolicy: check.choice('haShutdownPolicy', props.haShutdownPolicy ?? 'migrate', [
        'migrate',
        'conditional',
        'failover',
        'freeze',
      ]),
      ...(props.macPrefix !== undefined && { macPrefix: this.macPrefix(check, props.macPrefix) }),
      ...(props.emailFrom !== undefined && {
        emailFrom: check.text('emailFrom', props.emailFrom, /^[\w.+~-]+@([\w-]+\.)+[\w-]+$/, 'an address', 'pve@example.net'),
      }),
      ...this.limits(props.bandwidthLimits ?? {}),
    });
  }

  /** The prefix of the segment; the nodes have to have it, and to let each other in. */
  private migrate(check: Check, cluster: ProxmoxCluster, given: readonly Host[]): string {
    const hosts = check.list('migrationHosts', given, "migration.host('pve-01-migration', 10)");
    for (const host of hosts)
      check.instance('migrationHosts', host, { name: 'Host', is: Host.isHost }, "[migration.host('pve-01-migration', 10)]");
    const [first] = hosts as [Host];
    const odd = hosts.find(host => host.vlan !== first.vlan);
    if (odd) {
      throw new ConfigError(this, 'MIGRATION_NETWORK', `${pathOf(odd)} is on another segment than ${pathOf(first)}`, {
        fix: 'choose hosts of one segment',
      });
    }
    if (new Set(hosts).size !== cluster.nodes.length) {
      throw new ConfigError(
        this,
        'MIGRATION_NETWORK',
        `migrationHosts has ${new Set(hosts).size} hosts for ${cluster.nodes.length} nodes`,
        {
          fix: `write one for each of ${cluster.nodes.map(node => node.name).join(', ')}`,
        },
      );
    }
    for (const node of cluster.nodes) node.carry(first.vlan, this);
    // Guests move over SSH; the ports of an unprotected migration stay closed.
    for (const host of hosts) cluster.connections.allowFrom(host, Port.tcp(22));
    return first.vlan.cidrs[0] as string;
  }

  private macPrefix(check: Check, given: string): string {
    const prefix = check
      .text('macPrefix', given, /^[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){1,2}$/, 'two or three octets', '02:00:5E')
      .toUpperCase();
    if (Number.parseInt(prefix.slice(0, 2), 16) % 2 === 0) return prefix;
    throw new ConfigError(this, 'MAC_PREFIX', 'macPrefix would make addresses of groups, which no port has', {
      got: given,
      fix: `write ${(Number.parseInt(prefix.slice(0, 2), 16) - 1).toString(16).toUpperCase().padStart(2, '0')}${prefix.slice(2)}`,
      see: 'IEEE 802 section 8.2',
    });
  }

  private limits(limits: BandwidthLimits): Record<string, number> {
    const check = new Check(this);
    check.known(limits, ['clone', 'migration', 'move', 'restore', 'default']);
    const entries = (Object.entries(limits) as [keyof BandwidthLimits, Bandwidth][]).map(([what, limit]): [string, number] => {
      const name = `bandwidthLimits.${what}`;
      const megabits = check.instance(name, limit, Bandwidth, 'Bandwidth.megabits(400)').toMegabits();
      // Terraform wants KiB/s.
      const key = `bandwidthLimit${what[0]?.toUpperCase()}${what.slice(1)}`;
      if (megabits >= 10) return [key, Math.floor((megabits * 1_000_000) / 8 / 1024)];
      throw new ConfigError(this, 'BANDWIDTH_LIMIT', `${name} must be at least 10 Mb/s, or nothing ever ends`, {
        got: String(limit),
        fix: 'write Bandwidth.megabits(400)',
      });
    });
    return Object.fromEntries(entries);
  }
}
