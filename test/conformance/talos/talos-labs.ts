import { Version } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import type { TalosCluster } from '../../../packages/clusters/src/talos/talos-cluster';
import type { TalosClusterProps } from '../../../packages/clusters/src/talos/talos-cluster-props';
import { type Lab, lab } from '../../../packages/clusters/test/talos/lab';

/** The releases of which there is a reference, and the program that reads configurations as they do. */
export const RELEASES = [
  { minor: '1.12', talos: 'v1.12.11', kubernetes: '1.34.2', schema: 'v1.12.11.schema.json', validator: 'talos-validator-1.12' },
  { minor: '1.13', talos: 'v1.13.9', kubernetes: '1.35.0', schema: 'v1.13.9.schema.json', validator: 'talos-validator-1.13' },
] as const;

export type Release = (typeof RELEASES)[number];

export interface TalosLab {
  readonly cluster: TalosCluster;
  readonly files: Readonly<Record<string, string>>;
}

/** Clusters that between them use everything that there is to say. */
const LABS: Readonly<Record<string, (parts: Lab) => Partial<TalosClusterProps>>> = {
  plain: () => ({}),
  'on metal': ({ guests }) => ({
    endpoint: 'https://api.lab.example.net:6443',
    image: {
      platform: 'metal',
      secureBoot: true,
      kernelArguments: ['console=ttyS0,115200'],
      extensions: ['intel-ucode', 'util-linux-tools'],
    },
    installDisk: '/dev/disk/by-id/nvme-KINGSTON_OM8TAP41024K1_50026B73838A0001',
    encryption: 'tpm',
    timeServers: ['10.20.0.1', 'ntp.lab.example.net'],
    registryMirrors: { 'docker.io': ['https://mirror.lab.example.net'], 'ghcr.io': ['https://mirror.lab.example.net:5000'] },
    podCidr: '10.128.0.0/14',
    serviceCidr: '10.112.0.0/16',
    patches: [
      {
        config: {
          machine: { sysctls: { 'vm.max_map_count': '262144' }, kubelet: { extraArgs: { 'rotate-server-certificates': 'true' } } },
        },
      },
      {
        config: { apiVersion: 'v1alpha1', kind: 'WatchdogTimerConfig', device: '/dev/watchdog0', timeout: '2m0s' },
        nodes: guests.slice(0, 1),
      },
    ],
  }),
  'of one machine': ({ guests }) => ({ controlPlanes: guests.slice(0, 1), workers: [], encryption: 'none' }),
};

export const NAMES = Object.keys(LABS);

export function talosLab(name: string, { talos, kubernetes }: Release): TalosLab {
  const { site, talos: make } = lab(parts => ({ talos: Version.of(talos), version: Version.of(kubernetes), ...LABS[name]?.(parts) }));
  const cluster = make();
  return { cluster, files: Testing.files(site) };
}
