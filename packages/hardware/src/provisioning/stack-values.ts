import { Port } from '@ashlar/core';

export interface StackValuesProps {
  /** Kubernetes' name of the node. */
  readonly nodeName: string;
  /** The node's IPv4 address in the segment. */
  readonly ip: string;
  readonly dhcpMode: string;
}

/** Namespace of the chart; Hardware, Templates and Workflows are looked for in it. */
export const NAMESPACE = 'tinkerbell';

/** Folder on the node for the installation environment, which the chart downloads once. It must exist. */
export const ARTIFACTS_FOLDER = '/var/lib/tinkerbell/hook';

export const ARTIFACTS_PORT = 7173;
export const HTTP_PORT = 7080;

/**
 * What machines that boot, and what Tinkerbell runs on them, ask: DHCP and its proxy, TFTP, syslog, scripts and metadata, the
 * installation environment, and the next action.
 * @see https://github.com/tinkerbell/tinkerbell/blob/main/docs/technical/PORTS_AND_ENDPOINTS.md
 */
export const PORTS = [
  Port.udp(67),
  Port.udp(4011),
  Port.udp(69),
  Port.udp(514),
  Port.tcp(HTTP_PORT),
  Port.tcp(ARTIFACTS_PORT),
  Port.tcp(42_113),
];

/**
 * Values of the chart for one node with its own network. There is no load balancer between, so the chart's kube-vip and its
 * relay of broadcasts are off; the pages for people and the console by SSH too, until somebody needs them. A second pod could
 * not have the same ports, so an upgrade stops the first.
 * @see https://github.com/tinkerbell/tinkerbell/blob/main/helm/tinkerbell/values.yaml
 */
export function stackValues({ nodeName, ip, dhcpMode }: StackValuesProps): Record<string, unknown> {
  const nodeSelector = { 'kubernetes.io/hostname': nodeName };
  return {
    publicIP: ip,
    artifactsFileServer: `http://${ip}:${ARTIFACTS_PORT}`,
    deployment: {
      hostNetwork: true,
      init: { enabled: false },
      nodeSelector,
      strategy: { type: 'Recreate' },
      envs: {
        globals: { enableSecondstar: false, enableUI: false },
        smee: { dhcpMode },
      },
    },
    service: { type: 'ClusterIP' },
    optional: {
      hookos: { extension: 'both', persistence: { localPersistentVolume: { path: ARTIFACTS_FOLDER } } },
      kubevip: { enabled: false },
      osie: { deployment: { strategy: { type: 'Recreate' } }, hostNetwork: true, nodeSelector, port: ARTIFACTS_PORT },
    },
  };
}
