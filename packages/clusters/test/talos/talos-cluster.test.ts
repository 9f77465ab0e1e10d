import { Port } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { expectGolden } from '../golden';
import { lab } from './lab';

test('each machine has a configuration without secrets, and the cluster its schematic', () => {
  const { site, talos } = lab();
  talos();
  const files = Testing.files(site);
  expect(Object.keys(files).filter(path => path.startsWith('talos/'))).toEqual([
    'talos/prod/cp-1.yaml',
    'talos/prod/cp-2.yaml',
    'talos/prod/cp-3.yaml',
    'talos/prod/schematic.yaml',
    'talos/prod/worker-1.yaml',
    'talos/prod/worker-2.yaml',
  ]);
  expectGolden('talos/control-plane.yaml', files['talos/prod/cp-1.yaml']);
  expectGolden('talos/worker.yaml', files['talos/prod/worker-1.yaml']);
  expectGolden('talos/schematic.yaml', files['talos/prod/schematic.yaml']);
});

test('a machine of metal is told its address, its gateway and its resolver, behind a load balancer there is no virtual address', () => {
  const { site, talos } = lab(({ guests }) => ({
    controlPlanes: guests.slice(0, 1),
    workers: [],
    endpoint: 'https://api.lab.example.net:6443',
    image: { platform: 'metal', secureBoot: true },
    encryption: 'tpm',
    timeServers: ['ntp.lab.example.net'],
    registryMirrors: { 'docker.io': ['https://mirror.lab.example.net'] },
  }));
  talos();
  expectGolden('talos/metal.yaml', Testing.files(site)['talos/prod/cp-1.yaml']);
});

test('what a patch says takes the place of what the cluster says, on its machines only', () => {
  const { site, talos } = lab(({ guests }) => ({
    patches: [
      { config: { machine: { install: { wipe: true } } }, nodes: guests.slice(0, 1) },
      { config: { apiVersion: 'v1alpha1', kind: 'WatchdogTimerConfig', device: '/dev/watchdog0' }, nodes: guests.slice(4) },
    ],
  }));
  talos();
  const files = Testing.files(site);
  expect(files['talos/prod/cp-1.yaml']).toContain('    disk: /dev/vda\n');
  expect(files['talos/prod/cp-1.yaml']).toContain('    wipe: true\n');
  expect(files['talos/prod/cp-2.yaml']).toContain('    wipe: false\n');
  expect(files['talos/prod/worker-2.yaml']).toContain('kind: WatchdogTimerConfig\n');
  expect(files['talos/prod/worker-1.yaml']).not.toContain('WatchdogTimerConfig');
});

test('the node carries a hash of its configuration, which changes with it', () => {
  const digests = [{}, { timeServers: ['10.20.0.1'] }, {}].map(overrides => {
    const cluster = lab(() => overrides).talos();
    return cluster.patchOf(cluster.members[0] as never).digest;
  });
  expect(digests[0]).toMatch(/^[0-9a-f]{16}$/);
  expect(digests[1]).not.toBe(digests[0]);
  expect(digests[2]).toBe(digests[0]);
});

test('the schematic is named as the factory names it', () => {
  const name = (image: object) => lab(() => ({ image: { platform: 'nocloud', ...image } })).talos().image.schematicId;
  expect(name({})).toBe('376567988ad370138ad8b2698212367b8edcb69b5fd68c80be1f2ec7d603b4ba');
  expect(name({ kernelArguments: ['noapic', 'nolapic'] })).toBe('9cba8e32753f91a16c1837ab8abf356af021706ef284aef07380780177d9a06c');
  expect(name({ extensions: ['qemu-guest-agent', 'iscsi-tools'] })).toBe(
    'dc7b152cb3ea99b821fcb7340ce7168313ce393d663740b791c36f6e95fc8586',
  );
});

test('machines reach each other at what they need and nothing else, etcd among control planes only', () => {
  const { guests, talos } = lab();
  talos();
  const ports = (from: number, to: number) =>
    guests[to]?.connections.ingress
      .filter(flow => flow.from === guests[from])
      .map(({ port }) => String(port))
      .sort();
  const everywhere = ['10250/tcp', '4240/tcp', '50000/tcp', '51871/udp', '8472/udp'];
  expect(ports(0, 1)).toEqual([...everywhere, '2379-2380/tcp', '50001/tcp', '6443/tcp'].sort());
  expect(ports(3, 1)).toEqual([...everywhere, '50001/tcp', '6443/tcp'].sort());
  expect(ports(1, 3)).toEqual(everywhere);
  expect(ports(4, 3)).toEqual(everywhere);
});

test('others are let in to the API of Kubernetes, to that of Talos and to services', () => {
  const { vlan, guests, talos } = lab();
  const cluster = talos();
  const desk = vlan.host('desk', 90);
  cluster.allowApiFrom(desk);
  cluster.allowTalosFrom(desk);
  cluster.allowServicesFrom(desk, Port.tcp(443));
  const to = (guest: number) => guests[guest]?.connections.ingress.filter(({ from }) => from === desk).map(({ port }) => String(port));
  expect(to(0)).toEqual(['6443/tcp', '50000/tcp', '443/tcp']);
  expect(to(3)).toEqual(['50000/tcp', '443/tcp']);
});

test('it stands while a majority of its control planes does', () => {
  const { guests, talos } = lab();
  const [a, b, c] = guests;
  expect(talos().placement).toEqual({
    standsOn: [
      [a, b],
      [a, c],
      [b, c],
    ],
  });
});

test('without workers, control planes run workloads too', () => {
  const { site, talos } = lab(() => ({ workers: [] }));
  talos();
  expect(Testing.files(site)['talos/prod/cp-1.yaml']).toContain('  allowSchedulingOnControlPlanes: true\n');
});
