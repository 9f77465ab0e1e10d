import {
  type Address,
  type BackupCoverage,
  Connections,
  FirstBoot,
  type GuestDisk,
  type IGuest,
  type Placement,
  type Resources,
  Secret,
  Site,
  Size,
  Version,
} from '@ashlar/core';
import { type Host, Vlan } from '@ashlar/network';
import { Construct } from 'constructs';
import { TalosCluster } from '../../src/talos/talos-cluster';
import type { TalosClusterProps } from '../../src/talos/talos-cluster-props';

export class TestHost extends Construct {
  public readonly capacity = { memory: Size.gibibytes(64) };
  public readonly placement: Placement;

  constructor(scope: Construct, id: string, on: readonly Construct[] = []) {
    super(scope, id);
    this.placement = { standsOn: on.length > 0 ? [on] : [] };
  }
}

export class TestGuest extends Construct implements IGuest {
  public readonly hostName: string;
  public readonly fqdn: string;
  public readonly firstBoot = new FirstBoot(this);
  public readonly placement: Placement;
  public readonly addresses: readonly Address[];
  public readonly connections: Connections;
  public readonly consumption: Resources = { memory: Size.gibibytes(8) };
  public readonly backup: BackupCoverage = { waived: 'a test' };

  constructor(
    scope: Construct,
    host: Host,
    on: readonly Construct[],
    public readonly dataDisks: readonly GuestDisk[] = [],
  ) {
    super(scope, `vm-${host.name}`);
    this.hostName = host.name;
    this.fqdn = host.fqdn;
    this.placement = { standsOn: [on] };
    this.addresses = host.addresses;
    this.connections = new Connections(this, host.connections.endpoint);
  }
}

export interface Lab {
  readonly site: Site;
  readonly vlan: Vlan;
  readonly hosts: readonly TestHost[];
  readonly guests: readonly TestGuest[];
}

const DATA: GuestDisk = { name: 'data', size: Size.gibibytes(100), device: '/dev/disk/by-id/virtio-data' };

/** A site with one segment, five hosts and a machine on each: three control planes, and two workers with a data disk. */
export function lab(overrides: (lab: Lab) => Partial<TalosClusterProps> = () => ({})) {
  const site = new Site('lab', { domain: 'lab.example.net' });
  const vlan = new Vlan(site, 'servers', { tag: 20, ipv4: '10.20.0.0/24' });
  const hosts = [1, 2, 3, 4, 5].map(n => new TestHost(site, `pve-0${n}`));
  const guests = hosts.map((on, i) => {
    const name = i < 3 ? `cp-${i + 1}` : `worker-${i - 2}`;
    return new TestGuest(site, vlan.host(name, { number: 11 + i, mac: `02:00:5e:10:00:1${i}` }), [on], i < 3 ? [] : [DATA]);
  });
  const parts: Lab = { site, vlan, hosts, guests };
  const talos = () =>
    new TalosCluster(site, 'prod', {
      talos: Version.of('v1.13.9'),
      version: Version.of('1.35.0'),
      controlPlanes: guests.slice(0, 3),
      workers: guests.slice(3),
      endpoint: vlan.host('prod-api', 5),
      secrets: Secret.fromSops('secrets/talos.yaml', 'bundle'),
      image: { platform: 'nocloud', extensions: ['qemu-guest-agent', 'iscsi-tools'] },
      installDisk: '/dev/vda',
      ...overrides(parts),
    });
  return { ...parts, talos };
}
