import { DependencyCircle, dependencyWaves, type Finding, findingAt, pathOf, type Rule, type Site } from '@ashlar/core';
import { clustersOf } from '@ashlar/kubernetes';
import type { IConstruct } from 'constructs';
import { followedBy } from '../argo-application';

/** Units or charts that start after each other: none of their waves could ever begin. */
export const applicationCircle: Rule = {
  code: 'APPLICATION_CIRCLE',
  severity: 'error',
  incident:
    'the certificates waited for the policy engine, and the policy engine for its certificate: after a restart of the cluster neither came up',
  *check(site: Site): Iterable<Finding> {
    for (const cluster of clustersOf(site)) {
      const followed = followedBy(cluster);
      try {
        dependencyWaves<IConstruct>(followed, one => (one as (typeof followed)[number]).startsAfter);
      } catch (error) {
        if (!(error instanceof DependencyCircle)) throw error;
        const members = (error.members as IConstruct[]).map(pathOf);
        yield findingAt(
          cluster,
          this,
          `these start after each other: ${[...members, members[0]].join(' → ')}`,
          'move what both need into a unit of its own',
        );
      }
    }
  },
};
