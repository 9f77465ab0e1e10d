import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import type { Construct } from 'constructs';
import type { ControllerSettings } from './controller';

/** The object that keeps the pods: what it is called, whom it selects, what it makes. */
export interface KeptPods {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly template: k8s.PodTemplateSpec;
}

/** Old revisions that one can roll back to. Git keeps the others. */
const REVISIONS = 3;

/** Defines the object of each kind of controller. */
export function defineController(scope: Construct, settings: ControllerSettings, pods: KeptPods): void {
  const metadata = { name: pods.name, labels: { ...pods.labels } };
  const selector = { matchLabels: { ...pods.labels } };
  const { template } = pods;
  const common = { selector, template, revisionHistoryLimit: REVISIONS };
  switch (settings.kind) {
    case 'Deployment':
      new k8s.KubeDeployment(scope, 'Resource', {
        metadata,
        spec: {
          ...common,
          // With a fixed number here, every sync would undo what the autoscaler did.
          ...(!settings.autoscale && { replicas: settings.replicas }),
          strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: number(0), maxSurge: number(1) } },
        },
      });
      if (settings.autoscale) defineAutoscaler(scope, pods.name, settings.autoscale);
      return;
    case 'StatefulSet':
      new k8s.KubeStatefulSet(scope, 'Resource', {
        metadata,
        spec: {
          ...common,
          replicas: settings.replicas,
          serviceName: `${pods.name}-pods`,
          podManagementPolicy: 'OrderedReady',
          updateStrategy: { type: 'RollingUpdate' },
          persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
          volumeClaimTemplates: [
            {
              metadata: { name: 'data' },
              spec: {
                accessModes: ['ReadWriteOnce'],
                ...(settings.volume.storageClass && { storageClassName: settings.volume.storageClass }),
                resources: { requests: { storage: k8s.Quantity.fromString(settings.volume.size.toQuantity()) } },
              },
            },
          ],
        },
      });
      new k8s.KubeService(scope, 'Pods', {
        metadata: { name: `${pods.name}-pods`, labels: { ...pods.labels } },
        // Peers find each other before they are ready, or a cluster would never form.
        spec: { clusterIp: 'None', selector: { ...pods.labels }, publishNotReadyAddresses: true },
      });
      return;
    case 'DaemonSet':
      new k8s.KubeDaemonSet(scope, 'Resource', {
        metadata,
        spec: { ...common, updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: number(0), maxSurge: number(1) } } },
      });
      return;
    case 'CronJob':
      new k8s.KubeCronJob(scope, 'Resource', {
        metadata,
        spec: {
          schedule: settings.schedule,
          timeZone: settings.timeZone,
          concurrencyPolicy: 'Forbid',
          // A run that the control plane missed is made up for within this time, and no longer counts as missed after it.
          startingDeadlineSeconds: 600,
          successfulJobsHistoryLimit: 1,
          failedJobsHistoryLimit: 3,
          jobTemplate: {
            metadata: { labels: { ...pods.labels } },
            spec: {
              backoffLimit: settings.retries,
              activeDeadlineSeconds: settings.deadline.toSeconds(),
              ttlSecondsAfterFinished: 7 * 86_400,
              template,
            },
          },
        },
      });
  }
}

function defineAutoscaler(
  scope: Construct,
  name: string,
  autoscale: { readonly min: number; readonly max: number; readonly cpu: number },
): void {
  new k8s.KubeHorizontalPodAutoscalerV2(scope, 'Autoscaler', {
    metadata: { name },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
      minReplicas: autoscale.min,
      maxReplicas: autoscale.max,
      metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: autoscale.cpu } } }],
    },
  });
}

function number(value: number): k8s.IntOrString {
  return k8s.IntOrString.fromNumber(value);
}
