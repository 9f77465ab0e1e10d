/**
 * What is installed, and from where. Checksums, digests and the schematic are examples: put in those that the vendors publish,
 * https://factory.talos.dev and https://quay.io/organization/tinkerbell.
 */

/** Talos for virtual machines, from its image factory, with the extension of the brain's schematic; SHA-512. */
export const TALOS = {
  version: 'v1.13.9',
  url: 'https://factory.talos.dev/image/ce4c980550dd2ab1b17bbf2b08801c7eb59418eafe8f279833297925d67c7515/v1.13.9/nocloud-amd64.qcow2',
  sha512:
    '6f1c2a7d0b93e4588a4d7cf2139be06d5c0f7a418e92b36dd1450c8fa7e39b6210d8c4f5b2a97e03641fd8b5c07a2e9934dbf6180ce57a42f3b19d06e8c5a741',
};

/** Talos for the machines of the cluster factory, which manages releases up to 1.12; SHA-512. */
export const CLUSTER_TALOS = {
  version: 'v1.12.11',
  url: 'https://factory.talos.dev/image/ce4c980550dd2ab1b17bbf2b08801c7eb59418eafe8f279833297925d67c7515/v1.12.11/nocloud-amd64.qcow2',
  sha512:
    'b71d9c04e2a85f3361c8d07be94f125a0d3e67b982c4f15ad60b37e8a91c42f50e86d3b7154ca92f08e1d6c35b7fa09482e5c16d90b3a7f4285dc1e60f93ab72',
};

/** Of the provider of Cluster API for Harvester: a build that leaves configurations of Talos as they are. */
export const HARVESTER_PROVIDER = 'registry.example.net/caphv@sha256:5d3b81f09e6a2c47b80e19f5d36ac7421fb85e90d7ac341602e9fd8b6c5173a4';

/** Writes an image to a disk, in Tinkerbell's installation environment. */
export const IMAGE2DISK =
  'quay.io/tinkerbell/actions/image2disk:v1.0.0@sha256:2e4b7d90c1f35a8667de0b94c52f1a38e96d07bc41f82a5de3907b6c14d8f52a';

/** Starts what was written, without going through the firmware. */
export const KEXEC = 'quay.io/tinkerbell/actions/kexec:v1.0.0@sha256:9b03d5e84fa1c276b8e37d0f52c94a6e1f7db286c0593ae4d812b70f6c3e95a1';

/** Of the gateway: an image of one's own, with the first configuration in it, so that it filters from its first second. */
export const VYOS = '1.5-20261102';

export const HARVESTER = '1.7.1';
