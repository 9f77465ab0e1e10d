import { Check, ConfigError, onRender, ownerOf, pathOf, Site, Version } from '@ashlar/core';
import { Construct, type IConstruct } from 'constructs';
import { cdk8sProjection } from './cdk8s-projection';
import type { ChartRelease } from './chart-release';
import { CLUSTER, clustersOf, isKubernetesCluster } from './clusters-of';
import { chartWithoutInstaller } from './rules/chart-without-installer';
import { duplicateObject } from './rules/duplicate-object';
import { Unit, type UnitProps } from './unit';

export interface KubernetesClusterProps {
  /** Version of Kubernetes, e.g. `Version.of('1.34.2')`. */
  readonly version: Version;
  /** Prefixes of the nodes: where pods are seen from outside the cluster. @default - none known, flows from pods cannot leave the cluster */
  readonly nodeAddresses?: () => readonly string[];
}

/**
 * A Kubernetes cluster of the model. What runs in it is grouped in {@link Unit}s, each an ordinary cdk8s chart and a
 * folder of manifests, `kubernetes/<cluster>/<unit>/`.
 */
export class KubernetesCluster extends Construct {
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
  private readonly unitList: Unit[] = [];
  private readonly releaseList: ChartRelease[] = [];
  private readonly addresses: () => readonly string[];
  private installedBy?: IConstruct;

  /** @throws CLUSTER_TAKEN, PROP_MISSING, PROP_TYPE, PROP_FORMAT */
  constructor(scope: Construct, id: string, props: KubernetesClusterProps) {
    super(scope, id);
    Object.defineProperty(this, CLUSTER, { value: true });
    const check = new Check(this);
    this.name = check.label('the id of a cluster', id);
    this.version = check.instance('version', props.version, Version, "Version.of('1.34.2')");
    this.addresses = props.nodeAddresses ?? (() => []);

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
    site.addRules(chartWithoutInstaller, duplicateObject);
    site.addProjection(cdk8sProjection);
    onRender(this, output => {
      for (const unit of this.unitList) {
        for (const [file, text] of unit.render()) output.write(unit, `kubernetes/${this.name}/${unit.node.id}/${file}`, text);
      }
    });
  }

  /** A namespace of the cluster, closed by default, and the chart of what runs in it. */
  public namespace(id: string, props: UnitProps = {}): Unit {
    return new Unit(this, id, props);
  }

  /** What must be in the cluster before anything can install the rest: the network plug-in, the installer itself. */
  public get bootstrap(): Unit {
    return this.unitList.find(unit => unit.node.id === 'bootstrap') ?? new Unit(this, 'bootstrap', { existingNamespace: 'kube-system' });
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
  public get installer(): IConstruct | undefined {
    return this.installedBy;
  }

  /** Prefixes under which pods are seen from outside the cluster. */
  public get nodeAddresses(): readonly string[] {
    return this.addresses();
  }

  /** Makes `installer`, such as Argo CD, the one that installs the charts of this cluster. @throws INSTALLER_TAKEN */
  public installReleasesWith(installer: IConstruct): void {
    if (this.installedBy) {
      throw new ConfigError(installer, 'INSTALLER_TAKEN', `charts of ${this.name} are already installed by ${pathOf(this.installedBy)}`, {
        fix: 'keep one of them',
      });
    }
    this.installedBy = installer;
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
