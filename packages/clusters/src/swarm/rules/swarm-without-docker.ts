import { type Finding, findingAt, pathOf, type Rule, type Site } from '@ashlar/core';
import { swarmsOf } from '../swarms-of';

/** A machine of a swarm on which nothing installs Docker Engine. */
export const swarmWithoutDocker: Rule = {
  code: 'SWARM_WITHOUT_DOCKER',
  severity: 'error',
  incident:
    'a third worker was added to the list and never joined: its image had no Docker, and the join was tried in the night of the outage',
  *check(site: Site): Iterable<Finding> {
    for (const swarm of swarmsOf(site)) {
      for (const machine of swarm.all) {
        if (machine.firstBoot.packages.some(name => name === 'docker-ce' || name === 'docker.io')) continue;
        const problem = `nothing installs Docker Engine on ${pathOf(machine)}`;
        yield findingAt(swarm, this, problem, "give the machine software: [Software.docker('29')]");
      }
    }
  },
};
