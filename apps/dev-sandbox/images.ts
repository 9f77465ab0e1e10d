/** What machines are made from: address and SHA-256. The mirror and the checksum are examples: put in those that the vendor publishes. */
export const DEBIAN_13_CLOUD = [
  'https://images.example.net/debian-13-genericcloud-amd64-20251006-2257.qcow2',
  'c1c0d542786d3e0f51ebf3231027f083c414a822fe2b01a2908a034eded96cbc',
] as const;
