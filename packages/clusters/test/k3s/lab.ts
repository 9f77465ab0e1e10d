import { type Address, Connections, FirstBoot, type IInstance, type Placement, Secret, Site, Size, Version } from '@ashlar/core';
import { type Host, Vlan } from '@ashlar/network';
import { Construct } from 'constructs';
import { K3sCluster, type K3sClusterProps } from '../../src';

export class TestHost extends Construct {
  public readonly capacity = { memory: Size.gibibytes(16) };
}

export class TestMachine extends Construct implements IInstance {
  public readonly hostName: string;
  public readonly fqdn: string;
  public readonly firstBoot = new FirstBoot(this);
  public readonly placement: Placement;
  public readonly addresses: readonly Address[];
  public readonly connections: Connections;

  constructor(scope: Construct, host: Host, on: Construct) {
    super(scope, `vm-${host.name}`);
    this.hostName = host.name;
    this.fqdn = host.fqdn;
    this.placement = { standsOn: [[on]] };
    this.addresses = host.addresses;
    this.connections = new Connections(this, host.connections.endpoint);
  }
}

/** A site with one segment, three hosts and a machine on each. */
export function lab(
  overrides: (parts: { site: Site; vlan: Vlan; machines: TestMachine[]; hosts: TestHost[] }) => Partial<K3sClusterProps> = () => ({}),
) {
  const site = new Site('lab', { domain: 'lab.example.net' });
  const vlan = new Vlan(site, 'servers', { tag: 20, ipv4: '10.20.0.0/24' });
  const hosts = [1, 2, 3].map(n => new TestHost(site, `pve-0${n}`));
  const machines = hosts.map((on, i) => new TestMachine(site, vlan.host(`k3s-${i + 1}`, 11 + i), on));
  const k3s = () =>
    new K3sCluster(site, 'prod', {
      version: Version.of('v1.34.2+k3s1'),
      servers: machines,
      apiAddress: vlan.host('k3s-api', 5),
      token: Secret.fromTerraformVariable('k3s_token'),
      loadBalancers: vlan.pool('load-balancers', { use: 'load-balancer', from: 200, to: 219 }),
      ...overrides({ site, vlan, machines, hosts }),
    });
  return { site, vlan, machines, hosts, k3s };
}
