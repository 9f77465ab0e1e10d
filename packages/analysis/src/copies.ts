import { type BackupCoverage, isPlaced, pathOf, type Replication, type Site } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { byName } from './by-name';
import { Loss } from './loss';
import { addressesOf, backupOf, kindOf, replicationOf } from './readings';
import { isMachine, machinesUnder, supportsOf } from './standing';

/** Something that holds data, and where other copies of it are. */
export interface Holder {
  readonly construct: IConstruct;
  /** Undefined when it does not say. */
  readonly backup?: BackupCoverage;
  readonly replication?: Replication;
  /** What the original is lost with, together with every replica; the nearest first. Undefined when it is not known where replicas are. */
  readonly replicasLostWith?: readonly IConstruct[];
  /** What the original is lost with, together with its backup; the nearest first. Undefined when it is not known where the backup is. */
  readonly backupLostWith?: readonly IConstruct[];
}

/** What holds data in a site, and what is lost together with its copies. */
export class Copies {
  public static of(site: Site): Copies {
    const all = site.findAll();
    const placed = new Map<string, IConstruct>();
    for (const construct of all.filter(isPlaced))
      for (const { ip } of addressesOf(construct)) if (!placed.has(ip)) placed.set(ip, construct);
    const losses = new Map<IConstruct, Loss>();
    const lossOf = (cause: IConstruct) => losses.get(cause) ?? enter(losses, new Loss(cause));
    const machines = all.filter(isMachine);
    // What every machine stands on is no news: there is no other place in the model.
    const everywhere = (cause: IConstruct) =>
      !isMachine(cause) && machines.length > 0 && machines.every(machine => lossOf(cause).takes(machine));

    /** What takes `construct` and all of `others`, and is not the only one of its kind. */
    const lostWith = (construct: IConstruct, others: readonly IConstruct[]) =>
      [construct, ...supportsOf(construct)].filter(cause => {
        const loss = lossOf(cause);
        return !everywhere(cause) && [construct, ...others].every(each => loss.takes(each));
      });

    const holders = all.flatMap((construct): Holder[] => {
      const backup = backupOf(construct);
      const replication = replicationOf(construct);
      if (!backup && !replication) return [];
      const original = machinesUnder(construct)[0] ?? construct;
      const replicas = replication?.on ?? [];
      const stores = !backup || 'waived' in backup ? [] : (backup.standsOn ?? []).map(store => standing(store, placed));
      const withBackup = new Set([construct, original].flatMap(each => lostWith(each, stores)).filter(destroys));
      return [
        {
          construct,
          ...(backup && { backup }),
          ...(replication && { replication }),
          ...(replicas.length > 0 && { replicasLostWith: lostWith(original, replicas) }),
          ...(stores.length > 0 && stores.every(isPlaced) && { backupLostWith: [...withBackup] }),
        },
      ];
    });
    return new Copies(holders.sort((a, b) => byName(pathOf(a.construct), pathOf(b.construct))));
  }

  private constructor(
    /** By path. */
    public readonly holders: readonly Holder[],
  ) {}
}

/** What has a place, behind a name that has an address only. */
function standing(store: IConstruct, placed: ReadonlyMap<string, IConstruct>): IConstruct {
  if (isPlaced(store)) return store;
  return addressesOf(store).flatMap(({ ip }) => placed.get(ip) ?? [])[0] ?? store;
}

/** A feed or a switch that fails takes no data with it. */
function destroys(cause: IConstruct): boolean {
  return !['feed', 'switch'].includes(kindOf(cause) ?? '');
}

function enter(losses: Map<IConstruct, Loss>, loss: Loss): Loss {
  losses.set(loss.cause, loss);
  return loss;
}
