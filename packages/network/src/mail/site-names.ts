import type { Site } from '@ashlar/core';
import ipaddr from 'ipaddr.js';
import { DnsAlias } from '../dns/dns-alias';
import { DnsRecordSet } from '../dns/dns-record-set';
import { DnsZones } from '../dns/dns-zones';
import { Host } from '../segments/host';
import { Vlan } from '../segments/vlan';
import { isMailDomain } from './is-mail-domain';
import type { SpfNames } from './spf-names';
import type { SpfPolicy } from './spf-policy';
import { knownNames } from './spf-policy';

/** Longest chain of other names that is followed. */
const CHAIN = 8;

/** What the records of a site answer, as far as the model goes: a name outside its domains is not known, one inside that has no record has none. */
export class SiteNames implements SpfNames {
  private readonly records = new Map<string, string[]>();
  private readonly domains = new Set<string>();
  private readonly reverse = new Map<string, string[]>();
  private third: SpfNames = knownNames();

  constructor(site: Site) {
    this.domains.add(site.domain);
    const all = site.findAll();
    const reverse = all.some(DnsZones.isDnsZones);
    for (const construct of all) {
      if (Vlan.isVlan(construct)) this.domains.add(construct.domain);
      else if (isMailDomain(construct)) this.domains.add(construct.domain);
      else if (Host.isHost(construct)) this.addHost(construct, reverse);
      else if (DnsAlias.isDnsAlias(construct)) this.add(construct.fqdn, 'CNAME', [construct.target.fqdn]);
      else if (DnsRecordSet.isDnsRecordSet(construct)) this.addSet(construct);
    }
  }

  /** The same, with what the user has said of third parties. */
  public with(known: SpfPolicy['known']): SiteNames {
    const names = Object.create(this) as SiteNames;
    names.third = knownNames(known);
    return names;
  }

  /** Whether a name lies in a domain of the site. */
  public owns(name: string): boolean {
    return name.split('.').some((_, i, labels) => this.domains.has(labels.slice(i).join('.')));
  }

  public txt(name: string): readonly string[] | undefined {
    return this.answers(name, 'TXT') ?? this.third.txt(name);
  }

  public addresses(name: string, family: 4 | 6): readonly string[] | undefined {
    return this.answers(name, family === 4 ? 'A' : 'AAAA');
  }

  public exchangers(name: string): readonly string[] | undefined {
    return this.answers(name, 'MX')?.map(value => value.slice(value.indexOf(' ') + 1));
  }

  public stated(name: string): number | undefined {
    return this.third.stated(name);
  }

  /** Names to which the reverse zones of the site lead an address. */
  public pointers(ip: string): readonly string[] {
    return this.reverse.get(ip) ?? this.records.get(`${arpa(ip)} PTR`) ?? [];
  }

  private answers(name: string, type: string, depth = 0): readonly string[] | undefined {
    const found = this.records.get(`${name} ${type}`);
    if (found) return found;
    const other = this.records.get(`${name} CNAME`)?.[0];
    if (other !== undefined && depth < CHAIN) return this.answers(other, type, depth + 1);
    return this.owns(name) ? [] : undefined;
  }

  /** Reverse names are those of our own zones, where there are any. */
  private addHost({ fqdn, addresses }: Host, reverse: boolean): void {
    for (const { ip, family } of addresses) {
      this.add(fqdn, family === 4 ? 'A' : 'AAAA', [ip]);
      if (reverse) this.reverse.set(ip, [fqdn]);
    }
  }

  private addSet({ fqdn, type, values }: DnsRecordSet): void {
    this.add(fqdn, type, values);
  }

  private add(name: string, type: string, values: readonly string[]): void {
    const key = `${name} ${type}`;
    this.records.set(key, [...(this.records.get(key) ?? []), ...values]);
  }
}

/** The name of an address in the reverse tree. */
function arpa(ip: string): string {
  const address = ipaddr.parse(ip);
  if (address.kind() === 'ipv4') return `${ip.split('.').reverse().join('.')}.in-addr.arpa`;
  const nibbles = [
    ...address
      .toByteArray()
      .map(byte => byte.toString(16).padStart(2, '0'))
      .join(''),
  ];
  return `${nibbles.reverse().join('.')}.ip6.arpa`;
}
