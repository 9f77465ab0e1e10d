import { Check, Claims, ConfigError, Connections, type IConnectable, pathOf, vacant } from '@ashlar/core';
import { Construct, type IConstruct } from 'constructs';
import { Vlan } from './vlan';

export interface ZoneProps {
  readonly vlans: readonly Vlan[];
}

/**
 * Segments that trust each other. Inside a zone everything passes; between zones nothing does that no flow allows. A
 * segment that is in no zone is one of its own.
 */
export class Zone extends Construct implements IConnectable {
  /** The zone that a segment was put in, if any. */
  public static find(vlan: Vlan): Zone | undefined {
    return Claims.of(vlan).holder('zone of', vlan.node.path) as Zone | undefined;
  }

  public static isZone(x: unknown): x is Zone {
    return typeof x === 'object' && x !== null && ZONE in x;
  }

  public readonly vlans: readonly Vlan[];
  public readonly connections: Connections;

  /** @throws ZONE_VLAN when a segment is in another zone already */
  constructor(scope: Construct, id: string, props: ZoneProps) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, ZONE, { value: true });
    const check = new Check(this);
    check.known(props, ['vlans']);
    check.label('the name of a zone', id);
    this.vlans = check.list('vlans', props.vlans, 'servers');
    const clash = (vlan: Vlan) => (holder: IConstruct) =>
      new ConfigError(this, 'ZONE_VLAN', `${pathOf(vlan)} is already in zone ${pathOf(holder)}`, { fix: 'put it in one of them' });
    for (const vlan of this.vlans) {
      check.instance('vlans', vlan, { name: 'Vlan', is: Vlan.isVlan }, '[servers]');
      Claims.of(this).claim('zone of', vlan.node.path, this, clash(vlan));
    }
    this.connections = new Connections(this, { addresses: () => this.vlans.flatMap(vlan => vlan.cidrs) });
  }
}

const ZONE = Symbol.for('@ashlar/network.Zone');
