import {
  type Address,
  type BackupCoverage,
  type Bandwidth,
  Connections,
  type Depiction,
  type IAddressed,
  type IAddressPool,
  type IConnectable,
  type IConsumer,
  type IDepicted,
  type IPlaced,
  type IPlannedVlan,
  type IProvider,
  type IRouting,
  type IVlan,
  type Placement,
  Power,
  type Replication,
  type Resources,
  type Routing,
  type Size,
} from '@ashlar/core';
import { Construct, type IConstruct } from 'constructs';

// The least that implements the contracts of core: reports know no other package.

export class Vlan extends Construct implements IPlannedVlan, IDepicted {
  public readonly name: string;
  public readonly gateways: readonly string[];

  constructor(
    scope: Construct,
    id: string,
    public readonly tag: number,
    public readonly cidrs: readonly string[],
    gateway?: string,
  ) {
    super(scope, id);
    this.name = id;
    this.gateways = gateway ? [gateway] : [];
  }

  public get pools(): readonly Pool[] {
    return this.node.children.filter((child): child is Pool => child instanceof Pool);
  }

  public get depiction(): Depiction {
    return {
      kind: 'network',
      label: this.name,
      facts: [`VLAN ${this.tag}`, ...this.cidrs, ...this.gateways.map(gateway => `gateway ${gateway}`)],
    };
  }

  public address(name: string, ip: string): Address {
    const family = ip.includes(':') ? 6 : 4;
    const cidr = this.cidrs.find(prefix => prefix.includes(':') === (family === 6)) as string;
    return { name, ip, family, prefixLength: Number(cidr.split('/')[1]), vlan: this };
  }
}

/** Something with addresses that flows begin and end at. */
export class Peer extends Construct implements IConnectable {
  public readonly connections: Connections;

  constructor(
    scope: Construct,
    id: string,
    prefixes: readonly string[],
    public readonly vlans?: readonly IVlan[],
  ) {
    super(scope, id);
    this.connections = new Connections(this, { addresses: () => prefixes });
    if (vlans === undefined) Reflect.deleteProperty(this, 'vlans');
  }
}

export class Router extends Peer implements IRouting {
  constructor(
    scope: Construct,
    id: string,
    prefixes: readonly string[],
    public readonly routing: Routing,
  ) {
    super(scope, id, prefixes);
  }
}

export class Pool extends Construct implements IAddressPool {
  public readonly ranges: IAddressPool['ranges'];

  constructor(
    vlan: Vlan,
    id: string,
    public readonly use: string,
    first: string,
    last: string,
  ) {
    super(vlan, id);
    this.ranges = [{ family: first.includes(':') ? 6 : 4, first, last }];
  }
}

/** A name with addresses, and nothing more. */
export class Host extends Construct implements IAddressed {
  constructor(
    scope: Construct,
    id: string,
    public readonly fqdn: string,
    public readonly addresses: readonly Address[],
  ) {
    super(scope, id);
  }
}

/** A rack, a feed: what is shown, and maybe offers something. */
export class Shown extends Construct implements IDepicted {
  constructor(
    scope: Construct,
    id: string,
    public readonly depiction: Depiction,
  ) {
    super(scope, id);
  }
}

export class Feed extends Shown implements IProvider {
  public readonly capacity: Resources;

  constructor(scope: Construct, id: string, watts: number) {
    super(scope, id, { kind: 'feed', label: id, facts: [`${watts} W`] });
    this.capacity = { power: Power.watts(watts) };
  }
}

export class Switch extends Shown implements IPlaced, IConsumer {
  public readonly consumption = { power: Power.watts(12) };
  public readonly placement: Placement;

  constructor(
    scope: Construct,
    id: string,
    feeds: readonly IConstruct[],
    facts: readonly string[],
    linkedTo: Depiction['linkedTo'] = [],
    unit?: number,
  ) {
    super(scope, id, { kind: 'switch', label: id, facts, linkedTo, ...(unit && { units: { first: unit, count: 1 } }) });
    this.placement = { standsOn: [[scope], feeds] };
  }
}

export interface MachineProps {
  readonly model: string;
  readonly capacity: Resources & { readonly memory: Size; readonly network: Bandwidth };
  readonly watts: number;
  readonly feeds: readonly IConstruct[];
  readonly links?: Depiction['linkedTo'];
  readonly addresses?: readonly Address[];
  readonly units?: Depiction['units'];
}

export class Machine extends Shown implements IPlaced, IProvider, IConsumer, IAddressed {
  public readonly capacity: Resources;
  public readonly consumption: Resources;
  public readonly placement: Placement;
  public readonly addresses: readonly Address[];

  constructor(scope: Construct, id: string, props: MachineProps) {
    const { cores, threads, memory, disk, network } = props.capacity;
    super(scope, id, {
      kind: 'machine',
      label: id,
      facts: [
        props.model,
        `${cores} cores, ${threads} threads`,
        `${memory} memory`,
        `${(disk?.toBytes() ?? 0) / 1e9} GB disk`,
        String(network),
      ],
      linkedTo: props.links ?? [],
      ...(props.units && { units: props.units }),
    });
    this.capacity = props.capacity;
    this.consumption = { power: Power.watts(props.watts) };
    this.placement = {
      standsOn: [[scope], props.feeds, [...new Set(props.links?.flatMap(link => (link.speed ? link.to : [])))]].filter(
        group => group.length > 0,
      ),
    };
    this.addresses = props.addresses ?? [];
  }
}

export interface GuestProps {
  /** The machines that can carry it, the one that it runs on first. */
  readonly on: readonly IConstruct[];
  readonly threads?: number;
  readonly memory?: Size;
  readonly disk?: Size;
  readonly addresses?: readonly Address[];
  readonly facts?: readonly string[];
  readonly replication?: Replication;
  readonly backup?: BackupCoverage;
}

export class Guest extends Shown implements IPlaced, IConsumer, IAddressed {
  public readonly consumption: Resources;
  public readonly placement: Placement;
  public readonly addresses: readonly Address[];
  public readonly fqdn: string;
  public readonly replication?: Replication;
  public readonly backup?: BackupCoverage;

  constructor(scope: Construct, id: string, { replication, backup, on, threads, memory, disk, addresses = [], facts }: GuestProps) {
    super(scope, id, {
      kind: 'guest',
      label: id,
      facts: facts ?? [`${threads ?? 1} vCPU`, ...(memory ? [`${memory}`] : []), ...(disk ? [`${disk} disk`] : [])],
    });
    this.consumption = { ...(threads && { threads }), ...(memory && { memory }), ...(disk && { disk }) };
    this.placement = { standsOn: on.length > 0 ? [on] : [] };
    this.addresses = addresses;
    this.fqdn = `${id}.cloud.example.net`;
    if (replication) this.replication = replication;
    if (backup) this.backup = backup;
  }
}

export class Service extends Shown implements IPlaced, IAddressed {
  public readonly placement: Placement;

  constructor(
    scope: Construct,
    id: string,
    on: readonly IConstruct[],
    facts: readonly string[],
    public readonly addresses: readonly Address[] = [],
  ) {
    super(scope, id, { kind: 'service', label: id, facts });
    this.placement = { standsOn: [on] };
  }
}
