import {
  ConfigError,
  Connections,
  type DisruptionBudget,
  type IConnectable,
  type IConsumer,
  type IDisruptible,
  type IMonitored,
  type IPlaced,
  type Monitoring,
  type Placement,
  type Port,
  type Resources,
  Size,
  warn,
} from '@ashlar/core';
import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { Construct, type IConstruct } from 'constructs';
import type { ContainerImage } from './container-image';
import { WORKLOAD } from './is-workload';
import { KubernetesCluster } from './kubernetes-cluster';
import { NetworkPolicy, namespaceOf, podAddresses, podSelection } from './network-policy';
import { objectName } from './object-name';
import { podEnvironment } from './pod-environment';
import { podTemplate } from './pod-template';
import { defineController } from './workload-controller';
import { WorkloadExposure, type WorkloadExposureProps } from './workload-exposure';
import { settle, type WorkloadProps } from './workload-props';

/** Pods that do one thing, and the name under which others reach them. */
export interface IWorkload extends IConnectable {
  readonly name: string;
  readonly namespace: string;
  /** DNS name in the cluster. */
  readonly host: string;
}

/**
 * A hardened workload: a Deployment, StatefulSet, DaemonSet or CronJob that runs without privileges on a read-only root,
 * within limits, spread over hosts, and that nobody can reach until `connections.allowFrom` says so.
 *
 * An ordinary cdk8s construct: it needs a chart with a namespace, no site. Objects are named after its path in the chart.
 */
export class Workload extends Construct implements IWorkload, IMonitored, IConsumer, IPlaced, IDisruptible {
  public readonly name: string;
  public readonly namespace: string;
  public readonly host: string;
  public readonly connections: Connections;
  public readonly monitoring: Monitoring;
  public readonly consumption: Resources;
  public readonly networkPolicy: NetworkPolicy;
  public readonly image: ContainerImage;
  public readonly disruption: DisruptionBudget;
  private readonly port?: Port;

  /** @throws IMAGE_NOT_PINNED, IMAGE_REFERENCE, NAMESPACE_MISSING, WORKLOAD_*, ENV_*, PROP_* */
  constructor(scope: Construct, id: string, props: WorkloadProps) {
    super(scope, id);
    Object.defineProperty(this, WORKLOAD, { value: true });
    this.namespace = namespaceOf(this);
    this.name = objectName(this);
    this.host = `${this.name}.${this.namespace}.svc.cluster.local`;
    const settled = settle(this, this.name, props);
    const { settings, image, cpu, memory, scratch } = settled;
    const labels = { 'app.kubernetes.io/name': this.name };
    this.port = settled.port;
    this.image = image;

    this.connections = new Connections(
      this,
      { addresses: () => podAddresses(this), pods: podSelection(this, this.namespace, labels) },
      this.port,
    );
    this.networkPolicy = new NetworkPolicy(this, 'NetworkPolicy', { pods: this, name: this.name });
    this.monitoring = props.metrics ? { metrics: [props.metrics] } : { waived: 'it shows no metrics' };

    const secrets = props.secretEnvironment ?? {};
    new k8s.KubeServiceAccount(this, 'ServiceAccount', { metadata: { name: this.name, labels }, automountServiceAccountToken: false });
    defineController(this, settings, {
      name: this.name,
      labels,
      template: podTemplate({
        name: this.name,
        labels,
        ...settled,
        ports: containerPorts(this.port, props.metrics?.port),
        environment: podEnvironment(this, this.namespace, props.env ?? {}, secrets),
        restartPolicy: settings.kind === 'CronJob' ? 'Never' : undefined,
        volumeMounts: settings.kind === 'StatefulSet' ? [{ name: 'data', mountPath: settings.volume.path }] : [],
        revisionLabel: settings.kind === 'Deployment' ? 'pod-template-hash' : undefined,
        spread: settings.kind === 'Deployment' || settings.kind === 'StatefulSet',
      }),
    });
    if (this.port) defineService(this, this.name, labels, this.port);

    const replicas = 'replicas' in settings ? settings.replicas : 1;
    if ('replicas' in settings) defineDisruptionBudget(this, this.name, labels, replicas);
    // One replica has no budget: it is away for as long as it takes to start elsewhere.
    const lasting = settings.kind === 'Deployment' ? (settings.autoscale?.min ?? replicas) : replicas;
    this.disruption = { replicas: lasting, minAvailable: lasting - 1 };
    this.consumption = {
      threads: cpu * replicas,
      memory: times(memory, replicas),
      disk: times(settings.kind === 'StatefulSet' ? settings.volume.size.plus(scratch) : scratch, replicas),
    };
    if (!image.digest) {
      warn(
        this,
        'IMAGE_WITHOUT_DIGEST',
        `the tag of ${image} can be moved to another image`,
        "give the digest as well: ContainerImage.of('ghcr.io/example/shop', '1.4.2', 'sha256:…')",
      );
    }
    for (const name of Object.keys(secrets).sort()) {
      warn(
        this,
        'SECRET_IN_ENVIRONMENT',
        `the secret ${name} is in the environment, which child processes inherit and crash reports show`,
        `let the program read a file, and write env: { ${name}_FILE: … }`,
      );
    }
  }

  /** Its cluster: which node a pod is on is the scheduler's to say. */
  public get placement(): Placement {
    const cluster: IConstruct | undefined = KubernetesCluster.find(this);
    return { standsOn: cluster ? [[cluster]] : [] };
  }

  /**
   * Makes it reachable over HTTPS from outside the cluster.
   * @throws WORKLOAD_PORT when it serves nobody
   */
  public expose(props: WorkloadExposureProps): WorkloadExposure {
    if (!this.port) {
      throw new ConfigError(this, 'WORKLOAD_PORT', `cannot be exposed as ${props?.host}, because it has no port`, {
        fix: 'write port: 8080',
      });
    }
    const first = this.node.tryFindChild('expose') === undefined;
    return new WorkloadExposure(this, first ? 'expose' : `expose-${String(props?.host)}`, this.port, props);
  }
}

function containerPorts(port: Port | undefined, metrics: Port | undefined): k8s.ContainerPort[] {
  const ports: k8s.ContainerPort[] = port ? [{ name: 'service', containerPort: port.from, protocol: 'TCP' }] : [];
  if (metrics && metrics.from !== port?.from) ports.push({ name: 'metrics', containerPort: metrics.from, protocol: 'TCP' });
  return ports;
}

function defineService(scope: Construct, name: string, labels: Record<string, string>, port: Port): void {
  new k8s.KubeService(scope, 'Service', {
    metadata: { name, labels },
    spec: {
      type: 'ClusterIP',
      selector: labels,
      ports: [{ name: 'service', port: port.from, targetPort: k8s.IntOrString.fromString('service'), protocol: 'TCP' }],
    },
  });
}

function defineDisruptionBudget(scope: Construct, name: string, labels: Record<string, string>, replicas: number): void {
  if (replicas === 1) {
    warn(scope, 'SINGLE_REPLICA', 'one replica: an upgrade, or the loss of its node, stops it', 'write replicas: 2');
    return;
  }
  new k8s.KubePodDisruptionBudget(scope, 'DisruptionBudget', {
    metadata: { name },
    // Without AlwaysAllow, pods that crash anyway block the drain of their node for good.
    spec: { maxUnavailable: k8s.IntOrString.fromNumber(1), selector: { matchLabels: labels }, unhealthyPodEvictionPolicy: 'AlwaysAllow' },
  });
}

function times(size: Size, count: number): Size {
  return Size.bytes(size.toBytes() * count);
}
