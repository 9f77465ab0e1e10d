import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';

interface Manifest {
  readonly spec?: {
    readonly maxUnavailable?: number | string;
    readonly minAvailable?: number | string;
    readonly selector?: { readonly matchLabels?: Readonly<Record<string, string>> };
    readonly replicas?: number;
    readonly template?: { readonly metadata?: { readonly labels?: Readonly<Record<string, string>> } };
  };
}

/** A budget of a chart that lets no pod go, and why. */
export interface BlockingBudget {
  readonly object: ApiObject;
  readonly because: string;
}

/** PodDisruptionBudgets among constructs of one unit, whoever wrote them, that no drain gets past. @see https://kubernetes.io/docs/tasks/run-application/configure-pdb/ */
export function blockingBudgets(constructs: readonly IConstruct[]): BlockingBudget[] {
  const objects = constructs.filter(ApiObject.isApiObject);
  return objects
    .filter(object => object.kind === 'PodDisruptionBudget')
    .flatMap(object => {
      const { maxUnavailable, minAvailable, selector } = specOf(object) ?? {};
      if (maxUnavailable === 0 || maxUnavailable === '0%') return [{ object, because: `maxUnavailable is ${maxUnavailable}` }];
      if (minAvailable === '100%') return [{ object, because: 'minAvailable is 100%' }];
      const running = typeof minAvailable === 'number' ? replicasOf(objects, selector?.matchLabels ?? {}) : undefined;
      if (typeof minAvailable !== 'number' || running === undefined || minAvailable < running) return [];
      return [{ object, because: `minAvailable is ${minAvailable}, and ${running} run` }];
    });
}

/** Pods that a selector means; undefined where nothing in the unit makes such. */
function replicasOf(objects: readonly ApiObject[], labels: Readonly<Record<string, string>>): number | undefined {
  const selected = objects
    .filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet')
    .map(specOf)
    .filter(spec => Object.entries(labels).every(([key, value]) => spec?.template?.metadata?.labels?.[key] === value));
  return selected.length > 0 ? selected.reduce((sum, spec) => sum + (spec?.replicas ?? 1), 0) : undefined;
}

/** What cannot be written is told when it is rendered, with its own error. */
function specOf(object: ApiObject): Manifest['spec'] {
  try {
    return (object.toJson() as Manifest).spec;
  } catch {
    return undefined;
  }
}
