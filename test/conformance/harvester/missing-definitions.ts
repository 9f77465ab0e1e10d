import type { ControlPlane } from '../kubernetes/control-plane';
import { waitFor } from '../kubernetes/process';
import { applied } from '../kubernetes/shown-objects';
import { networkDefinitions } from './network-definitions';
import { virtualMachineDefinition } from './virtual-machine-definition';

/** Installs what the reference data lacks of a Harvester cluster: the definitions of its networks and its virtual machines. */
export async function installMissingDefinitions(plane: ControlPlane): Promise<void> {
  for (const definition of [...networkDefinitions(), virtualMachineDefinition()]) await applied(plane, definition);
  await waitFor('the definitions of networks and virtual machines', 60, async () => {
    const groups = ['network.harvesterhci.io/v1beta1', 'k8s.cni.cncf.io/v1', 'kubevirt.io/v1'];
    const answers = await Promise.all(groups.map(group => plane.client.call('GET', `/apis/${group}`)));
    const names = answers.flatMap(({ body }) => (body.resources ?? []).map(({ name }: { name: string }) => name));
    return ['clusternetworks', 'vlanconfigs', 'network-attachment-definitions', 'virtualmachines'].every(name => names.includes(name));
  });
}
