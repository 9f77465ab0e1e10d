import { Check, ConfigError, type ILifecycle, type Lifecycle, onRender, ownerOf, pathOf, Site, toYaml, Version } from '@ashlar/core';
import { Construct, type IConstruct } from 'constructs';
import { cdk8sProjection } from './cdk8s-projection';
import type { ChartRelease } from './chart-release';
import { CLUSTER, clustersOf, isKubernetesCluster } from './clusters-of';
import type { IInstaller } from './installer';
import { foreignCluster } from './lifecycle';
import { chartWithoutInstaller } from './rules/chart-without-installer';
import { duplicateObject } from './rules/duplicate-object';
import { resourceBeforeDefinition } from './rules/resource-before-definition';
import { BOOTSTRAP, Unit, type UnitProps } from './unit';

export interface KubernetesClusterProps {
  /** Version of Kubernetes, e.g. `Version.of('1.34.2')`. */
  readonly version: Version;
  /** Prefixes of the nodes: where pods are seen from outside the cluster. @default - none known, flows from pods cannot leave the cluster */
  readonly nodeAddresses?: () => readonly string[];
  /** Machines that a cluster of somebody else runs on. @default - none of the model */
  readonly runsOn?: readonly IConstruct[];
  /** How it comes up. @default - a person brings it up, and gives access to it */
  readonly lifecycle?: () => Lifecycle;
  /** API groups of kinds that it has besides Kubernetes' own, e.g. `helm.cattle.io`. @default - none */
  readonly definesGroups?: readonly string[];
}

/**
 * A Kubernetes cluster of the model. What runs in it is grouped in {@link Unit}s, each an ordinary cdk8s chart and a
 * folder of manifests, `kubernetes/<cluster>/<unit>/`.
 */
export class KubernetesCluster extends Construct implements ILifecycle {
  public static isKubernetesCluster(x: unknown): x is KubernetesCluster {
    return isKubernetesCluster(x);
  }

  /** The cluster in which a construct of a chart runs; undefined in a plain cdk8s app. */
  public static find(construct: IConstruct): KubernetesCluster | undefined {
    const owner = ownerOf(construct);
    return KubernetesCluster.isKubernetesCluster(owner) ? owner : undefined;
  }

  /** Name of the cluster, and of its folder. */
  public readonly name: string;
  public readonly version: Version;
  /** API groups of kinds that it has besides Kubernetes' own. */
  public readonly definesGroups: readonly string[];
  private readonly unitList: Unit[] = [];
  private readonly releaseList: ChartRelease[] = [];
  private readonly addresses: () => readonly string[];
  private readonly comesUp: () => Lifecycle;
  private installedBy?: IInstaller;
  private network?: ChartRelease;

  /** @throws CLUSTER_TAKEN, PROP_MISSING, PROP_TYPE, PROP_FORMAT */
  constructor(scope: Construct, id: string, props: KubernetesClusterProps) {
    super(scope, id);
    Object.defineProperty(this, CLUSTER, { value: true });
    const check = new Check(this);
    this.name = check.label('the id of a cluster', id);
    this.version = check.instance('version', props.version, Version, "Version.of('1.34.2')");
    this.addresses = props.nodeAddresses ?? (() => []);
    this.definesGroups = props.definesGroups ?? [];
    this.comesUp = props.lifecycle ?? (() => foreignCluster(this, props.runsOn ?? []));

    const site = Site.of(this);
    const taken = clustersOf(site).find(other => other !== this && other.name === id);
    if (taken) {
      throw new ConfigError(
        this,
        'CLUSTER_TAKEN',
        `the name ${id} is already that of ${pathOf(taken)}, and two clusters cannot share a folder`,
        { fix: 'choose another id' },
      );
    }
    site.addRules(chartWithoutInstaller, duplicateObject, resourceBeforeDefinition);
    site.addProjection(cdk8sProjection);
    onRender(this, output => {
      for (const unit of this.unitList) {
        for (const [file, text] of unit.render()) output.write(unit, `kubernetes/${this.name}/${unit.node.id}/${file}`, text);
      }
      if (this.carriesBootstrap) return;
      for (const release of this.bootstrapReleases) output.write(release, release.valuesFile, toYaml(release.values));
    });
  }

  /** A namespace of the cluster, closed by default, and the chart of what runs in it. */
  public namespace(id: string, props: UnitProps = {}): Unit {
    return new Unit(this, id, props);
  }

  /** What must be in the cluster before anything can install the rest: the network plug-in, the installer itself. */
  public get bootstrap(): Unit {
    return this.unitList.find(unit => unit.isBootstrap) ?? new Unit(this, BOOTSTRAP, { existingNamespace: 'kube-system' });
  }

  /** The units, in the order of their making. */
  public get units(): readonly Unit[] {
    return this.unitList;
  }

  /** Helm charts that something in the cluster needs. */
  public get releases(): readonly ChartRelease[] {
    return this.releaseList;
  }

  /** Charts that are installed with the cluster itself, such as that of the installer. */
  public get bootstrapReleases(): readonly ChartRelease[] {
    return this.releaseList.filter(release => release.withCluster);
  }

  /** What installs the charts; undefined until something says that it does. */
  public get installer(): IInstaller | undefined {
    return this.installedBy;
  }

  /** The chart of the network plug-in, when the cluster has none of its own: pods of others start after it. */
  public get networkPlugin(): ChartRelease | undefined {
    return this.network;
  }

  /** Whether the first node applies what must be in the cluster first, so that nobody has to. */
  public get carriesBootstrap(): boolean {
    return false;
  }

  public get lifecycle(): Lifecycle {
    return this.comesUp();
  }

  /** Prefixes under which pods are seen from outside the cluster. */
  public get nodeAddresses(): readonly string[] {
    return this.addresses();
  }

  /** Makes `installer`, such as Argo CD, the one that installs the charts of this cluster. @throws INSTALLER_TAKEN */
  public installReleasesWith(installer: IInstaller): void {
    if (this.installedBy) {
      throw new ConfigError(installer, 'INSTALLER_TAKEN', `charts of ${this.name} are already installed by ${pathOf(this.installedBy)}`, {
        fix: 'keep one of them',
      });
    }
    this.installedBy = installer;
  }

  /** Makes a chart that is installed with the cluster its network plug-in. @throws NETWORK_PLUGIN_TAKEN */
  public networkWith(release: ChartRelease): void {
    if (this.network) {
      throw new ConfigError(
        release,
        'NETWORK_PLUGIN_TAKEN',
        `pods of ${this.name} already get their network from ${pathOf(this.network)}`,
        {
          fix: 'keep one of them',
        },
      );
    }
    this.network = release;
  }

  /** @internal */
  public addUnit(unit: Unit): void {
    this.unitList.push(unit);
  }

  /** @internal */
  public addRelease(release: ChartRelease): void {
    this.releaseList.push(release);
  }
}
