import type { IConstruct } from 'constructs';
import type { Circle, CircleLink } from './requirement';

/** Edges that are looked at in one component before the shortest circle found so far is taken. */
const EFFORT = 200_000;

/** The shortest circle among constructs that all lead to each other; of several, the one of the first member. */
export function shortestCircle(members: readonly IConstruct[], linksOf: (construct: IConstruct) => readonly CircleLink[]): Circle {
  let best: Circle | undefined;
  let effort = 0;
  for (const start of members) {
    if (best && (best.length === 1 || effort > EFFORT)) break;
    const cameBy = new Map<IConstruct, CircleLink>();
    let wave = [start];
    for (let depth = 1; wave.length > 0 && !cameBy.has(start) && depth < (best?.length ?? Number.POSITIVE_INFINITY); depth++) {
      const next: IConstruct[] = [];
      for (const at of wave) {
        for (const link of linksOf(at)) {
          effort++;
          if (cameBy.has(link.on)) continue;
          cameBy.set(link.on, link);
          next.push(link.on);
        }
      }
      wave = next;
    }
    if (cameBy.has(start)) best = back(start, cameBy);
  }
  return best ?? [];
}

function back(start: IConstruct, cameBy: ReadonlyMap<IConstruct, CircleLink>): Circle {
  const links: CircleLink[] = [];
  let link = cameBy.get(start) as CircleLink;
  for (; link.construct !== start; link = cameBy.get(link.construct) as CircleLink) links.push(link);
  return [link, ...links.reverse()];
}
