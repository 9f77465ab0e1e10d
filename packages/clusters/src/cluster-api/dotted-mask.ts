/** The mask of an IPv4 prefix as its provider writes it: `255.255.255.0`. */
export function dottedMask(prefixLength: number): string {
  const bits = (2 ** 32 - 2 ** (32 - prefixLength)) >>> 0;
  return [24, 16, 8, 0].map(shift => (bits >>> shift) & 255).join('.');
}
