import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Output, Projection } from '@ashlar/core';

const FOLDER = 'kubernetes/';

/** What `cdk8s synth` expects of the program that it runs: manifests only, in the tree of our own layout. */
export const cdk8sProjection: Projection = {
  variable: 'CDK8S_OUTDIR',
  write(output: Output, outdir: string): void {
    for (const [path, text] of output.entries()) {
      if (!path.startsWith(FOLDER)) continue;
      const file = join(outdir, path.slice(FOLDER.length));
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  },
};
