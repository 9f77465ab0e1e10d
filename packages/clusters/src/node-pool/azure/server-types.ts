import { family, type ServerType } from '../server-type';

const THREADS = [2, 4, 8, 16, 32, 48];

/** General purpose, as of November 2025: 4 GiB of memory for each thread. @see https://learn.microsoft.com/azure/virtual-machines/sizes/general-purpose/dsv5-series */
export const AZURE_SERVER_TYPES: readonly ServerType[] = [
  ...family(
    size => `Standard_D${size}s_v5`,
    { architecture: 'x86', gibPerThread: 4 },
    THREADS.map(threads => [String(threads), threads] as const),
  ),
  ...family(
    size => `Standard_D${size}ps_v5`,
    { architecture: 'arm', gibPerThread: 4 },
    THREADS.map(threads => [String(threads), threads] as const),
  ),
];
