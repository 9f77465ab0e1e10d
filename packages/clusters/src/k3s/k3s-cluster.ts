import {
  type Address,
  type BackupCoverage,
  Check,
  ConfigError,
  type Depiction,
  hostPrefix,
  type IBackedUp,
  type IConnectable,
  type IDepicted,
  type IInstance,
  type IPlaced,
  isConnectable,
  majorityOf,
  type Placement,
  Port,
  pathOf,
  type Resources,
  Secret,
  Site,
} from '@ashlar/core';
import { KubernetesCluster } from '@ashlar/kubernetes';
import { Host, Subnet } from '@ashlar/network';
import type { Construct, IConstruct } from 'constructs';
import { installCilium } from '../cilium/cilium';
import { checkControlPlaneCount, type IControlPlane, markControlPlane } from '../etcd/control-plane';
import { etcdOnOneFeed } from '../etcd/rules/etcd-on-one-feed';
import { etcdOnOneHost } from '../etcd/rules/etcd-on-one-host';
import { autoscaleOverNodes } from '../rules/autoscale-over-nodes';
import { clusterNetworkOverlap } from '../rules/cluster-network-overlap';
import { drainNeverEnds } from '../rules/drain-never-ends';
import { sharedAddress } from './api-address';
import { agentOf, type K3sAgent } from './k3s-agent';
import { K3sBootstrap } from './k3s-bootstrap';
import { clusterLifecycle } from './k3s-cluster-lifecycle';
import { K3S_CLUSTER_PROPS, type K3sClusterProps } from './k3s-cluster-props';
import { agentConfiguration, type K3sConfiguration, serverConfiguration } from './k3s-configuration';
import { admitAgents, carryPodFlows, connectNodes } from './k3s-flows';
import { K3sNode } from './k3s-node';
import { checkRegistries, type K3sRegistries } from './k3s-registries';
import { checkReleases } from './k3s-release';
import { checkSnapshots, connectSnapshots, type K3sSnapshots, snapshotCoverage } from './k3s-snapshots';
import { loadBalancerPool } from './load-balancer-pool';
import { capacityOf } from './node-capacity';

/**
 * A K3s cluster with embedded etcd on machines of the model.
 *
 * Every node configures itself at its first boot: the first server begins the cluster, the others join through the virtual
 * address, and retry until it answers. The token reaches them as a file; it is in no output.
 * @see https://docs.k3s.io/datastore/ha-embedded
 */
export class K3sCluster extends KubernetesCluster implements IControlPlane, IPlaced, IDepicted, IBackedUp {
  public readonly servers: readonly IInstance[];
  public readonly agents: readonly IInstance[];
  /** K3s on each machine, in the order in which they join. */
  public readonly nodes: readonly K3sNode[];
  /** Where the Kubernetes API answers, whichever server is up. */
  public readonly apiAddress: Address;
  /** Addresses of pods. */
  public readonly pods: Subnet;
  /** Addresses of services inside the cluster. */
  public readonly services: Subnet;
  public readonly registries?: K3sRegistries;
  public readonly snapshots?: K3sSnapshots;
  public readonly adminUser: string;
  /** How many nodes take workloads. */
  public readonly workloadNodes: number;
  private readonly dedicatedServers: boolean;
  private readonly podNetwork: 'flannel' | 'cilium';
  private growth?: IConstruct;

  /** @throws K3S_*, LOAD_BALANCER_POOL, SUBNET_*, PROP_* */
  constructor(scope: Construct, id: string, props: K3sClusterProps) {
    super(scope, id, {
      version: props?.version,
      nodeAddresses: () => [...this.servers, ...this.agents].flatMap(node => node.addresses.map(({ ip }) => hostPrefix(ip))),
      lifecycle: () => clusterLifecycle(this),
      // The last is that of its upgrades, whose controller defines it itself.
      definesGroups: ['helm.cattle.io', 'k3s.cattle.io', 'upgrade.cattle.io'],
    });
    markControlPlane(this);
    const check = new Check(this);
    check.known(props, K3S_CLUSTER_PROPS);
    checkReleases(this, props);
    this.servers = check.list('servers', props.servers, 'k3s1, k3s2, k3s3');
    const agents = (props.agents ?? []).map(given => agentOf(this, given));
    this.agents = agents.map(({ machine }) => machine);
    checkControlPlaneCount(this, this.servers.length, 'K3S_SERVERS', { members: 'servers', others: 'agents' });
    this.refuseTwice();
    const dedicatedServers = check.boolean('dedicatedServers', props.dedicatedServers ?? false);
    if (dedicatedServers && agents.length === 0) {
      throw new ConfigError(this, 'K3S_NO_WORKER', 'dedicatedServers leaves no node for workloads, because there are no agents', {
        fix: 'list agents, or leave dedicatedServers out',
      });
    }
    this.dedicatedServers = dedicatedServers;
    this.workloadNodes = agents.length + (dedicatedServers ? 0 : this.servers.length);
    check.instance('token', props.token, Secret, "Secret.fromTerraformVariable('k3s_token')");
    this.podNetwork = check.choice('network', props.network ?? 'flannel', ['flannel', 'cilium']);
    if (props.registries !== undefined) checkRegistries(this, props.registries);
    if (props.snapshots !== undefined) checkSnapshots(this, props.snapshots);
    this.registries = props.registries;
    this.adminUser = check.text('adminUser', props.adminUser ?? 'admin', /^[a-z_][a-z0-9_-]{0,31}$/, 'the name of an account', 'admin');
    this.snapshots = props.snapshots;
    this.pods = Subnet.of(this, 'podCidr', props.podCidr ?? '10.42.0.0/16', 4);
    this.services = Subnet.of(this, 'serviceCidr', props.serviceCidr ?? '10.43.0.0/16', 4);
    this.apiAddress = sharedAddress(this, check.present('apiAddress', props.apiAddress, "servers.host('k3s-api', 5)"), this.servers);
    const pool = props.loadBalancers && loadBalancerPool(this, props.loadBalancers, [...this.servers, ...this.agents]);

    // In a cloud no machine can take over an address: there the balancer that has it finds a server.
    new K3sBootstrap(this, 'kube-vip', { pool, ...(Host.isHost(props.apiAddress) && { apiAddress: this.apiAddress.ip }) });
    if (this.podNetwork === 'cilium') this.connectPodsWithCilium();
    this.nodes = this.defineNodes(agents, props, {
      cluster: this.name,
      apiAddress: this.apiAddress.ip,
      apiNames: [this.apiAddress.ip, `${this.apiAddress.name}.${Site.of(this).domain}`],
      podCidr: this.pods.cidr,
      serviceCidr: this.services.cidr,
      network: this.podNetwork,
      dedicatedServers,
      snapshots: props.snapshots,
    });
    connectNodes(this.servers, this.agents, this.podNetwork);
    if (props.snapshots) connectSnapshots(props.snapshots, this.servers);
    Site.of(this).onPrepare(() => carryPodFlows(this, [...this.servers, ...this.agents]));
    Site.of(this).addRules(etcdOnOneHost, etcdOnOneFeed, autoscaleOverNodes, clusterNetworkOverlap, drainNeverEnds);
  }

  /** The members of etcd. */
  public get controlPlanes(): readonly IInstance[] {
    return this.servers;
  }

  /** The first server applies it at its first boot. */
  public override get carriesBootstrap(): boolean {
    return true;
  }

  /** What nodes have for workloads, once all of them say so; undefined while more can come. */
  public get workloadCapacity(): Resources | undefined {
    const machines = [...(this.dedicatedServers ? [] : this.servers), ...this.agents];
    return this.growth ? undefined : capacityOf(machines);
  }

  /** Makes `autoscaler` the one that adds nodes, in the segment of the address of the API. @throws AUTOSCALER_TWICE */
  public growsWith(autoscaler: IConstruct): void {
    if (this.growth) {
      throw new ConfigError(autoscaler, 'AUTOSCALER_TWICE', `nodes of ${this.name} already come and go with ${pathOf(this.growth)}`, {
        fix: 'put all groups into one',
      });
    }
    this.growth = autoscaler;
    const segment = this.apiAddress.vlan;
    if (isConnectable(segment)) admitAgents(segment, this.servers, this.agents, this.podNetwork);
  }

  /** It stands while a majority of its servers does. */
  public get placement(): Placement {
    return { standsOn: majorityOf(this.servers) };
  }

  /** Copies of etcd. What pods keep on volumes is copied by whoever keeps it. */
  public get backup(): BackupCoverage {
    return snapshotCoverage(this.name, this.snapshots);
  }

  public get depiction(): Depiction {
    return { kind: 'service', label: `K3s ${this.name}`, facts: [String(this.version), `API ${this.apiAddress.ip}`] };
  }

  /** Lets `peer` reach the Kubernetes API, on every server and on the virtual address. */
  public allowApiFrom(peer: IConnectable): void {
    for (const server of this.servers) server.connections.allowFrom(peer, Port.tcp(6443));
  }

  /** Lets `peer` operate the cluster: by its API, and on servers over SSH, where access to the API is fetched and snapshots are restored. */
  public allowOperationFrom(peer: IConnectable): void {
    this.allowApiFrom(peer);
    for (const server of this.servers) server.connections.allowFrom(peer, Port.tcp(22));
  }

  /** Lets `peer` reach services of type LoadBalancer, such as the ingress, on `port`. */
  public allowServicesFrom(peer: IConnectable, port: Port): void {
    for (const node of [...this.servers, ...this.agents]) node.connections.allowFrom(peer, port);
  }

  /** Each server after the one before, agents after the last: so the API is there longest when all goes down. */
  private defineNodes(agents: readonly K3sAgent[], props: K3sClusterProps, configuration: K3sConfiguration): K3sNode[] {
    const servers: K3sNode[] = [];
    for (const [i, server] of this.servers.entries()) {
      servers.push(
        new K3sNode(this, server, {
          role: i === 0 ? 'begin' : 'server',
          version: String(this.version),
          token: props.token,
          configuration: serverConfiguration(configuration, server, i === 0),
          after: servers.slice(-1),
        }),
      );
    }
    const workers = agents.map(agent => {
      return new K3sNode(this, agent.machine, {
        role: 'agent',
        version: String(props.agentVersion ?? this.version),
        token: props.token,
        configuration: agentConfiguration(configuration, agent),
        after: servers.slice(-1),
      });
    });
    return [...servers, ...workers];
  }

  /** Every node reaches the API at itself: what holds the virtual address needs a network first. */
  private connectPodsWithCilium(): void {
    const nodes = this.servers.length + this.agents.length;
    const operatorReplicas = nodes > 1 ? 2 : 1;
    installCilium(this, { apiServer: '127.0.0.1', apiPort: 6444, podCidr: this.pods.cidr, kubeProxyReplacement: true, operatorReplicas });
  }

  private refuseTwice(): void {
    const seen = new Set<IInstance>();
    for (const node of [...this.servers, ...this.agents]) {
      if (seen.has(node)) {
        throw new ConfigError(this, 'K3S_NODE_TWICE', `${pathOf(node)} is listed twice`, {
          fix: 'list each machine once, as a server or as an agent',
        });
      }
      seen.add(node);
    }
  }
}
