import { Connections, type IConnectable, Secret, Site, Size, Version } from '@ashlar/core';
import { ChartRelease, KubernetesCluster } from '@ashlar/kubernetes';
import { type Host, Vlan } from '@ashlar/network';
import { Construct } from 'constructs';
import { ClusterFactory } from '../../src/cluster-api/cluster-factory';
import type { ClusterInfrastructure } from '../../src/cluster-api/cluster-infrastructure';
import type { DownstreamClusterProps } from '../../src/cluster-api/downstream-cluster';
import { HarvesterInfrastructure } from '../../src/cluster-api/harvester-infrastructure';
import { ProxmoxInfrastructure } from '../../src/cluster-api/proxmox-infrastructure';
import { TinkerbellInfrastructure } from '../../src/cluster-api/tinkerbell-infrastructure';

/** A machine that others stand on. */
export class Hypervisor extends Construct {
  public readonly capacity = { threads: 32, memory: Size.gibibytes(128) };
}

/** What is said of the installer in these tests: that there is one. */
class Installer extends Construct {
  public deliveryOf() {
    return { waits: 'It comes.', check: ['true'] as const };
  }
}

/** The cluster of hypervisors, at an address. */
class Hypervisors extends Construct implements IConnectable {
  public readonly connections: Connections;

  constructor(host: Host) {
    super(host.vlan.node.root as Construct, 'hci');
    this.connections = new Connections(this, host.connections.endpoint);
  }
}

export type InfrastructureName = 'harvester' | 'proxmox' | 'tinkerbell';

export const PROVIDER_IMAGE = `registry.example.net/caphv@sha256:${'0'.repeat(64)}`;

/** A management cluster with a factory on one of the infrastructures, and a segment for a cluster. */
export function factoryLab(
  name: InfrastructureName = 'proxmox',
  overrides: Partial<ConstructorParameters<typeof HarvesterInfrastructure>[0]> = {},
) {
  const site = new Site('lab', { domain: 'lab.example.net' });
  const hypervisors = new Vlan(site, 'hypervisors', { tag: 20, ipv4: '10.20.0.0/24' });
  const platform = new Vlan(site, 'platform', { tag: 30, ipv4: '10.30.0.0/24' });
  const media = new Vlan(site, 'media', { tag: 40, ipv4: '10.40.0.0/24' });
  const games = new Vlan(site, 'games', { tag: 41, ipv4: '10.41.0.0/24' });
  const hci = new Hypervisors(hypervisors.host('hci', 10));
  const hosts = [1, 2, 3].map(n => new Hypervisor(site, `node-0${n}`));
  const brain = new KubernetesCluster(site, 'brain', {
    version: Version.of('1.34.2'),
    nodeAddresses: () => ['10.30.0.11/32', '10.30.0.12/32', '10.30.0.13/32'],
    lifecycle: () => ({ startsAfter: [] }),
  });
  brain.installReleasesWith(new Installer(brain, 'installer'));
  new ChartRelease(brain, 'argocd', {
    chart: 'argo-cd',
    repository: 'https://argoproj.github.io/argo-helm',
    version: '10.1.1',
    namespace: 'argocd',
    withCluster: true,
    defines: ['argoproj.io'],
  });
  const infrastructures: Record<InfrastructureName, () => ClusterInfrastructure> = {
    harvester: () =>
      new HarvesterInfrastructure({
        cluster: hci,
        hosts,
        server: 'https://10.20.0.10',
        identity: Secret.fromKubernetes('cluster-factory', 'harvester', 'kubeconfig'),
        segment: hypervisors,
        image: 'guests/talos',
        keyPair: 'guests/admin',
        providerImage: PROVIDER_IMAGE,
        ...overrides,
      }),
    proxmox: () =>
      new ProxmoxInfrastructure({
        cluster: hci,
        hosts,
        credentials: Secret.fromKubernetes('cluster-factory', 'proxmox', 'url'),
        template: { node: 'node-01', vmId: 9000 },
        vmIds: { start: 4000, end: 4999 },
      }),
    tinkerbell: () =>
      new TinkerbellInfrastructure({
        stack: hci,
        address: platform.host('tinkerbell', 2),
        hosts,
        template: { namespace: 'tinkerbell', name: 'talos' },
      }),
  };
  const factory = new ClusterFactory(brain, 'clusters', {
    infrastructure: infrastructures[name](),
    source: { repository: 'https://git.example.net/cloud.git', path: 'apps/lab/out' },
  });
  const cluster = (given: Partial<Record<keyof DownstreamClusterProps, unknown>> = {}) => {
    const segment = name === 'harvester' ? hypervisors : media;
    return factory.cluster('media', {
      vlan: media,
      version: Version.of('1.34.2'),
      workers: { count: 2 },
      apiAddress: 'apiAddress' in given && typeof given.apiAddress === 'object' ? given.apiAddress : segment.host('media-api', 20),
      nodes: { from: 21, to: 32 },
      ...given,
    } as DownstreamClusterProps);
  };
  return { site, hypervisors, platform, media, games, hci, hosts, brain, factory, cluster };
}
