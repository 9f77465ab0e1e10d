import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addEnvironment, type EnvironmentSpec, environmentsOf, removeEnvironment } from '@ashlar/cli';

const APP = join(__dirname, '../apps/metal-lab');

/** One more cluster of the metal lab. */
const TOOLS: EnvironmentSpec = {
  network: { tag: 143, ipv4: '10.143.0.0/24' },
  version: '1.34.2',
  class: 'small',
  controlPlanes: 3,
  workers: { count: 2 },
  api: 43,
  nodes: { from: 11, to: 19 },
  services: '10.143.1.0/24',
  asn: 64_533,
  pods: '10.243.0.0/16',
  cluster: '10.253.0.0/16',
};
const dryRun = (spec: EnvironmentSpec) => addEnvironment('tools', spec, { app: APP, dryRun: true });
const clusters = () => readdirSync(join(APP, 'clusters')).map(file => [file, readFileSync(join(APP, 'clusters', file), 'utf8')]);

jest.setTimeout(120_000);

test('one short file is a segment, a cluster in it, and all that others have to know of it', async () => {
  const before = clusters();
  const { added, changed, removed } = await dryRun(TOOLS);
  expect(removed).toEqual([]);
  for (const path of [
    'kubernetes/brain/tools/Cluster-tools.yaml',
    'kubernetes/brain/tools/TalosControlPlane-tools-control-plane.yaml',
    'kubernetes/brain/tools/MachineDeployment-tools-workers.yaml',
    'kubernetes/brain/tools/MachineHealthCheck-tools-workers.yaml',
    'kubernetes/brain/argocd-tools/AppProject-tools.yaml',
    'kubernetes/hci/guests/NetworkAttachmentDefinition-tools.yaml',
    'kubernetes/tools/network/CiliumLoadBalancerIPPool-tools.yaml',
  ]) {
    expect(added).toContain(path);
  }
  for (const path of ['devices/switches/core.md', 'devices/vyos/gateway/commands.txt', 'report/claims.json'])
    expect(changed).toContain(path);
  expect(clusters()).toEqual(before);
});

test('an environment that is removed takes all of its files with it', async () => {
  const { added, removed } = await removeEnvironment('media', { app: APP, dryRun: true });
  expect(added).toEqual([]);
  expect(removed).toContain('kubernetes/brain/media/Cluster-media.yaml');
  expect(removed.filter(path => !path.includes('media'))).toEqual([]);
  expect(environmentsOf(APP)).toContain('media');
});

test.each<[string, EnvironmentSpec, string]>([
  ['a tag of another segment', { network: { tag: 142, ipv4: '10.143.0.0/24' } }, 'VLAN_TAG'],
  ['a prefix of another segment', { network: { tag: 143, ipv4: '10.140.0.0/24' } }, 'SUBNET_OVERLAP'],
  ['a tag out of range', { network: { tag: 4095, ipv4: '10.143.0.0/24' } }, 'SPEC_FORMAT'],
  ['an even number of control planes', { controlPlanes: 2 }, 'SPEC_FORMAT'],
  ['a size that there is not', { class: 'huge' }, 'SPEC_FORMAT'],
  ['a misspelt key', { worker: { count: 2 } }, 'SPEC_FORMAT'],
  ['fewer workers than none', { workers: { count: -1 } }, 'SPEC_FORMAT'],
  ['a Kubernetes that nothing here makes', { version: '1.20.0' }, 'DOWNSTREAM_VERSION'],
  ['a minor that is skipped', { running: '1.32.9' }, 'DOWNSTREAM_VERSION'],
  ['addresses for fewer machines than there are', { nodes: { from: 11, to: 13 } }, 'DOWNSTREAM_NODES'],
  ['an autoscaler from more to fewer', { workers: { min: 5, max: 2 } }, 'DOWNSTREAM_WORKERS'],
  ['pods of another cluster', { pods: '10.240.0.0/16' }, 'DOWNSTREAM_NETWORK_OVERLAP'],
  ['pods over a segment', { pods: '10.130.0.0/16' }, 'DOWNSTREAM_NETWORK_OVERLAP'],
  ['services over pods', { cluster: '10.243.128.0/20' }, 'DOWNSTREAM_NETWORK_OVERLAP'],
  ['announced services of another cluster', { services: '10.142.1.0/24' }, 'SUBNET_OVERLAP'],
  ['announced services without an autonomous system', { asn: undefined }, 'SPEC_SERVICES'],
])('%s is one clear error, and nothing changes', async (_, spoilt, code) => {
  const before = clusters();
  const error = await dryRun(JSON.parse(JSON.stringify({ ...TOOLS, ...spoilt }))).then(
    () => undefined,
    (refused: Error) => refused,
  );
  expect(error?.message.split('\n')).toEqual([
    '[clusters/tools.yaml] the app refuses it, and nothing has changed',
    expect.stringMatching(new RegExp(String.raw`^ {2}error \[[^\]]+\] .+; .+ \(${code}\) \(ENVIRONMENT_REFUSED\)$`)),
  ]);
  expect(clusters()).toEqual(before);
});
