import type { Site } from '@ashlar/core';
import { isPrivate, type Subnet } from '../segments/subnet';
import { Vlan } from '../segments/vlan';
import { classlessZone, isClassless, reverseZones } from './reverse-zone';
import { siteRecords, type View } from './site-records';
import { enclosing } from './zone-cut';
import type { DnsRecord } from './zone-file';

/** A zone of the site, and what a view shows of it. */
export interface SiteZone {
  readonly name: string;
  /** Without those of its own servers. */
  readonly records: readonly DnsRecord[];
}

/** Domains that are served besides those of segments. */
export interface ServedDomains {
  /** For the site. */
  readonly internal: readonly string[];
  /** For everybody; the site is answered for them too. */
  readonly external: readonly string[];
}

/** Every zone of a view, forward zones first. What lies below another zone of ours is a part of it. */
export function siteZones(site: Site, served: ServedDomains, view: View): SiteZone[] {
  const vlans = vlansOf(site);
  const inside = [site.domain, ...vlans.map(vlan => vlan.domain), ...served.internal];
  const forward = view === 'internal' ? [...inside, ...served.external] : served.external;
  const held = heldBy(served);
  const shown = vlans.flatMap(vlan => vlan.subnets).filter(subnet => view === 'internal' || !isPrivate(subnet.cidr));
  const reverse = shown.flatMap(subnet => (held(subnet) ? reverseZones(subnet) : [classlessZone(subnet)]));
  const records = new Map(outermost([...forward, ...reverse]).map((name): [string, DnsRecord[]] => [name, []]));
  for (const record of siteRecords(site, view, held)) records.get(enclosing(record.name, records) ?? '')?.push(record);
  return [...records].map(([name, list]) => ({ name, records: list }));
}

/** Prefixes whose reverse zone the provider holds, and has to lead into ours. */
export function prefixesOfProviders(site: Site, served: ServedDomains): Subnet[] {
  const held = heldBy(served);
  return vlansOf(site)
    .flatMap(vlan => vlan.subnets)
    .filter(subnet => !held(subnet));
}

/** Whether the PTR records of a prefix stand in the reverse zone around it: always, but for a short public one whose zone is not served. */
function heldBy({ internal, external }: ServedDomains): (subnet: Subnet) => boolean {
  const domains = [...internal, ...external];
  return subnet => {
    const [around = ''] = reverseZones(subnet);
    return !isClassless(subnet) || domains.some(domain => around === domain || around.endsWith(`.${domain}`));
  };
}

function vlansOf(site: Site): Vlan[] {
  return site
    .findAll()
    .filter(Vlan.isVlan)
    .sort((a, b) => a.tag - b.tag);
}

/** Names that are not below another of them. */
function outermost(names: readonly string[]): string[] {
  const set = new Set(names);
  return [...set].filter(name => name.split('.').every((_, i, labels) => i === 0 || !set.has(labels.slice(i).join('.'))));
}
