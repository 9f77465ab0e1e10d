import { ConfigError } from './config-error';
import { formatFinding } from './finding';
import { Site } from './site';
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
    const site = siteOf(build());
    const done = site.synth();
    for (const warning of done.warnings) console.error(formatFinding(warning));
    console.error(
      `${site.node.id}: ${done.written.length} files written, ${done.removed.length} removed, ${done.unchanged} unchanged in ${done.outdir}`,
    );
  } catch (error) {
    process.exitCode = 1;
    const fault = idTaken(error) ?? error;
    if (fault instanceof SynthesisError) console.error(fault.message);
    else if (ConfigError.isConfigError(fault)) console.error(`error ${fault.message}`);
    else throw fault;
  }
}

function siteOf(built: Site): Site {
  if (Site.isSite(built)) return built;
  throw new ConfigError('environment', 'ENVIRONMENT_SITE', 'the function must return its Site', {
    got: built,
    fix: 'end it with return site',
  });
}

/** What the `constructs` library itself throws for a construct of another team; ours say it with the whole path. */
function idTaken(error: unknown): ConfigError | undefined {
  const told =
    error instanceof Error ? /^There is already a Construct with name '(.*)' in (\w+)(?: \[(.*)\])?$/s.exec(error.message) : null;
  if (!told) return undefined;
  const [, id, type, scope] = told;
  return new ConfigError(scope || String(type), 'ID_TAKEN', `already holds a construct ${id}`, { fix: 'choose another id' });
}
