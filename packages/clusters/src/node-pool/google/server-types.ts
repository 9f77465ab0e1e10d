import { family, type ServerType } from '../server-type';

/** General purpose, as of November 2025: 4 GB of memory for each thread. @see https://cloud.google.com/compute/docs/general-purpose-machines */
export const GOOGLE_SERVER_TYPES: readonly ServerType[] = [
  ...family(
    size => `n2-standard-${size}`,
    { architecture: 'x86', gibPerThread: 4 },
    [2, 4, 8, 16, 32, 48].map(threads => [String(threads), threads] as const),
  ),
  ...family(
    size => `t2a-standard-${size}`,
    { architecture: 'arm', gibPerThread: 4 },
    [2, 4, 8, 16, 32, 48].map(threads => [String(threads), threads] as const),
  ).map(type => ({ ...type, regions: ['europe-west4', 'us-central1'] })),
];
