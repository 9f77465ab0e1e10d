import { adopt, Check, ConfigError, type ILifecycle, type Lifecycle, pathOf } from '@ashlar/core';
import { ApiObject, App, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { ForeignValueResolver } from './foreign-value-resolver';
import type { KubernetesCluster } from './kubernetes-cluster';
import { unitLifecycle } from './lifecycle';
import { manifestFiles } from './manifest';
import { syncWaves } from './sync-wave';

/** Level of the Pod Security Standards that the namespace enforces. @see https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
export type PodSecurity = 'restricted' | 'baseline' | 'privileged';

export interface UnitProps {
  /** A namespace that something else makes and owns, such as `kube-system`; it is left as it is. @default - a namespace of its own, named as the unit */
  readonly existingNamespace?: string;
  /** @default `restricted` */
  readonly podSecurity?: PodSecurity;
  /** Labels of every object in it. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * A namespace and the chart of what runs in it: the smallest thing that is deployed on its own.
 *
 * Each unit is a cdk8s app of its own, because the engine checks every construct of an app once for each chart. Names of
 * objects are their path in the unit, never a hash, so that a name is known before it is rendered.
 */
export class Unit extends Chart implements ILifecycle {
  public static isUnit(x: unknown): x is Unit {
    return typeof x === 'object' && x !== null && MARKER in x;
  }

  /** The unit of a construct; undefined in a plain cdk8s chart. */
  public static find(construct: IConstruct): Unit | undefined {
    return construct.node.scopes.find(Unit.isUnit);
  }

  public readonly cluster: KubernetesCluster;
  private readonly needed = new Set<IConstruct>();

  /** @throws UNIT_TAKEN, PROP_FORMAT, PROP_CHOICE, PROP_UNKNOWN */
  constructor(cluster: KubernetesCluster, id: string, props: UnitProps) {
    new Check(`${pathOf(cluster)}/${String(id)}`).label('the id of a namespace', id);
    const app = new App({ outdir: '.', resolvers: [new ForeignValueResolver()] });
    super(app, id, { namespace: props.existingNamespace ?? id, labels: props.labels, disableResourceNameHashes: true });
    Object.defineProperty(this, MARKER, { value: true });
    this.cluster = cluster;
    const check = new Check(`${pathOf(cluster)}/${id}`);
    check.known(props, ['existingNamespace', 'podSecurity', 'labels']);
    const podSecurity = check.choice('podSecurity', props.podSecurity ?? 'restricted', ['restricted', 'baseline', 'privileged']);
    if (cluster.units.some(unit => unit.node.id === id)) {
      throw new ConfigError(`${pathOf(cluster)}/${id}`, 'UNIT_TAKEN', `${pathOf(cluster)} already has a namespace ${id}`, {
        fix: 'choose another id, or use the one that is there',
      });
    }
    adopt(cluster, app);
    cluster.addUnit(this);

    if (props.existingNamespace === undefined) this.closedNamespace(id, podSecurity);
  }

  /** What this can start only after: other units, or charts such as an operator's. */
  public get startsAfter(): readonly IConstruct[] {
    const dependencies = this.node.findAll().flatMap(construct => construct.node.dependencies);
    const units = dependencies.map(other => Unit.find(other)).filter(unit => unit !== undefined && unit !== this) as Unit[];
    return [...new Set([...this.needed, ...units])];
  }

  /** Whether it holds what must be in the cluster before anything can install the rest. */
  public get isBootstrap(): boolean {
    return this.node.id === BOOTSTRAP;
  }

  public get lifecycle(): Lifecycle {
    return unitLifecycle(this);
  }

  /** Starts this after `other`, which is in the same cluster. */
  public startAfter(other: IConstruct): void {
    if (other !== this) this.needed.add(other);
  }

  /** Names objects by their path in the unit: `orders`, `web-service`. */
  public override generateObjectName(object: ApiObject): string {
    const inside = object.node.scopes.slice(object.node.scopes.indexOf(this) + 1).map(scope => scope.node.id);
    const parts = inside
      .filter(part => !['Resource', 'Default'].includes(part))
      .map(part => part.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase());
    return parts.join('-');
  }

  /** File name and text of every object. */
  public render(): [file: string, text: string][] {
    const objects = this.node.findAll().filter(ApiObject.isApiObject);
    return manifestFiles(this, objects, syncWaves(this, objects));
  }

  private closedNamespace(id: string, podSecurity: PodSecurity): void {
    new ApiObject(this, 'Namespace', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: id,
        namespace: '',
        labels: Object.fromEntries(['enforce', 'audit', 'warn'].map(mode => [`pod-security.kubernetes.io/${mode}`, podSecurity])),
      },
    });
    new ApiObject(this, 'DefaultDeny', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'default-deny' },
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    });
  }
}

const MARKER = Symbol.for('@ashlar/kubernetes.Unit');

/** Name of the unit of a cluster that is applied first. */
export const BOOTSTRAP = 'bootstrap';
