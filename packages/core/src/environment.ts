import { ConfigError } from './config-error';
import { formatFinding } from './finding';
import type { Site } from './site';
import { SynthesisError } from './synthesis-error';

/**
 * Defines an environment: the function that builds its site.
 *
 * When `module` is the program that Node runs, the site is synthesized to `out`, warnings and a summary are printed,
 * and a fault of the environment ends the process with its text and exit code 1. Imported by a test, nothing happens
 * until the function is called.
 *
 * ```
 * export const lab = environment(module, () => {
 *   const site = new Site('lab', { domain: 'lab.example.net' });
 *   return site;
 * });
 * ```
 */
export function environment(module: NodeJS.Module, build: () => Site): () => Site {
  if (require.main === module) run(build);
  return build;
}

function run(build: () => Site): void {
  try {
    const site = build();
    const done = site.synth();
    for (const warning of done.warnings) console.error(formatFinding(warning));
    console.error(
      `${site.node.id}: ${done.written.length} files written, ${done.removed.length} removed, ${done.unchanged} unchanged in ${done.outdir}`,
    );
  } catch (error) {
    process.exitCode = 1;
    if (error instanceof SynthesisError) console.error(error.message);
    else if (ConfigError.isConfigError(error)) console.error(`error ${error.message}`);
    else throw error;
  }
}
