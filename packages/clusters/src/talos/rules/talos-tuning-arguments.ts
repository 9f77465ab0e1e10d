import { type Finding, findingAt, pathOf, type Rule, type Site } from '@ashlar/core';
import { talosClustersOf } from '../talos-clusters-of';
import { tuningArgumentsOf } from '../talos-tuning';

/** A machine that is tuned by arguments of the kernel's command line, which its image does not have. */
export const talosTuningArguments: Rule = {
  code: 'TALOS_TUNING_ARGUMENTS',
  severity: 'error',
  incident: 'isolated cores were tuned for months on a command line that no image had; the benchmark before and after was the same',
  *check(site: Site): Iterable<Finding> {
    for (const cluster of talosClustersOf(site)) {
      for (const { node } of cluster.members) {
        const missing = tuningArgumentsOf(node).filter(argument => !cluster.image.kernelArguments.includes(argument));
        if (missing.length === 0) continue;
        yield findingAt(
          cluster,
          this,
          `${pathOf(node)} is tuned by ${missing.join(' ')} of the kernel's command line, which its image does not have`,
          `write image.kernelArguments: [${missing.map(argument => `'${argument}'`).join(', ')}]`,
        );
      }
    }
  },
};
