import { type Finding, findingAt, type Rule, type Site } from '@ashlar/core';
import { nodePoolsOf } from '../node-pools-of';
import { userDataBytes } from '../user-data';

/** A first boot that is longer than what the cloud passes on. */
export const userDataTooLarge: Rule = {
  code: 'USER_DATA_TOO_LARGE',
  severity: 'error',
  incident: 'the first server of a cluster carried every manifest of its bootstrap; the cloud refused it after all others had been made',
  *check(site: Site): Iterable<Finding> {
    for (const pool of nodePoolsOf(site)) {
      const { vendor, userData } = pool.cloud.facts;
      for (const member of pool.members) {
        const bytes = userDataBytes(member, pool.cloud._bootFiles(pool));
        if (bytes <= userData.most) continue;
        const problem = `its first boot is ${bytes} bytes of user data, compressed, and ${vendor} takes ${userData.most}`;
        yield findingAt(member, this, problem, `put less into its first boot, see ${userData.see}`);
      }
    }
  },
};
