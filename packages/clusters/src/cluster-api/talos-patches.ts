import { toYaml } from '@ashlar/core';
import type { ClusterPlan, MachineRole } from './cluster-plan';

/**
 * What the Talos providers merge into the machine configuration that they generate, as strategic merge patches.
 *
 * There is no kube-proxy and no network plug-in: both are Cilium's, which Argo CD installs as soon as the API answers. Until then no node
 * is ready. Secrets are made by the providers, in the management cluster.
 * @param passesOn whether the members of etcd pass the address of the API on; otherwise the infrastructure has it
 * @see https://github.com/siderolabs/cluster-api-bootstrap-provider-talos
 */
export function talosPatches(plan: ClusterPlan, role: MachineRole, passesOn: boolean): string[] {
  const both = {
    machine: {
      kubelet: { nodeIP: { validSubnets: [plan.subnet.cidr] } },
      features: { kubePrism: { enabled: true, port: KUBE_PRISM_PORT } },
    },
    cluster: {
      network: { cni: { name: 'none' }, podSubnets: [plan.pods], serviceSubnets: [plan.services] },
      proxy: { disabled: true },
    },
  };
  if (role === 'worker') return [toYaml(both)];
  const virtual = { machine: { network: { interfaces: [{ deviceSelector: { physical: true }, vip: { ip: plan.apiAddress } }] } } };
  return [toYaml(both), toYaml(controlPlane(plan)), ...(passesOn ? [toYaml(virtual)] : [])];
}

/** Where every node reaches the API by itself, also while its address moves. @see https://docs.siderolabs.com/kubernetes-guides/advanced-guides/kubeprism */
export const KUBE_PRISM_PORT = 7445;

/** What they are asked under, and where etcd talks. */
function controlPlane(plan: ClusterPlan): object {
  return {
    machine: { certSANs: [plan.apiAddress] },
    cluster: { apiServer: { certSANs: [plan.apiAddress] }, etcd: { advertisedSubnets: [plan.subnet.cidr] } },
  };
}
