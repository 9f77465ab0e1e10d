import type { IntervalSet, Protocol } from '../rule-chain';
import { setOf, single } from '../space/interval-set';
import type { Manifest } from './manifest';
import type { ApiObject } from './parse-manifests';

/** A pod as selectors see it. */
export interface Pod {
  readonly namespace: string;
  readonly namespaceLabels: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  /** Ports of its containers by name; undefined when its manifest is not in the cluster's folder. */
  readonly ports: readonly NamedPort[] | undefined;
  /** It has the addresses of its machine, and policies do not apply to it. */
  readonly isOnHostNetwork: boolean;
  /** It is given a token for the API of its cluster, or nobody said that it is not. */
  readonly hasToken: boolean;
}

export interface NamedPort {
  readonly name: string;
  readonly protocol: Protocol;
  readonly port: bigint;
}

/** Where a kind of workload has the template of its pods. */
const TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  Pod: [],
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
};

const GROUPS = ['v1', 'apps/v1', 'batch/v1'];
/** The label of each namespace that is its name. */
export const NAMESPACE_NAME = 'kubernetes.io/metadata.name';

/** The pods of a cluster as far as its manifests say, and the labels of its namespaces. */
export class Pods {
  private readonly templates: readonly Pod[];
  private readonly written = new Map<string, Pod>();
  private readonly namespaces: ReadonlyMap<string, Readonly<Record<string, string>>>;

  constructor(objects: readonly ApiObject[]) {
    this.namespaces = new Map(
      objects
        .filter(({ apiVersion, kind }) => apiVersion === 'v1' && kind === 'Namespace')
        .map(({ name, manifest }) => [name, manifest.part('metadata')?.labels('labels') ?? {}]),
    );
    this.templates = objects.flatMap(({ apiVersion, kind, namespace, manifest }) => {
      const path = GROUPS.includes(apiVersion) ? TEMPLATES[kind] : undefined;
      const template = path?.reduce<Manifest | undefined>((part, name) => part?.part(name), manifest);
      return template ? [this.pod(namespace || 'default', template)] : [];
    });
  }

  /** Namespaces that the manifests make. */
  public get made(): readonly string[] {
    return [...this.namespaces.keys()].sort();
  }

  /** The pods that have these labels: of each template that has them, or, of none, as they are written. */
  public with(namespace: string, labels: Readonly<Record<string, string>>): readonly Pod[] {
    const found = this.templates.filter(
      pod => pod.namespace === namespace && Object.entries(labels).every(([key, value]) => pod.labels[key] === value),
    );
    if (found.length > 0) return found;
    const key = JSON.stringify([namespace, Object.entries(labels).sort()]);
    const written = this.written.get(key) ?? {
      namespace,
      namespaceLabels: this.labelsOf(namespace),
      labels,
      ports: undefined,
      isOnHostNetwork: false,
      hasToken: true,
    };
    this.written.set(key, written);
    return [written];
  }

  private pod(namespace: string, template: Manifest): Pod {
    const spec = template.part('spec');
    const containers = ['initContainers', 'containers'].flatMap(name => spec?.parts(name) ?? []);
    return {
      namespace,
      namespaceLabels: this.labelsOf(namespace),
      labels: template.part('metadata')?.labels('labels') ?? {},
      ports: containers.flatMap(container => container.parts('ports').flatMap(namedPort)),
      isOnHostNetwork: spec?.flag('hostNetwork', false) ?? false,
      hasToken: spec?.flag('automountServiceAccountToken', true) ?? true,
    };
  }

  private labelsOf(namespace: string): Readonly<Record<string, string>> {
    return { ...this.namespaces.get(namespace), [NAMESPACE_NAME]: namespace };
  }
}

function namedPort(port: Manifest): NamedPort[] {
  const protocol = (port.text('protocol') || 'TCP').toLowerCase() as Protocol;
  return port.text('name') === '' ? [] : [{ name: port.text('name'), protocol, port: BigInt(port.text('containerPort')) }];
}

/** The ports that a name stands for on a pod; undefined when its containers are not known. */
export function portsNamed(pod: Pod, name: string, protocols: readonly Protocol[]): ReadonlyMap<Protocol, IntervalSet> | undefined {
  if (!pod.ports) return undefined;
  const found = new Map<Protocol, IntervalSet>();
  for (const port of pod.ports.filter(one => one.name === name && protocols.includes(one.protocol))) {
    found.set(port.protocol, setOf([...(found.get(port.protocol) ?? []), ...single(port.port)]));
  }
  return found;
}
