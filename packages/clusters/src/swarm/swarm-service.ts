import { Check, ConfigError, Duration, pathOf, Secret, Size } from '@ashlar/core';
import { ContainerImage } from '@ashlar/kubernetes';
import { updateOrder } from './swarm-placement';
import type { SwarmStack } from './swarm-stack';

/** A port of a service that every node of the swarm answers for. */
export interface SwarmPort {
  /** 1–65535, once in a swarm. */
  readonly published: number;
  /** Where the container listens. 1–65535 @default - as published */
  readonly target?: number;
  /** @default `tcp` */
  readonly protocol?: 'tcp' | 'udp';
}

export interface SwarmServiceProps {
  /** With a tag, better with a digest: `ContainerImage.of('ghcr.io/example/shop', '1.4.2', 'sha256:…')`, or as text. */
  readonly image: ContainerImage | string;
  /** Ends with 0 when a task is healthy, e.g. `['wget', '--spider', '-q', 'http://127.0.0.1:8080/healthz']`; an update that fails it goes back. */
  readonly health: readonly string[];
  /** Tasks, or `global`: one on every node. 1–1000 @default 2 */
  readonly replicas?: number | 'global';
  /** Tasks that one node may run, so that its loss takes no more. 1–1000 @default 1 */
  readonly maxReplicasPerNode?: number;
  /** Names of networks of the stack. @default - the stack's own, `default` */
  readonly networks?: readonly string[];
  /** Names of secrets of the stack; each is the file `/run/secrets/<name>`. @default - none */
  readonly secrets?: readonly string[];
  /** Names of configs of the stack, and where the container sees each. @default - none */
  readonly configs?: Readonly<Record<string, string>>;
  /** @default - none */
  readonly env?: Readonly<Record<string, string>>;
  /** @default - nobody outside reaches it */
  readonly ports?: readonly SwarmPort[];
  /** Replaces the image's command. @default - the image's own */
  readonly command?: readonly string[];
  /** Which nodes run it. @default `workers`, or any node when there are none */
  readonly on?: 'workers' | 'managers' | 'any';
  /** Labels that the engine of a node must have. @default - any node */
  readonly labels?: Readonly<Record<string, string>>;
  /** Processor cores that a task may use; a tenth of it is reserved. 0.01–64 @default 1 */
  readonly cpu?: number;
  /** Memory that a task may use, and which is reserved. @default 256 MiB */
  readonly memory?: Size;
  /** Folders it can write to, empty at each start; the rest of the image is read-only. @default ['/tmp'] */
  readonly writablePaths?: readonly string[];
  /** User and group of its processes. 10000–65533 @default 10001 */
  readonly uid?: number;
  /** Time to finish what it is doing when it is stopped. @default 30 seconds */
  readonly stopWithin?: Duration;
}

const KNOWN: readonly (keyof SwarmServiceProps)[] = [
  'image',
  'health',
  'replicas',
  'maxReplicasPerNode',
  'networks',
  'secrets',
  'configs',
  'env',
  'ports',
  'command',
  'on',
  'labels',
  'cpu',
  'memory',
  'writablePaths',
  'uid',
  'stopWithin',
];

/** A service that has been checked against its stack and its swarm. */
export interface SwarmService extends Required<Omit<SwarmServiceProps, 'image' | 'command' | 'maxReplicasPerNode'>> {
  readonly image: ContainerImage;
  readonly command?: readonly string[];
  /** @default - as many as there are */
  readonly maxReplicasPerNode?: number;
  /** Whether an update starts a task before it stops one. */
  readonly order: 'start-first' | 'stop-first';
}

/**
 * Checks what was given, and decides what was not.
 * @throws SWARM_*, IMAGE_*, PROP_*
 */
export function settleService(stack: SwarmStack, name: string, props: SwarmServiceProps): SwarmService {
  const at = `${pathOf(stack)}/${name}`;
  const check = new Check(at);
  check.label('the name of a service', name);
  check.known(props, KNOWN);
  const global = props.replicas === 'global';
  if (global && props.maxReplicasPerNode !== undefined) {
    throw new ConfigError(at, 'SWARM_GLOBAL', 'a global service has one task on every node, and no other limit', {
      fix: 'remove maxReplicasPerNode',
    });
  }
  const cpu = props.cpu ?? 1;
  if (typeof cpu !== 'number' || !(cpu >= 0.01 && cpu <= 64)) {
    throw new ConfigError(at, 'PROP_RANGE', 'cpu must be a number of cores from 0.01 to 64', {
      got: cpu,
      fix: 'write cpu: 0.5',
    });
  }
  check.present('image', props.image, "ContainerImage.of('ghcr.io/example/shop', '1.4.2', 'sha256:…')");
  for (const { published, target, protocol } of props.ports ?? []) {
    check.integer('ports.published', published, 1, 65_535);
    if (target !== undefined) check.integer('ports.target', target, 1, 65_535);
    if (protocol !== undefined) check.choice('ports.protocol', protocol, ['tcp', 'udp']);
  }
  for (const [key, value] of Object.entries(props.env ?? {})) {
    check.text('the name of an environment variable', key, /^[A-Za-z_]\w*$/, 'letters, digits and underscores', 'DATABASE_HOST');
    if (Secret.is(value)) {
      throw new ConfigError(
        at,
        'SWARM_SECRET_IN_ENVIRONMENT',
        `env.${key} is a secret, and the environment of a service shows in docker inspect`,
        {
          fix: 'add it to secrets, and let the program read /run/secrets',
        },
      );
    }
    check.text(`env.${key}`, value, /^[^\n]*$/, 'one line of text', 'db');
  }
  for (const path of [...(props.writablePaths ?? []), ...Object.values(props.configs ?? {})]) {
    check.text('a path in the container', path, /^(\/[\w.@-]+)+$/, 'an absolute path', '/etc/app/app.conf');
  }
  const settled = {
    image: ContainerImage.is(props.image) ? props.image : ContainerImage.parse(props.image, at),
    health: check.list('health', props.health, "'wget', '--spider', '-q', 'http://127.0.0.1:8080/healthz'"),
    replicas: global ? ('global' as const) : check.integer('replicas', (props.replicas as number | undefined) ?? 2, 1, 1000),
    ...(!global && { maxReplicasPerNode: check.integer('maxReplicasPerNode', props.maxReplicasPerNode ?? 1, 1, 1000) }),
    networks: props.networks ?? ['default'],
    secrets: props.secrets ?? [],
    configs: props.configs ?? {},
    env: props.env ?? {},
    ports: props.ports ?? [],
    command: props.command,
    on: check.choice('on', props.on ?? (stack.swarm.workers.length > 0 ? 'workers' : 'any'), ['workers', 'managers', 'any']),
    labels: props.labels ?? {},
    cpu,
    memory: check.instance('memory', props.memory ?? Size.mebibytes(256), Size, 'Size.mebibytes(256)'),
    writablePaths: props.writablePaths ?? ['/tmp'],
    uid: check.integer('uid', props.uid ?? 10_001, 10_000, 65_533),
    stopWithin: check.instance('stopWithin', props.stopWithin ?? Duration.seconds(30), Duration, 'Duration.seconds(30)'),
  };
  return { ...settled, order: updateOrder(stack.swarm, settled) };
}
