import type { ChartRelease, KubernetesCluster, Unit } from '@ashlar/kubernetes';

/** What an Application follows, and where it puts it. */
export interface ArgoApplication {
  readonly name: string;
  readonly project: string;
  readonly namespace: string;
  readonly source: object;
  /** The chart's namespace has no manifest of ours. */
  readonly createNamespace: boolean;
  /** Whether what is no longer in the source is deleted. */
  readonly prune: boolean;
  /** Whether what it made goes with it. Never for operators: with their definitions, all databases would go. */
  readonly cascade: boolean;
  readonly wave: number;
}

/** What Applications are made of: every unit except Argo CD's own, and every chart that did not come with the cluster. */
export function followedBy(cluster: KubernetesCluster): readonly (Unit | ChartRelease)[] {
  const own = cluster.installer?.node.id;
  return [...cluster.units.filter(unit => unit.node.id !== own), ...cluster.releases.filter(release => !release.withCluster)];
}

/** Units go by their name, charts by theirs behind `chart-`. */
export function applicationName(one: Unit | ChartRelease): string {
  return 'chart' in one ? `chart-${one.name}` : one.node.id;
}

/** A folder of manifests in the repository. */
export function unitApplication(
  unit: Unit,
  project: string,
  source: { repository: string; revision: string; path: string },
  wave: number,
): ArgoApplication {
  const bootstrap = unit.node.id === 'bootstrap';
  return {
    name: applicationName(unit),
    project,
    namespace: unit.namespace as string,
    source: { repoURL: source.repository, targetRevision: source.revision, path: source.path },
    createNamespace: false,
    prune: !bootstrap,
    cascade: !bootstrap,
    wave,
  };
}

/** A pinned chart. */
export function releaseApplication(release: ChartRelease, project: string, wave: number): ArgoApplication {
  return {
    name: applicationName(release),
    project,
    namespace: release.namespace,
    source: {
      repoURL: repositoryOf(release),
      chart: release.chart,
      targetRevision: release.version,
      helm: { releaseName: release.name, valuesObject: release.values },
    },
    createNamespace: true,
    prune: true,
    cascade: false,
    wave,
  };
}

/** Argo CD takes a repository without a scheme for one of OCI. */
export function repositoryOf(release: ChartRelease): string {
  return release.repository.replace(/^oci:\/\//, '');
}

/** @see https://argo-cd.readthedocs.io/en/stable/user-guide/application-specification/ */
export function applicationManifest(application: ArgoApplication, namespace: string) {
  const { wave } = application;
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name: application.name,
      namespace,
      ...(wave > 0 && { annotations: { 'argocd.argoproj.io/sync-wave': String(wave) } }),
      ...(application.cascade && { finalizers: ['resources-finalizer.argocd.argoproj.io'] }),
    },
    spec: {
      project: application.project,
      source: application.source,
      destination: { server: 'https://kubernetes.default.svc', namespace: application.namespace },
      syncPolicy: {
        automated: { prune: application.prune, selfHeal: true },
        syncOptions: [`CreateNamespace=${application.createNamespace}`, 'ServerSideApply=true'],
        // A webhook or a definition that is not there yet is there a minute later.
        retry: { limit: 10, backoff: { duration: '10s', factor: 2, maxDuration: '5m' } },
      },
    },
  };
}
