import { type Variant, variant as v } from './variant';

const WORKERS = 'workers: swarmMachines.slice(1) }';
const SWARM_SOFTWARE = "software: [hci.Software.docker('29')],";
const CACHE_HEALTH = "health: ['cache', 'healthy'],";

/** Ways to spoil the swarm of `apps/dev-sandbox/main.ts`, and what runs on it. */
export const DEV_SANDBOX_SWARM: readonly Variant[] = [
  // Its machines
  v('two managers of a swarm', 'managers: swarmMachines.slice(0, 1)', 'managers: swarmMachines.slice(0, 2)', 'SWARM_MANAGERS'),
  v('no manager of a swarm', 'managers: swarmMachines.slice(0, 1)', 'managers: []', 'PROP_EMPTY'),
  v('a manager that is a worker too', WORKERS, 'workers: swarmMachines }', 'SWARM_NODE_TWICE'),
  v(
    'labels of a machine that is not in the swarm',
    WORKERS,
    `${WORKERS.slice(0, -2)}, labels: new Map([[db, { disk: 'nvme' }]]) }`,
    'SWARM_LABEL',
  ),
  v('networks of stacks over a segment', WORKERS, `${WORKERS.slice(0, -2)}, addressPool: '10.3.20.0/22' }`, 'SWARM_NETWORK_OVERLAP'),
  v('networks of stacks that are none', WORKERS, `${WORKERS.slice(0, -2)}, addressPool: '10.240.0.1/16' }`, 'SUBNET_HOST_BITS'),
  v('an account that no machine can have', WORKERS, `${WORKERS.slice(0, -2)}, adminUser: 'Admin!' }`, 'PROP_FORMAT'),
  v('a node of a swarm without Docker', SWARM_SOFTWARE, "software: i === 2 ? [] : [hci.Software.docker('29')],", 'SWARM_WITHOUT_DOCKER'),
  // Its services
  v('more tasks than nodes may run', CACHE_HEALTH, `${CACHE_HEALTH} replicas: 5,`, 'SWARM_REPLICAS'),
  v('a label that no node has', CACHE_HEALTH, `${CACHE_HEALTH} labels: { disk: 'nvme' },`, 'SWARM_NO_NODE'),
  v('a limit for what runs everywhere', CACHE_HEALTH, `${CACHE_HEALTH} replicas: 'global', maxReplicasPerNode: 1,`, 'SWARM_GLOBAL'),
  v('no health check of a service', `${CACHE_HEALTH} `, '', 'PROP_MISSING'),
  v('a misspelt property of a service', CACHE_HEALTH, `${CACHE_HEALTH} replica: 3,`, 'PROP_UNKNOWN'),
  v('an image of a service that moves', 'image: CACHE', "image: 'ghcr.io/example/cache:latest'", 'IMAGE_NOT_PINNED'),
  v('one port for two services', CACHE_HEALTH, `${CACHE_HEALTH} ports: [{ published: 8443 }],`, 'SWARM_PORT_TAKEN'),
  v('a port of a service out of range', 'published: 8443', 'published: 84_430', 'PROP_RANGE'),
  v(
    'a secret in the environment of a service',
    "CACHE_PASSWORD_FILE: '/run/secrets/cache_password'",
    "CACHE_PASSWORD: Secret.fromTerraformVariable('paste_cache_password') as any",
    'SWARM_SECRET_IN_ENVIRONMENT',
  ),
  v(
    'a secret that the stack does not have',
    "secrets: ['cache_password'],\n        env",
    "secrets: ['password'],\n        env",
    'SWARM_UNDEFINED',
  ),
  v('a network that the stack does not have', "networks: ['back'], secrets", "networks: ['backend'], secrets", 'SWARM_UNDEFINED'),
  v('a password of a stack in the program', "Secret.fromTerraformVariable('paste_cache_password')", "'hunter2' as any", 'PROP_TYPE'),
];
