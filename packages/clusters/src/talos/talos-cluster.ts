import {
  type BackupCoverage,
  Check,
  type Depiction,
  type DisruptionBudget,
  hostPrefix,
  type IBackedUp,
  type IConnectable,
  type IDepicted,
  type IDisruptible,
  type IInstance,
  type IPlaced,
  majorityOf,
  type NameUse,
  type Placement,
  type Port,
  Secret,
  Site,
  Version,
} from '@ashlar/core';
import { KubernetesCluster } from '@ashlar/kubernetes';
import type { Subnet } from '@ashlar/network';
import { TerraformWorkspace } from '@ashlar/terraform';
import type { Construct } from 'constructs';
import { installCilium } from '../cilium/cilium';
import { checkControlPlaneCount, type IControlPlane, markControlPlane, spareMembers } from '../etcd/control-plane';
import { etcdOnOneFeed } from '../etcd/rules/etcd-on-one-feed';
import { etcdOnOneHost } from '../etcd/rules/etcd-on-one-host';
import { clusterNetworkOverlap } from '../rules/cluster-network-overlap';
import { drainNeverEnds } from '../rules/drain-never-ends';
import { podSubnet, serviceSubnet } from './cluster-subnets';
import { claimMachines, refuseDataDisk } from './machine-claims';
import { KUBE_PRISM_PORT } from './machine-config';
import { type MemberPatch, memberPatch } from './member-patch';
import { talosCiliumUntested } from './rules/talos-cilium-untested';
import { talosTuningArguments } from './rules/talos-tuning-arguments';
import { talosUpgradeUnsafe } from './rules/talos-upgrade-unsafe';
import { TALOS_CLUSTER_PROPS, type TalosClusterProps } from './talos-cluster-props';
import { isTalosCluster, TALOS } from './talos-clusters-of';
import { TalosCredentials } from './talos-credentials';
import { addressOf, endpointOf, type TalosEndpoint } from './talos-endpoint';
import { carryPodFlows, connectMembers, KUBERNETES_API, TALOS_API } from './talos-flows';
import { TalosImage } from './talos-image';
import { TalosMachine } from './talos-machine';
import type { TalosMember } from './talos-member';
import { clusterLifecycle } from './talos-operation';
import { checkPatch } from './talos-patch';
import { checkVersions } from './talos-releases';
import { checkServices } from './talos-services';
import { defineInWorkspace, requireWorkspace, startAfterMachines } from './talos-workspace';
import { type TalosVersions, type UpgradeHop, upgradePath } from './upgrade-path';

/**
 * A Kubernetes cluster on machines that run Talos, with etcd on its control planes and Cilium in place of kube-proxy.
 *
 * Each machine's configuration is written as a patch without secrets, `talos/<cluster>/<node>.yaml`; whoever has the secrets makes the
 * whole of it when the machine is configured, and keeps no copy in the output.
 * @see https://docs.siderolabs.com/talos/v1.13/overview/what-is-talos
 */
export class TalosCluster extends KubernetesCluster implements IPlaced, IDepicted, IControlPlane, IBackedUp, IDisruptible {
  public static isTalosCluster(x: unknown): x is TalosCluster {
    return isTalosCluster(x);
  }

  public readonly talos: Version;
  public readonly controlPlanes: readonly IInstance[];
  public readonly workers: readonly IInstance[];
  public readonly endpoint: TalosEndpoint;
  public readonly image: TalosImage;
  /** Control planes first. */
  public readonly members: readonly TalosMember[];
  /** Addresses of pods. */
  public readonly pods: Subnet;
  /** Addresses of services inside the cluster. */
  public readonly services: Subnet;
  /** From what runs to what is declared. */
  public readonly upgradePath: readonly UpgradeHop[];
  /** As they were given. */
  public readonly props: TalosClusterProps;
  private coverage: BackupCoverage = { waived: 'nothing takes snapshots of its etcd' };
  private readonly backupNamespaces = new Set<string>();
  private readonly patches = new Map<TalosMember, MemberPatch>();

  /**
   * @throws TALOS_VERSION, TALOS_KUBERNETES, TALOS_CONTROL_PLANES, TALOS_NODE_TWICE, TALOS_ENDPOINT, TALOS_SECRETS, TALOS_EXTENSION,
   * TALOS_INSTALL_DISK, TALOS_PATCH_*, TALOS_PORT, TALOS_POD_CIDR, TALOS_SERVICE_CIDR, TALOS_MIRROR, TALOS_DOWNGRADE, TALOS_RUNNING, SUBNET_*, PROP_*
   */
  constructor(scope: Construct, id: string, props: TalosClusterProps) {
    super(scope, id, {
      version: props?.version,
      nodeAddresses: () => this.members.flatMap(({ node }) => node.addresses.map(({ ip }) => hostPrefix(ip))),
      lifecycle: () => clusterLifecycle(this),
    });
    Object.defineProperty(this, TALOS, { value: true });
    const check = new Check(this);
    check.known(props, TALOS_CLUSTER_PROPS);
    this.props = props;
    this.talos = props.talos;
    checkVersions(this, this.talos, this.version);
    this.controlPlanes = check.list('controlPlanes', props.controlPlanes, 'cp1, cp2, cp3');
    this.workers = props.workers ?? [];
    checkControlPlaneCount(this, this.controlPlanes.length, 'TALOS_CONTROL_PLANES');
    claimMachines(this, [...this.controlPlanes, ...this.workers]);
    this.endpoint = endpointOf(this, check.present('endpoint', props.endpoint, "servers.host('api', 5)"), this.controlPlanes);
    this.members = [...this.controlPlanes, ...this.workers].map((node, i) => {
      return { node, controlPlane: i < this.controlPlanes.length, address: addressOf(this, node, this.endpoint) };
    });
    this.image = new TalosImage(this, props.image, this.talos);
    check.choice('encryption', props.encryption ?? 'nodeID', ['nodeID', 'tpm', 'none']);
    refuseDataDisk(
      this,
      this.members,
      check.text('installDisk', props.installDisk, /^\/dev\/[\w./:+-]+$/, 'the path of a disk', '/dev/vda'),
    );
    checkServices(this, props);
    for (const patch of props.patches ?? []) checkPatch(this, patch, [...this.controlPlanes, ...this.workers], this.talos);
    check.known(props.running ?? {}, ['talos', 'kubernetes']);
    check.instance('running.talos', this.running.talos, Version, "Version.of('v1.12.11')");
    check.instance('running.kubernetes', this.running.kubernetes, Version, "Version.of('1.34.2')");
    this.upgradePath = upgradePath(this, this.running, { talos: this.talos, kubernetes: this.version });
    this.pods = podSubnet(this, props.podCidr ?? '10.244.0.0/16', this.members.length);
    this.services = serviceSubnet(this, props.serviceCidr ?? '10.96.0.0/12');

    markControlPlane(this);
    installCilium(this, {
      apiServer: 'localhost',
      apiPort: KUBE_PRISM_PORT,
      podCidr: this.pods.cidr,
      kubeProxyReplacement: true,
      operatorReplicas: this.members.length > 1 ? 2 : 1,
      talos: true,
    });
    connectMembers(this.members);
    new TalosCredentials(this);
    for (const member of this.members) new TalosMachine(this, member);
    for (const member of this.members) this.patchOf(member);
    this.configureBy(props.secrets);
    Site.of(this).onPrepare(() => carryPodFlows(this));
    Site.of(this).addRules(
      etcdOnOneHost,
      etcdOnOneFeed,
      clusterNetworkOverlap,
      drainNeverEnds,
      talosCiliumUntested,
      talosTuningArguments,
      talosUpgradeUnsafe,
    );
  }

  /** It stands while a majority of its control planes does. */
  public get placement(): Placement {
    return { standsOn: majorityOf(this.controlPlanes) };
  }

  public get depiction(): Depiction {
    return {
      kind: 'service',
      label: `Talos ${this.name}`,
      facts: [`Talos ${this.talos}`, `Kubernetes ${this.version}`, `API ${this.endpoint.host}`],
    };
  }

  /** Of its etcd: how many members must be there. */
  public get disruption(): DisruptionBudget {
    const replicas = this.controlPlanes.length;
    return { replicas, minAvailable: replicas - spareMembers(replicas) };
  }

  /** How many of its machines take workloads. */
  public get workloadNodes(): number {
    return this.workers.length || this.controlPlanes.length;
  }

  public get backup(): BackupCoverage {
    return this.coverage;
  }

  /** Versions that run until the next upgrade. */
  public get running(): TalosVersions {
    return { talos: this.props.running?.talos ?? this.talos, kubernetes: this.props.running?.kubernetes ?? this.version };
  }

  /** The configuration of a machine, without secrets. */
  public patchOf(member: TalosMember): MemberPatch {
    const known = this.patches.get(member);
    if (known) return known;
    const patch = memberPatch(this, member, [...this.backupNamespaces].sort());
    this.patches.set(member, patch);
    return patch;
  }

  /** Hosts that its machines are configured with. */
  public get uses(): readonly NameUse[] {
    const { registryMirrors = {}, timeServers = [], nameservers = [] } = this.props;
    const mirrors = Object.values(registryMirrors).flat();
    return [
      ...mirrors.map(url => ({ name: new URL(url).hostname, for: 'its images' })),
      ...timeServers.map(name => ({ name, for: 'the time' })),
      ...nameservers.map(name => ({ name, for: 'names' })),
    ];
  }

  /** Lets `peer` reach the Kubernetes API, on every control plane. */
  public allowApiFrom(peer: IConnectable): void {
    for (const node of this.controlPlanes) node.connections.allowFrom(peer, KUBERNETES_API);
  }

  /** Lets `peer` configure the machines. */
  public allowTalosFrom(peer: IConnectable): void {
    for (const { node } of this.members) node.connections.allowFrom(peer, TALOS_API);
  }

  /** Lets `peer` reach services of type LoadBalancer, such as the ingress, on `port`. */
  public allowServicesFrom(peer: IConnectable, port: Port): void {
    for (const { node } of this.members) node.connections.allowFrom(peer, port);
  }

  /** @internal Says that something takes snapshots of etcd, from a namespace of the cluster. */
  public _backedUpBy(namespace: string, coverage: BackupCoverage): void {
    this.backupNamespaces.add(namespace);
    this.patches.clear();
    this.coverage = coverage;
  }

  private configureBy(secrets: Secret | TerraformWorkspace): void {
    if (Secret.is(secrets) && secrets.source.kind === 'sops') return;
    if (!TerraformWorkspace.isTerraformWorkspace(secrets)) requireWorkspace(this, Secret.is(secrets) ? secrets.describe() : secrets);
    const target = { cluster: this, endpoint: this.endpoint, members: this.members };
    defineInWorkspace(secrets, { ...target, talos: this.talos, patchOf: member => this.patchOf(member).text });
    startAfterMachines(secrets, this.members);
  }
}
