import { Check, ConfigError, pathOf, vacant } from '@ashlar/core';
import { ApiObject, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import { ChartRelease } from '../chart-release';
import { isWorkload } from '../is-workload';
import type { Workload } from '../workload';
import { ScaleTrigger } from './scale-trigger';

export interface EventScalingProps {
  /** Fewest pods; 0 only where the first request may wait for a start. 0–1000 @default 2 */
  readonly min?: number;
  /** Most pods. 1–1000 */
  readonly max: number;
  readonly triggers: readonly ScaleTrigger[];
}

/** As of November 2025. @see https://github.com/kedacore/keda/releases */
const KEDA = '2.18.1';

/**
 * As many pods of a workload as events ask for, by KEDA: metrics, queues, times of day. For the load of its processors,
 * `Controller.deployment({ autoscale })` needs nothing else.
 *
 * While a trigger cannot be asked, there are no fewer pods than there were.
 * @see https://keda.sh/docs/latest/reference/scaledobject-spec/
 */
export class EventScaling extends Construct {
  /** Most pods. */
  public readonly max: number;

  /** @throws SCALE_TARGET, SCALE_TWICE, PROP_*, ID_TAKEN, CHART_CONFLICT */
  constructor(workload: Workload, id: string, props: EventScalingProps) {
    super(vacant(workload, id), id);
    Object.defineProperty(this, SCALING, { value: true });
    if (!isWorkload(workload)) {
      throw new ConfigError(this, 'SCALE_TARGET', 'is made in the workload that it scales', {
        fix: "write new EventScaling(web, 'scaling', …)",
      });
    }
    const check = new Check(this);
    check.known(props, ['min', 'max', 'triggers']);
    this.max = check.integer('max', props.max, 1, 1000);
    const min = check.integer('min', props.min ?? Math.min(2, this.max), 0, this.max);
    for (const trigger of check.list('triggers', props.triggers, 'ScaleTrigger.prometheus({ … })'))
      check.instance('triggers', trigger, ScaleTrigger, 'ScaleTrigger.prometheus({ … })');
    const { triggers } = props;

    const deployment = this.deploymentOf(workload);
    // With a fixed number, every sync would undo what was scaled.
    deployment.addJsonPatch(JsonPatch.remove('/spec/replicas'));
    new ApiObject(this, 'ScaledObject', {
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'ScaledObject',
      metadata: { name: workload.name, namespace: workload.namespace },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: workload.name },
        minReplicaCount: min,
        maxReplicaCount: this.max,
        fallback: { failureThreshold: 3, replicas: Math.max(min, 1), behavior: 'currentReplicasIfHigher' },
        triggers: triggers.map(({ type, metadata }) => ({ type, metadata: { ...metadata } })),
      },
    });
    ChartRelease.require(this, 'keda', {
      chart: 'keda',
      repository: 'https://kedacore.github.io/charts',
      version: KEDA,
      namespace: 'keda',
      defines: ['keda.sh', 'eventing.keda.sh'],
    });
  }

  /** Nobody else may say how many there are. */
  private deploymentOf(workload: Workload): ApiObject {
    const other = workload.node.children.find(child => SCALING in child && child !== this) ?? workload.node.tryFindChild('Autoscaler');
    if (other) {
      throw new ConfigError(
        this,
        'SCALE_TWICE',
        `${pathOf(workload)} is already scaled by ${pathOf(other)}, and the two would undo each other`,
        {
          fix: 'keep one of them',
        },
      );
    }
    const controller = workload.node.tryFindChild('Resource');
    if (!controller || !ApiObject.isApiObject(controller) || controller.kind !== 'Deployment') {
      throw new ConfigError(this, 'SCALE_TARGET', `${pathOf(workload)} is no Deployment, whose pods are alike`, {
        fix: 'scale a workload with Controller.deployment()',
      });
    }
    return controller;
  }
}

/** Marks one, so that copies of this package know each other's. */
const SCALING = Symbol.for('@ashlar/kubernetes.EventScaling');
