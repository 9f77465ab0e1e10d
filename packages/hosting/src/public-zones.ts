import { Claims, ConfigError, pathOf, Site } from '@ashlar/core';
import { PUBLIC_ZONE, RECORD_UNSERVED } from '@ashlar/network';
import type { IConstruct } from 'constructs';
import { PRIVATE_IN_PUBLIC_ZONE } from './rules/private-in-public-zone';
import { ZONE_TWICE } from './rules/zone-twice';

/** The zones that others serve for the site; each name is in the innermost of them. */
export class PublicZones {
  public static of(scope: IConstruct): PublicZones {
    const site = Site.of(scope) as Site & { [ZONES]?: PublicZones };
    if (!site[ZONES]) Object.defineProperty(site, ZONES, { value: new PublicZones(site) });
    return site[ZONES] as PublicZones;
  }

  private readonly holders = new Map<string, IConstruct>();

  private constructor(site: Site) {
    site.addRules(PRIVATE_IN_PUBLIC_ZONE, RECORD_UNSERVED, ZONE_TWICE);
  }

  /** @throws PUBLIC_ZONE_TAKEN when another serves it already */
  public claim(holder: IConstruct, zone: string): void {
    Claims.of(Site.of(holder)).claim(PUBLIC_ZONE, zone, holder, other => {
      return new ConfigError(holder, 'PUBLIC_ZONE_TAKEN', `the zone ${zone} is already served by ${pathOf(other)}`, {
        fix: 'serve it in one place: resolvers ask whichever they are sent to',
      });
    });
    this.holders.set(zone, holder);
  }

  /** Zones and who serves them. */
  public entries(): (readonly [zone: string, holder: IConstruct])[] {
    return [...this.holders].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  /** The zone that a name is in, if any. */
  public zoneOf(name: string): string | undefined {
    const labels = name.split('.');
    return labels.map((_, i) => labels.slice(i).join('.')).find(suffix => this.holders.has(suffix));
  }
}

const ZONES = Symbol.for('@ashlar/hosting.PublicZones');
