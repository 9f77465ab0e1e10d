import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ConfigError } from '@ashlar/core';
import { load } from 'js-yaml';
import { DOWNSTREAM_SPEC_SCHEMA } from './downstream-spec-schema';
import { specProblem } from './spec-problem';

/** A range of host numbers of the cluster's segment, both ends included. */
export interface NumberRange {
  readonly from: number;
  readonly to: number;
}

/**
 * A whole environment in one short file, `<app>/clusters/<name>.yaml`: a segment of its own and a cluster in it.
 *
 * ```yaml
 * name: media                                # that of the file
 * network: { tag: 40, ipv4: 10.40.0.0/24 }   # a segment that nobody else has
 * version: 1.34.2                            # of Kubernetes
 * class: small                               # small, medium or large; the machines. By default small
 * controlPlanes: 3                           # 1, 3, 5 or 7. By default 3
 * workers: { count: 2 }                      # or { min: 2, max: 5 }, for the autoscaler
 * api: 20                                    # number of the host that the API's address is: 10.40.0.20
 * nodes: { from: 21, to: 32 }                # numbers of the machines, one more than there are, for rolling out
 * services: 10.140.0.0/24                    # announced by BGP; or { from: 200, to: 219 }, numbers in the segment
 * asn: 64530                                 # with a prefix only: the autonomous system of the nodes
 * pods: 10.244.0.0/16                        # by default 10.244.0.0/16; no other cluster's
 * cluster: 10.96.0.0/16                      # addresses of services inside; by default 10.96.0.0/16
 * running: 1.33.6                       # what runs now, while it is upgraded. By default version
 * ```
 *
 * What `main.ts` makes of all files is the same whatever wrote them. The JSON Schema is `schemas/cluster.schema.json` of the output.
 */
export interface DownstreamSpec {
  readonly name: string;
  readonly network: { readonly tag: number; readonly ipv4: string };
  readonly version: string;
  readonly class?: 'small' | 'medium' | 'large';
  readonly controlPlanes?: 1 | 3 | 5 | 7;
  readonly workers: { readonly count: number } | { readonly min: number; readonly max: number };
  readonly api: number;
  readonly nodes: NumberRange;
  readonly services?: string | NumberRange;
  readonly asn?: number;
  readonly pods?: string;
  readonly cluster?: string;
  readonly running?: string;
}

/**
 * Reads the text of `<name>.yaml`.
 * @param file its path, for messages; the name of the cluster is in it
 * @throws SPEC_YAML, SPEC_FORMAT, SPEC_NAME
 */
export function parseDownstreamSpec(file: string, text: string): DownstreamSpec {
  const at = `clusters/${basename(file)}`;
  let spec: unknown;
  try {
    spec = load(text);
  } catch (error) {
    throw new ConfigError(at, 'SPEC_YAML', `is no YAML: ${String((error as Error).message).split('\n')[0]}`, {
      fix: 'write it like name: media',
    });
  }
  const problem = specProblem(spec, DOWNSTREAM_SPEC_SCHEMA);
  if (problem)
    throw new ConfigError(at, 'SPEC_FORMAT', problem.message, { ...('got' in problem && { got: problem.got }), fix: problem.fix });
  const { name } = spec as DownstreamSpec;
  if (`${name}.yaml` !== basename(file)) {
    throw new ConfigError(at, 'SPEC_NAME', `name is ${name}, and the file is ${basename(file)}`, {
      fix: `rename the file to ${name}.yaml, or write name: ${basename(file, '.yaml')}`,
    });
  }
  return spec as DownstreamSpec;
}

/**
 * Reads every file of a folder, by name.
 * @throws SPEC_FOLDER when there is none, SPEC_YAML, SPEC_FORMAT, SPEC_NAME
 */
export function readDownstreamSpecs(folder: string): readonly DownstreamSpec[] {
  if (!existsSync(folder)) {
    throw new ConfigError('readDownstreamSpecs', 'SPEC_FOLDER', `there is no folder ${basename(folder)} of cluster specs`, {
      fix: "pass join(__dirname, '../clusters')",
    });
  }
  const files = readdirSync(folder).filter(file => /\.ya?ml$/.test(file));
  return files.sort().map(file => parseDownstreamSpec(file, readFileSync(join(folder, file), 'utf8')));
}
