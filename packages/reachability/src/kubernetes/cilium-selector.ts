import { LabelSelector } from './label-selector';
import type { Manifest } from './manifest';
import type { Pod } from './pod';
import type { SelectedPods } from './policy';

const NAMESPACE = 'io.kubernetes.pod.namespace';
const NAMESPACE_LABELS = 'io.cilium.k8s.namespace.labels.';

/** Which pods a selector means, and the fewest labels of one. */
export interface CiliumSelection {
  readonly selects: (pod: Pod) => boolean;
  readonly example: SelectedPods;
}

/**
 * Which pods a selector of Cilium means. Its labels may say where they come from, as in `k8s:app` and `any:app`.
 * @param home namespace that is meant when the selector names none; empty for all
 * @see https://docs.cilium.io/en/stable/security/policy/kubernetes/
 * @throws REACH_UNJUDGED
 */
export function podsSelected(manifest: Manifest, home: string): CiliumSelection {
  const selector = new LabelSelector(manifest);
  const keys = new Map(selector.keys.map(key => [key, plain(key, manifest)]));
  const namesNamespace = [...keys.values()].some(key => key === NAMESPACE || key.startsWith(NAMESPACE_LABELS));
  const asked = Object.entries(selector.example).map(([key, value]) => [keys.get(key) as string, value] as const);
  const namespace = asked.find(([key]) => key === NAMESPACE)?.[1] ?? (namesNamespace || home === '' ? undefined : home);
  const labels = Object.fromEntries(asked.filter(([key]) => key !== NAMESPACE && !key.startsWith(NAMESPACE_LABELS)));
  return {
    selects: pod =>
      (namesNamespace || home === '' || pod.namespace === home) && selector.selects(key => labelOf(pod, keys.get(key) as string)),
    example: { ...(namespace !== undefined && { namespace }), labels },
  };
}

function plain(key: string, manifest: Manifest): string {
  const [, source, name = key] = /^([a-z\d]+):(.*)$/.exec(key) ?? [];
  if (source !== undefined && source !== 'k8s' && source !== 'any') manifest.refuse(`label ${key}`, 'name labels of pods, or an entity');
  const isOther = name.startsWith('io.cilium.') && !name.startsWith(NAMESPACE_LABELS);
  return isOther ? manifest.refuse(`label ${key}`, 'name labels of pods and namespaces') : name;
}

function labelOf(pod: Pod, key: string): string | undefined {
  if (key === NAMESPACE) return pod.namespace;
  return key.startsWith(NAMESPACE_LABELS) ? pod.namespaceLabels[key.slice(NAMESPACE_LABELS.length)] : pod.labels[key];
}
