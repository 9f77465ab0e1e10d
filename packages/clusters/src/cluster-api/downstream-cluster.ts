import {
  type Depiction,
  type IConnectable,
  type IConsumer,
  type IDepicted,
  type IPlaced,
  type Placement,
  Port,
  type Resources,
  Size,
  type Version,
  vacant,
} from '@ashlar/core';
import { KubernetesCluster, type Unit } from '@ashlar/kubernetes';
import type { BgpPeering, Host, Pool, Vlan } from '@ashlar/network';
import { ApiObject } from 'cdk8s';
import { installCilium } from '../cilium/cilium';
import { CiliumServicePool } from '../cilium/cilium-service-pool';
import { BgpAnnouncement } from './bgp-announcement';
import { ClusterAutoscaler } from './cluster-autoscaler';
import { checkDownstream } from './cluster-checks';
import { ClusterClass } from './cluster-class';
import type { ClusterFactory } from './cluster-factory';
import { clusterObjects } from './cluster-objects';
import { API_PORT, type ClusterPlan } from './cluster-plan';
import { ClusterRegistration } from './cluster-registration';
import { DOWNSTREAM } from './downstream-clusters-of';
import { downstreamLifecycle } from './downstream-lifecycle';
import type { NumberRange } from './downstream-spec';
import { TALOS_MINOR } from './provider-release';
import { KUBE_PRISM_PORT } from './talos-patches';

export interface DownstreamClusterProps {
  /** Segment of its machines, which is nobody else's. */
  readonly vlan: Vlan;
  /** Version of Kubernetes, e.g. `Version.of('1.34.2')`. */
  readonly version: Version;
  /** What runs now, while it is upgraded: one minor lower at most. @default - `version` */
  readonly running?: Version;
  /** Sizes of its machines. @default `ClusterClass.SMALL` */
  readonly class?: ClusterClass;
  /** Members of etcd: 1, 3, 5 or 7. @default 3 */
  readonly controlPlanes?: number;
  /** How many, or between what the autoscaler chooses (0–100). */
  readonly workers: { readonly count: number } | { readonly min: number; readonly max: number };
  /** Where its API answers: in its segment, or where the infrastructure answers for it. */
  readonly apiAddress: Host;
  /** Host numbers of its machines in the segment, two more than there are, for rolling out; or hosts that are there already. */
  readonly nodes: NumberRange | readonly Host[];
  /** Addresses of its services, in its segment; see also {@link DownstreamCluster.announceTo}. @default - no services of type LoadBalancer */
  readonly loadBalancers?: Pool;
  /** Of no segment and no other cluster of the factory. @default `10.244.0.0/16` */
  readonly podCidr?: string;
  /** As podCidr. @default `10.96.0.0/16` */
  readonly serviceCidr?: string;
}

/**
 * A cluster of Talos machines that a {@link ClusterFactory} makes and keeps, in a segment of its own.
 *
 * Its objects are in a namespace of the management cluster, whose Argo CD also installs what runs in it: first Cilium, without which no node
 * is ready, then its units. Nothing of it is secret in the output: the providers make its keys in the management cluster.
 */
export class DownstreamCluster extends KubernetesCluster implements IPlaced, IConsumer, IDepicted {
  public static isDownstreamCluster(x: unknown): x is DownstreamCluster {
    return typeof x === 'object' && x !== null && DOWNSTREAM in x;
  }

  public readonly vlan: Vlan;
  public readonly apiAddress: Host;
  /** A host for each address that its machines may have. */
  public readonly nodes: readonly Host[];
  /** Its namespace in the management cluster. */
  public readonly unit: Unit;
  /** @internal */
  public readonly _plan: ClusterPlan;
  private readonly announcedBy: BgpPeering[] = [];

  /** @throws DOWNSTREAM_*, LOAD_BALANCER_POOL, HOST_*, SUBNET_*, CLUSTER_TAKEN, PROP_* */
  constructor(
    public readonly factory: ClusterFactory,
    id: string,
    props: DownstreamClusterProps,
  ) {
    super(vacant(factory, id), id, {
      version: props?.version,
      nodeAddresses: () => this.nodes.map(({ ip }) => `${ip}/32`),
      lifecycle: () => downstreamLifecycle(this),
    });
    Object.defineProperty(this, DOWNSTREAM, { value: true });
    const checked = checkDownstream(this, factory, props);
    this.vlan = props.vlan;
    this.apiAddress = props.apiAddress;
    this.nodes = checked.nodes;
    const [first, last] = [this.nodes[0], this.nodes[this.nodes.length - 1]] as [Host, Host];
    this._plan = {
      name: this.name,
      namespace: this.name,
      kubernetes: `v${String(this.version).replace(/^v/, '')}`,
      talos: TALOS_MINOR,
      vlan: this.vlan,
      subnet: checked.subnet,
      apiAddress: this.apiAddress.ip,
      nodes: { first: first.ip, last: last.ip },
      dnsServers: factory.dnsServers(this.vlan),
      pods: checked.pods.cidr,
      services: checked.services.cidr,
      class: props.class ?? ClusterClass.SMALL,
      controlPlanes: props.controlPlanes ?? 3,
      workers: checked.workers,
    };
    this.unit = factory.management.namespace(this.name);
    for (const needed of [factory, ...factory.units]) this.unit.startAfter(needed);
    for (const manifest of clusterObjects(this._plan, factory.infrastructure)) {
      new ApiObject(this.unit, `${manifest.kind}-${manifest.metadata.name}`, manifest);
    }
    installCilium(this, {
      apiServer: 'localhost',
      apiPort: KUBE_PRISM_PORT,
      kubeProxyReplacement: true,
      operatorReplicas: 2,
      talos: true,
      announces: props.loadBalancers !== undefined,
    });
    this.installReleasesWith(new ClusterRegistration(this, 'registration'));
    if (checked.workers.min < checked.workers.max) new ClusterAutoscaler(this, 'autoscaler');
    if (props.loadBalancers) new CiliumServicePool(this.networking, 'load-balancers', { pool: props.loadBalancers });
    this.connect();
  }

  /** Lets its services have the addresses of a peering of the gateway with {@link nodes}, instead of ones in its segment. @throws DOWNSTREAM_PEERING */
  public announceTo(peering: BgpPeering): void {
    new BgpAnnouncement(this, peering);
    this.announcedBy.push(peering);
  }

  /** Peerings at whose addresses its services answer; flows to these are flows to its services. */
  public get peerings(): readonly BgpPeering[] {
    return this.announcedBy;
  }

  /** Where flows to its API go: to every machine of its segment, of which one has the address; or to what the infrastructure answers for. */
  public get api(): IConnectable {
    return this.apiAddress.vlan === this.vlan ? this.vlan : this.apiAddress;
  }

  /** What of its network is applied once Cilium runs. */
  public get networking(): Unit {
    return this.units.find(unit => unit.node.id === 'network') ?? this.namespace('network', { existingNamespace: 'kube-system' });
  }

  /** Cilium comes with it, by the Argo CD of the management cluster. */
  public override get carriesBootstrap(): boolean {
    return true;
  }

  public get placement(): Placement {
    return { standsOn: this.factory.infrastructure.standsOn.map(each => [each]) };
  }

  /** Of all its machines, as many as the autoscaler may make. */
  public get consumption(): Resources {
    const {
      controlPlanes,
      workers,
      class: { controlPlane, worker },
    } = this._plan;
    const total = (of: (size: typeof worker) => number) => controlPlanes * of(controlPlane) + workers.max * of(worker);
    return {
      threads: total(size => size.cores),
      memory: Size.bytes(total(size => size.memory.toBytes())),
      disk: Size.bytes(total(size => size.disk.toBytes())),
    };
  }

  public get depiction(): Depiction {
    const { controlPlanes, workers } = this._plan;
    const count = workers.min === workers.max ? `${workers.min}` : `${workers.min} to ${workers.max}`;
    return {
      kind: 'service',
      label: `Cluster ${this.name}`,
      facts: [String(this.version), `${controlPlanes} control planes, ${count} workers`, `API ${this.apiAddress.ip}`],
    };
  }

  /** Argo CD and the controllers of the factory reach the API, that of control planes also the machines; and machines each other's API. */
  private connect(): void {
    const { factory, vlan } = this;
    const { api } = this;
    api.connections.allowFrom(factory, KUBERNETES);
    for (const controllers of factory.controllers) {
      const { kind } = controllers.provider;
      if (kind === 'CoreProvider' || kind === 'ControlPlaneProvider') api.connections.allowFrom(controllers, KUBERNETES);
      if (kind === 'ControlPlaneProvider') vlan.connections.allowFrom(controllers, TALOS);
    }
    const { apiSegment } = factory.infrastructure;
    if (!apiSegment) return;
    vlan.connections.allowFrom(apiSegment, KUBERNETES);
    this.apiAddress.connections.allowFrom(vlan, KUBERNETES);
  }
}

const KUBERNETES = Port.tcp(API_PORT);
const TALOS = Port.tcp(50_000);
