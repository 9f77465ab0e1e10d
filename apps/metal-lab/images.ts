/**
 * What is installed, and from where. Checksums, digests and the schematic are examples: put in those that the vendors publish,
 * https://factory.talos.dev and https://quay.io/organization/tinkerbell.
 */

/** Talos for virtual machines, from its image factory; SHA-512. */
export const TALOS = [
  'https://factory.talos.dev/image/376567988ad370138ad8b2698212367b8edcb69b5fd68c80be1f2ec7d603b4ba/v1.13.0/nocloud-amd64.qcow2',
  '6f1c2a7d0b93e4588a4d7cf2139be06d5c0f7a418e92b36dd1450c8fa7e39b6210d8c4f5b2a97e03641fd8b5c07a2e9934dbf6180ce57a42f3b19d06e8c5a741',
] as const;

/** Writes an image to a disk, in Tinkerbell's installation environment. */
export const IMAGE2DISK =
  'quay.io/tinkerbell/actions/image2disk:v1.0.0@sha256:2e4b7d90c1f35a8667de0b94c52f1a38e96d07bc41f82a5de3907b6c14d8f52a';

/** Starts what was written, without going through the firmware. */
export const KEXEC = 'quay.io/tinkerbell/actions/kexec:v1.0.0@sha256:9b03d5e84fa1c276b8e37d0f52c94a6e1f7db286c0593ae4d812b70f6c3e95a1';

/** Of the gateway: an image of one's own, with the first configuration in it, so that it filters from its first second. */
export const VYOS = '1.5-20261102';

export const HARVESTER = '1.7.1';
