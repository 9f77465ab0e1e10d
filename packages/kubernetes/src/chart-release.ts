import { Check, ConfigError, type ILifecycle, type Lifecycle, pathOf } from '@ashlar/core';
import { Construct, type IConstruct } from 'constructs';
import { KubernetesCluster } from './kubernetes-cluster';
import { releaseLifecycle } from './lifecycle';
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
  /** API groups whose kinds it defines, e.g. `cert-manager.io`. @default - none */
  readonly defines?: readonly string[];
}

/**
 * Third-party software that something in a cluster needs, as a pinned Helm chart. What installs it, such as Argo CD, is
 * the cluster's `installer`; manifests of ours never contain what a chart renders.
 */
export class ChartRelease extends Construct implements ILifecycle {
  /**
   * Says that `scope`, in a chart, needs a release: the one that is there already, or a new one of the cluster. The unit of
   * `scope` then starts after it. In a plain cdk8s app, where nothing is known of other software, nothing happens.
   * Values that several ask for add up.
   * @throws CHART_CONFLICT when another version is asked for, or another value under one key
   */
  public static require(scope: Construct, name: string, props: ChartReleaseProps): ChartRelease | undefined {
    const cluster = KubernetesCluster.find(scope);
    if (!cluster) return undefined;
    const present = cluster.releases.find(release => release.name === name);
    if (present && !present.takes(props)) {
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

  public readonly cluster: KubernetesCluster;
  public readonly name: string;
  public readonly chart: string;
  public readonly repository: string;
  public readonly version: string;
  public readonly namespace: string;
  public readonly withCluster: boolean;
  /** API groups whose kinds it defines. */
  public readonly defines: readonly string[];
  private all: Values;
  private readonly needed = new Set<IConstruct>();

  /** @throws PROP_MISSING, PROP_FORMAT, PROP_UNKNOWN */
  constructor(cluster: KubernetesCluster, name: string, props: ChartReleaseProps) {
    super(cluster, `chart-${name}`);
    const check = new Check(this);
    check.known(props, ['chart', 'repository', 'version', 'namespace', 'values', 'withCluster', 'defines']);
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
    this.all = props.values ?? {};
    this.withCluster = props.withCluster ?? false;
    this.defines = props.defines ?? [];
    this.cluster = cluster;
    cluster.addRelease(this);
  }

  /** Values that differ from the chart's own, from everybody who needs it. */
  public get values(): Values {
    return this.all;
  }

  /** What must be installed before. */
  public get startsAfter(): readonly IConstruct[] {
    return [...this.needed];
  }

  /** Installs this after `other`. */
  public startAfter(other: IConstruct): void {
    if (other !== this) this.needed.add(other);
  }

  public get lifecycle(): Lifecycle {
    return releaseLifecycle(this);
  }

  /** Where the values are written when a person, and not the installer, installs it. */
  public get valuesFile(): string {
    return `charts/${this.cluster.name}/${this.name}.values.yaml`;
  }

  /** Adds what another wants of it; false when that is not possible. */
  private takes({ chart, repository, version, namespace, values = {} }: ChartReleaseProps): boolean {
    const same = chart === this.chart && repository === this.repository && version === this.version && namespace === this.namespace;
    const together = same ? merged(this.all, values) : undefined;
    if (together) this.all = together;
    return together !== undefined;
  }
}

type Values = Readonly<Record<string, unknown>>;

/** Both, sorted by key, or undefined when they say different things. */
function merged(a: Values, b: Values): Values | undefined {
  const result: Record<string, unknown> = {};
  for (const key of [...new Set([...Object.keys(a), ...Object.keys(b)])].sort()) {
    const [one, other] = [a[key], b[key]];
    const both = isValues(one) && isValues(other);
    const value = both ? merged(one, other) : (one ?? other);
    const clash = !both && one !== undefined && other !== undefined && JSON.stringify(one) !== JSON.stringify(other);
    if (value === undefined || clash) return undefined;
    result[key] = value;
  }
  return result;
}

function isValues(x: unknown): x is Values {
  return typeof x === 'object' && x !== null && !Array.isArray(x);
}
