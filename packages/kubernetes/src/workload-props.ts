import { Check, ConfigError, Duration, type MetricsEndpoint, Port, type Secret, Size } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { ContainerImage } from './container-image';
import { Controller, type ControllerSettings } from './controller';
import { HealthCheck, type Probes } from './pod-health-check';

export interface WorkloadProps {
  /** With a tag, better with a digest: `ContainerImage.of('ghcr.io/example/shop', '1.4.2', 'sha256:…')`, or as text. */
  readonly image: ContainerImage | string;
  /** TCP port on which it serves; above 1023, because it runs without privileges. 1024–65535 @default - it serves nobody */
  readonly port?: number;
  /** Pods of the default controller, a Deployment. 1–1000 @default 2 */
  readonly replicas?: number;
  /** @default Controller.deployment({ replicas }) */
  readonly controller?: Controller;
  /** Replaces the image's entry point. @default - the image's own */
  readonly command?: readonly string[];
  /** @default - the image's own */
  readonly args?: readonly string[];
  /** Environment variables. A secret is mounted as a file; its variable ends in `_FILE` and holds the path. @default - none */
  readonly env?: Readonly<Record<string, string | Secret>>;
  /** Secrets for programs that read nothing but the environment. @default - none */
  readonly secretEnvironment?: Readonly<Record<string, Secret>>;
  /** @default HealthCheck.tcp(); without a port there is no default, except that a CronJob needs none */
  readonly health?: HealthCheck;
  /** Time to start, before a pod that is not alive is restarted. @default 1 minute */
  readonly startWithin?: Duration;
  /** Time to finish what it is doing when it is stopped. @default 30 seconds */
  readonly stopWithin?: Duration;
  /** Processor cores reserved for each pod; it can use ten times as much while others do not need it. 0.01–64 @default 0.1 */
  readonly cpu?: number;
  /** Memory of each pod, reserved; beyond it the pod is killed. @default 256 MiB */
  readonly memory?: Size;
  /** Disk of the node for each pod: temporary files and logs. @default 256 MiB */
  readonly scratch?: Size;
  /** Folders it can write to, empty at each start; the rest of the image is read-only. @default ['/tmp'] */
  readonly writablePaths?: readonly string[];
  /** User and group of its processes and files. 10000–65533 @default 10001 */
  readonly uid?: number;
  /** Where it shows metrics. @default - it shows none */
  readonly metrics?: MetricsEndpoint;
}

/** Props of a workload that have been checked, with every default in its place. */
export interface SettledWorkload {
  readonly settings: ControllerSettings;
  readonly image: ContainerImage;
  readonly port?: Port;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly probes?: Probes;
  readonly cpu: number;
  readonly memory: Size;
  readonly scratch: Size;
  readonly writablePaths: readonly string[];
  readonly uid: number;
  readonly stopSeconds: number;
}

/**
 * Checks what was given, and decides what was not.
 * @throws IMAGE_*, WORKLOAD_*, PROP_*
 */
export function settle(workload: IConstruct, name: string, props: WorkloadProps): SettledWorkload {
  const check = new Check(workload);
  check.known(props, KNOWN);
  const { settings } = controllerOf(workload, check, props);
  checkName(workload, check, settings, name);
  const image = imageOf(workload, check, props.image);
  const port = portOf(workload, check, settings, props.port);
  const health = healthOf(workload, check, settings, port, props.health);
  const cpu = props.cpu ?? 0.1;
  if (typeof cpu !== 'number' || !(cpu >= 0.01 && cpu <= 64)) {
    throw new ConfigError(workload, 'PROP_RANGE', 'cpu must be a number of cores from 0.01 to 64', { got: cpu, fix: 'write cpu: 0.5' });
  }
  const size = (key: 'memory' | 'scratch') => check.instance(key, props[key] ?? Size.mebibytes(256), Size, 'Size.mebibytes(256)');
  const seconds = (key: 'startWithin' | 'stopWithin', fallback: Duration) =>
    check.instance(key, props[key] ?? fallback, Duration, 'Duration.seconds(30)').toSeconds();
  const writablePaths = check.list('writablePaths', props.writablePaths ?? ['/tmp'], "'/tmp'");
  for (const path of writablePaths) check.text('writablePaths', path, /^\/\S+$/, 'absolute paths', '/var/cache/nginx');
  for (const part of ['command', 'args'] as const) if (props[part]) check.list(part, props[part], "'--verbose'");
  if (props.metrics) check.instance('metrics.port', props.metrics.port, Port, 'Port.tcp(9090)');
  return {
    settings,
    image,
    port,
    command: props.command,
    args: props.args,
    probes: health?.probes(port?.from, seconds('startWithin', Duration.minutes(1))),
    cpu,
    memory: size('memory'),
    scratch: size('scratch'),
    writablePaths,
    uid: check.integer('uid', props.uid ?? 10_001, 10_000, 65_533),
    stopSeconds: seconds('stopWithin', Duration.seconds(30)),
  };
}

const KNOWN: readonly (keyof WorkloadProps)[] = [
  'image',
  'port',
  'replicas',
  'controller',
  'command',
  'args',
  'env',
  'secretEnvironment',
  'health',
  'startWithin',
  'stopWithin',
  'cpu',
  'memory',
  'scratch',
  'writablePaths',
  'uid',
  'metrics',
];

function controllerOf(workload: IConstruct, check: Check, { controller, replicas }: WorkloadProps): Controller {
  if (controller === undefined) return Controller.deployment({ replicas: check.integer('replicas', replicas ?? 2, 1, 1000) });
  check.instance('controller', controller, Controller, 'Controller.deployment({ replicas: 3 })');
  if (replicas !== undefined) {
    throw new ConfigError(
      workload,
      'WORKLOAD_REPLICAS',
      `replicas (${replicas}) is for the default controller, and a ${controller.settings.kind} is given`,
      {
        fix: 'say it in the controller: Controller.statefulSet({ replicas: 3, … })',
      },
    );
  }
  return controller;
}

/** The path in the chart. A controller adds to it what it names its pods and revisions with. */
function checkName(workload: IConstruct, check: Check, settings: ControllerSettings, name: string): void {
  const longest = settings.kind === 'StatefulSet' || settings.kind === 'CronJob' ? 52 : 58;
  check.text(
    'the name of a workload',
    name,
    /^[a-z]([a-z0-9-]*[a-z0-9])?$/,
    'lower-case letters, digits and dashes, a letter first',
    'web',
  );
  if (name.length > longest) {
    throw new ConfigError(
      workload,
      'WORKLOAD_NAME',
      `the name of a ${settings.kind} must be at most ${longest} characters, because the names of its pods begin with it`,
      {
        got: name,
        fix: 'choose a shorter id',
      },
    );
  }
}

function imageOf(workload: IConstruct, check: Check, image: ContainerImage | string): ContainerImage {
  check.present('image', image, "ContainerImage.of('ghcr.io/example/shop', '1.4.2', 'sha256:…')");
  return ContainerImage.is(image) ? image : ContainerImage.parse(image, workload);
}

function portOf(workload: IConstruct, check: Check, settings: ControllerSettings, port: number | undefined): Port | undefined {
  if (port === undefined) return undefined;
  if (settings.kind === 'CronJob') {
    throw new ConfigError(workload, 'WORKLOAD_PORT', 'a CronJob runs and ends, and serves nobody', {
      got: port,
      fix: 'remove port, or use another controller',
    });
  }
  return Port.tcp(check.integer('port', port, 1024, 65_535));
}

function healthOf(
  workload: IConstruct,
  check: Check,
  settings: ControllerSettings,
  port: Port | undefined,
  health: HealthCheck | undefined,
): HealthCheck | undefined {
  if (settings.kind === 'CronJob') {
    if (health === undefined) return undefined;
    throw new ConfigError(workload, 'WORKLOAD_HEALTH', 'a CronJob is healthy when it ends well, and is not probed', {
      fix: 'remove health',
    });
  }
  if (health === undefined && port) return HealthCheck.tcp();
  if (health === undefined) {
    throw new ConfigError(workload, 'WORKLOAD_HEALTH', 'has neither a port nor a health check, so that nobody would notice when it hangs', {
      fix: "write health: HealthCheck.command(['worker', 'ready'], ['worker', 'alive']), or port: 8080",
    });
  }
  check.instance('health', health, HealthCheck, "HealthCheck.http('/readyz')");
  if (health.needsPort && !port)
    throw new ConfigError(workload, 'WORKLOAD_PORT', 'the health check asks the port, and there is none', { fix: 'write port: 8080' });
  return health;
}
