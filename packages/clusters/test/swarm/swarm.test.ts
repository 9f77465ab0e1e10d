import { acknowledge, Duration, needOf, Port, pathOf, Secret, Site, Size } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { Vlan } from '@ashlar/network';
import { DockerSwarm, type DockerSwarmProps, type SwarmServiceProps, SwarmStack, type SwarmStackProps } from '../../src';
import { expectGolden } from '../golden';
import { TestHost, TestMachine } from '../k3s/lab';

const DIGEST = `sha256:${'0'.repeat(64)}`;
const IMAGE = `ghcr.io/example/shop:1.4.2@${DIGEST}`;
const HEALTH = ['wget', '--spider', '-q', 'http://127.0.0.1:8080/healthz'];
const SERVICE: SwarmServiceProps = { image: IMAGE, health: HEALTH };

/** A site with four machines that have Docker, and a swarm of one manager and two workers, or another. */
function lab(props: (machines: TestMachine[]) => Partial<DockerSwarmProps> = () => ({})) {
  const site = new Site('lab', { domain: 'lab.example.net' });
  const vlan = new Vlan(site, 'servers', { tag: 20, ipv4: '10.20.0.0/24' });
  const machines = [1, 2, 3, 4].map(n => {
    const machine = new TestMachine(site, vlan.host(`swarm-${n}`, 10 + n), new TestHost(site, `pve-0${n}`));
    machine.firstBoot.install('docker-ce');
    return machine;
  });
  const swarm = () => {
    const made = new DockerSwarm(site, 'dev', { managers: machines.slice(0, 1), workers: machines.slice(1, 3), ...props(machines) });
    if (made.managers.length === 1) acknowledge(made, 'SWARM_ONE_MANAGER', 'a laboratory may wait for its manager');
    return made;
  };
  const stack = (more: Partial<SwarmStackProps> = {}, id = 'shop') => new SwarmStack(swarm(), id, { services: { web: SERVICE }, ...more });
  return { site, vlan, machines, swarm, stack };
}

const shop = (): SwarmStackProps => ({
  networks: ['front', 'back'],
  secrets: { db_password: Secret.fromOpenBao('kv/shop', 'db') },
  configs: { 'shop-conf': 'listen 8080\n' },
  services: {
    web: {
      ...SERVICE,
      networks: ['front', 'back'],
      secrets: ['db_password'],
      configs: { 'shop-conf': '/etc/shop/shop.conf' },
      env: { DATABASE_HOST: 'cache', DATABASE_PASSWORD_FILE: '/run/secrets/db_password' },
      ports: [{ published: 443, target: 8443 }],
      on: 'any',
      memory: Size.mebibytes(512),
      stopWithin: Duration.minutes(1),
    },
    cache: { ...SERVICE, replicas: 1, networks: ['back'], command: ['cache', '--memory=128'], labels: { disk: 'nvme' } },
    watch: { ...SERVICE, replicas: 'global', on: 'any', networks: ['back'] },
  },
});

test('a stack: encrypted networks, secrets from outside, placement, updates that wait for health and go back', () => {
  const { site, stack } = lab(machines => ({ labels: new Map([[machines[2] as TestMachine, { disk: 'nvme' }]]) }));
  acknowledge(stack(shop()), 'SWARM_ONE_REPLICA', 'the cache may be empty for a while');
  const files = Testing.files(site);
  expectGolden('swarm/shop.yaml', files['devices/swarm/dev/shop.yaml']);
  expect(files['devices/swarm/dev/shop/shop-conf']).toBe('listen 8080\n');
});

test('an update starts a task first where there is room for one more, and stops one first where there is not', () => {
  const { stack } = lab();
  const { services } = stack({ services: { two: SERVICE, one: { ...SERVICE, replicas: 1 }, more: { ...SERVICE, maxReplicasPerNode: 2 } } });
  expect([...services].map(([name, { order }]) => [name, order])).toEqual([
    ['two', 'stop-first'],
    ['one', 'start-first'],
    ['more', 'start-first'],
  ]);
});

test('another content of a config is another config, because swarms change none', () => {
  const name = (content: string) => {
    const { site, stack } = lab();
    stack({ configs: { conf: content }, services: { web: { ...SERVICE, configs: { conf: '/etc/conf' } } } });
    return /shop_conf_\w+/.exec(Testing.files(site)['devices/swarm/dev/shop.yaml'] as string)?.[0];
  };
  expect(name('a')).toBe('shop_conf_ca978112ca1b');
  expect(name('b')).not.toBe(name('a'));
});

test('a dollar stays a dollar, though Docker fills in variables of the caller', () => {
  const { site, stack } = lab();
  stack({ services: { web: { ...SERVICE, env: { PRICE: '5$A' }, command: ['echo', '$HOME'] } } });
  const text = Testing.files(site)['devices/swarm/dev/shop.yaml'];
  expect(text).toContain('PRICE: 5$$A');
  expect(text).toContain('- $$HOME');
});

test('the engine of a machine has its labels from its first boot', () => {
  const { swarm, machines } = lab(([, worker]) => ({ labels: new Map([[worker as TestMachine, { disk: 'nvme' }]]) }));
  swarm();
  const daemon = machines[1]?.firstBoot.files.find(file => file.path === '/etc/docker/daemon.json');
  expect(JSON.parse(daemon?.content as string)).toEqual({
    'log-driver': 'local',
    'live-restore': false,
    labels: ['disk=nvme', 'host=pve-02'],
  });
});

test('nodes may talk as a swarm needs, and others reach published ports where they are let', () => {
  const { vlan, machines, swarm } = lab();
  swarm().allowServicesFrom(vlan, Port.tcp(443));
  const flows = (machine?: TestMachine) => machine?.connections.ingress.map(flow => `${flow.from.node.id} ${flow.port}`);
  expect(flows(machines[0])?.filter(flow => !flow.startsWith('vm-swarm-3'))).toEqual([
    'vm-swarm-2 2377/tcp',
    'vm-swarm-2 7946/tcp',
    'vm-swarm-2 7946/udp',
    'vm-swarm-2 4789/udp',
    'servers 443/tcp',
  ]);
  expect(flows(machines[1])?.filter(flow => flow.includes('2377'))).toEqual([]);
});

test('machines join with a token that a script hands on, and nothing keeps', () => {
  const { site, swarm } = lab();
  const { nodes } = swarm();
  expectGolden('swarm/join.sh', Testing.files(site)['devices/swarm/dev/join.sh']);
  expect(nodes.map(node => node.lifecycle.startsAfter.map(needOf).map(need => `${pathOf(need.on)} for ${need.for}`))).toEqual([
    [],
    ['lab/dev/swarm-1 for the swarm that it joins'],
    ['lab/dev/swarm-1 for the swarm that it joins'],
  ]);
  expect(nodes.slice(0, 2).flatMap(node => node.lifecycle.start?.map(step => step.action))).toEqual([
    {
      run: [
        [
          'docker',
          '--host',
          'ssh://admin@10.20.0.11',
          'swarm',
          'init',
          '--advertise-addr',
          '10.20.0.11',
          '--default-addr-pool',
          '10.206.0.0/16',
          '--default-addr-pool-mask-length',
          '24',
        ],
      ],
    },
    { byHand: 'Run: sh devices/swarm/dev/join.sh admin 10.20.0.11 10.20.0.12 worker' },
  ]);
});

test('a manager of three leaves by the others: its tasks move, its vote goes, its successor joins', () => {
  const { swarm, machines } = lab(all => ({ managers: all.slice(0, 3), workers: all.slice(3) }));
  const [first] = swarm().nodes;
  const { leave, join } = first?.lifecycle.replace?.(machines[0] as TestMachine) ?? { leave: [], join: [] };
  const host = ['docker', '--host', 'ssh://admin@10.20.0.12', 'node'];
  expect(leave.map(step => step.action)).toEqual([
    { run: [[...host, 'update', '--availability', 'drain', 'swarm-1']] },
    {
      run: [
        [...host, 'demote', 'swarm-1'],
        [...host, 'rm', '--force', 'swarm-1'],
      ],
    },
  ]);
  expect(join.map(step => step.action)).toEqual([{ byHand: 'Run: sh devices/swarm/dev/join.sh admin 10.20.0.12 10.20.0.11 manager' }]);
});

test('when the host under a machine is replaced, its tasks move and come back, and the node stays', () => {
  const { swarm, machines } = lab();
  const worker = swarm().nodes[1];
  const host = machines[1]?.placement.standsOn[0]?.[0] as TestHost;
  const { leave, join } = worker?.lifecycle.replace?.(host) ?? { leave: [], join: [] };
  expect([...leave, ...join].map(step => step.id)).toEqual(['empty', 'open']);
  expect(worker?.lifecycle.replace?.(machines[0] as TestMachine)).toBeUndefined();
});

test('a secret is given by hand, to the input of Docker; then the stack is deployed, and waited for', () => {
  const { stack } = lab(machines => ({ labels: new Map([[machines[2] as TestMachine, { disk: 'nvme' }]]) }));
  const { start } = stack(shop()).lifecycle;
  expect(start?.map(step => [step.id, step.action])).toEqual([
    [
      'secret-db_password',
      {
        byHand:
          'Give the value of openbao:kv/shop#db to the input of: docker --host ssh://admin@10.20.0.11 secret create shop_db_password -',
      },
    ],
    [
      'deploy',
      {
        run: [
          [
            'docker',
            '--host',
            'ssh://admin@10.20.0.11',
            'stack',
            'deploy',
            '--compose-file',
            'devices/swarm/dev/shop.yaml',
            '--prune',
            '--detach=false',
            'shop',
          ],
        ],
      },
    ],
  ]);
});

test('SWARM_NETWORK_OVERLAP: the pool over a segment; the next one is fine', () => {
  const over = lab(() => ({ addressPool: '10.20.0.0/16' }));
  over.swarm();
  expect(Testing.findings(over.site)).toEqual([
    'error [lab/dev] addressPool 10.20.0.0/16 overlaps 10.20.0.0/24 of lab/servers; choose a prefix that no segment has (SWARM_NETWORK_OVERLAP)',
  ]);
  const beside = lab(() => ({ addressPool: '10.21.0.0/16' }));
  beside.swarm();
  expect(Testing.findings(beside.site)).toEqual([]);
});

test('SWARM_WITHOUT_DOCKER: a machine on which nothing installs it', () => {
  const { site, vlan } = lab();
  const bare = new TestMachine(site, vlan.host('bare', 30), new TestHost(site, 'pve-09'));
  acknowledge(new DockerSwarm(site, 'dev', { managers: [bare] }), 'SWARM_ONE_MANAGER', 'a laboratory may wait for its manager');
  expect(Testing.findings(site)).toEqual([
    "error [lab/dev] nothing installs Docker Engine on lab/vm-bare; give the machine software: [Software.docker('29')] (SWARM_WITHOUT_DOCKER)",
  ]);
});

test('one manager, one replica and a tag are told, and may be accepted', () => {
  const { site, machines } = lab();
  const swarm = new DockerSwarm(site, 'dev', { managers: machines.slice(0, 1) });
  new SwarmStack(swarm, 'shop', { services: { web: { image: 'ghcr.io/example/shop:1.4.2', health: HEALTH, replicas: 1 } } });
  expect(Testing.findings(site)).toEqual([
    'warning [lab/dev] one manager: while its machine is away, nothing can be deployed or moved, and its loss is that of the swarm; make three machines managers (SWARM_ONE_MANAGER)',
    'warning [lab/dev/shop] the tag of ghcr.io/example/shop:1.4.2 can be moved to another image; give the digest as well (IMAGE_WITHOUT_DIGEST)',
    'warning [lab/dev/shop] web has one replica: an update, or the loss of its node, stops it; write replicas: 2 (SWARM_ONE_REPLICA)',
  ]);
});

test.each<[string, (machines: TestMachine[]) => Partial<DockerSwarmProps>, string]>([
  [
    'two managers',
    machines => ({ managers: machines.slice(0, 2), workers: [] }),
    '[lab/dev] 2 managers keep the state of the swarm, and an even number survives no more than one less would; use 1, 3, 5 or 7 managers, and make the others workers, see https://docs.docker.com/engine/swarm/admin_guide/ (SWARM_MANAGERS)',
  ],
  [
    'a machine twice',
    machines => ({ workers: machines.slice(0, 2) }),
    '[lab/dev] lab/vm-swarm-1 is listed twice; list each machine once, as a manager or as a worker (SWARM_NODE_TWICE)',
  ],
  [
    'labels of another machine',
    machines => ({ labels: new Map([[machines[3] as TestMachine, { disk: 'nvme' }]]) }),
    '[lab/dev] labels are given for lab/vm-swarm-4, which is none of its machines; list it as a worker, or remove its labels (SWARM_LABEL)',
  ],
])('a swarm fails on %s', (_, props, message) => {
  expect(lab(props).swarm).toThrow(message);
});

const web = (more: object): Partial<SwarmStackProps> => ({ services: { web: { ...SERVICE, ...more } } });

test.each<[string, Partial<SwarmStackProps>, string]>([
  [
    'an undefined network',
    web({ networks: ['back'] }),
    '[lab/dev/shop/web] uses the network back, which lab/dev/shop does not define; use one of default, or add it to networks (SWARM_UNDEFINED)',
  ],
  [
    'an undefined secret',
    web({ secrets: ['db'] }),
    '[lab/dev/shop/web] uses the secret db, which lab/dev/shop does not define; add it to secrets of the stack (SWARM_UNDEFINED)',
  ],
  [
    'an undefined config',
    web({ configs: { nginx: '/etc/nginx.conf' } }),
    '[lab/dev/shop/web] uses the config nginx, which lab/dev/shop does not define; add it to configs of the stack (SWARM_UNDEFINED)',
  ],
  [
    'a port twice',
    { services: { web: { ...SERVICE, ports: [{ published: 80 }] }, api: { ...SERVICE, ports: [{ published: 80, target: 8080 }] } } },
    '[lab/dev/shop/api] publishes 80/tcp, which lab/dev/shop/web-80-tcp already does; publish another port, or put a proxy before both (SWARM_PORT_TAKEN)',
  ],
  [
    'more replicas than nodes have room for',
    web({ replicas: 3 }),
    '[lab/dev/shop/web] 3 replicas have room for 2: 2 nodes run 1 each; write replicas: 2, or raise maxReplicasPerNode (SWARM_REPLICAS)',
  ],
  [
    'a label that no worker has',
    web({ labels: { disk: 'nvme' } }),
    '[lab/dev/shop/web] none of the workers with disk=nvme of dev may run it; give a node these labels, or remove them here (SWARM_NO_NODE)',
  ],
  [
    'a limit for a global service',
    web({ replicas: 'global', maxReplicasPerNode: 2 }),
    '[lab/dev/shop/web] a global service has one task on every node, and no other limit; remove maxReplicasPerNode (SWARM_GLOBAL)',
  ],
  [
    'an image without a tag',
    web({ image: 'ghcr.io/example/shop' }),
    `[lab/dev/shop/web] image may be another one tomorrow: it has neither a digest nor a tag other than latest, got "ghcr.io/example/shop"; write ContainerImage.of('ghcr.io/example/shop', '1.4.2', 'sha256:…') (IMAGE_NOT_PINNED)`,
  ],
  [
    'the tag latest',
    web({ image: 'ghcr.io/example/shop:latest' }),
    `[lab/dev/shop/web] image may be another one tomorrow: it has neither a digest nor a tag other than latest, got "ghcr.io/example/shop:latest"; write ContainerImage.of('ghcr.io/example/shop', '1.4.2', 'sha256:…') (IMAGE_NOT_PINNED)`,
  ],
  [
    'no health check',
    web({ health: [] }),
    "[lab/dev/shop/web] health is empty; write health: ['wget', '--spider', '-q', 'http://127.0.0.1:8080/healthz'] (PROP_EMPTY)",
  ],
  [
    'a secret in the environment',
    web({ env: { DATABASE_PASSWORD: Secret.fromOpenBao('kv/shop', 'db') } }),
    '[lab/dev/shop/web] env.DATABASE_PASSWORD is a secret, and the environment of a service shows in docker inspect; add it to secrets, and let the program read /run/secrets (SWARM_SECRET_IN_ENVIRONMENT)',
  ],
  [
    'a port outside the range',
    web({ ports: [{ published: 70_000 }] }),
    '[lab/dev/shop/web] ports.published must be from 1 to 65535, got 70000; choose a value inside the range (PROP_RANGE)',
  ],
  [
    'a misspelt property',
    web({ replica: 3 }),
    '[lab/dev/shop/web] there is no property replica; use one of image, health, replicas, maxReplicasPerNode, networks, secrets, configs, env, ports, command, on, labels, cpu, memory, writablePaths, uid, stopWithin (PROP_UNKNOWN)',
  ],
  [
    'no service',
    { services: {} },
    "[lab/dev/shop] services is empty; write services: [web: { image: 'ghcr.io/example/web:1.4.2', … }] (PROP_EMPTY)",
  ],
])('a stack fails on %s', (_, props, message) => {
  expect(() => lab().stack(props)).toThrow(message);
});

test('workers are asked for where there are none', () => {
  const { machines, site } = lab();
  const swarm = new DockerSwarm(site, 'dev', { managers: machines.slice(0, 3) });
  expect(() => new SwarmStack(swarm, 'shop', web({ on: 'workers' }) as SwarmStackProps)).toThrow(
    "[lab/dev/shop/web] none of the workers of dev may run it; write on: 'any' (SWARM_NO_NODE)",
  );
});
