import type { Output } from './output';

/** The layout in which another program, which runs ours, wants a part of the output. */
export interface Projection {
  /** Environment variable by which that program names the folder to write to, e.g. `CDKTF_OUTDIR`. */
  readonly variable: string;
  /** Writes the part to `outdir`, which belongs to that program. */
  write(output: Output, outdir: string): void;
}
