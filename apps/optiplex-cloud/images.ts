/**
 * What guests and containers are made from: address and SHA-256 of each image. The mirror and the checksums are examples: put in those that the
 * vendors publish beside their images, https://cloud.debian.org/images/cloud/trixie/ and https://www.pfsense.org/download/.
 */

export const DEBIAN_13_CLOUD = [
  'https://images.example.net/debian-13-genericcloud-amd64-20251006-2257.qcow2',
  'c1c0d542786d3e0f51ebf3231027f083c414a822fe2b01a2908a034eded96cbc',
] as const;

export const DEBIAN_13_CONTAINER = [
  'https://images.example.net/debian-13-standard_13.1-2_amd64.tar.zst',
  'f68877e279b4a1557ae6fb79460a7256f40c2349bcaf2a1222f53350c1de70c3',
] as const;

export const PFSENSE_INSTALLER = [
  'https://images.example.net/netgate-installer-v1.0-amd64.iso',
  '9460597ad86db0d6f5238f97c67c3ba7f1cc4c59112546b6a447f314247d6ed7',
] as const;

export const SHOP = 'ghcr.io/example/shop:1.4.2@sha256:8d9001d32c6a703d95921a77115050f33dd823d3f1730bd35215dcbecad6dc20';
