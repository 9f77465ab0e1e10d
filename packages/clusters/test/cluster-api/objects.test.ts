import { pathOf, Version } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { parse } from 'yaml';
import { ClusterClass } from '../../src/cluster-api/cluster-class';
import { expectGolden } from '../golden';
import { factoryLab, type InfrastructureName, PROVIDER_IMAGE } from './factory-lab';

/** The files of a lab with one cluster. */
function filesOf(name: InfrastructureName = 'proxmox', given: Parameters<ReturnType<typeof factoryLab>['cluster']>[0] = {}) {
  const { site, cluster } = factoryLab(name);
  cluster(given);
  return Testing.files(site);
}

/** Those below a folder, as one text. */
const below = (files: Record<string, string>, folder: string) =>
  Object.entries(files)
    .filter(([path]) => path.startsWith(folder))
    .map(([, text]) => `---\n${text}`)
    .join('');

// biome-ignore lint/suspicious/noExplicitAny: what is read is the vendor's
const objectsOf = (files: Record<string, string>, folder = 'kubernetes/brain/media/'): any[] =>
  Object.entries(files).flatMap(([path, text]) => (path.startsWith(folder) ? [parse(text)] : []));

describe('the objects of a cluster', () => {
  test.each(['proxmox', 'harvester', 'tinkerbell'] as const)('on %s', name => {
    expectGolden(`cluster-api/${name}.yaml`, below(filesOf(name), 'kubernetes/brain/media/'));
  });

  test('let Argo CD of the management cluster reach it, and nothing of that is secret', () => {
    expectGolden('cluster-api/registration.yaml', below(filesOf(), 'kubernetes/brain/argocd-media/'));
  });

  test('refer to templates that are there', () => {
    for (const name of ['proxmox', 'harvester', 'tinkerbell'] as const) {
      const all = objectsOf(filesOf(name));
      const names = new Set(all.map(({ kind, metadata }) => `${kind} ${metadata.name}`));
      const cluster = all.find(({ kind }) => kind === 'Cluster').spec;
      const control = all.find(({ kind }) => kind === 'TalosControlPlane').spec;
      const { bootstrap, infrastructureRef } = all.find(({ kind }) => kind === 'MachineDeployment').spec.template.spec;
      const references = [
        cluster.controlPlaneRef,
        cluster.infrastructureRef,
        control.infrastructureTemplate,
        bootstrap.configRef,
        infrastructureRef,
      ];
      expect(references.filter(each => !names.has(`${each.kind} ${each.name}`))).toEqual([]);
    }
  });

  test('have a template of another name once a machine is another, and the same otherwise', () => {
    const templates = (given: object) =>
      objectsOf(filesOf('proxmox', given)).flatMap(({ kind, metadata }) => (kind === 'ProxmoxMachineTemplate' ? [metadata.name] : []));
    const [small, medium] = [templates({}), templates({ class: ClusterClass.MEDIUM })];
    expect(templates({ workers: { count: 3 }, version: Version.of('1.35.0') })).toEqual(small);
    expect(small.filter(name => medium.includes(name))).toEqual([]);
    expect(small).toEqual([
      expect.stringMatching(/^media-control-plane-[0-9a-f]{8}$/),
      expect.stringMatching(/^media-worker-[0-9a-f]{8}$/),
    ]);
  });

  test('never replace what etcd needs for its majority', () => {
    const allowed = (controlPlanes: number) =>
      objectsOf(filesOf('proxmox', { controlPlanes })).find(
        ({ kind, metadata }) => kind === 'MachineHealthCheck' && metadata.name === 'media-control-plane',
      ).spec.remediation.triggerIf.unhealthyLessThanOrEqualTo;
    expect([1, 3, 5, 7].map(allowed)).toEqual([0, 1, 2, 3]);
  });

  test('leave the number of workers to the autoscaler, within its bounds', () => {
    const files = filesOf('proxmox', { workers: { min: 2, max: 5 } });
    const workers = objectsOf(files).find(({ kind }) => kind === 'MachineDeployment');
    expect(workers.spec.replicas).toBeUndefined();
    expect(workers.metadata.annotations).toMatchObject({
      'cluster.x-k8s.io/cluster-api-autoscaler-node-group-min-size': '2',
      'cluster.x-k8s.io/cluster-api-autoscaler-node-group-max-size': '5',
    });
    expectGolden('cluster-api/autoscaler.yaml', files['kubernetes/brain/media/NetworkPolicy-autoscaler.yaml']);
  });

  test('are those of etcd alone when there are no workers', () => {
    const kinds = objectsOf(filesOf('proxmox', { workers: { count: 0 } })).map(({ kind }) => kind);
    expect(kinds.sort()).toEqual(
      [
        'Cluster',
        'MachineHealthCheck',
        'Namespace',
        'NetworkPolicy',
        'ProxmoxCluster',
        'ProxmoxMachineTemplate',
        'Role',
        'RoleBinding',
        'TalosControlPlane',
      ].sort(),
    );
  });

  test('pass the address of the API on between machines, but where the infrastructure has it', () => {
    const passed = (name: InfrastructureName) => below(filesOf(name), 'kubernetes/brain/media/TalosControlPlane').includes('vip:');
    expect([passed('proxmox'), passed('tinkerbell'), passed('harvester')]).toEqual([true, true, false]);
  });
});

test('a provider is one release, in a namespace of its own, with its own image where one is named', () => {
  expectGolden('cluster-api/providers.yaml', below(filesOf('harvester'), 'kubernetes/brain/ca'));
  const provider = parse(filesOf('harvester')['kubernetes/brain/caphv-system/InfrastructureProvider-harvester-harvester.yaml'] as string);
  expect(provider.spec.deployment.containers).toEqual([{ name: 'manager', imageUrl: PROVIDER_IMAGE }]);
});

test('two labs with the same program have the same files, to the byte', () => {
  expect(filesOf('harvester')).toEqual(filesOf('harvester'));
});

describe('what a cluster says of itself', () => {
  test('is what its machines take, as many as the autoscaler may make', () => {
    const media = factoryLab().cluster({ workers: { min: 2, max: 5 } });
    expect(media.consumption).toMatchObject({ threads: 3 * 2 + 5 * 4 });
    expect(String(media.consumption.memory)).toBe('52 GiB');
    expect(media.depiction.facts).toEqual(['1.34.2', '3 control planes, 2 to 5 workers', 'API 10.40.0.20']);
  });

  test('is who reaches it: the controllers and Argo CD, from the nodes of the management cluster', () => {
    const { cluster, media } = factoryLab();
    cluster();
    const flows = media.connections.ingress.map(({ from, port }) => `${pathOf(from)} ${port}`);
    expect(flows).toEqual([
      'lab/brain/clusters 6443/tcp',
      'lab/brain/capi-system/controllers 6443/tcp',
      'lab/brain/cacppt-system/controllers 6443/tcp',
      'lab/brain/cacppt-system/controllers 50000/tcp',
    ]);
  });

  test('is a host for each address, with a name', () => {
    const { nodes } = factoryLab().cluster();
    expect(nodes.map(({ fqdn, ip }) => `${fqdn} ${ip}`).slice(0, 2)).toEqual([
      'media-21.lab.example.net 10.40.0.21',
      'media-22.lab.example.net 10.40.0.22',
    ]);
  });
});
