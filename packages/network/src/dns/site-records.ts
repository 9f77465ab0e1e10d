import type { Site } from '@ashlar/core';
import { Host } from '../segments/host';
import { isPrivate } from '../segments/subnet';
import { Vlan } from '../segments/vlan';
import { DnsAlias } from './dns-alias';
import { DnsRecordSet } from './dns-record-set';
import { DnsService } from './dns-service';
import { PublicName } from './public-name';
import { classlessName, classlessZone, isClassless, reverseName, reverseZones } from './reverse-zone';
import type { DnsRecord } from './zone-file';

/** Whether a record is for everybody, or for the site alone. */
export type View = 'internal' | 'external';

/** Forward and reverse records of the model, sorted by name, as a view shows them. */
export function siteRecords(site: Site, view: View): DnsRecord[] {
  const all = site.findAll();
  const published = new Set(all.filter(PublicName.isPublicName).map(name => name.fqdn));
  const records = all.flatMap(construct => (view === 'internal' ? recordsOf(construct) : publicRecordsOf(construct, published)));
  return [...unique(records), ...pointers(all.filter(Vlan.isVlan), view)];
}

/** The reverse zones of a segment's prefixes. The Internet is shown those of public prefixes. */
export function reverseZonesOf(vlan: Vlan, view: View): string[] {
  return vlan.subnets
    .filter(subnet => view === 'internal' || !isPrivate(subnet.cidr))
    .flatMap(subnet => (isClassless(subnet) ? [classlessZone(subnet)] : reverseZones(subnet)));
}

function recordsOf(construct: unknown): DnsRecord[] {
  if (Host.isHost(construct)) {
    return construct.addresses.map(({ ip, family }) => ({ name: construct.fqdn, type: family === 4 ? 'A' : 'AAAA', data: ip }));
  }
  if (DnsAlias.isDnsAlias(construct)) return [{ name: construct.fqdn, type: 'CNAME', data: construct.target.fqdn }];
  if (DnsService.isDnsService(construct)) {
    return construct.targets.map(target => ({ name: construct.fqdn, type: 'SRV', data: `0 0 ${construct.port} ${target.fqdn}` }));
  }
  if (DnsRecordSet.isDnsRecordSet(construct)) {
    const { fqdn: name, type, values, ttl } = construct;
    return values.map(data => ({ name, type, data, ...(ttl !== undefined && { ttl }) }));
  }
  return [];
}

/** Nothing of the inside: no private address, and no name that leads to one alone. */
function publicRecordsOf(construct: unknown, published: ReadonlySet<string>): DnsRecord[] {
  if (PublicName.isPublicName(construct)) {
    return construct.addresses.map(ip => ({ name: construct.fqdn, type: ip.includes(':') ? 'AAAA' : 'A', data: ip }));
  }
  if (DnsAlias.isDnsAlias(construct) && (!isPublic(construct.target, published) || published.has(construct.fqdn))) return [];
  if (DnsService.isDnsService(construct) && !construct.targets.every(target => isPublic(target, published))) return [];
  return recordsOf(construct).filter(({ name, type, data }) => {
    if (type !== 'A' && type !== 'AAAA') return true;
    return !isPrivate(data) && !published.has(name);
  });
}

function isPublic(host: Host, published: ReadonlySet<string>): boolean {
  return published.has(host.fqdn) || host.addresses.some(({ ip }) => !isPrivate(ip));
}

function pointers(vlans: readonly Vlan[], view: View): DnsRecord[] {
  return [...vlans]
    .sort((a, b) => a.tag - b.tag)
    .flatMap(vlan =>
      vlan.hosts.flatMap(host =>
        vlan.subnets
          .filter(subnet => view === 'internal' || !isPrivate(subnet.cidr))
          .map((subnet): DnsRecord => {
            const name = isClassless(subnet) ? classlessName(subnet, host.number, classlessZone(subnet)) : reverseName(subnet, host.number);
            return { name, type: 'PTR', data: host.fqdn };
          }),
      ),
    );
}

/** By name; each record once, whoever wants it. */
function unique(records: readonly DnsRecord[]): DnsRecord[] {
  const byText = new Map(records.map(record => [`${record.name} ${record.type} ${record.data}`, record]));
  return [...byText.values()].sort((a, b) => compare(a.name, b.name) || compare(a.type, b.type));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
