import { Check, ConfigError, pathOf, vacant } from '@ashlar/core';
import { Nic } from '@ashlar/hardware';
import { Vlan } from '@ashlar/network';
import { Construct } from 'constructs';
import type { HarvesterCluster } from '../harvester-cluster';
import type { HarvesterNode } from '../harvester-node';
import { BOND_MODES, type BondMode } from '../install/bond-mode';
import { isHarvesterCluster } from '../is-harvester-cluster';

export interface HarvesterClusterNetworkProps {
  /** Network ports of the nodes, which are bonded on each; guests run on the nodes that have some. */
  readonly uplinks: readonly Nic[];
  /** Segments whose guests use it. */
  readonly vlans: readonly Vlan[];
  /** How the ports of a node share the traffic. @default `active-backup` */
  readonly bondMode?: BondMode;
  /** The same on every node, because guests move (576–9000). @default - 1500 */
  readonly mtu?: number;
}

/**
 * A network for guests beside that of the nodes, with ports of its own. Its id is its name, and with `-br` that of a bridge.
 * @see https://docs.harvesterhci.io/v1.7/networking/clusternetwork
 */
export class HarvesterClusterNetwork extends Construct {
  public readonly cluster: HarvesterCluster;
  public readonly name: string;
  public readonly vlans: readonly Vlan[];
  public readonly bondMode: BondMode;
  public readonly mtu?: number;
  private readonly ports: ReadonlyMap<HarvesterNode, readonly Nic[]>;

  /** @throws HARVESTER_NETWORK_NAME, HARVESTER_UPLINK, HARVESTER_SEGMENT */
  constructor(cluster: HarvesterCluster, id: string, props: HarvesterClusterNetworkProps) {
    if (!isHarvesterCluster(cluster)) {
      throw new ConfigError(String(id), 'PROP_TYPE', 'scope must be a HarvesterCluster', {
        got: cluster,
        fix: `write new HarvesterClusterNetwork(cluster, '${id}', …)`,
      });
    }
    super(vacant(cluster, id), id);
    this.cluster = cluster;
    const check = new Check(this);
    check.known(props, ['uplinks', 'vlans', 'bondMode', 'mtu']);
    this.name = networkName(this, id);
    this.bondMode = check.choice('bondMode', props.bondMode ?? 'active-backup', BOND_MODES);
    if (props.mtu !== undefined) this.mtu = check.integer('mtu', props.mtu, 576, 9000, 'bytes');
    this.vlans = check.list('vlans', props.vlans, 'servers').map((vlan, i) => this.freeSegment(check, vlan, props.vlans.slice(0, i)));
    this.ports = this.bond(check.list('uplinks', props.uplinks, "machine.nic('ens2f0')"), check);
    cluster._addNetwork(this);
  }

  /** Nodes that have it, in order of their installation. */
  public get nodes(): readonly HarvesterNode[] {
    return this.cluster.nodes.filter(node => this.ports.has(node));
  }

  /** Its ports on a node. */
  public uplinksOn(node: HarvesterNode): readonly Nic[] {
    return this.ports.get(node) ?? [];
  }

  private freeSegment(check: Check, vlan: Vlan, before: readonly Vlan[]): Vlan {
    check.instance('vlans', vlan, { name: 'Vlan', is: Vlan.isVlan }, '[servers]');
    const other = before.includes(vlan) ? this : this.cluster.networkOf(vlan);
    if (!other) return vlan;
    throw new ConfigError(this, 'HARVESTER_SEGMENT', `${pathOf(vlan)} is already on ${pathOf(other)}`, { fix: 'name each segment once' });
  }

  private bond(uplinks: readonly Nic[], check: Check): ReadonlyMap<HarvesterNode, readonly Nic[]> {
    const ports = new Map<HarvesterNode, Nic[]>();
    for (const nic of uplinks) {
      check.instance('uplinks', nic, { name: 'Nic', is: Nic.isNic }, "[machine.nic('ens2f0')]");
      const node = this.cluster.nodeOn(nic.machine, this);
      const [problem, fix] = this.unusable(nic, node, ports.get(node) ?? []);
      if (problem)
        throw new ConfigError(this, 'HARVESTER_UPLINK', `${pathOf(nic)} ${problem}`, {
          fix,
          see: 'https://docs.harvesterhci.io/v1.7/networking/clusternetwork',
        });
      ports.set(node, [...(ports.get(node) ?? []), nic]);
    }
    return ports;
  }

  private unusable(nic: Nic, node: HarvesterNode, own: readonly Nic[]): readonly [string?, string?] {
    if (!node.runsGuests) return ['belongs to a witness, which runs no guests', 'leave its ports out'];
    if (own.includes(nic)) return ['is named twice', 'name each port once'];
    if (node.nics.includes(nic))
      return ['carries the management network of its node', 'choose another port, or leave the segments on the management network'];
    const other = this.cluster.networks.find(network => network.uplinksOn(node).includes(nic));
    return other ? [`is already a port of ${pathOf(other)}`, 'choose another port'] : [];
  }
}

/** @throws HARVESTER_NETWORK_NAME */
function networkName(network: HarvesterClusterNetwork, id: string): string {
  if (/^[a-z]([a-z0-9-]{0,10}[a-z0-9])?$/.test(id) && id !== 'mgmt') return id;
  const problem =
    id === 'mgmt'
      ? 'mgmt is the network that every cluster has'
      : 'the name of a cluster network is up to 12 lower-case letters, digits and dashes, for with -br it names a bridge';
  throw new ConfigError(network, 'HARVESTER_NETWORK_NAME', problem, {
    got: id,
    fix: 'choose a name like workload',
    see: 'https://docs.harvesterhci.io/v1.7/networking/clusternetwork',
  });
}
