import type { KubernetesObject } from '../kubernetes/api-client';

type Schema = Readonly<Record<string, unknown>>;

const TEXT = { type: 'string' };
const TEXTS = { type: 'array', items: TEXT };
const object = (properties: Readonly<Record<string, Schema>>, ...required: string[]): Schema => ({ type: 'object', properties, required });

const POOL = object({ vmNetwork: TEXT, subnet: TEXT, gateway: TEXT, rangeStart: TEXT, rangeEnd: TEXT }, 'vmNetwork', 'subnet', 'gateway');
const NETWORK = object(
  { ipPoolRef: TEXT, ipPoolRefs: TEXTS, ipPool: POOL, gateway: TEXT, subnetMask: TEXT, dnsServers: TEXTS, dnsSearch: TEXTS },
  'gateway',
  'subnetMask',
);
const ENDPOINT = object({
  host: { ...TEXT, minLength: 1, maxLength: 512 },
  port: { type: 'integer', format: 'int32', minimum: 1, maximum: 65_535 },
});
const CLUSTER = object(
  {
    server: TEXT,
    identitySecret: object({ namespace: TEXT, name: TEXT }, 'namespace', 'name'),
    controlPlaneEndpoint: ENDPOINT,
    targetNamespace: TEXT,
    loadBalancerConfig: object(
      { ipamType: { ...TEXT, enum: ['dhcp', 'pool'] }, ipPoolRef: TEXT, ipPool: POOL, description: TEXT },
      'ipamType',
    ),
    vmNetworkConfig: NETWORK,
  },
  'identitySecret',
  'loadBalancerConfig',
  'targetNamespace',
);
const VOLUME = object(
  {
    volumeType: { ...TEXT, enum: ['storageClass', 'image'] },
    imageName: TEXT,
    storageClass: TEXT,
    volumeSize: { anyOf: [{ type: 'integer' }, TEXT], 'x-kubernetes-int-or-string': true },
    bootOrder: { type: 'integer' },
  },
  'volumeType',
);
const MACHINE = object(
  {
    cpu: { type: 'integer', format: 'int32' },
    memory: TEXT,
    sshUser: TEXT,
    sshKeyPair: TEXT,
    volumes: { type: 'array', items: VOLUME },
    networks: TEXTS,
    vmNetworkConfig: NETWORK,
  },
  'cpu',
  'memory',
  'networks',
  'sshKeyPair',
  'sshUser',
  'volumes',
);

/**
 * What the provider of Harvester says of the fields that are used here, at release 0.10.1: its definitions are neither in the reference data
 * nor in a registry. @see https://github.com/harvester/cluster-api-provider-harvester
 */
export function harvesterDefinitions(): KubernetesObject[] {
  return [
    definition('HarvesterCluster', CLUSTER),
    definition('HarvesterMachineTemplate', object({ template: object({ spec: MACHINE }, 'spec') }, 'template')),
  ];
}

function definition(kind: string, spec: Schema): KubernetesObject {
  const plural = `${kind.toLowerCase()}s`;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${plural}.infrastructure.cluster.x-k8s.io`,
    },
    spec: {
      group: 'infrastructure.cluster.x-k8s.io',
      scope: 'Namespaced',
      names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
      versions: [{ name: 'v1beta1', served: true, storage: true, schema: { openAPIV3Schema: object({ spec }) } }],
    },
  };
}
