import type { KubernetesObject } from '../kubernetes/api-client';
import { ControlPlane } from '../kubernetes/control-plane';
import { applied, expectAccepted, expectRefused } from '../kubernetes/shown-objects';
import { describeWith } from '../tool';
import { Verdict } from '../verdict';
import { factoryObjects, namespacesOf } from './factory-objects';
import { harvesterDefinitions } from './harvester-definitions';
import { installDefinitions, moduleDefinitions } from './module-definitions';

// biome-ignore lint/suspicious/noExplicitAny: what is spoilt is the vendor's
type Spec = any;

/** One fault in an object of ours, and what the refusal tells. */
const BROKEN: readonly [title: string, kind: string, spoil: (spec: Spec) => void, reason: RegExp][] = [
  ['a network of pods without a prefix', 'Cluster', spec => Object.assign(spec.clusterNetwork.pods, { cidrBlocks: [] }), /cidrBlocks/],
  ['a control plane of a whole version', 'Cluster', spec => Object.assign(spec.controlPlaneRef, { apiVersion: 'v1' }), /apiVersion/],
  ['a name that is none', 'Cluster', spec => Object.assign(spec.infrastructureRef, { name: 'Media Cluster' }), /infrastructureRef\.name/],
  ['a version without the v', 'TalosControlPlane', spec => Object.assign(spec, { version: '1.34.2' }), /version/],
  ['replicas as text', 'TalosControlPlane', spec => Object.assign(spec, { replicas: 'three' }), /replicas/],
  [
    'a control plane without a kind of configuration',
    'TalosControlPlane',
    spec => delete spec.controlPlaneConfig.controlplane.generateType,
    /generateType/,
  ],
  ['a control plane without machines', 'TalosControlPlane', spec => delete spec.infrastructureTemplate, /infrastructureTemplate/],
  [
    'a patch that is no text',
    'TalosConfigTemplate',
    spec => Object.assign(spec.template.spec, { strategicPatches: [{}] }),
    /strategicPatches/,
  ],
  ['an unknown field of the configuration', 'TalosConfigTemplate', spec => Object.assign(spec.template.spec, { talos: '1.12' }), /talos/],
  [
    'a rollout that there is not',
    'MachineDeployment',
    spec => Object.assign(spec.rollout.strategy, { type: 'Recreate' }),
    /strategy\.type/,
  ],
  ['machines of no cluster', 'MachineDeployment', spec => delete spec.clusterName, /clusterName/],
  [
    'a drain of negative time',
    'MachineDeployment',
    spec => Object.assign(spec.template.spec.deletion, { nodeDrainTimeoutSeconds: -1 }),
    /nodeDrainTimeoutSeconds/,
  ],
  ['health without a bound', 'MachineHealthCheck', spec => Object.assign(spec.remediation, { triggerIf: {} }), /triggerIf/],
  [
    'a condition that the health check itself sets',
    'MachineHealthCheck',
    spec => Object.assign(spec.checks, { unhealthyMachineConditions: [{ type: 'Ready', status: 'False', timeoutSeconds: 1 }] }),
    /must not be one of|unhealthyMachineConditions/,
  ],
  ['a pool without addresses', 'ProxmoxCluster', spec => Object.assign(spec.ipv4Config, { addresses: [] }), /addresses/],
  ['a machine without resolvers', 'ProxmoxCluster', spec => Object.assign(spec, { dnsServers: [] }), /dnsServers/],
  ['a port above all', 'ProxmoxCluster', spec => Object.assign(spec.controlPlaneEndpoint, { port: 65_536 }), /port/],
  ['a clone without a template', 'ProxmoxMachineTemplate', spec => delete spec.template.spec.templateID, /templateID|template/],
  [
    'a VM id range that ends before it begins',
    'ProxmoxMachineTemplate',
    spec => Object.assign(spec.template.spec.vmIDRange, { end: 3999 }),
    /vmIDRange/,
  ],
  [
    'a storage for a linked clone',
    'ProxmoxMachineTemplate',
    spec => Object.assign(spec.template.spec, { full: false, storage: 'tank' }),
    /storage/,
  ],
  [
    'a VLAN tag above all',
    'ProxmoxMachineTemplate',
    spec => Object.assign(spec.template.spec.network.networkDevices[0], { vlan: 4095 }),
    /vlan/,
  ],
  [
    'a disk below what can boot',
    'ProxmoxMachineTemplate',
    spec => Object.assign(spec.template.spec.disks.bootVolume, { sizeGb: 4 }),
    /sizeGb/,
  ],
  ['a pool without a network', 'HarvesterCluster', spec => delete spec.vmNetworkConfig.ipPool.vmNetwork, /vmNetwork/],
  ['addresses from nowhere', 'HarvesterCluster', spec => Object.assign(spec.loadBalancerConfig, { ipamType: 'static' }), /ipamType/],
  ['no way into Harvester', 'HarvesterCluster', spec => delete spec.identitySecret, /identitySecret/],
  ['processors as text', 'HarvesterMachineTemplate', spec => Object.assign(spec.template.spec, { cpu: '4' }), /cpu/],
  [
    'a disk of a kind that there is not',
    'HarvesterMachineTemplate',
    spec => Object.assign(spec.template.spec.volumes[0], { volumeType: 'iso' }),
    /volumeType/,
  ],
  ['a machine without a network', 'HarvesterMachineTemplate', spec => delete spec.template.spec.networks, /networks/],
  ['a template and a reference to one', 'TinkerbellCluster', spec => Object.assign(spec, { templateOverride: 'x' }), /templateOverride/],
  [
    'an unknown way to boot',
    'TinkerbellMachineTemplate',
    spec => Object.assign(spec.template.spec.bootOptions, { bootMode: 'pxe' }),
    /bootMode/,
  ],
  [
    'an affinity without labels',
    'TinkerbellMachineTemplate',
    spec => Object.assign(spec.template.spec.hardwareAffinity, { required: [{}] }),
    /labelSelector/,
  ],
  [
    'a provider from two places',
    'InfrastructureProvider',
    spec => Object.assign(spec, { fetchConfig: { url: 'https://a', oci: 'b' } }),
    /fetchConfig/,
  ],
  [
    'an image without its container',
    'InfrastructureProvider',
    spec => Object.assign(spec, { deployment: { containers: [{ imageUrl: 'a' }] } }),
    /name/,
  ],
  ['a store of two providers', 'SecretStore', spec => Object.assign(spec.provider, { fake: { data: [] } }), /provider/],
  ['a secret out of nothing', 'ExternalSecret', spec => Object.assign(spec, { data: [{ secretKey: 'kubeconfig' }] }), /remoteRef/],
  ['a project without repositories as text', 'AppProject', spec => Object.assign(spec, { sourceRepos: [1] }), /sourceRepos/],
  ['an autonomous system as text', 'CiliumBGPClusterConfig', spec => Object.assign(spec.bgpInstances[0], { localASN: 'lab' }), /localASN/],
  ['a pool of half an address', 'CiliumLoadBalancerIPPool', spec => Object.assign(spec, { blocks: [{ cidr: '10.140.0/24' }] }), /cidr/],
];

describeWith(['etcd', 'kube-apiserver', 'shared'], 'kube-apiserver with the definitions of Cluster API', () => {
  const objects = (['proxmox', 'harvester', 'tinkerbell'] as const).flatMap(name =>
    factoryObjects(name).map(([file, object]) => [`${name}: ${file}`, object] as const),
  );
  const verdict = new Verdict('kube-apiserver 1.34.4, Cluster API');
  let plane: ControlPlane;

  beforeAll(async () => {
    plane = await ControlPlane.start();
    await installDefinitions(plane, [...moduleDefinitions('operator'), ...moduleDefinitions('cilium'), ...harvesterDefinitions()]);
    for (const namespace of namespacesOf(objects)) await applied(plane, namespace);
  });
  afterAll(() => plane?.stop());

  test('the sites have an object of every kind', () => {
    const kinds = new Set(objects.map(([, { kind }]) => kind));
    expect(BROKEN.map(([, kind]) => kind).filter(kind => !kinds.has(kind))).toEqual([]);
  });

  test('accepts every manifest, strictly', () => expectAccepted(plane, verdict, objects));

  test.each(BROKEN)('refuses %s', async (_, kind, spoil, reason) => {
    const broken = structuredClone(objects.find(([, object]) => object.kind === kind)?.[1]) as KubernetesObject;
    spoil(broken.spec);
    await expectRefused(plane, verdict, broken, reason);
  });

  test('refuses another memory in a template that machines were made from', async () => {
    const [, template] = objects.find(([, { kind }]) => kind === 'ProxmoxMachineTemplate') as (typeof objects)[number];
    await applied(plane, template);
    const broken = structuredClone(template) as Spec;
    broken.spec.template.spec.disks.bootVolume.sizeGb += 1;
    await expectRefused(plane, verdict, broken, /immutable/i);
  });
});
