import type { KubernetesObject } from '../kubernetes/api-client';
import { ControlPlane } from '../kubernetes/control-plane';
import { applied, expectAccepted, expectRefused } from '../kubernetes/shown-objects';
import { describeWith } from '../tool';
import { Verdict } from '../verdict';
import { harvesterObjects } from './harvester-objects';
import { installMissingDefinitions } from './missing-definitions';

/** What Harvester and what it is made of call their objects. */
const KINDS = [
  'ClusterNetwork',
  'ExternalSecret',
  'KeyPair',
  'NetworkAttachmentDefinition',
  'PersistentVolumeClaim',
  'ScheduleVMBackup',
  'Secret',
  'Setting',
  'StorageClass',
  'VirtualMachine',
  'VirtualMachineImage',
  'VlanConfig',
];

// biome-ignore lint/suspicious/noExplicitAny: what is spoilt is the vendor's
type Fields = any;

const machine = (object: Fields): Fields => object.spec.template.spec;

/** One fault in an object of ours, and what the refusal tells. */
const BROKEN: readonly [title: string, kind: string, spoil: (object: Fields) => void, reason: RegExp][] = [
  ['a run strategy as a number', 'VirtualMachine', vm => Object.assign(vm.spec, { runStrategy: 1 }), /runStrategy/],
  ['a machine without a template', 'VirtualMachine', vm => delete vm.spec.template, /template/],
  [
    'a misspelt field of a machine',
    'VirtualMachine',
    vm => Object.assign(machine(vm), { evictionStrtegy: 'LiveMigrate' }),
    /evictionStrtegy/,
  ],
  ['a machine without devices', 'VirtualMachine', vm => delete machine(vm).domain.devices, /devices/],
  ['memory in words', 'VirtualMachine', vm => Object.assign(machine(vm).domain.memory, { guest: 'much' }), /guest/],
  ['processors as text', 'VirtualMachine', vm => Object.assign(machine(vm).domain.cpu, { cores: 'two' }), /cores/],
  ['a disk without a name', 'VirtualMachine', vm => delete machine(vm).domain.devices.disks[0].name, /name/],
  ['a boot order as text', 'VirtualMachine', vm => Object.assign(machine(vm).domain.devices.disks[0], { bootOrder: 'first' }), /bootOrder/],
  ['a network without a name', 'VirtualMachine', vm => delete machine(vm).networks[0].name, /name/],
  ['a port that is on two networks', 'VirtualMachine', vm => Object.assign(machine(vm).networks[0].multus, { bridge: 'br0' }), /bridge/],
  ['a claim without a name', 'VirtualMachine', vm => delete machine(vm).volumes[0].persistentVolumeClaim.claimName, /claimName/],
  [
    'an affinity without terms',
    'VirtualMachine',
    vm => Object.assign(machine(vm), { affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{}] } } }),
    /topologyKey/,
  ],
  ['an image from nowhere', 'VirtualMachineImage', image => Object.assign(image.spec, { sourceType: 'internet' }), /sourceType/],
  ['an image without a name', 'VirtualMachineImage', image => delete image.spec.displayName, /displayName/],
  ['an image that is tried too often', 'VirtualMachineImage', image => Object.assign(image.spec, { retry: 11 }), /retry/],
  [
    'parameters that are no text',
    'VirtualMachineImage',
    image => Object.assign(image.spec.storageClassParameters, { numberOfReplicas: 3 }),
    /numberOfReplicas/,
  ],
  ['a key pair without a key', 'KeyPair', pair => delete pair.spec.publicKey, /publicKey/],
  ['one copy kept', 'ScheduleVMBackup', schedule => Object.assign(schedule.spec, { retain: 1 }), /retain/],
  ['a schedule without a machine', 'ScheduleVMBackup', schedule => delete schedule.spec.vmbackup.source, /source/],
  ['a schedule of clones', 'ScheduleVMBackup', schedule => Object.assign(schedule.spec.vmbackup, { type: 'clone' }), /type/],
  ['a setting that is no text', 'Setting', setting => Object.assign(setting, { value: { type: 'nfs' } }), /value/],
  ['an unknown bond mode', 'VlanConfig', config => Object.assign(config.spec.uplink.bondOptions, { mode: 'lacp' }), /mode/],
  ['ports that are no list', 'VlanConfig', config => Object.assign(config.spec.uplink, { nics: 'ens2f0' }), /nics/],
  ['a VLAN configuration of nothing', 'VlanConfig', config => delete config.spec.clusterNetwork, /clusterNetwork/],
  ['a network as an object', 'NetworkAttachmentDefinition', nad => Object.assign(nad.spec, { config: { type: 'bridge' } }), /config/],
  ['a volume without a size', 'PersistentVolumeClaim', claim => delete claim.spec.resources, /resources/],
  [
    'a volume that several read',
    'PersistentVolumeClaim',
    claim => Object.assign(claim.spec, { accessModes: ['ReadWriteAll'] }),
    /accessModes/,
  ],
  ['a storage class that nobody provides', 'StorageClass', one => delete one.provisioner, /provisioner/],
  ['an unknown reclaim policy', 'StorageClass', one => Object.assign(one, { reclaimPolicy: 'Keep' }), /reclaimPolicy/],
  [
    'a secret from an unknown kind of store',
    'ExternalSecret',
    secret => Object.assign(secret.spec.secretStoreRef, { kind: 'Vault' }),
    /kind/,
  ],
];

describeWith(['etcd', 'kube-apiserver', 'shared'], 'kube-apiserver with KubeVirt, Harvester and External Secrets', () => {
  const objects = harvesterObjects();
  const verdict = new Verdict('kube-apiserver 1.34.4, Harvester');
  let plane: ControlPlane;

  beforeAll(async () => {
    plane = await ControlPlane.start();
    await installMissingDefinitions(plane);
    const namespaces = new Set(objects.flatMap(([, { metadata }]) => metadata.namespace ?? []));
    for (const name of namespaces) await applied(plane, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  });
  afterAll(() => plane?.stop());

  test('the site has an object of every kind', () => {
    const kinds = new Set(objects.map(([, { kind }]) => kind));
    expect(KINDS.filter(kind => !kinds.has(kind))).toEqual([]);
  });

  test('accepts every manifest, strictly', () => expectAccepted(plane, verdict, objects));

  test.each(BROKEN)('refuses %s', async (_, kind, spoil, reason) => {
    const [, sound] = objects.find(([, object]) => object.kind === kind) as readonly [string, KubernetesObject];
    const broken = structuredClone(sound);
    spoil(broken);
    await expectRefused(plane, verdict, broken, reason);
  });
});
