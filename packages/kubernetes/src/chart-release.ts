import { Check, ConfigError, pathOf } from '@ashlar/core';
import { Construct, type IConstruct } from 'constructs';
import { KubernetesCluster } from './kubernetes-cluster';
import { Unit } from './unit';

export interface ChartReleaseProps {
  /** Name of the chart in its repository, e.g. `cloudnative-pg`. */
  readonly chart: string;
  /** Repository: `https://…`, or `oci://…`. */
  readonly repository: string;
  /** Exact version of the chart. */
  readonly version: string;
  /** Namespace to install into; the installer makes it. */
  readonly namespace: string;
  /** Values that differ from the chart's own. @default - none */
  readonly values?: Readonly<Record<string, unknown>>;
  /** Installed with the cluster itself, before anything else can install charts: the installer's own chart. @default false */
  readonly withCluster?: boolean;
}

/**
 * Third-party software that something in a cluster needs, as a pinned Helm chart. What installs it, such as Argo CD, is
 * the cluster's `installer`; manifests of ours never contain what a chart renders.
 */
export class ChartRelease extends Construct {
  /**
   * Says that `scope`, in a chart, needs a release: the one that is there already, or a new one of the cluster. The unit of
   * `scope` then starts after it. In a plain cdk8s app, where nothing is known of other software, nothing happens.
   * @throws CHART_CONFLICT when another version is asked for, or other values
   */
  public static require(scope: Construct, name: string, props: ChartReleaseProps): ChartRelease | undefined {
    const cluster = KubernetesCluster.find(scope);
    if (!cluster) return undefined;
    const present = cluster.releases.find(release => release.name === name);
    if (present && !present.sameAs(props)) {
      throw new ConfigError(
        scope,
        'CHART_CONFLICT',
        `needs the chart ${props.chart} ${props.version}, and ${pathOf(present)} installs ${present.chart} ${present.version} or other values`,
        {
          fix: 'agree on one version and its values',
        },
      );
    }
    const release = present ?? new ChartRelease(cluster, name, props);
    Unit.find(scope)?.startAfter(release);
    return release;
  }

  public readonly name: string;
  public readonly chart: string;
  public readonly repository: string;
  public readonly version: string;
  public readonly namespace: string;
  public readonly values: Readonly<Record<string, unknown>>;
  public readonly withCluster: boolean;
  private readonly needed = new Set<IConstruct>();

  /** @throws PROP_MISSING, PROP_FORMAT, PROP_UNKNOWN */
  constructor(cluster: KubernetesCluster, name: string, props: ChartReleaseProps) {
    super(cluster, `chart-${name}`);
    const check = new Check(this);
    check.known(props, ['chart', 'repository', 'version', 'namespace', 'values', 'withCluster']);
    this.name = check.label('the name of a release', name);
    this.chart = check.text('chart', props.chart, /^[a-z0-9][\w.-]*$/, 'the name of a chart', 'cloudnative-pg');
    this.repository = check.text(
      'repository',
      props.repository,
      /^(https|oci):\/\/\S+$/,
      'a repository over https or oci',
      'https://charts.example.net',
    );
    this.version = check.text('version', props.version, /^v?\d+\.\d+\.\d+([-+][\w.-]+)?$/, 'an exact version', '0.27.0');
    this.namespace = check.label('namespace', props.namespace);
    this.values = props.values ?? {};
    this.withCluster = props.withCluster ?? false;
    cluster.addRelease(this);
  }

  /** What must be installed before. */
  public get startsAfter(): readonly IConstruct[] {
    return [...this.needed];
  }

  /** Installs this after `other`. */
  public startAfter(other: IConstruct): void {
    if (other !== this) this.needed.add(other);
  }

  private sameAs(props: ChartReleaseProps): boolean {
    const text = (p: ChartReleaseProps) => JSON.stringify([p.chart, p.repository, p.version, p.namespace, p.values ?? {}]);
    return text(this) === text(props);
  }
}
