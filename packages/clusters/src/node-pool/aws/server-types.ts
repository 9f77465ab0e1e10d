import { family, type ServerType } from '../server-type';

/** Sizes of the general-purpose families, with their threads. @see https://docs.aws.amazon.com/ec2/latest/instancetypes/gp.html */
const SIZES = [
  ['large', 2],
  ['xlarge', 4],
  ['2xlarge', 8],
  ['4xlarge', 16],
  ['8xlarge', 32],
  ['12xlarge', 48],
] as const;

/** General purpose, current generation as of November 2025: 4 GiB of memory for each thread. */
export const AWS_SERVER_TYPES: readonly ServerType[] = [
  ...family(size => `m7i.${size}`, { architecture: 'x86', gibPerThread: 4 }, SIZES),
  ...family(size => `m7g.${size}`, { architecture: 'arm', gibPerThread: 4 }, SIZES.slice(0, 5)),
];
