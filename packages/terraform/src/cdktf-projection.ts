import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Output, Projection } from '@ashlar/core';
import type { TerraformStack } from 'cdktf';

/**
 * What `cdktf synth`, `diff` and `deploy` expect of the program that they run: `manifest.json`, and a folder for each
 * stack. The configuration itself is the same to the byte as in our own layout.
 */
export function cdktfProjection(stacks: () => readonly TerraformStack[]): Projection {
  return {
    variable: 'CDKTF_OUTDIR',
    write(output: Output, outdir: string): void {
      const ids = stacks().map(stack => stack.node.id);
      for (const id of ids) {
        const folder = join(outdir, 'stacks', id);
        mkdirSync(folder, { recursive: true });
        writeFileSync(join(folder, 'cdk.tf.json'), output.read(`terraform/${id}/cdk.tf.json`) as string);
      }
      const version = stacks()[0]?.node.tryGetContext('cdktfVersion');
      const manifest = { stacks: Object.fromEntries(ids.map(id => [id, stackManifest(id)])), version };
      mkdirSync(outdir, { recursive: true });
      writeFileSync(join(outdir, 'manifest.json'), JSON.stringify(manifest, undefined, 2));
    },
  };
}

function stackManifest(name: string): object {
  return {
    annotations: [],
    constructPath: name,
    dependencies: [],
    name,
    stackMetadataPath: `stacks/${name}/metadata.json`,
    synthesizedStackPath: `stacks/${name}/cdk.tf.json`,
    workingDirectory: `stacks/${name}`,
  };
}
