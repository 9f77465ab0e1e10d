import { Check, ConfigError, pathOf } from '@ashlar/core';
import { Construct } from 'constructs';

/** A part of a region with power, cooling and network of its own: a location of Hetzner, an availability zone elsewhere. */
export class CloudZone extends Construct {
  public get name(): string {
    return this.node.id;
  }
}

/** The zones of a region that were chosen, or all. @throws CLOUD_ZONE, PROP_EMPTY, PROP_TYPE */
export function zonesOf(
  scope: Construct,
  id: string,
  chosen: readonly string[] | undefined,
  all: readonly string[],
  region: string,
): readonly string[] {
  if (chosen === undefined) return all;
  const path = `${pathOf(scope)}/${id}`;
  for (const [i, zone] of new Check(path).list('zones', chosen, `'${all[0]}'`).entries()) {
    if (all.includes(zone) && chosen.indexOf(zone) === i) continue;
    const problem = all.includes(zone) ? `zone ${zone} of ${region} is listed twice` : `${region} has no zone of that name`;
    throw new ConfigError(path, 'CLOUD_ZONE', problem, {
      ...(!all.includes(zone) && { got: zone }),
      fix: `use some of ${all.join(', ')}, each once`,
    });
  }
  return chosen;
}
