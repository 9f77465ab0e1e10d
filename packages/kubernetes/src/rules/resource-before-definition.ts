import { type Finding, findingAt, pathOf, type Rule, type Site } from '@ashlar/core';
import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { clustersOf } from '../clusters-of';
import type { KubernetesCluster } from '../kubernetes-cluster';
import type { Unit } from '../unit';

/** A custom resource that is applied before, or without, what defines its kind. */
export const resourceBeforeDefinition: Rule = {
  code: 'RESOURCE_BEFORE_DEFINITION',
  severity: 'error',
  incident:
    'on the running cluster all was well; on the new one the certificates came first, the API server knew no such kind, and the sync failed until somebody applied the charts by hand',
  *check(site: Site): Iterable<Finding> {
    for (const cluster of clustersOf(site)) {
      const definers = definersIn(cluster);
      for (const unit of cluster.units) {
        const before = startsBefore(unit);
        for (const [group, object] of customGroups(unit)) {
          if (cluster.definesGroups.includes(group)) continue;
          const known = definers.get(group);
          const what = `${object.kind} ${object.name} is of ${group}`;
          if (known === undefined) {
            yield findingAt(
              object,
              this,
              `${what}, which nothing in ${cluster.name} defines`,
              `require the chart that does, with defines: ['${group}']`,
            );
          } else if (!known.some(definer => definer === unit || before.has(definer))) {
            const fix = `write ${unit.node.id}.startAfter(…) with it`;
            const names = known.map(pathOf).join(', ');
            yield findingAt(object, this, `${what}, which ${names} defines, and ${unit.node.id} does not start after that`, fix);
          }
        }
      }
    }
  },
};

/** What defines the kinds of each API group: a chart, or a unit with the definition in it. */
function definersIn(cluster: KubernetesCluster): Map<string, IConstruct[]> {
  const definers = new Map<string, IConstruct[]>();
  const add = (group: string, definer: IConstruct) => definers.set(group, [...(definers.get(group) ?? []), definer]);
  for (const unit of cluster.units) {
    for (const object of objectsOf(unit)) {
      if (object.kind !== 'CustomResourceDefinition') continue;
      add((object.toJson() as { spec: { group: string } }).spec.group, unit);
    }
  }
  for (const release of cluster.releases) for (const group of release.defines) add(group, release);
  return definers;
}

/** Everything that a unit starts after, directly or through others, and what comes with the cluster. */
function startsBefore(unit: Unit): Set<IConstruct> {
  const before = new Set<IConstruct>(unit.cluster.bootstrapReleases);
  const open: IConstruct[] = [unit, ...before];
  for (const at of open) {
    for (const other of (at as Partial<Unit>).startsAfter ?? []) {
      if (before.has(other)) continue;
      before.add(other);
      open.push(other);
    }
  }
  if (!unit.isBootstrap) before.add(unit.cluster.bootstrap);
  return before;
}

/** One object of each group that Kubernetes itself does not have. */
function customGroups(unit: Unit): Map<string, ApiObject> {
  const groups = new Map<string, ApiObject>();
  for (const object of objectsOf(unit)) {
    const group = object.apiGroup;
    if (group === 'core' || BUILT_IN.has(group) || groups.has(group) || isRetried(object)) continue;
    groups.set(group, object);
  }
  return groups;
}

/** It says itself that its kind comes later, by a controller that starts: Argo CD tries it again. */
function isRetried(object: ApiObject): boolean {
  const { annotations } = object.metadata.toJson() as { annotations?: Record<string, string> };
  return annotations?.[SYNC_OPTIONS]?.includes('SkipDryRunOnMissingResource=true') ?? false;
}

/** @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/ */
const SYNC_OPTIONS = 'argocd.argoproj.io/sync-options';

function objectsOf(unit: Unit): ApiObject[] {
  return unit.node.findAll().filter(ApiObject.isApiObject);
}

/** @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.34/ */
const BUILT_IN: ReadonlySet<string> = new Set([
  '',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'apps',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'autoscaling',
  'batch',
  'certificates.k8s.io',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'events.k8s.io',
  'flowcontrol.apiserver.k8s.io',
  'internal.apiserver.k8s.io',
  'networking.k8s.io',
  'node.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'resource.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
  'storagemigration.k8s.io',
]);
