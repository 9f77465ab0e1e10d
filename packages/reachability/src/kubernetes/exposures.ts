import type { Protocol } from '../rule-chain';
import type { Manifest } from './manifest';
import type { ApiObject } from './parse-manifests';
import { type Pods, portsNamed } from './pod';

/** Pods behind an Ingress, and the port on which its controller asks them. */
export interface Exposure {
  /** Of the IngressClass; empty for the cluster's default. */
  readonly className: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly port: bigint;
}

/**
 * What the Ingress objects of a cluster expose. Where the Service or a named port is not in the manifests, nothing is exposed by it: then
 * no rule is excused by it either.
 * @see https://kubernetes.io/docs/concepts/services-networking/ingress/
 */
export function exposuresIn(objects: readonly ApiObject[], pods: Pods): readonly Exposure[] {
  const services = objects.filter(({ apiVersion, kind }) => apiVersion === 'v1' && kind === 'Service');
  return objects
    .filter(({ apiVersion, kind }) => apiVersion === 'networking.k8s.io/v1' && kind === 'Ingress')
    .flatMap(({ manifest, namespace: written }) => {
      const namespace = written || 'default';
      const className = manifest.part('spec')?.text('ingressClassName') ?? '';
      return backendsOf(manifest).flatMap(backend => {
        const service = services.find(({ name, namespace: of }) => name === backend.text('name') && (of || 'default') === namespace);
        const spec = service?.manifest.part('spec');
        const labels = spec?.labels('selector') ?? {};
        return targetsOf(backend, spec, pods, namespace, labels).map(port => ({ className, namespace, labels, port }));
      });
    });
}

function backendsOf(ingress: Manifest): readonly Manifest[] {
  const spec = ingress.part('spec');
  const paths = spec?.parts('rules').flatMap(rule => rule.part('http')?.parts('paths') ?? []) ?? [];
  const backends = [spec?.part('defaultBackend'), ...paths.map(path => path.part('backend'))];
  return backends.flatMap(backend => backend?.part('service') ?? []);
}

function targetsOf(
  backend: Manifest,
  service: Manifest | undefined,
  pods: Pods,
  namespace: string,
  labels: Readonly<Record<string, string>>,
): readonly bigint[] {
  const asked = backend.part('port');
  const port = service
    ?.parts('ports')
    .find(one => (asked?.has('name') ? one.text('name') === asked.text('name') : one.text('port') === asked?.text('number')));
  if (!port || Object.keys(labels).length === 0) return [];
  const target = port.text('targetPort') || port.text('port');
  if (/^\d+$/.test(target)) return [BigInt(target)];
  const named = pods.with(namespace, labels).flatMap(pod => portsNamed(pod, target, ['tcp'])?.get('tcp' as Protocol) ?? []);
  return named.map(({ first }) => first);
}
