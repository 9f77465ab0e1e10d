import { toYaml } from '@ashlar/core';
import type { SwarmPort, SwarmService } from './swarm-service';

/** What a stack consists of, checked. */
export interface StackContents {
  readonly services: ReadonlyMap<string, SwarmService>;
  readonly networks: readonly string[];
  /** Name in the stack to the name of the secret in the swarm. */
  readonly secrets: ReadonlyMap<string, string>;
  /** Name in the stack to the name of the config in the swarm, and its file beside the stack. */
  readonly configs: ReadonlyMap<string, { readonly name: string; readonly file: string }>;
}

/** A stack file. @see https://docs.docker.com/reference/compose-file/legacy-versions/ */
export function stackFile({ services, networks, secrets, configs }: StackContents): string {
  return toYaml({
    services: byName(services, service => serviceEntry(service)),
    // Packets between nodes are encrypted by IPsec: swarms do not do that by themselves.
    networks: Object.fromEntries([...networks].sort().map(name => [name, { driver: 'overlay', driver_opts: { encrypted: 'true' } }])),
    ...(secrets.size > 0 && { secrets: byName(secrets, name => ({ external: true, name })) }),
    ...(configs.size > 0 && { configs: byName(configs, ({ name, file }) => ({ name, file: `./${file}` })) }),
  });
}

function serviceEntry(service: SwarmService): object {
  const { image, command, uid, env, secrets, configs, ports, health, stopWithin, networks } = service;
  return {
    image: image.toString(),
    ...(command && { command: command.map(literal) }),
    user: `${uid}:${uid}`,
    init: true,
    read_only: true,
    cap_drop: ['ALL'],
    ...(Object.keys(env).length > 0 && {
      environment: Object.fromEntries(Object.entries(sorted(env)).map(([key, value]) => [key, literal(value)])),
    }),
    networks: [...networks].sort(),
    ...(ports.length > 0 && { ports: ports.map(portEntry) }),
    ...(secrets.length > 0 && {
      secrets: [...secrets].sort().map(name => ({ source: name, target: name, uid: String(uid), gid: String(uid), mode: 0o400 })),
    }),
    ...(Object.keys(configs).length > 0 && {
      configs: Object.entries(sorted(configs)).map(([source, target]) => ({ source, target, mode: 0o444 })),
    }),
    volumes: [...service.writablePaths].sort().map(target => ({ type: 'tmpfs', target, tmpfs: { size: 64 * 1024 * 1024 } })),
    healthcheck: { test: ['CMD', ...health.map(literal)], interval: '10s', timeout: '5s', retries: 3, start_period: '60s' },
    stop_grace_period: stopWithin.toGo(),
    logging: { driver: 'local' },
    deploy: deployment(service),
  };
}

/** A task of the new version is healthy before one of the old goes; when it is not, all go back. */
function deployment({ replicas, maxReplicasPerNode, on, labels, cpu, memory, order }: SwarmService): object {
  const role = { workers: 'worker', managers: 'manager', any: undefined }[on];
  const constraints = [
    ...(role ? [`node.role == ${role}`] : []),
    ...Object.entries(sorted(labels)).map(([key, value]) => `engine.labels.${key} == ${value}`),
  ];
  const memoryLimit = `${Math.ceil(memory.toBytes() / (1024 * 1024))}M`;
  return {
    ...(replicas === 'global' ? { mode: 'global' } : { mode: 'replicated', replicas }),
    placement: {
      ...(constraints.length > 0 && { constraints }),
      preferences: [{ spread: 'engine.labels.host' }],
      ...(maxReplicasPerNode !== undefined && { max_replicas_per_node: maxReplicasPerNode }),
    },
    update_config: { parallelism: 1, delay: '10s', order, failure_action: 'rollback', monitor: '90s', max_failure_ratio: 0 },
    rollback_config: { parallelism: 1, order, failure_action: 'pause', monitor: '90s' },
    restart_policy: { condition: 'any', delay: '5s' },
    resources: { limits: { cpus: String(cpu), memory: memoryLimit }, reservations: { cpus: String(cpu / 10), memory: memoryLimit } },
  };
}

function portEntry({ published, target = published, protocol = 'tcp' }: SwarmPort): object {
  return { target, published, protocol, mode: 'ingress' };
}

/** A dollar as it is: Docker puts variables of the caller into stack files. */
function literal(text: string): string {
  return text.replaceAll('$', '$$$$');
}

function byName<T>(map: ReadonlyMap<string, T>, entry: (value: T) => object): Record<string, object> {
  return Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => [name, entry(value)]));
}

function sorted<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
