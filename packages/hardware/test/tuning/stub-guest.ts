import { Connections, FirstBoot, type IConsumer, type IInstance, type Placement, type Resources, Size } from '@ashlar/core';
import { Construct, type IConstruct } from 'constructs';

/** A virtual machine as this package sees it: by contract. */
export class StubGuest extends Construct implements IInstance, IConsumer {
  public readonly hostName: string;
  public readonly fqdn: string;
  public readonly addresses = [];
  public readonly firstBoot = new FirstBoot(this);
  public readonly connections: Connections;
  public readonly consumption: Resources;
  public readonly placement: Placement;

  constructor(scope: Construct, id: string, hosts: readonly IConstruct[] = [], memory = Size.gibibytes(8)) {
    super(scope, id);
    this.hostName = id;
    this.fqdn = `${id}.lab.example.net`;
    this.connections = new Connections(this, { addresses: () => [] });
    this.consumption = { threads: 4, memory };
    this.placement = { standsOn: hosts.length > 0 ? [hosts] : [] };
  }
}
