import type { KubernetesObject } from '../kubernetes/api-client';

type Schema = Readonly<Record<string, unknown>>;

const object = (properties: Readonly<Record<string, Schema>>, required: readonly string[] = []): Schema => ({
  type: 'object',
  properties,
  ...(required.length > 0 && { required }),
});
const text: Schema = { type: 'string' };

/**
 * Definitions that the reference data lacks, from the fields that their vendors document. The controllers check more than that:
 * that a VLAN fits, that a bridge exists.
 * @see https://docs.harvesterhci.io/v1.7/networking/clusternetwork
 * @see https://github.com/k8snetworkplumbingwg/multi-net-spec
 */
export function networkDefinitions(): KubernetesObject[] {
  const uplink = object({
    nics: { type: 'array', items: text },
    bondOptions: object({
      mode: { type: 'string', enum: ['balance-rr', 'active-backup', 'balance-xor', 'broadcast', '802.3ad', 'balance-tlb', 'balance-alb'] },
      miimon: { type: 'integer', minimum: -1 },
    }),
    linkAttributes: object({ mtu: { type: 'integer', minimum: 0 }, txQLen: { type: 'integer', minimum: -1 }, hardwareAddr: text }),
  });
  const config = object({ clusterNetwork: text, description: text, nodeSelector: { type: 'object', additionalProperties: text }, uplink }, [
    'clusterNetwork',
    'uplink',
  ]);
  return [
    definition('network.harvesterhci.io', 'v1beta1', 'ClusterNetwork', 'clusternetworks', 'Cluster', object({})),
    definition('network.harvesterhci.io', 'v1beta1', 'VlanConfig', 'vlanconfigs', 'Cluster', object({ spec: config }, ['spec'])),
    definition(
      'k8s.cni.cncf.io',
      'v1',
      'NetworkAttachmentDefinition',
      'network-attachment-definitions',
      'Namespaced',
      object({ spec: object({ config: text }) }),
    ),
  ];
}

function definition(
  group: string,
  version: string,
  kind: string,
  plural: string,
  scope: string,
  openAPIV3Schema: Schema,
): KubernetesObject {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
      scope,
      versions: [{ name: version, served: true, storage: true, schema: { openAPIV3Schema } }],
    },
  };
}
