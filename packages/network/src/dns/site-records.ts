import type { Site } from '@ashlar/core';
import { Host } from '../segments/host';
import { isPrivate, type Subnet } from '../segments/subnet';
import { Vlan } from '../segments/vlan';
import { DnsAlias } from './dns-alias';
import { DnsRecordSet } from './dns-record-set';
import { DnsService } from './dns-service';
import { PublicName } from './public-name';
import { classlessName, classlessZone, reverseName } from './reverse-zone';
import type { DnsRecord } from './zone-file';

/** Whether a record is for everybody, or for the site alone. */
export type View = 'internal' | 'external';

/**
 * Forward and reverse records of the model, sorted by name, as a view shows them.
 * @param held whether the PTR records of a prefix stand in the reverse zone around it
 */
export function siteRecords(site: Site, view: View, held: (subnet: Subnet) => boolean): DnsRecord[] {
  const all = site.findAll();
  const names = all.filter(PublicName.isPublicName);
  const published = new Set(names.map(name => name.fqdn));
  const records = all.flatMap(construct => (view === 'internal' ? recordsOf(construct) : publicRecordsOf(construct, published)));
  const outside = view === 'internal' ? publicOnly(names, records) : [];
  return unique([...records, ...outside]).concat(pointers(all.filter(Vlan.isVlan), view, held));
}

/** Names that mean nothing inside: there too, they lead to where the Internet reaches them. */
function publicOnly(names: readonly PublicName[], inside: readonly DnsRecord[]): DnsRecord[] {
  const known = new Set(inside.map(record => record.name));
  const wildcard = (name: string) => `*${name.slice(name.indexOf('.'))}`;
  return names.filter(({ fqdn }) => !known.has(fqdn) && !known.has(wildcard(fqdn))).flatMap(addressesOf);
}

function addressesOf({ fqdn, addresses }: PublicName): DnsRecord[] {
  return addresses.map(ip => ({ name: fqdn, type: ip.includes(':') ? 'AAAA' : 'A', data: ip }));
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
  if (PublicName.isPublicName(construct)) return addressesOf(construct);
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

function pointers(vlans: readonly Vlan[], view: View, held: (subnet: Subnet) => boolean): DnsRecord[] {
  return [...vlans]
    .sort((a, b) => a.tag - b.tag)
    .flatMap(vlan =>
      vlan.hosts.flatMap(host =>
        vlan.subnets
          .filter(subnet => view === 'internal' || !isPrivate(subnet.cidr))
          .map((subnet): DnsRecord => {
            const name = held(subnet) ? reverseName(subnet, host.number) : classlessName(subnet, host.number, classlessZone(subnet));
            return { name, type: 'PTR', data: host.fqdn };
          }),
      ),
    );
}

/** By name, type and data; each record once, whoever wants it. */
function unique(records: readonly DnsRecord[]): DnsRecord[] {
  const byText = new Map(records.map(record => [`${record.name} ${record.type} ${record.data}`, record]));
  return [...byText.values()].sort((a, b) => compare(a.name, b.name) || compare(a.type, b.type) || compare(a.data, b.data));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
