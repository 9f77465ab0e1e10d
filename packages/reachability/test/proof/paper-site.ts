import { Connections, type IConnectable, type IPlannedVlan, type ITrustZone, type IVlan, onRender, Site } from '@ashlar/core';
import { Construct } from 'constructs';

/** A segment that knows its prefixes and its router, and nothing else. */
export class PaperVlan extends Construct implements IPlannedVlan, IConnectable {
  public readonly name: string;
  public readonly pools = [];
  public readonly connections: Connections;

  constructor(
    scope: Construct,
    id: string,
    public readonly tag: number,
    public readonly cidrs: readonly string[],
    public readonly gateways: readonly string[],
  ) {
    super(scope, id);
    this.name = id;
    this.connections = new Connections(this, { addresses: () => this.cidrs });
  }
}

/** Somebody with addresses. */
export class PaperHost extends Construct implements IConnectable {
  public readonly connections: Connections;

  constructor(scope: Construct, id: string, ...addresses: readonly string[]) {
    super(scope, id);
    this.connections = new Connections(this, { addresses: () => addresses });
  }
}

export class PaperZone extends Construct implements ITrustZone {
  public readonly connections: Connections;

  constructor(
    scope: Construct,
    id: string,
    public readonly vlans: readonly IVlan[],
  ) {
    super(scope, id);
    this.connections = new Connections(this, { addresses: () => this.vlans.flatMap(vlan => vlan.cidrs) });
  }
}

/** A device whose file is written by hand. */
export class PaperDevice extends Construct {
  constructor(scope: Construct, id: string, path: string, text: string) {
    super(scope, id);
    onRender(this, output => output.write(this, path, text));
  }
}

/** The segments of the gateway in ../vyos/gateway-text. */
export function paperSite(text: string) {
  const site = new Site('lab', { domain: 'lab.example.net' });
  const wan = new PaperVlan(site, 'wan', 2, ['203.0.113.0/24'], ['203.0.113.1']);
  const lab = new PaperVlan(site, 'lab', 10, ['10.10.0.0/24', '2001:db8:0:10::/64'], ['10.10.0.1', '2001:db8:0:10::1']);
  const servers = new PaperVlan(site, 'servers', 20, ['10.20.0.0/24', '2001:db8:0:20::/64'], ['10.20.0.1', '2001:db8:0:20::1']);
  const lab4 = new PaperHost(site, 'lab4', '10.10.0.0/24');
  const internet = new PaperHost(site, 'internet', '0.0.0.0/0', '::/0');
  const web = new PaperHost(site, 'web', '10.20.0.80/32');
  const servers4 = new PaperHost(site, 'servers4', '10.20.0.0/24');
  new PaperDevice(site, 'gateway', 'devices/vyos/gw/config.boot', text);
  return { site, wan, lab, servers, lab4, servers4, internet, web };
}
