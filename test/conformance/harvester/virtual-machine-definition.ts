import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from '../kubernetes/api-client';
import { shared } from '../tool';

const FILE = 'conformance/crds/harvester/deploy__charts__harvester-crd__templates__harvesterhci.io_virtualmachinetemplateversions.yaml';

/**
 * KubeVirt's own definition of a virtual machine is made by its operator, and is in no chart. Harvester publishes the same types
 * inside its templates, so that the schema of one is taken from there when the test runs.
 */
export function virtualMachineDefinition(): KubernetesObject {
  const [template] = parseAllDocuments(readFileSync(join(shared() as string, FILE), 'utf8')).map(document => document.toJS());
  const [{ schema }] = template.spec.versions;
  const { spec } = schema.openAPIV3Schema.properties.spec.properties.vm.properties;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'virtualmachines.kubevirt.io' },
    spec: {
      group: 'kubevirt.io',
      names: { kind: 'VirtualMachine', plural: 'virtualmachines', singular: 'virtualmachine', listKind: 'VirtualMachineList' },
      scope: 'Namespaced',
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object', properties: { spec }, required: ['spec'] } },
        },
      ],
    },
  };
}
