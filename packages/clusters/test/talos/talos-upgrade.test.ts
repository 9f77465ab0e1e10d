import { type Command, type Step, Version } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { eventsOf } from '../../src/talos/talos-upgrade';
import { type UpgradeEvent, upgradeFaults } from '../../src/talos/upgrade-proof';
import { lab } from './lab';

const versions = (talos: string, kubernetes: string) => ({ talos: Version.of(talos), kubernetes: Version.of(kubernetes) });
const [CONTROL_PLANES, WORKERS] = [
  ['cp-1', 'cp-2', 'cp-3'],
  ['worker-1', 'worker-2'],
];

test.each<[title: string, from: readonly [string, string], path: readonly string[]]>([
  ['nothing, when what is declared runs', ['v1.13.9', '1.35.0'], []],
  ['a patch at once', ['v1.13.2', '1.35.0'], ['v1.13.9']],
  ['Talos first, where it runs the old Kubernetes', ['v1.12.4', '1.34.2'], ['v1.13.9', '1.35.0']],
  ['each minor by its last release', ['v1.11.3', '1.34.2'], ['v1.12.11', 'v1.13.9', '1.35.0']],
  [
    'Kubernetes in between, where the next Talos does not run the old one',
    ['v1.10.2', '1.29.4'],
    ['v1.11.6', '1.30.14', 'v1.12.11', '1.31.14', 'v1.13.9', '1.32.10', '1.33.6', '1.34.4', '1.35.0'],
  ],
])('the way is %s', (_, [talos, kubernetes], path) => {
  const cluster = lab(() => ({ running: versions(talos, kubernetes) })).talos();
  expect(cluster.upgradePath.map(({ to }) => to)).toEqual(path);
});

test('a release is on every machine, control planes first, before the next begins; each is configured last', () => {
  const cluster = lab(() => ({ running: versions('v1.12.4', '1.34.2') })).talos();
  expect(cluster.lifecycle.upgrade?.map(({ title }) => title)).toEqual([
    'Upgrade cp-1 from Talos v1.12.4 to v1.13.9',
    'Upgrade cp-2 from Talos v1.12.4 to v1.13.9',
    'Upgrade cp-3 from Talos v1.12.4 to v1.13.9',
    'Upgrade worker-1 from Talos v1.12.4 to v1.13.9',
    'Upgrade worker-2 from Talos v1.12.4 to v1.13.9',
    'Upgrade prod from Kubernetes 1.34.2 to 1.35.0',
    'Configure cp-1 as the program says',
    'Configure cp-2 as the program says',
    'Configure cp-3 as the program says',
    'Configure worker-1 as the program says',
    'Configure worker-2 as the program says',
  ]);
});

test('a machine is upgraded only from the version that is told, and only while all is well', () => {
  const cluster = lab(() => ({ running: versions('v1.13.2', '1.35.0') })).talos();
  const [first] = cluster.lifecycle.upgrade as [Step];
  expect(first).toMatchObject({
    id: 'talos-v1.13.9-cp-1',
    check: {
      command: [
        'kubectl',
        '--context',
        'prod',
        'wait',
        'node/cp-1',
        '--for=jsonpath={.status.nodeInfo.osImage}=Talos (v1.13.9)',
        '--timeout=10s',
      ],
    },
  });
  const { run } = first.action as { run: readonly Command[] };
  expect(run.map(command => command.slice(command[0] === 'kubectl' ? 3 : 7).join(' '))).toEqual([
    'wait node/cp-1 --for=jsonpath={.status.nodeInfo.osImage}=Talos (v1.13.2) --timeout=10s',
    'health --control-plane-nodes 10.20.0.11,10.20.0.12,10.20.0.13 --worker-nodes 10.20.0.14,10.20.0.15 --wait-timeout 2m',
    `upgrade --image ${cluster.image.installer()}`,
    'health --control-plane-nodes 10.20.0.11,10.20.0.12,10.20.0.13 --worker-nodes 10.20.0.14,10.20.0.15 --wait-timeout 2m',
  ]);
});

test.each([
  ['v1.12.4', '1.34.2'],
  ['v1.10.2', '1.29.4'],
  ['v1.11.6', '1.33.6'],
])('played from Talos %s with Kubernetes %s, the plan keeps the majority of etcd at every step', (talos, kubernetes) => {
  const { site, talos: make } = lab(() => ({ running: versions(talos, kubernetes) }));
  const cluster = make();
  const events = eventsOf(cluster.members, cluster.lifecycle.upgrade ?? []);
  expect(events.filter(event => 'node' in event).length).toBeGreaterThan(4);
  expect(upgradeFaults(CONTROL_PLANES, WORKERS, cluster.running, events)).toEqual([]);
  expect(Testing.findings(site)).toEqual([]);
});

test.each<[title: string, events: readonly UpgradeEvent[], faults: readonly string[]]>([
  [
    'two control planes without a wait',
    [
      { node: 'cp-1', talos: 'v1.13.9' },
      { node: 'cp-2', talos: 'v1.13.9' },
    ],
    ['etcd has no majority while cp-1, cp-2 may be away'],
  ],
  [
    'a skipped minor of Kubernetes',
    [{ kubernetes: '1.36.0' }],
    [
      'Kubernetes skips from 1.34.2 to 1.36.0',
      ...['cp-1', 'cp-2', 'cp-3', 'worker-1', 'worker-2'].map(node => `Talos v1.12.4 of ${node} does not run Kubernetes 1.36.0`),
    ],
  ],
  [
    'a skipped minor of Talos',
    [{ node: 'cp-1', talos: 'v1.14.0' }],
    ['cp-1 skips from Talos v1.12.4 to v1.14.0', 'Talos v1.14.0 of cp-1 does not run Kubernetes 1.34.2'],
  ],
  [
    'Kubernetes while a machine boots',
    [{ node: 'worker-1', talos: 'v1.13.9' }, { kubernetes: '1.35.0' }],
    ['Kubernetes 1.35.0 while worker-1 may be away'],
  ],
  ['a machine of others', [{ node: 'cp-9', talos: 'v1.13.9' }], ['cp-9 is no machine of the cluster']],
])('playing finds %s', (_, events, faults) => {
  expect(upgradeFaults(CONTROL_PLANES, WORKERS, versions('v1.12.4', '1.34.2'), events)).toEqual(faults);
});

test('of five control planes two may be away, not three', () => {
  const five = ['a', 'b', 'c', 'd', 'e'];
  const upgrade = (nodes: readonly string[]) =>
    upgradeFaults(
      five,
      [],
      versions('v1.12.4', '1.34.2'),
      nodes.map(node => ({ node, talos: 'v1.12.11' })),
    );
  expect(upgrade(['a', 'b'])).toEqual([]);
  expect(upgrade(['a', 'b', 'c'])).toEqual(['etcd has no majority while a, b, c may be away']);
});

test('a step of the plan that forgets to wait is told', () => {
  const { site, talos } = lab(() => ({ running: versions('v1.12.4', '1.34.2') }));
  const cluster = talos();
  const { lifecycle } = cluster;
  const hasty = (lifecycle.upgrade ?? []).map(step => {
    return 'run' in step.action ? { ...step, action: { run: step.action.run.filter(command => !command.includes('health')) } } : step;
  });
  Object.defineProperty(cluster, 'lifecycle', { value: { ...lifecycle, upgrade: hasty } });
  expect(Testing.findings(site)[0]).toBe(
    'error [lab/prod] the plan of its upgrade is unsafe: Kubernetes 1.35.0 while cp-1, cp-2, cp-3, worker-1, worker-2 may be away; report it: the program may be right, and the plan is not (TALOS_UPGRADE_UNSAFE)',
  );
});
