import type { Size } from '@ashlar/core';
import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import type { ContainerImage } from './container-image';
import type { PodEnvironment } from './pod-environment';
import type { Probes } from './pod-health-check';

/** A pod with one container, all decisions made. */
export interface PodDefinition {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly image: ContainerImage;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly ports: readonly k8s.ContainerPort[];
  readonly environment: PodEnvironment;
  readonly probes?: Probes;
  readonly cpu: number;
  readonly memory: Size;
  readonly scratch: Size;
  readonly writablePaths: readonly string[];
  readonly uid: number;
  readonly stopSeconds: number;
  /** Only for a pod that runs to its end. */
  readonly restartPolicy?: 'Never';
  /** Mounts of volumes that the controller makes, such as a StatefulSet's. */
  readonly volumeMounts: readonly k8s.VolumeMount[];
  /** Label by which pods of one revision are told from those of the next. */
  readonly revisionLabel?: string;
  /** False where the controller itself decides about nodes. */
  readonly spread: boolean;
}

/**
 * The pod template that passes the `restricted` Pod Security Standard.
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export function podTemplate(pod: PodDefinition): k8s.PodTemplateSpec {
  const { uid } = pod;
  return {
    metadata: { labels: { ...pod.labels } },
    spec: {
      serviceAccountName: pod.name,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: pod.stopSeconds,
      ...(pod.restartPolicy && { restartPolicy: pod.restartPolicy }),
      securityContext: {
        runAsNonRoot: true,
        runAsUser: uid,
        runAsGroup: uid,
        fsGroup: uid,
        // Changing the owner of every file of a large volume at each start takes minutes.
        fsGroupChangePolicy: 'OnRootMismatch',
        seccompProfile: { type: 'RuntimeDefault' },
      },
      ...(pod.spread && spread(pod)),
      containers: [container(pod)],
      volumes: [
        ...pod.writablePaths.map((_, i) => ({ name: scratchName(i), emptyDir: { sizeLimit: quantity(pod.scratch) } })),
        ...pod.environment.volumes,
      ],
    },
  };
}

function container(pod: PodDefinition): k8s.Container {
  return {
    name: pod.name,
    image: pod.image.toString(),
    // With a digest this costs one request; without, it keeps a node from running an older image of the same tag.
    imagePullPolicy: 'Always',
    ...(pod.command && { command: [...pod.command] }),
    ...(pod.args && { args: [...pod.args] }),
    ...(pod.environment.env.length > 0 && { env: pod.environment.env }),
    ...(pod.ports.length > 0 && { ports: [...pod.ports] }),
    ...pod.probes,
    resources: {
      // Memory and disk cannot be taken back, so no more is promised than is reserved. Idle processor time is there for all.
      requests: { cpu: cores(pod.cpu), memory: quantity(pod.memory), 'ephemeral-storage': quantity(pod.scratch) },
      limits: { cpu: cores(pod.cpu * 10), memory: quantity(pod.memory), 'ephemeral-storage': quantity(pod.scratch) },
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      privileged: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      runAsUser: pod.uid,
      runAsGroup: pod.uid,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    volumeMounts: [
      ...pod.writablePaths.map((mountPath, i) => ({ name: scratchName(i), mountPath })),
      ...pod.environment.mounts,
      ...pod.volumeMounts,
    ],
  };
}

/**
 * Evenly over hosts, and as evenly as it goes over zones. Hosts that are drained or down do not count, or the pods of a
 * drained host would wait for it to come back.
 */
function spread(pod: PodDefinition): Pick<k8s.PodSpec, 'affinity' | 'topologySpreadConstraints'> {
  const labelSelector = { matchLabels: { ...pod.labels } };
  const common = {
    maxSkew: 1,
    nodeTaintsPolicy: 'Honor',
    labelSelector,
    ...(pod.revisionLabel && { matchLabelKeys: [pod.revisionLabel] }),
  };
  return {
    affinity: {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          { weight: 100, podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector } },
        ],
      },
    },
    topologySpreadConstraints: [
      { ...common, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'DoNotSchedule' },
      { ...common, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway' },
    ],
  };
}

function scratchName(index: number): string {
  return index === 0 ? 'tmp' : `scratch-${index}`;
}

function cores(value: number): k8s.Quantity {
  const millicores = Math.round(value * 1000);
  return k8s.Quantity.fromString(millicores % 1000 === 0 ? String(millicores / 1000) : `${millicores}m`);
}

function quantity(size: Size): k8s.Quantity {
  return k8s.Quantity.fromString(size.toQuantity());
}
