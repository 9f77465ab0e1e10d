




import { type Address, Connections, FirstBoot, type IInstance, type Placement, Port, Secret, Site, Size, Version } from '@ashlar/core';
import { K3sCluster, K3sUpgrades } from '@ashlar/clusters';
import { type Host, Vlan } from '@ashlar/network';
import { Construct } from 'constructs';

/** Any construct that is an instance will do: a `ProxmoxVm` of @ashlar/hci, or a machine of your own, as here. */
class Computer extends Construct implements IInstance {
  public readonly hostName: string;
  public readonly fqdn: string;
  public readonly addresses: readonly Address[];
  public readonly connections: Connections;
  public readonly firstBoot = new FirstBoot(this);
  public readonly placement: Placement = { standsOn: [] };
  public readonly capacity = { memory: Size.gibibytes(16) };

  constructor(scope: Construct, host: Host) {
    super(scope, host.name);
    this.hostName = host.name;
    this.fqdn = host.fqdn;
    this.addresses = host.addresses;
    this.connections = new Connections(this, host.connections.endpoint);
  }
}

const site = new Site('lab', { domain: 'lab.example.net' });
const servers = new Vlan(site, 'servers', { tag: 20, ipv4: '10.20.0.0/24' });
const office = new Vlan(site, 'office', { tag: 30, ipv4: '10.30.0.0/24' });
const computers = [1, 2, 3].map(n => new Computer(site, servers.host(`k3s-${n}`, 10 + n)));

const prod = new K3sCluster(site, 'prod', {
  version: Version.of('v1.34.2+k3s1'),
  servers: computers,
  apiAddress: servers.host('k3s-api', 5),
  token: Secret.fromTerraformVariable('k3s_token'),
  loadBalancers: servers.pool('load-balancers', { use: 'load-balancer', from: 200, to: 219 }),
});
new K3sUpgrades(prod);
prod.allowApiFrom(office);
prod.allowServicesFrom(office, Port.tcp(443));

console.log(site.render().output.read('devices/k3s/prod/k3s-1/config.yaml'));
console.log(computers[0]?.firstBoot.commands);
export {};
