/** Distributions whose images every cloud here has, for both architectures. */
export const OPERATING_SYSTEMS = ['debian-13', 'debian-12', 'ubuntu-24.04'] as const;

export type OperatingSystem = (typeof OPERATING_SYSTEMS)[number];
