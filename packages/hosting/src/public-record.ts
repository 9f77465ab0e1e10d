import type { Site } from '@ashlar/core';
import { DnsAlias, DnsRecordSet, DnsService, Host } from '@ashlar/network';
import type { IConstruct } from 'constructs';
import { isPrivate } from './private-address';
import { PublicZones } from './public-zones';

/** A record that the whole world is to see. */
export interface PublicRecord {
  /** Complete, without the final dot. */
  readonly name: string;
  readonly type: string;
  /** As in a zone file, names complete and without the final dot; the text of a TXT record is not quoted. */
  readonly value: string;
  /** Seconds. @default - what the zone has */
  readonly ttl?: number;
  /** The construct that wants it. */
  readonly from: IConstruct;
}

/**
 * The records of the model that belong into a public zone: every record set in it, and hosts with a public address, with their other names
 * and services. Names of machines that only have private addresses are of the inside, and stay out.
 */
export function publicRecords(site: Site, zone: string): PublicRecord[] {
  const zones = PublicZones.of(site);
  const records = new Map<string, PublicRecord>();
  for (const record of site.findAll().flatMap(recordsOf)) {
    if (zones.zoneOf(record.name) === zone) records.set(`${record.name} ${record.type} ${record.value}`, record);
  }
  return [...records.values()].sort((a, b) => compare(a.name, b.name) || compare(a.type, b.type) || compare(a.value, b.value));
}

function recordsOf(construct: IConstruct): PublicRecord[] {
  const record = (name: string, type: string, value: string): PublicRecord => ({ name, type, value, from: construct });
  if (DnsRecordSet.isDnsRecordSet(construct)) {
    return construct.values.map(value => ({ ...record(construct.fqdn, construct.type, value), ttl: construct.ttl }));
  }
  if (Host.isHost(construct)) {
    return construct.addresses
      .filter(({ ip }) => !isPrivate(ip))
      .map(({ ip, family }) => record(construct.fqdn, family === 4 ? 'A' : 'AAAA', ip));
  }
  if (DnsAlias.isDnsAlias(construct) && isPublic(construct.target)) return [record(construct.fqdn, 'CNAME', construct.target.fqdn)];
  if (DnsService.isDnsService(construct)) {
    return construct.targets.filter(isPublic).map(target => record(construct.fqdn, 'SRV', `0 0 ${construct.port} ${target.fqdn}`));
  }
  return [];
}

function isPublic(host: Host): boolean {
  return host.addresses.some(({ ip }) => !isPrivate(ip));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
