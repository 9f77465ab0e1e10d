/** What machines are made from: address and SHA-256. The mirror and the checksum are examples: put in those that the vendor publishes. */
export const DEBIAN_13_CLOUD = [
  'https://images.example.net/debian-13-genericcloud-amd64-20251006-2257.qcow2',
  'c1c0d542786d3e0f51ebf3231027f083c414a822fe2b01a2908a034eded96cbc',
] as const;

/** Containers of the swarm, by tag and digest. */
export const PASTE = 'ghcr.io/example/paste:2.3.0@sha256:1a7d55a9b1c3e0b1f2a64c1b8f0e7d6c5b4a39281706f5e4d3c2b1a0998877f6';
export const CACHE = 'ghcr.io/example/cache:8.1.4@sha256:2b8e66bac2d4f1c2a3b75d2c9a1f8e7d6c5b4a3928170605f4e3d2c1b0a99887';
