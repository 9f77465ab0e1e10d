import { dump } from 'js-yaml';
import { type ClusterNetwork, readKubernetes } from '../../src/kubernetes/read-kubernetes';
import type { PodGroup, PodPolicies } from '../../src/router';

type Values = Readonly<Record<string, unknown>>;

export const FOLDER = 'kubernetes/prod';

export function group(namespace: string, labels: Readonly<Record<string, string>>): PodGroup {
  return { cluster: 'prod', namespace, labels };
}

/** The policies of a cluster whose manifests are these objects, each in a file of its own. */
export function read(objects: readonly Values[], network?: ClusterNetwork): PodPolicies {
  return readKubernetes(
    'prod',
    objects.map((object, i) => [`${FOLDER}/${i}.yaml`, dump(object)] as const),
    network,
  );
}

export function networkPolicy(spec: Values, namespace = 'shop'): Values {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'policy', namespace },
    spec: { podSelector: {}, ...spec },
  };
}

export function ciliumPolicy(spec: Values, namespace = 'shop'): Values {
  return {
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    metadata: { name: 'policy', namespace },
    spec: { endpointSelector: {}, ...spec },
  };
}

export function clusterwidePolicy(spec: Values): Values {
  return { ...ciliumPolicy(spec), kind: 'CiliumClusterwideNetworkPolicy', metadata: { name: 'policy' } };
}

export function namespace(name: string, labels: Readonly<Record<string, string>> = {}): Values {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
}

/** A Deployment of pods with these labels and a container with these named ports. */
export function deployment(labels: Readonly<Record<string, string>>, ports: readonly Values[] = [], spec: Values = {}): Values {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: labels.app, namespace: 'shop' },
    spec: { template: { metadata: { labels }, spec: { containers: [{ name: 'main', ports }], ...spec } } },
  };
}
