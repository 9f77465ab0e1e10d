import type { IInstance } from '@ashlar/core';

/** What the first document of a machine's configuration is made of. */
export interface MachineSettings {
  readonly node: IInstance;
  readonly controlPlane: boolean;
  readonly installDisk: string;
  readonly installer: string;
  /** Prefixes of the segment in which nodes talk to each other. */
  readonly nodeSubnets: readonly string[];
  readonly podCidr: string;
  readonly serviceCidr: string;
  /** Names and addresses of the API, besides those of the machines. */
  readonly apiNames: readonly string[];
  /** Labels of the node. */
  readonly labels: Readonly<Record<string, string>>;
  readonly workloadsOnControlPlanes: boolean;
  /** Namespaces whose pods may take snapshots of etcd. */
  readonly backupNamespaces: readonly string[];
}

/**
 * Port on every node at which the API answers, whichever control plane is up.
 * @see https://docs.siderolabs.com/kubernetes-guides/advanced-guides/kubeprism
 */
export const KUBE_PRISM_PORT = 7445;

/** The annotation by which one can tell which configuration a node runs. */
export const CONFIGURATION = 'ashlar.dev/configuration';

/**
 * The first document of a machine's configuration, as a patch of what `talosctl gen config` makes with the cluster's secrets. It says
 * what differs from that, and what must stay when its defaults change.
 * @see https://docs.siderolabs.com/talos/v1.13/reference/configuration/v1alpha1/config
 */
export function machineConfig(settings: MachineSettings): { readonly machine: object; readonly cluster: object } {
  return { machine: machineSection(settings), cluster: settings.controlPlane ? controlPlaneSection(settings) : networkSection(settings) };
}

function machineSection(settings: MachineSettings) {
  const { controlPlane, labels, node } = settings;
  return {
    install: { disk: settings.installDisk, image: settings.installer, wipe: false },
    kubelet: { nodeIP: { validSubnets: settings.nodeSubnets } },
    certSANs: [...new Set([...node.addresses.map(({ ip }) => ip), node.fqdn])],
    ...(Object.keys(labels).length > 0 && { nodeLabels: labels }),
    features: {
      kubePrism: { enabled: true, port: KUBE_PRISM_PORT },
      // Where Cilium is the proxy too, pods do not reach the resolver of their node by the address of a service.
      hostDNS: { enabled: true, forwardKubeDNSToHost: false },
      ...(controlPlane &&
        settings.backupNamespaces.length > 0 && {
          kubernetesTalosAPIAccess: {
            enabled: true,
            allowedRoles: ['os:etcd:backup'],
            allowedKubernetesNamespaces: settings.backupNamespaces,
          },
        }),
    },
  };
}

/** No plug-in and no proxy: Cilium is both. */
function networkSection({ podCidr, serviceCidr }: MachineSettings) {
  return {
    network: { cni: { name: 'none' }, podSubnets: [podCidr], serviceSubnets: [serviceCidr] },
    // The discovery service is one of others on the Internet, and would be told of every member.
    discovery: { enabled: false },
  };
}

function controlPlaneSection(settings: MachineSettings) {
  return {
    ...networkSection(settings),
    proxy: { disabled: true },
    etcd: { advertisedSubnets: settings.nodeSubnets },
    apiServer: { certSANs: settings.apiNames },
    allowSchedulingOnControlPlanes: settings.workloadsOnControlPlanes,
  };
}
