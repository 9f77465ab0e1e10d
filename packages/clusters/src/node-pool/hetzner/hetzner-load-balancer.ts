import {
  type Address,
  Check,
  ConfigError,
  Connections,
  hostPrefix,
  type IAddressed,
  type IConnectable,
  Port,
  pathOf,
  vacant,
} from '@ashlar/core';
import { Host, Internet } from '@ashlar/network';
import {
  HcloudLoadBalancerNetworkResource,
  HcloudLoadBalancerResource,
  HcloudLoadBalancerServiceResource,
  HcloudLoadBalancerTargetResource,
} from '@ashlar/provider-hcloud';
import { type TerraformResource, Token } from 'cdktf';
import { Construct } from 'constructs';
import { NodePool } from '../node-pool';
import type { HetznerCloud } from './hetzner-cloud';

export interface HetznerLoadBalancerProps {
  /** Its address in the private network. */
  readonly host: Host;
  /** Servers that it sends connections to, over the private network. */
  readonly pool: NodePool;
  /** TCP ports, the same on both sides. */
  readonly ports: readonly Port[];
  /** Answers under a public address as well; no firewall is in front of it, so everybody reaches its ports. @default false */
  readonly exposed?: boolean;
}

/**
 * A load balancer of Hetzner Cloud before a pool: an address that outlives every server, also where no server can take over the address
 * of another, as in the private networks there.
 * @see https://docs.hetzner.com/cloud/load-balancers/overview/
 */
export class HetznerLoadBalancer extends Construct implements IAddressed, IConnectable {
  public readonly addresses: readonly Address[];
  public readonly connections: Connections;

  /** @throws LOAD_BALANCER_CLOUD, LOAD_BALANCER_ADDRESS, LOAD_BALANCER_PORT, PROP_*, ID_TAKEN */
  constructor(cloud: HetznerCloud, id: string, props: HetznerLoadBalancerProps) {
    super(vacant(cloud, id), id);
    const check = new Check(this);
    check.known(props, ['host', 'pool', 'ports', 'exposed']);
    const host = check.instance('host', props.host, { name: 'Host', is: Host.isHost }, "nodes.host('api', 5)");
    const pool = check.instance('pool', props.pool, { name: 'NodePool', is: NodePool.isNodePool }, "new NodePool(cloud, 'k3s', { … })");
    const exposed = check.boolean('exposed', props.exposed ?? false);
    if (pool.cloud !== cloud) {
      throw new ConfigError(this, 'LOAD_BALANCER_CLOUD', `is in ${pathOf(cloud)}, and ${pathOf(pool)} in ${pathOf(pool.cloud)}`, {
        fix: 'make it in the cloud of its servers',
      });
    }
    if (host.vlan !== pool.vlan) {
      throw new ConfigError(this, 'LOAD_BALANCER_ADDRESS', `host is in ${host.vlan.name}, and its servers in ${pool.vlan.name}`, {
        fix: `write ${pool.vlan.name}.host('${id}', …)`,
      });
    }
    const ports = check.list('ports', props.ports, 'Port.tcp(443)').map(port => tcp(this, port));
    this.addresses = host.addresses.filter(({ family }) => family === 4);
    this.connections = new Connections(this, { addresses: () => this.addresses.map(({ ip }) => hostPrefix(ip)) });
    for (const port of ports) {
      for (const member of pool.members) member.connections.allowFrom(this, port);
      if (exposed) this.connections.allowFrom(Internet.of(this), port);
    }
    this.provide(cloud, pool, ports, exposed);
  }

  private provide(cloud: HetznerCloud, pool: NodePool, ports: readonly Port[], exposed: boolean): void {
    const name = `${cloud.node.id}-${this.node.id}`;
    const balancer = new HcloudLoadBalancerResource(this, 'balancer', { name, loadBalancerType: 'lb11', location: cloud.region });
    const loadBalancerId = balancer.getNumberAttribute('id');
    const joined = new HcloudLoadBalancerNetworkResource(this, 'network', {
      loadBalancerId,
      subnetId: cloud._subnetOf(pool.vlan).id,
      ip: this.addresses[0]?.ip,
      enablePublicInterface: exposed,
    });
    for (const { from } of ports) {
      new HcloudLoadBalancerServiceResource(this, `port-${from}`, {
        loadBalancerId: balancer.id,
        protocol: 'tcp',
        listenPort: from,
        destinationPort: from,
        healthCheck: { protocol: 'tcp', port: from, interval: 10, timeout: 5, retries: 3 },
      });
    }
    for (const member of pool.members) {
      const server = member.node.findChild('server') as TerraformResource;
      new HcloudLoadBalancerTargetResource(this, `target-${member.hostName}`, {
        loadBalancerId,
        type: 'server',
        serverId: Token.asNumber(server.interpolationForAttribute('id')),
        usePrivateIp: true,
        dependsOn: [joined],
      });
    }
  }
}

function tcp(balancer: HetznerLoadBalancer, port: Port): Port {
  if (Port.is(port) && port.protocol === 'tcp' && port.from === port.to) return port;
  throw new ConfigError(balancer, 'LOAD_BALANCER_PORT', 'a load balancer of Hetzner listens on single TCP ports', {
    got: String(port),
    fix: 'write Port.tcp(443)',
    see: 'https://docs.hetzner.com/cloud/load-balancers/overview/',
  });
}
