import { type ChartRelease, Unit } from '@ashlar/kubernetes';
import type { Manifest } from './cluster-plan';

/**
 * What Argo CD follows to install one unit or chart in another cluster.
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/application-specification/
 */
export function downstreamApplication(
  cluster: string,
  name: string,
  one: Unit | ChartRelease,
  repository: { readonly repository: string; readonly path: string; readonly revision?: string },
): Manifest {
  const unit = Unit.isUnit(one);
  const source = unit
    ? {
        repoURL: repository.repository,
        targetRevision: repository.revision ?? 'main',
        path: `${repository.path}/kubernetes/${cluster}/${one.node.id}`,
      }
    : {
        repoURL: one.repository.replace(/^oci:\/\//, ''),
        chart: one.chart,
        targetRevision: one.version,
        helm: { releaseName: one.name, valuesObject: one.values },
      };
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    // That it is applied here is enough; whether it is healthy is asked of it alone.
    metadata: { name, namespace: 'argocd', annotations: { 'argocd.argoproj.io/ignore-healthcheck': 'true' } },
    spec: {
      project: cluster,
      source,
      destination: { name: cluster, namespace: one.namespace },
      syncPolicy: {
        automated: { prune: true, selfHeal: true },
        syncOptions: [`CreateNamespace=${!unit}`, 'ServerSideApply=true'],
        // The cluster is made meanwhile: its machines take a quarter of an hour.
        retry: { limit: 30, backoff: { duration: '10s', factor: 2, maxDuration: '2m' } },
      },
    },
  };
}
