import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Duration, Secret, Site } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { Vlan } from '@ashlar/network';
import { parse, stringify } from 'yaml';
import { DockerSwarm, SwarmStack } from '../../../packages/clusters/src';
import { TestHost, TestMachine } from '../../../packages/clusters/test/k3s/lab';
import { describeWith, filesBelow, outputs, tool } from '../tool';
import { Verdict } from '../verdict';

const IMAGE = `ghcr.io/example/shop:1.4.2@sha256:${'0'.repeat(64)}`;
const HEALTH = ['wget', '--spider', '-q', 'http://127.0.0.1:8080/healthz'];

// biome-ignore lint/suspicious/noExplicitAny: what is spoilt is Docker's
type Fields = any;

/** A stack with everything that a stack can have. */
function files(): Record<string, string> {
  const site = new Site('lab', { domain: 'lab.example.net' });
  const vlan = new Vlan(site, 'servers', { tag: 20, ipv4: '10.20.0.0/24' });
  const machines = [1, 2, 3].map(n => {
    const machine = new TestMachine(site, vlan.host(`swarm-${n}`, 10 + n), new TestHost(site, `pve-0${n}`));
    machine.firstBoot.install('docker-ce');
    return machine;
  });
  const swarm = new DockerSwarm(site, 'dev', { managers: machines, labels: new Map(machines.map(machine => [machine, { disk: 'nvme' }])) });
  new SwarmStack(swarm, 'shop', {
    networks: ['front', 'back'],
    secrets: { db_password: Secret.fromOpenBao('kv/shop', 'db') },
    configs: { 'shop-conf': 'listen 8080\n' },
    services: {
      web: {
        image: IMAGE,
        health: HEALTH,
        networks: ['front', 'back'],
        secrets: ['db_password'],
        configs: { 'shop-conf': '/etc/shop/shop.conf' },
        env: { PRICE: '5$' },
        ports: [
          { published: 443, target: 8443 },
          { published: 53, protocol: 'udp' },
        ],
        labels: { disk: 'nvme' },
        stopWithin: Duration.minutes(1),
      },
      watch: { image: IMAGE, health: HEALTH, replicas: 'global', networks: ['back'] },
    },
  });
  return Testing.files(site);
}

/** One fault in a stack of ours, and what the refusal tells. */
const BROKEN: readonly [title: string, spoil: (stack: Fields) => void, reason: RegExp][] = [
  ['a misspelt property of a service', s => Object.assign(s.services.web, { imagee: 'x' }), /imagee/],
  ['a misspelt property of a deployment', s => Object.assign(s.services.web.deploy, { replica: 2 }), /replica/],
  ['replicas in words', s => Object.assign(s.services.web.deploy, { replicas: 'many' }), /replicas/],
  ['an order that is none', s => Object.assign(s.services.web.deploy.update_config, { order: 'together' }), /order/],
  ['memory in words', s => Object.assign(s.services.web.deploy.resources.limits, { memory: 'much' }), /memory|size/],
  ['a delay without a unit', s => Object.assign(s.services.web.deploy.update_config, { delay: 'soon' }), /duration|soon/],
  [
    'constraints that are no list',
    s => Object.assign(s.services.web.deploy.placement, { constraints: 'node.role == worker' }),
    /constraints/,
  ],
  ['a preference without a kind', s => Object.assign(s.services.web.deploy.placement, { preferences: ['host'] }), /preferences/],
  ['a health check that is no command', s => Object.assign(s.services.web.healthcheck, { test: 8080 }), /test/],
  ['a port outside the range', s => Object.assign(s.services.web, { ports: ['99999:80'] }), /port/i],
  ['a target that is no number', s => Object.assign(s.services.web.ports[0], { target: 'https' }), /target/],
  ['a secret without a file', s => Object.assign(s.secrets, { other: { driverr: 'x' } }), /driverr/],
  ['options of a network as a list', s => Object.assign(s.networks.back, { driver_opts: ['encrypted'] }), /driver_opts/],
  ['a network with a misspelt driver', s => Object.assign(s.networks.back, { drivers: 'overlay' }), /drivers/],
  ['a temporary file system in words', s => Object.assign(s.services.web.volumes[0], { tmpfs: { size: 'big' } }), /size/],
  ['a volume that is nowhere', s => Object.assign(s.services.web, { volumes: [{ source: 'data', target: '/data' }] }), /volumes|type/],
  ['an environment in an environment', s => Object.assign(s.services.web, { environment: { A: { B: 'c' } } }), /environment/],
  ['services as a list', s => Object.assign(s, { services: [] }), /services/],
  ['a variable that is none', s => Object.assign(s.services.web, { command: ['echo', '${1'] }), /interpolation|invalid/i],
];

describeWith(['stack-reader'], 'stacks of Docker Swarm', () => {
  const verdict = new Verdict('docker stack config 28.5.2');
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'stack-'));
    for (const [path, text] of Object.entries(files())) {
      if (!path.startsWith('devices/swarm/')) continue;
      mkdirSync(join(folder, dirname(path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const config = (file: string) =>
    spawnSync(tool('stack-reader') as string, ['config', '--compose-file', file], { encoding: 'utf8', timeout: 30_000, cwd: folder });
  const ours = () => join(folder, 'devices/swarm/dev/shop.yaml');

  test('a stack with everything is read as it was meant', () => {
    const { status, stdout, stderr } = config(ours());
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const read = parse(stdout);
    verdict.took(Object.keys(read.services).length);
    expect(read.services.web).toMatchObject({
      environment: { PRICE: '5$' },
      deploy: { replicas: 2, update_config: { order: 'start-first', failure_action: 'rollback' } },
      ports: [
        { published: 443, target: 8443 },
        { published: 53, protocol: 'udp' },
      ],
    });
  });

  test('stacks of every app', () => {
    const stacks = outputs().flatMap(({ folder: out }) => filesBelow(join(out, 'devices/swarm'), path => path.endsWith('.yaml')));
    for (const stack of stacks) {
      const { status, stdout, stderr } = config(stack);
      expect([stack, stderr, status]).toEqual([stack, '', 0]);
      verdict.took(Object.keys(parse(stdout).services).length);
    }
    expect(stacks.length).toBeGreaterThan(0);
  });

  test.each(BROKEN)('broken: %s', (_, spoil, reason) => {
    const stack = parse(files()['devices/swarm/dev/shop.yaml'] as string);
    spoil(stack);
    const file = join(folder, 'devices/swarm/dev/broken.yaml');
    writeFileSync(file, stringify(stack));
    const { status, stderr } = config(file);
    verdict.sawBroken(status !== 0);
    expect(stderr).toMatch(reason);
    expect(status).not.toBe(0);
  });
});
