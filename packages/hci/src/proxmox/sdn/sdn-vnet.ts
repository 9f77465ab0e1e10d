import { Check, Claims, ConfigError, type IVlan, pathOf, vacant } from '@ashlar/core';
import { Vlan } from '@ashlar/network';
import { ProxmoxSdnVnetResource } from '@ashlar/provider-proxmox';
import { Construct } from 'constructs';
import type { ProxmoxCluster } from '../proxmox-cluster';
import { Sdn } from './sdn';
import { sdnName } from './sdn-name';
import { claimVni, SdnZone, tagsOn } from './sdn-zone';

export interface SdnVnetProps {
  /** Segment that it is: its guests are then connected to it. @default - none of the model */
  readonly vlan?: Vlan;
  /** Its tag in the zone: up to 4094 in vlan and qinq, 16777215 in vxlan and evpn, none in simple. @default - that of the segment */
  readonly tag?: number;
  /** Whether guests may send tags of their own through it. @default false */
  readonly vlanAware?: boolean;
  /** Whether guests reach its gateway only, and not each other. @default false */
  readonly isolatePorts?: boolean;
}

/** A bridge of the same name on each node of a zone, and one segment for the guests. Its id is its name in Proxmox VE. */
export class SdnVnet extends Construct {
  public static isSdnVnet(x: unknown): x is SdnVnet {
    return typeof x === 'object' && x !== null && VNET in x;
  }

  public readonly name: string;
  public readonly zone: SdnZone;
  public readonly cluster: ProxmoxCluster;
  public readonly vlan?: Vlan;
  public readonly tag?: number;
  /** @internal */
  public readonly _resource: ProxmoxSdnVnetResource;

  /** @throws SDN_NAME, SDN_TAG, SDN_TAG_TAKEN, SDN_VNI, SDN_UNTAGGED, SDN_VLAN_TWICE, SDN_VNET_LATE, SDN_SPLIT */
  constructor(zone: SdnZone, id: string, props: SdnVnetProps) {
    super(vacant(zone, id), id);
    Object.defineProperty(this, VNET, { value: true });
    const check = new Check(this);
    check.known(props, ['vlan', 'tag', 'vlanAware', 'isolatePorts']);
    this.zone = check.instance('scope', zone, { name: 'SdnZone', is: SdnZone.isSdnZone }, "new SdnZone(pve, 'tenants', { … })");
    this.cluster = zone.cluster;
    this.name = sdnName(this, 'vnet', this.cluster);
    if (props.vlan !== undefined) this.vlan = check.instance('vlan', props.vlan, { name: 'Vlan', is: Vlan.isVlan }, 'servers');
    this.tag = this.tagIn(zone, check, props.tag);
    if (this.vlan) this.claimVlan(this.vlan);
    const sdn = Sdn.of(this.cluster);
    this._resource = new ProxmoxSdnVnetResource(this, 'vnet', {
      id: this.name,
      zone: zone.name,
      ...(this.tag !== undefined && { tag: this.tag }),
      ...(this.vlan && { alias: this.vlan.name }),
      ...(check.boolean('vlanAware', props.vlanAware ?? false) && { vlanAware: true }),
      ...(check.boolean('isolatePorts', props.isolatePorts ?? false) && { isolatePorts: true }),
      dependsOn: sdn.after(zone._resource),
    });
    sdn.vnets.push(this);
    sdn.apply(this._resource);
  }

  private tagIn(zone: SdnZone, check: Check, given: number | undefined): number | undefined {
    const { highestTag } = zone;
    if (highestTag === undefined) {
      if (given === undefined) return undefined;
      throw new ConfigError(this, 'SDN_TAG', `a vnet of a simple zone has no tag: its frames stay on their node`, {
        got: given,
        fix: 'leave tag out, or make the zone of another type',
      });
    }
    if (zone.type === 'vlan' && this.vlan && given !== undefined && given !== this.vlan.tag) {
      throw new ConfigError(this, 'SDN_TAG', `its frames have the tag of ${pathOf(this.vlan)} on the wire, ${this.vlan.tag}`, {
        got: given,
        fix: 'leave tag out',
      });
    }
    const tag = check.integer('tag', given ?? (this.vlan?.tag as number), 1, highestTag);
    if (highestTag > 4094) return claimVni(zone, this, tag);
    const wire = zone.type === 'vlan' ? tagsOn(zone) : `tag of ${pathOf(zone)}`;
    Claims.of(this).claim(wire, tag, this, holder => {
      return new ConfigError(this, 'SDN_TAG_TAKEN', `tag ${tag} is already on ${zone.bridge}, that of ${pathOf(holder)}`, {
        fix: 'choose another tag, or one vnet for both',
      });
    });
    return tag;
  }

  private claimVlan(vlan: Vlan): void {
    const { zone, cluster } = this;
    Claims.of(this).claim(`segment of ${pathOf(cluster)}`, pathOf(vlan), this, holder => {
      return new ConfigError(this, 'SDN_VLAN_TWICE', `${pathOf(vlan)} is already the vnet ${pathOf(holder)}`, {
        fix: 'give each segment one vnet',
      });
    });
    const early = cluster.guests.find(guest => guest.nics.some(nic => (nic.vlan as IVlan) === vlan));
    if (early) {
      throw new ConfigError(this, 'SDN_VNET_LATE', `${pathOf(early)} was connected to ${pathOf(vlan)} before it had a vnet`, {
        fix: 'create the vnet before its guests',
      });
    }
    if (zone.type === 'simple' && zone.nodes.length > 1) {
      throw new ConfigError(
        this,
        'SDN_SPLIT',
        `${pathOf(vlan)} would fall into ${zone.nodes.length} parts: in a simple zone, guests reach those of their own node only`,
        { fix: "give the zone one node, or write type: 'vxlan'" },
      );
    }
    if (zone.type === 'vlan' && zone.bridge === cluster.bridge && vlan === cluster.untagged) {
      throw new ConfigError(this, 'SDN_UNTAGGED', `${pathOf(vlan)} has no tag on ${zone.bridge}, and a vnet always sends one`, {
        fix: "use another segment, or tell the cluster with untagged: 'none', and the switch too",
      });
    }
    if (zone.type === 'vlan') for (const node of zone.nodes) node.carry(vlan, this);
  }
}

const VNET = Symbol.for('@ashlar/hci.SdnVnet');
