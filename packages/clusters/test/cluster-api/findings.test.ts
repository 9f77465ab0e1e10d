import { Secret, Size, Version } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { ChartRelease, KubernetesCluster } from '@ashlar/kubernetes';
import { BgpPeering, Vlan, VyOs } from '@ashlar/network';
import { Construct } from 'constructs';
import { ClusterClass } from '../../src/cluster-api/cluster-class';
import { ClusterFactory } from '../../src/cluster-api/cluster-factory';
import type { DownstreamClusterProps } from '../../src/cluster-api/downstream-cluster';
import { ProxmoxInfrastructure } from '../../src/cluster-api/proxmox-infrastructure';
import { TinkerbellInfrastructure } from '../../src/cluster-api/tinkerbell-infrastructure';
import { factoryLab } from './factory-lab';

const VERSION = Version.of('1.34.2');

/** A second cluster, sound unless something is written over. */
function second(lab: ReturnType<typeof factoryLab>, given: Partial<DownstreamClusterProps> = {}, id = 'games') {
  return lab.factory.cluster(id, {
    vlan: lab.games,
    version: VERSION,
    workers: { count: 2 },
    apiAddress: given.apiAddress ?? lab.games.host('games-api', 20),
    nodes: { from: 21, to: 32 },
    podCidr: '10.245.0.0/16',
    serviceCidr: '10.97.0.0/16',
    ...given,
  });
}

describe('of two clusters of a factory', () => {
  test('nothing is told when they have nothing in common', () => {
    const lab = factoryLab();
    lab.cluster();
    second(lab);
    expect(Testing.findings(lab.site)).toEqual([]);
  });

  test('each has a segment of its own', () => {
    const lab = factoryLab();
    lab.cluster();
    expect(() => second(lab, { vlan: lab.media, apiAddress: lab.media.host('games-api', 50) })).toThrow(
      new Error(
        '[lab/brain/clusters/games] vlan is lab/media, which is that of lab/brain/clusters/media; give each cluster a segment of its own (DOWNSTREAM_VLAN)',
      ),
    );
  });

  test('each has a name of its own', () => {
    const lab = factoryLab();
    lab.cluster();
    expect(() => second(lab, {}, 'media')).toThrow(
      new Error('[lab/brain/clusters] already holds a DownstreamCluster media, [lab/brain/clusters/media]; choose another id (ID_TAKEN)'),
    );
  });

  test('none is called as a namespace of the management cluster', () => {
    const lab = factoryLab();
    lab.brain.namespace('games');
    expect(() => second(lab)).toThrow(
      new Error('[lab/brain/games] lab/brain already has a namespace games; choose another id, or use the one that is there (UNIT_TAKEN)'),
    );
  });

  test('each has an address of its API', () => {
    const lab = factoryLab('harvester');
    const apiAddress = lab.hypervisors.host('api', 20);
    lab.cluster({ apiAddress });
    expect(() => second(lab, { apiAddress })).toThrow(
      new Error(
        '[lab/brain/clusters/games] apiAddress is lab/hypervisors/api, which is that of lab/brain/clusters/media; give each cluster one of its own (DOWNSTREAM_API_ADDRESS)',
      ),
    );
  });

  test('each has pods and services of its own', () => {
    const lab = factoryLab();
    lab.cluster();
    second(lab, { podCidr: '10.244.128.0/17', serviceCidr: '10.96.0.0/16' });
    expect(Testing.findings(lab.site)).toEqual([
      'error [lab/brain/clusters/games] podCidr 10.244.128.0/17 overlaps podCidr 10.244.0.0/16 of lab/brain/clusters/media; choose a prefix that nothing else of the site has (DOWNSTREAM_NETWORK_OVERLAP)',
      'error [lab/brain/clusters/games] serviceCidr 10.96.0.0/16 overlaps serviceCidr 10.96.0.0/16 of lab/brain/clusters/media; choose a prefix that nothing else of the site has (DOWNSTREAM_NETWORK_OVERLAP)',
    ]);
  });
});

describe('the networks of a cluster', () => {
  test('are no segment of the site', () => {
    const lab = factoryLab();
    lab.cluster({ podCidr: '10.30.0.0/16' });
    expect(Testing.findings(lab.site)).toEqual([
      'error [lab/brain/clusters/media] podCidr 10.30.0.0/16 overlaps 10.30.0.0/24 of lab/platform; choose a prefix that nothing else of the site has (DOWNSTREAM_NETWORK_OVERLAP)',
    ]);
  });

  test('are not each other', () => {
    const lab = factoryLab();
    lab.cluster({ serviceCidr: '10.244.0.0/20' });
    expect(Testing.findings(lab.site)).toEqual([
      'error [lab/brain/clusters/media] serviceCidr 10.244.0.0/20 overlaps podCidr 10.244.0.0/16 of lab/brain/clusters/media; choose a prefix that nothing else of the site has (DOWNSTREAM_NETWORK_OVERLAP)',
    ]);
  });
});

describe('what does not fit', () => {
  test('is a machine larger than any host', () => {
    const lab = factoryLab();
    const size = { cores: 48, memory: Size.gibibytes(16), disk: Size.gibibytes(60) };
    lab.cluster({ class: ClusterClass.of('wide', { controlPlane: ClusterClass.SMALL.controlPlane, worker: size }) });
    expect(Testing.findings(lab.site)).toEqual([
      'error [lab/brain/clusters/media] workers of 48 cores and 16 GiB are larger than any host; the largest, lab/node-01, has 32 threads and 128 GiB; take a smaller class than wide (DOWNSTREAM_CAPACITY)',
    ]);
  });

  test('is more machines than all hosts carry, as many as the autoscaler may make', () => {
    const lab = factoryLab();
    lab.cluster({ class: ClusterClass.LARGE, workers: { min: 2, max: 12 }, nodes: { from: 21, to: 60 } });
    expect(Testing.findings(lab.site)).toEqual([
      'error [lab/brain/clusters] its clusters need 432 GiB of memory when all are as large as they may be, and its hosts have 384 GiB: lab/brain/clusters/media 432 GiB; have fewer or smaller machines, or add a host (DOWNSTREAM_CAPACITY)',
    ]);
  });
});

test('a factory does not stand on what it makes', () => {
  const lab = factoryLab();
  const media = lab.cluster();
  const machine = new Construct(lab.site, 'vm');
  Object.assign(machine, { placement: { standsOn: [[media]] } });
  Object.assign(lab.brain, { placement: { standsOn: [[machine]] } });
  expect(Testing.findings(lab.site)).toEqual([
    'error [lab/brain/clusters/media] is made by a factory that stands on it: lab/brain → lab/vm → lab/brain/clusters/media → lab/brain; put the management cluster on machines that no factory of it makes (FACTORY_CIRCLE)',
  ]);
});

test('the released provider of Harvester starts no machine of Talos, which is told', () => {
  const lab = factoryLab('harvester', { providerImage: undefined });
  expect(Testing.findings(lab.site)).toEqual([
    'warning [lab/brain/clusters] the released provider of Harvester adds sections of cloud-init to the configuration of each machine, which Talos refuses, so that no machine starts; build the provider without them, and name its image in providerImage, see https://github.com/harvester/cluster-api-provider-harvester/issues/37 (FACTORY_PROVIDER)',
  ]);
});

describe('a peering is refused', () => {
  const announced = (props: Partial<ConstructorParameters<typeof BgpPeering>[2]>, only = false) => {
    const lab = factoryLab();
    const media = lab.cluster();
    lab.platform.host('desk', 9);
    const gateway = new VyOs(lab.site, 'gateway', {
      version: '1.5',
      wan: new Vlan(lab.site, 'uplink', { tag: 2, ipv4: '192.0.2.0/24' }).host('wan', 2),
      wanInterface: 'eth0',
      lanInterface: 'eth1',
      management: lab.platform,
      segments: [lab.hypervisors, lab.media, lab.games],
      admins: [
        { name: 'admin', sshKeys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMr5+QaxapHLAWDFCr2si9bbmig/qXUfmAHvmRVUtGqK a@example.net'] },
      ],
      asn: 64512,
    });
    const neighbors = only ? media.nodes.slice(1) : media.nodes;
    return () =>
      media.announceTo(new BgpPeering(gateway, 'media', { asn: 64530, neighbors, prefixes: ['10.140.0.0/24'], bfd: false, ...props }));
  };

  test('with some of the nodes only', () =>
    expect(announced({}, true)).toThrow(
      new Error(
        '[lab/brain/clusters/media/bgp-media] lab/gateway/media and lab/brain/clusters/media do not have the same nodes: lab/media/media-21; write neighbors: media.nodes, because any of its machines may have any of the addresses (DOWNSTREAM_PEERING)',
      ),
    ));
  test('that asks for BFD', () =>
    expect(announced({ bfd: true })).toThrow(
      new Error(
        '[lab/brain/clusters/media/bgp-media] lab/gateway/media asks for BFD, which Cilium does not speak; write bfd: false (DOWNSTREAM_PEERING)',
      ),
    ));
  test('with a password', () =>
    expect(announced({ password: Secret.fromSops('secrets/bgp.yaml', 'media') })).toThrow(
      new Error(
        '[lab/brain/clusters/media/bgp-media] lab/gateway/media has a password, which nothing brings into the new cluster; leave it out; only nodes are in the segment (DOWNSTREAM_PEERING)',
      ),
    ));
});

describe('a factory refuses', () => {
  const proxmox = (given: object) => {
    const { hci, hosts } = factoryLab();
    return () =>
      new ProxmoxInfrastructure({
        cluster: hci,
        hosts,
        credentials: Secret.fromKubernetes('cluster-factory', 'proxmox', 'url'),
        template: { node: 'node-01', vmId: 9000 },
        vmIds: { start: 4000, end: 4999 },
        ...given,
      });
  };
  const cases: readonly [string, () => () => unknown, string][] = [
    [
      'credentials out of a file',
      () => proxmox({ credentials: Secret.fromSops('secrets/pve.yaml', 'url') }),
      `[ProxmoxInfrastructure] credentials is sops:secrets/pve.yaml#url, and the provider reads the key url of a Secret of its own cluster; write Secret.fromKubernetes(namespace, name, 'url'), and let something in the cluster make that, such as an ExternalSecret (FACTORY_SECRET)`,
    ],
    [
      'VM ids in the wrong order',
      () => proxmox({ vmIds: { start: 4999, end: 4000 } }),
      '[ProxmoxInfrastructure] vmIds ends at 4000, before it starts at 4999; write { start: 4000, end: 4999 } (FACTORY_VM_IDS)',
    ],
    [
      'VM ids with the template among them',
      () => proxmox({ vmIds: { start: 8000, end: 9999 } }),
      '[ProxmoxInfrastructure] vmIds 8000 to 9999 has the template 9000 in it; choose ids that nothing else has (FACTORY_VM_IDS)',
    ],
    ['no hosts', () => proxmox({ hosts: [] }), '[ProxmoxInfrastructure] hosts is empty; write hosts: [pve01] (PROP_EMPTY)'],
    [
      'a key of another name for Harvester',
      () => () => factoryLab('harvester', { identity: Secret.fromKubernetes('a', 'b', 'config') }),
      `[HarvesterInfrastructure] identity is kubernetes:a/b#config, and the provider reads the key kubeconfig of a Secret of its own cluster; write Secret.fromKubernetes(namespace, name, 'kubeconfig'), and let something in the cluster make that, such as an ExternalSecret (FACTORY_SECRET)`,
    ],
    [
      'a provider image that may change',
      () => () => factoryLab('harvester', { providerImage: 'registry.example.net/caphv:latest' }),
      '[HarvesterInfrastructure] providerImage must be an image with its digest, got "registry.example.net/caphv:latest"; write it like registry.example.net/caphv@sha256:0000000000000000000000000000000000000000000000000000000000000000 (PROP_FORMAT)',
    ],
    [
      'a template without its namespace',
      () => () => {
        const { hci, hosts, platform } = factoryLab();
        return new TinkerbellInfrastructure({ stack: hci, address: platform.host('t', 5), hosts, template: { name: 'talos' } as never });
      },
      '[TinkerbellInfrastructure] template.namespace is missing; write template.namespace: "web-1" (PROP_MISSING)',
    ],
    [
      'to be elsewhere than in a cluster',
      () => () => {
        const { site, factory } = factoryLab();
        return new ClusterFactory(site as never, 'f', { infrastructure: factory.infrastructure, source: factory.source });
      },
      `[lab/f] must be made in the cluster that its controllers run in; write new ClusterFactory(brain, 'clusters', …) (FACTORY_CLUSTER)`,
    ],
    [
      'another release of a chart that it needs',
      () => () => {
        const { factory, site } = factoryLab();
        const other = new KubernetesCluster(site, 'other', { version: VERSION });
        new ChartRelease(other, 'cert-manager', {
          chart: 'cert-manager',
          repository: 'https://charts.jetstack.io',
          version: 'v1.18.0',
          namespace: 'cert-manager',
        });
        return new ClusterFactory(other, 'f', { infrastructure: factory.infrastructure, source: factory.source });
      },
      '[lab/other] a factory needs the chart cert-manager v1.19.1, and lab/other/chart-cert-manager installs v1.18.0; agree on one version (CHART_CONFLICT)',
    ],
    [
      'a class that there is not',
      () => () => ClusterClass.named('huge'),
      `[ClusterClass.named] there is no class of this name, got "huge"; use one of small, medium, large, or write ClusterClass.of('huge', { controlPlane, worker }) (CLASS_UNKNOWN)`,
    ],
    [
      'a class in which Talos does not run',
      () => () =>
        ClusterClass.of('tiny', {
          controlPlane: { ...ClusterClass.SMALL.controlPlane, memory: Size.gibibytes(1) },
          worker: ClusterClass.SMALL.worker,
        }),
      '[ClusterClass tiny] controlPlane.memory is 1 GiB, and Talos needs 2 GiB; write memory: Size.gibibytes(2), or more, see https://docs.siderolabs.com/talos/latest/getting-started/system-requirements (CLASS_SIZE)',
    ],
  ];
  test.each(cases)('%s', (_, make, told) => expect(make()).toThrow(new Error(told)));
});

test('a host that offers no memory carries nothing', () => {
  const lab = factoryLab();
  for (const host of lab.hosts) Object.assign(host, { capacity: {} });
  lab.cluster();
  expect(Testing.findings(lab.site)).toEqual([
    'error [lab/brain/clusters] its clusters need 28 GiB of memory when all are as large as they may be, and its hosts have 0 B: lab/brain/clusters/media 28 GiB; have fewer or smaller machines, or add a host (DOWNSTREAM_CAPACITY)',
    'error [lab/brain/clusters/media] control planes of 2 cores and 4 GiB are larger than any host; the largest, lab/node-01, has 0 threads and 0 B; take a smaller class than small (DOWNSTREAM_CAPACITY)',
    'error [lab/brain/clusters/media] workers of 4 cores and 8 GiB are larger than any host; the largest, lab/node-01, has 0 threads and 0 B; take a smaller class than small (DOWNSTREAM_CAPACITY)',
  ]);
});
