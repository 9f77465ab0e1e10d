import type { IAddressed, IInstance, Secret, Version } from '@ashlar/core';
import type { TerraformWorkspace } from '@ashlar/terraform';
import type { DiskEncryption } from './config-documents';
import type { TalosImageProps } from './talos-image';
import type { TalosPatch } from './talos-patch';
import type { TalosVersions } from './upgrade-path';

export interface TalosClusterProps {
  /** Release of Talos, e.g. `Version.of('v1.13.9')`. @see https://github.com/siderolabs/talos/releases */
  readonly talos: Version;
  /** Version of Kubernetes that it runs, e.g. `Version.of('1.35.0')`. */
  readonly version: Version;
  /** Machines with etcd: 1, 3, 5 or 7, each on a host of its own. The first begins the cluster. */
  readonly controlPlanes: readonly IInstance[];
  /** @default - none: control planes run workloads too */
  readonly workers?: readonly IInstance[];
  /**
   * Where the Kubernetes API answers: an address in the segment of the control planes, which they hold in turn, or the `https://` address
   * of a load balancer before them.
   */
  readonly endpoint: IAddressed | string;
  /**
   * Who makes the cluster's certificates and keys, and its machines' configurations: `talosctl`, with the bundle of `talosctl gen secrets`
   * that SOPS keeps as text under the key, or a Terraform state, which then holds them.
   */
  readonly secrets: Secret | TerraformWorkspace;
  readonly image: TalosImageProps;
  /** Where machines install themselves, e.g. `/dev/vda`. All of it is overwritten. */
  readonly installDisk: string;
  /**
   * Key of the disks: of the machine's identity, which keeps a disk that was sent in for repair closed, or of its TPM. It is chosen once.
   * @default 'nodeID'
   */
  readonly encryption?: DiskEncryption;
  /** Names or addresses. @default - what the network, or Talos, says: time.cloudflare.com */
  readonly timeServers?: readonly string[];
  /** Addresses of resolvers. @default - what the platform says; on metal, the gateways */
  readonly nameservers?: readonly string[];
  /** Where images of a registry are pulled from first, e.g. `{ 'docker.io': ['https://mirror.lab.example.net'] }`. @default - from the registries */
  readonly registryMirrors?: Readonly<Record<string, readonly string[]>>;
  /** Whatever else machines are configured with; what it says of a key takes the place of ours. @default - nothing */
  readonly patches?: readonly TalosPatch[];
  /** @default `10.244.0.0/16`, Talos' own */
  readonly podCidr?: string;
  /** @default `10.96.0.0/12`, Talos' own */
  readonly serviceCidr?: string;
  /** Versions that run until the next upgrade. @default - the declared ones: there is nothing to upgrade */
  readonly running?: Partial<TalosVersions>;
}

/** Every property, so that a misspelt one is told. */
export const TALOS_CLUSTER_PROPS: readonly (keyof TalosClusterProps)[] = [
  'talos',
  'version',
  'controlPlanes',
  'workers',
  'endpoint',
  'secrets',
  'image',
  'installDisk',
  'encryption',
  'timeServers',
  'nameservers',
  'registryMirrors',
  'patches',
  'podCidr',
  'serviceCidr',
  'running',
];
