import { findingAt, pathOf, type Rule, Secret } from '@ashlar/core';
import { harvestersOf } from '../is-harvester-cluster';
import { remoteRef } from '../secret-store';

/** A secret of a first boot comes through External Secrets, from OpenBao: it is in no manifest. */
export const HARVESTER_SECRET: Rule = {
  code: 'HARVESTER_SECRET',
  severity: 'error',
  incident: 'A password stood in the cloud-init of a virtual machine, and so in Git, in the Secret, and in each backup of both.',
  *check(site) {
    for (const cluster of harvestersOf(site)) {
      for (const guest of cluster.guests) {
        const secrets = guest.firstBoot.files.flatMap(({ content }) => (Secret.is(content) ? content : []));
        const [first] = secrets;
        const foreign = secrets.find(secret => !remoteRef(secret));
        if (first && !cluster.secretStore) {
          yield findingAt(
            guest,
            HARVESTER_SECRET,
            `${first.describe()} belongs into its first boot, and ${pathOf(cluster)} has no store to take it from`,
            "write secretStore: { name: 'openbao' } at the cluster, and run External Secrets in it",
          );
        } else if (foreign) {
          yield findingAt(
            guest,
            HARVESTER_SECRET,
            `${foreign.describe()} belongs into its first boot, and the store of ${pathOf(cluster)} has secrets of OpenBao only`,
            "keep it in OpenBao: Secret.fromOpenBao('kv/guests', 'password')",
          );
        }
      }
    }
  },
};
