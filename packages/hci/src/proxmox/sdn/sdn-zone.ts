import { Check, Claims, ConfigError, Port, pathOf, Site, vacant } from '@ashlar/core';
import type { Machine } from '@ashlar/hardware';
import {
  ProxmoxSdnZoneEvpnResource,
  ProxmoxSdnZoneQinqResource,
  ProxmoxSdnZoneSimpleResource,
  ProxmoxSdnZoneVlanResource,
  ProxmoxSdnZoneVxlanResource,
} from '@ashlar/provider-proxmox';
import type { TerraformResource } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { clusterOf } from '../cluster-of';
import type { ProxmoxCluster } from '../proxmox-cluster';
import type { ProxmoxNode } from '../proxmox-node';
import { EvpnController } from './evpn-controller';
import { SDN_RULES } from './rules';
import { Sdn } from './sdn';
import { sdnName } from './sdn-name';
import { type SdnZoneType, ZONE_TYPES } from './sdn-zone-type';

export interface SdnZoneProps {
  /**
   * How frames get from node to node: not at all (`simple`), with a tag (`vlan`) or two (`qinq`) on a bridge, or in packets between
   * the addresses of the nodes (`vxlan`; `evpn`, which also routes).
   */
  readonly type: SdnZoneType;
  /** Nodes that have it. @default - all of the cluster */
  readonly nodes?: readonly (ProxmoxNode | Machine | string)[];
  /** MTU of the network that carries it (1280–9216); its own is what is left. @default 1500 */
  readonly networkMtu?: number;
  /** simple: whether each node gives the addresses of {@link SdnSubnetProps.dhcp} out. @default false */
  readonly dhcp?: boolean;
  /** vlan, qinq: bridge of each node. @default - that of the cluster */
  readonly bridge?: string;
  /** qinq: outer tag of all its vnets (1–4094). */
  readonly serviceVlan?: number;
  /** qinq: how the outer tag is marked. @default `802.1q` */
  readonly serviceVlanProtocol?: '802.1q' | '802.1ad';
  /** vxlan: IP addresses of other ends besides the nodes. @default - none */
  readonly peers?: readonly string[];
  /** evpn: the BGP of the cluster. */
  readonly controller?: EvpnController;
  /** evpn: VXLAN id of the routing between its vnets (1–16777215), none of theirs. */
  readonly vrfVxlan?: number;
  /** evpn: nodes by which it reaches other networks, the preferred one first. @default - none: it is closed */
  readonly exitNodes?: readonly (ProxmoxNode | Machine | string)[];
}

/** A part of the network of a cluster, in which vnets have tags of their own. Its id is its name in Proxmox VE. */
export class SdnZone extends Construct {
  public static isSdnZone(x: unknown): x is SdnZone {
    return typeof x === 'object' && x !== null && ZONE in x;
  }

  public readonly name: string;
  public readonly type: SdnZoneType;
  public readonly cluster: ProxmoxCluster;
  public readonly nodes: readonly ProxmoxNode[];
  /** What is left for the packets of guests. */
  public readonly mtu: number;
  public readonly bridge: string;
  public readonly serviceVlan?: number;
  public readonly dhcp: boolean;
  public readonly vrfVxlan?: number;
  /** @internal */
  public readonly _resource: TerraformResource;

  /** @throws SDN_NAME, SDN_PEERS, SDN_SERVICE_VLAN, SDN_VRF, SDN_EXIT_NODE */
  constructor(scope: Construct, id: string, props: SdnZoneProps) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, ZONE, { value: true });
    this.cluster = clusterOf(this);
    this.name = sdnName(this, 'zone', this.cluster);
    const check = new Check(this);
    this.type = check.choice('type', check.present('type', props.type, "'vlan'"), Object.keys(ZONE_TYPES) as SdnZoneType[]);
    check.known(props, ['type', 'nodes', 'networkMtu', ...ZONE_TYPES[this.type].props]);
    this.nodes =
      props.nodes === undefined
        ? this.cluster.nodes
        : check.list('nodes', props.nodes, 'pve.nodes[0]').map(node => this.cluster.nodeOf(node));
    const family = this.nodes[0]?.address.includes(':') ? 6 : 4;
    this.mtu = check.integer('networkMtu', props.networkMtu ?? 1500, 1280, 9216, 'bytes') - ZONE_TYPES[this.type].overhead[family];
    this.bridge = check.text('bridge', props.bridge ?? this.cluster.bridge, /^[a-z][a-z0-9_]{1,9}$/, 'the name of a bridge', 'vmbr0');
    this.dhcp = check.boolean('dhcp', props.dhcp ?? false);
    const sdn = Sdn.of(this.cluster);
    if (this.type === 'qinq') this.serviceVlan = this.claimServiceVlan(check.integer('serviceVlan', props.serviceVlan as number, 1, 4094));
    if (this.type === 'evpn') this.vrfVxlan = claimVni(this, this, check.integer('vrfVxlan', props.vrfVxlan as number, 1, 16_777_215));
    this._resource = this.resource(check, props, sdn);
    sdn.zones.push(this);
    sdn.apply(this._resource);
    if (ZONE_TYPES[this.type].overhead === ZONE_TYPES.vxlan.overhead) this.cluster.connections.allowFrom(this.cluster, Port.udp(4789));
    Site.find(this)?.addRules(...SDN_RULES);
  }

  /** Highest tag that a vnet may have here; undefined where vnets have none. */
  public get highestTag(): number | undefined {
    return ZONE_TYPES[this.type].highestTag;
  }

  /** Whether its nodes have the gateway addresses of its subnets. */
  public get routes(): boolean {
    return ZONE_TYPES[this.type].routes;
  }

  private resource(check: Check, props: SdnZoneProps, sdn: Sdn): TerraformResource {
    const common = {
      id: this.name,
      mtu: this.mtu,
      ...(props.nodes !== undefined && { nodes: this.nodes.map(node => node.name).sort() }),
    };
    const dependsOn = sdn.after();
    switch (this.type) {
      case 'simple':
        return new ProxmoxSdnZoneSimpleResource(this, 'zone', {
          ...common,
          ...(this.dhcp && { dhcp: 'dnsmasq', ipam: 'pve' }),
          dependsOn,
        });
      case 'vlan':
        return new ProxmoxSdnZoneVlanResource(this, 'zone', { ...common, bridge: this.bridge, dependsOn });
      case 'qinq':
        return new ProxmoxSdnZoneQinqResource(this, 'zone', {
          ...common,
          bridge: this.bridge,
          serviceVlan: this.serviceVlan as number,
          serviceVlanProtocol: check.choice('serviceVlanProtocol', props.serviceVlanProtocol ?? '802.1q', ['802.1q', '802.1ad']),
          dependsOn,
        });
      case 'vxlan':
        return new ProxmoxSdnZoneVxlanResource(this, 'zone', { ...common, peers: this.peersOf(check, props.peers), dependsOn });
      case 'evpn': {
        const controller = check.instance(
          'controller',
          props.controller as EvpnController,
          { name: 'EvpnController', is: EvpnController.isEvpnController },
          "new EvpnController(pve, 'evpn', { asn: 65000 })",
        );
        const exits = this.exitsOf(check, props.exitNodes);
        return new ProxmoxSdnZoneEvpnResource(this, 'zone', {
          ...common,
          controller: controller.name,
          vrfVxlan: this.vrfVxlan as number,
          ...(exits.length > 0 && { exitNodes: [...exits].sort(), primaryExitNode: exits[0] as string }),
          dependsOn: sdn.after(controller._resource),
        });
      }
    }
  }

  /** Every node of the cluster sends to every other, so that all of their addresses are among them, of one family. */
  private peersOf(check: Check, given: readonly string[] | undefined): string[] {
    const others =
      given === undefined
        ? []
        : check
            .list('peers', given, "'192.0.2.9'")
            .map(ip => check.text('peers', ip, /^[0-9a-f:.]*[.:][0-9a-f:.]*$/, 'IP addresses', '192.0.2.9'));
    const [first, ...rest] = [...this.nodes.map(node => node.address), ...others];
    const odd = rest.find(ip => ip.includes(':') !== first?.includes(':'));
    if (odd !== undefined) {
      throw new ConfigError(this, 'SDN_PEERS', `its packets go between addresses of one family, and ${first} is of the other`, {
        got: odd,
        fix: 'give all ends addresses of one family',
      });
    }
    return [first as string, ...rest].sort();
  }

  private exitsOf(check: Check, given: SdnZoneProps['exitNodes']): string[] {
    if (given === undefined) return [];
    const exits = check.list('exitNodes', given, 'pve.nodes[0]').map(node => this.cluster.nodeOf(node));
    const outside = exits.find(node => !this.nodes.includes(node));
    if (!outside) return exits.map(node => node.name);
    throw new ConfigError(this, 'SDN_EXIT_NODE', `leaves by ${outside.name}, which does not have the zone`, {
      fix: `choose one of ${this.nodes.map(node => node.name).join(', ')}, or add it to nodes`,
    });
  }

  private claimServiceVlan(tag: number): number {
    Claims.of(this).claim(tagsOn(this), tag, this, holder => {
      return new ConfigError(this, 'SDN_SERVICE_VLAN', `serviceVlan ${tag} is already on ${this.bridge}, that of ${pathOf(holder)}`, {
        fix: 'choose another tag',
      });
    });
    return tag;
  }
}

const ZONE = Symbol.for('@ashlar/hci.SdnZone');

/** Tags on the wires of a bridge, which zones share. */
export function tagsOn({ cluster, bridge }: SdnZone): string {
  return `tag on ${bridge} of ${pathOf(cluster)}`;
}

/** VXLAN ids, which all zones between the nodes share. @throws SDN_VNI */
export function claimVni(zone: SdnZone, by: IConstruct, id: number): number {
  Claims.of(by).claim(`vxlan id of ${pathOf(zone.cluster)}`, id, by, holder => {
    return new ConfigError(by, 'SDN_VNI', `VXLAN id ${id} is already that of ${pathOf(holder)}, and both go between the same nodes`, {
      fix: 'choose another one',
    });
  });
  return id;
}
