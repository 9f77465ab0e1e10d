import { type DepictedLink, pathOf, type Site } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { byName } from './by-name';
import { depictionOf, kindOf, labelOf } from './readings';

/** What the cables of a machine carry, in megabits a second. */
export interface CableLoad {
  readonly construct: IConstruct;
  readonly name: string;
  /** Of the ports that have a cable. */
  readonly capable: number;
  readonly linked: number;
}

/** What the machines on a switch can send at once, and what leads on to other switches, in megabits a second. */
export interface SwitchLoad {
  readonly construct: IConstruct;
  readonly name: string;
  readonly machines: number;
  readonly uplinks: number;
}

/** The speed of cables against what is at their ends, and against what leads on. */
export class NetworkLoad {
  public static of(site: Site): NetworkLoad {
    const all = site.findAll().filter(construct => ['machine', 'switch'].includes(kindOf(construct) ?? ''));
    const cables = all.flatMap(from => (depictionOf(from)?.linkedTo ?? []).flatMap(link => (link.speed ? [{ from, link }] : [])));
    const sum = (links: typeof cables, of: (link: DepictedLink) => number) => links.reduce((total, { link }) => total + of(link), 0);
    const sorted = all.sort((a, b) => byName(labelOf(a), labelOf(b)) || byName(pathOf(a), pathOf(b)));
    return new NetworkLoad(
      sorted
        .filter(construct => kindOf(construct) === 'machine')
        .map(construct => {
          const own = cables.filter(({ from }) => from === construct);
          return { construct, name: labelOf(construct), capable: sum(own, capabilityOf), linked: sum(own, speedOf) };
        }),
      sorted
        .filter(construct => kindOf(construct) === 'switch')
        .map(construct => {
          const down = cables.filter(({ from, link }) => link.to === construct && kindOf(from) === 'machine');
          const up = cables.filter(({ from, link }) => kindOf(from) === 'switch' && (from === construct || link.to === construct));
          return { construct, name: labelOf(construct), machines: sum(down, speedOf), uplinks: sum(up, speedOf) };
        }),
    );
  }

  private constructor(
    public readonly machines: readonly CableLoad[],
    public readonly switches: readonly SwitchLoad[],
  ) {}
}

function speedOf(link: DepictedLink): number {
  return link.speed?.toMegabits() ?? 0;
}

function capabilityOf(link: DepictedLink): number {
  return (link.capability ?? link.speed)?.toMegabits() ?? 0;
}
