/** What guests are made from: address and SHA-256. The mirror and the checksums are examples: put in those that the vendors publish. */
export const DEBIAN_13_CLOUD = [
  'https://images.example.net/debian-13-genericcloud-amd64-20251006-2257.qcow2',
  'c1c0d542786d3e0f51ebf3231027f083c414a822fe2b01a2908a034eded96cbc',
] as const;

export const DEBIAN_13_CONTAINER = [
  'https://images.example.net/debian-13-standard_13.1-2_amd64.tar.zst',
  'f68877e279b4a1557ae6fb79460a7256f40c2349bcaf2a1222f53350c1de70c3',
] as const;

export const VYOS = [
  'https://images.example.net/vyos-1.5-stream-2025.10-generic-amd64.qcow2',
  '5b0f3a9d4c1e7f2a86b3d9e0c4f1a7b2d8e6c5f4a3b2c1d0e9f8a7b6c5d4e3f2',
] as const;
