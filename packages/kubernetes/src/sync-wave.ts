import { ConfigError, DependencyCircle, dependencyWaves, pathOf } from '@ashlar/core';
import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';

/** The moment before anything in a construct, or after everything in it. A group of n that needs a group of m is one edge, not n × m. */
interface Moment {
  readonly construct: IConstruct;
  readonly at: 'start' | 'end';
}

/**
 * The sync wave of each object below `unit`, from declared dependencies (`node.addDependency`), in linear time. The engine's
 * own order is quadratic in chains and exponential in layers of charts.
 * @throws DEPENDENCY_CIRCLE
 */
export function syncWaves(unit: IConstruct, objects: readonly ApiObject[]): Map<ApiObject, number> {
  const constructs = unit.node.findAll();
  if (!constructs.some(construct => construct.node.dependencies.length > 0)) return new Map();

  const moments = new Map<IConstruct, { start: Moment; end: Moment }>();
  for (const construct of constructs) moments.set(construct, { start: { construct, at: 'start' }, end: { construct, at: 'end' } });
  const of = (construct: IConstruct) => moments.get(construct) as { start: Moment; end: Moment };

  const needs = (moment: Moment): Moment[] => {
    const { construct, at } = moment;
    if (at === 'end') return [of(construct).start, ...construct.node.children.map(child => of(child).end)];
    const parent = construct === unit ? undefined : construct.node.scope;
    const own = construct.node.dependencies.filter(other => moments.has(other) && other !== construct);
    return [...(parent ? [of(parent).start] : []), ...own.map(other => of(other).end)];
  };

  try {
    const all = [...moments.values()].flatMap(({ start, end }) => [start, end]);
    const waves = dependencyWaves(all, needs, moment => (moment.at === 'start' && ApiObject.isApiObject(moment.construct) ? 1 : 0));
    return new Map(objects.map(object => [object, waves.get(of(object).start) as number]));
  } catch (error) {
    if (!(error instanceof DependencyCircle)) throw error;
    const members = [...new Set((error.members as Moment[]).map(moment => pathOf(moment.construct)))];
    throw new ConfigError(unit, 'DEPENDENCY_CIRCLE', `these need each other: ${[...members, members[0]].join(' → ')}`, {
      fix: 'remove one of the dependencies',
    });
  }
}
