import {
  Check,
  ConfigError,
  Connections,
  type IConnectable,
  type ILifecycle,
  type Lifecycle,
  onRender,
  pathOf,
  Site,
  vacant,
  warn,
} from '@ashlar/core';
import { ChartRelease, KubernetesCluster, type Unit } from '@ashlar/kubernetes';
import type { Host, Vlan } from '@ashlar/network';
import { Construct } from 'constructs';
import type { ClusterInfrastructure } from './cluster-infrastructure';
import { DownstreamCluster, type DownstreamClusterProps } from './downstream-cluster';
import type { DownstreamSpec } from './downstream-spec';
import { specSchemaFile } from './downstream-spec-schema';
import { factoryLifecycle } from './factory-lifecycle';
import { ProviderControllers } from './provider-controllers';
import { CERT_MANAGER, OPERATOR, type ProviderRelease, TALOS_PROVIDERS } from './provider-release';
import { downstreamCapacity } from './rules/downstream-capacity';
import { downstreamNetworkOverlap } from './rules/downstream-network-overlap';
import { factoryCircle } from './rules/factory-circle';
import { clusterOfSpec, type SpecPlace } from './spec-cluster';

export interface ClusterFactoryProps {
  /** What machines are made on. */
  readonly infrastructure: ClusterInfrastructure;
  /** Repository of the output, and the folder in it, as Argo CD of the management cluster reads them. */
  readonly source: { readonly repository: string; readonly path: string; readonly revision?: string };
  /** Resolvers of the machines. @default - the gateway of their segment */
  readonly resolvers?: readonly Host[];
}

/**
 * Cluster API in a management cluster: it makes clusters of Talos machines, and keeps them.
 *
 * The operator installs Cluster API, the Talos providers and that of the infrastructure, each at one release. Argo CD of the management
 * cluster applies what is written here; nothing of a cluster is made by a command.
 * @see https://cluster-api.sigs.k8s.io
 */
export class ClusterFactory extends Construct implements IConnectable, ILifecycle {
  public readonly infrastructure: ClusterInfrastructure;
  public readonly source: ClusterFactoryProps['source'];
  /** From the nodes of the management cluster, where its controllers run. */
  public readonly connections: Connections;
  /** What installs the providers. */
  public readonly operator: ChartRelease;
  /** What its providers run. */
  public readonly controllers: readonly ProviderControllers[];
  private readonly resolvers: readonly Host[];

  /** @throws FACTORY_CLUSTER, PROP_*, ID_TAKEN */
  constructor(
    public readonly management: KubernetesCluster,
    id: string,
    props: ClusterFactoryProps,
  ) {
    super(vacant(management, id), id);
    if (!KubernetesCluster.isKubernetesCluster(management)) {
      throw new ConfigError(this, 'FACTORY_CLUSTER', 'must be made in the cluster that its controllers run in', {
        fix: "write new ClusterFactory(brain, 'clusters', …)",
      });
    }
    const check = new Check(this);
    check.known(props, ['infrastructure', 'source', 'resolvers']);
    this.infrastructure = check.present('infrastructure', props.infrastructure, 'new HarvesterInfrastructure({ … })');
    this.source = check.present('source', props.source, "{ repository: 'https://git.example.net/cloud.git', path: 'apps/lab/out' }");
    check.known(this.source, ['repository', 'path', 'revision']);
    this.resolvers = props.resolvers ?? [];
    this.connections = new Connections(this, { addresses: () => management.nodeAddresses });
    const certificates = releaseIn(management, 'cert-manager', CERT_MANAGER);
    this.operator = releaseIn(management, 'cluster-api-operator', OPERATOR);
    this.operator.startAfter(certificates);
    this.controllers = this.providers.map(provider => this.install(provider));
    this.reachInfrastructure();
    if (!this.infrastructure.startsTalos) this.warnOfProvider();
    onRender(this, output => output.write(this, 'schemas/cluster.schema.json', specSchemaFile()));
    Site.of(this).addRules(downstreamNetworkOverlap, downstreamCapacity, factoryCircle);
  }

  /** A cluster of its own: machines, network, API address, what keeps it healthy. */
  public cluster(id: string, props: DownstreamClusterProps): DownstreamCluster {
    return new DownstreamCluster(this, id, props);
  }

  /** The cluster of a file `clusters/<name>.yaml`. @throws SPEC_SERVICES, and what {@link cluster} throws */
  public fromSpec(spec: DownstreamSpec, place: SpecPlace): DownstreamCluster {
    return clusterOfSpec(this, spec, place);
  }

  /** Every provider, Cluster API itself first. */
  public get providers(): readonly ProviderRelease[] {
    return [...TALOS_PROVIDERS, ...this.infrastructure.providers];
  }

  /** The namespaces of its providers. */
  public get units(): readonly Unit[] {
    return this.controllers.map(({ unit }) => unit);
  }

  /** Resolvers of machines in a segment. */
  public dnsServers(vlan: Vlan): readonly string[] {
    return this.resolvers.length > 0 ? this.resolvers.map(({ ip }) => ip) : [vlan.gateway];
  }

  public get lifecycle(): Lifecycle {
    return factoryLifecycle(this);
  }

  private install(provider: ProviderRelease): ProviderControllers {
    const unit = this.management.namespace(provider.namespace, { podSecurity: 'baseline' });
    unit.startAfter(this.operator);
    return new ProviderControllers(unit, provider, this);
  }

  /** The provider of the infrastructure reaches its API. */
  private reachInfrastructure(): void {
    const { api } = this.infrastructure;
    if (!api) return;
    for (const { connections, provider } of this.controllers) {
      if (provider.kind === 'InfrastructureProvider') connections.allowTo(api.of, api.port);
    }
  }

  private warnOfProvider(): void {
    warn(
      this,
      'FACTORY_PROVIDER',
      `the released provider of ${this.infrastructure.title} adds sections of cloud-init to the configuration of each machine, which Talos refuses, so that no machine starts`,
      'build the provider without them, and name its image in providerImage, see https://github.com/harvester/cluster-api-provider-harvester/issues/37',
    );
  }
}

type ReleaseProps = ConstructorParameters<typeof ChartRelease>[2];

/** The release that is there already, whoever asked for it, or a new one. */
function releaseIn(cluster: KubernetesCluster, name: string, props: ReleaseProps): ChartRelease {
  const present = cluster.releases.find(release => release.name === name);
  if (!present) return new ChartRelease(cluster, name, props);
  if (present.version === props.version && present.namespace === props.namespace) return present;
  throw new ConfigError(
    cluster,
    'CHART_CONFLICT',
    `a factory needs the chart ${name} ${props.version}, and ${pathOf(present)} installs ${present.version}`,
    {
      fix: 'agree on one version',
    },
  );
}
