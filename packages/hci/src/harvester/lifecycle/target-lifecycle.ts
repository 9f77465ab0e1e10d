import { Duration, type Lifecycle } from '@ashlar/core';
import type { HarvesterBackupTarget } from '../storage/harvester-backup-target';

/** Where copies are must be there before they are made; from there all guests come back into an empty cluster. */
export function targetLifecycle(target: HarvesterBackupTarget): Lifecycle {
  const { cluster, label, manifest, standsOn, secrets } = target;
  const file = `devices/harvester/${cluster.name}/backup-target.yaml`;
  return {
    startsAfter: [
      { on: cluster.kubernetes, for: 'the settings that it is one of' },
      ...standsOn.map(on => ({ on, for: 'the place of its copies' })),
    ],
    uses: [{ name: target.server, for: 'the place of its copies' }],
    start: manifest
      ? []
      : [
          {
            id: 'keys',
            title: `Tell ${cluster.name} where its copies are`,
            action: { byHand: `Put the keys into a copy of ${file}, and apply it with kubectl --context ${cluster.name}` },
            check: { ask: `Does the setting backup-target of ${cluster.name} say ${label}?` },
            undo: { byHand: `Reset the setting backup-target of ${cluster.name}` },
            budget: Duration.minutes(10),
            secrets,
          },
        ],
    restore: [
      {
        id: 'guests',
        title: `Bring the guests of ${cluster.name} back from ${label}`,
        action: {
          byHand: `Backup & Snapshot > VM Backups at https://${cluster.vip.ip}: restore the newest copy of each guest that holds data`,
        },
        check: { ask: `Does each guest of ${cluster.name} run with its data?` },
        undo: { nothing: 'the copies stay where they are' },
        budget: Duration.hours(8),
      },
    ],
  };
}
