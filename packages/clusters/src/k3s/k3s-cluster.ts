import {
  type Address,
  Check,
  ConfigError,
  type Depiction,
  hostPrefix,
  type IAddressed,
  type IConnectable,
  type IDepicted,
  type IInstance,
  type IPlaced,
  isConnectable,
  majorityOf,
  type Placement,
  Port,
  pathOf,
  Secret,
  Site,
  type Version,
} from '@ashlar/core';
import { KubernetesCluster } from '@ashlar/kubernetes';
import { type Pool, Subnet } from '@ashlar/network';
import type { Construct } from 'constructs';
import { K3sBootstrap } from './k3s-bootstrap';
import { type K3sConfiguration, serverConfiguration } from './k3s-configuration';
import { K3sNode } from './k3s-node';
import { loadBalancerPool } from './load-balancer-pool';
import { clusterNetworkOverlap } from './rules/cluster-network-overlap';
import { k3sServersOnOneHost } from './rules/k3s-servers-on-one-host';

export interface K3sClusterProps {
  /** Release of K3s, e.g. `Version.of('v1.34.2+k3s1')`. @see https://github.com/k3s-io/k3s/releases */
  readonly version: Version;
  /** Control planes with embedded etcd: 1, 3, 5 or 7, each on a host of its own. The first begins the cluster. */
  readonly servers: readonly IInstance[];
  /** Workers. @default - none: servers run workloads too */
  readonly agents?: readonly IInstance[];
  /** Virtual address of the API, free in the servers' segment; kube-vip moves it between servers. */
  readonly apiAddress: IAddressed;
  /** Shared secret by which nodes join. */
  readonly token: Secret;
  /** Addresses of services of type LoadBalancer, in a segment where the nodes have an address. @default - no such services */
  readonly loadBalancers?: Pool;
  /** @default `10.42.0.0/16`, K3s' own */
  readonly podCidr?: string;
  /** @default `10.43.0.0/16`, K3s' own */
  readonly serviceCidr?: string;
}

/**
 * A K3s cluster with embedded etcd on machines of the model.
 *
 * Every node configures itself at its first boot: the first server begins the cluster, the others join through the virtual
 * address, and retry until it answers. The token reaches them as a file; it is in no output.
 * @see https://docs.k3s.io/datastore/ha-embedded
 */
export class K3sCluster extends KubernetesCluster implements IPlaced, IDepicted {
  public readonly servers: readonly IInstance[];
  public readonly agents: readonly IInstance[];
  /** Where the Kubernetes API answers, whichever server is up. */
  public readonly apiAddress: Address;
  /** Addresses of pods. */
  public readonly pods: Subnet;
  /** Addresses of services inside the cluster. */
  public readonly services: Subnet;

  /** @throws K3S_VERSION, K3S_SERVERS, K3S_NODE_TWICE, K3S_API_ADDRESS, LOAD_BALANCER_POOL, SUBNET_*, PROP_* */
  constructor(scope: Construct, id: string, props: K3sClusterProps) {
    super(scope, id, {
      version: props?.version,
      nodeAddresses: () => [...this.servers, ...this.agents].flatMap(node => node.addresses.map(({ ip }) => hostPrefix(ip))),
    });
    const check = new Check(this);
    check.known(props, ['version', 'servers', 'agents', 'apiAddress', 'token', 'loadBalancers', 'podCidr', 'serviceCidr']);
    if (!/^v\d+\.\d+\.\d+(-rc\d+)?\+k3s\d+$/.test(String(props.version))) {
      throw new ConfigError(this, 'K3S_VERSION', 'version must be a release of K3s', {
        got: String(props.version),
        fix: "write Version.of('v1.34.2+k3s1')",
      });
    }
    this.servers = check.list('servers', props.servers, 'k3s1, k3s2, k3s3');
    this.agents = props.agents ?? [];
    this.refuseEvenServers();
    this.refuseTwice();
    check.instance('token', props.token, Secret, "Secret.fromTerraformVariable('k3s_token')");
    this.pods = Subnet.of(this, 'podCidr', props.podCidr ?? '10.42.0.0/16', 4);
    this.services = Subnet.of(this, 'serviceCidr', props.serviceCidr ?? '10.43.0.0/16', 4);
    this.apiAddress = this.sharedAddress(check.present('apiAddress', props.apiAddress, "servers.host('k3s-api', 5)"));
    const pool = props.loadBalancers && loadBalancerPool(this, props.loadBalancers, [...this.servers, ...this.agents]);

    const configuration: K3sConfiguration = {
      version: String(this.version),
      apiAddress: this.apiAddress.ip,
      apiNames: [this.apiAddress.ip, `${this.apiAddress.name}.${Site.of(this).domain}`],
      podCidr: this.pods.cidr,
      serviceCidr: this.services.cidr,
    };
    new K3sBootstrap(this, 'kube-vip', { apiAddress: this.apiAddress.ip, pool });
    const [first] = this.servers as [IInstance];
    const begins = new K3sNode(this, first, {
      configuration: serverConfiguration(configuration, first, true),
      version: configuration.version,
      token: props.token,
      begins: this,
    });
    for (const server of this.servers.slice(1)) {
      new K3sNode(this, server, {
        configuration: serverConfiguration(configuration, server, false),
        version: configuration.version,
        token: props.token,
        joins: begins,
      });
    }
    for (const agent of this.agents)
      new K3sNode(this, agent, { agentOf: configuration, version: configuration.version, token: props.token, joins: begins });
    this.connectNodes();
    Site.of(this).onPrepare(() => this.carryPodFlows());
    Site.of(this).addRules(k3sServersOnOneHost, clusterNetworkOverlap);
  }

  /** It stands while a majority of its servers does. */
  public get placement(): Placement {
    return { standsOn: majorityOf(this.servers) };
  }

  public get depiction(): Depiction {
    return { kind: 'service', label: `K3s ${this.name}`, facts: [String(this.version), `API ${this.apiAddress.ip}`] };
  }

  /** Lets `peer` reach the Kubernetes API, on every server and on the virtual address. */
  public allowApiFrom(peer: IConnectable): void {
    for (const server of this.servers) server.connections.allowFrom(peer, Port.tcp(6443));
  }

  /** Lets `peer` reach services of type LoadBalancer, such as the ingress, on `port`. */
  public allowServicesFrom(peer: IConnectable, port: Port): void {
    for (const node of [...this.servers, ...this.agents]) node.connections.allowFrom(peer, port);
  }

  /** What nodes need of each other. @see https://docs.k3s.io/installation/requirements#networking */
  private connectNodes(): void {
    const all = [...this.servers, ...this.agents];
    for (const node of all) {
      for (const peer of all) {
        if (peer === node) continue;
        for (const port of [Port.udp(8472), Port.tcp(10_250)]) node.connections.allowFrom(peer, port);
        if (!this.servers.includes(node)) continue;
        node.connections.allowFrom(peer, Port.tcp(6443));
        if (this.servers.includes(peer)) node.connections.allowFrom(peer, Port.range('tcp', 2379, 2380));
      }
    }
  }

  /** What pods open to the outside leaves from the address of their node: firewalls on the way see the nodes. */
  private carryPodFlows(): void {
    const connectables = this.units.flatMap(unit => unit.node.findAll()).filter(isConnectable);
    for (const flow of connectables.flatMap(construct => construct.connections.egress)) {
      if (flow.to.connections.endpoint.pods) continue;
      for (const node of [...this.servers, ...this.agents]) flow.to.connections.allowFrom(node, flow.port);
    }
  }

  private refuseEvenServers(): void {
    if (![1, 3, 5, 7].includes(this.servers.length)) {
      const even = this.servers.length % 2 === 0;
      throw new ConfigError(
        this,
        'K3S_SERVERS',
        `etcd has ${this.servers.length} members${even ? ', and an even number survives no more than one less would' : ''}`,
        {
          fix: 'use 1, 3, 5 or 7 servers, and make the others agents',
          see: 'https://etcd.io/docs/v3.6/faq/',
        },
      );
    }
  }

  private refuseTwice(): void {
    const seen = new Set<IInstance>();
    for (const node of [...this.servers, ...this.agents]) {
      if (seen.has(node))
        throw new ConfigError(this, 'K3S_NODE_TWICE', `${pathOf(node)} is listed twice`, {
          fix: 'list each machine once, as a server or as an agent',
        });
      seen.add(node);
    }
  }

  private sharedAddress(given: IAddressed): Address {
    const address = given.addresses?.find(a => a.family === 4) ?? given.addresses?.[0];
    const segments = this.servers.map(server => server.addresses.map(a => a.vlan));
    if (!address) throw new ConfigError(this, 'K3S_API_ADDRESS', 'apiAddress has no address', { fix: "write servers.host('k3s-api', 5)" });
    if (!segments.every(vlans => vlans.includes(address.vlan))) {
      throw new ConfigError(
        this,
        'K3S_API_ADDRESS',
        `apiAddress ${address.ip} is in ${address.vlan.name}, where not every server has an address to answer for it`,
        {
          fix: 'take an address in the segment of the servers',
        },
      );
    }
    const holder = this.servers.find(server => server.addresses.some(a => a.ip === address.ip));
    if (holder) {
      throw new ConfigError(
        this,
        'K3S_API_ADDRESS',
        `apiAddress ${address.ip} is the own address of ${pathOf(holder)}, and would be gone with it`,
        { fix: 'reserve another host for it' },
      );
    }
    return address;
  }
}
