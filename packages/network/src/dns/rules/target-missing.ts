import { findingAt, type Rule } from '@ashlar/core';
import { isDnsZones } from '../is-dns-zones';
import { enclosing } from '../zone-cut';
import { type DnsRecord, type DnsZone, targetOf } from '../zone-file';

/** What a record leads to is there, in the view that shows the record. */
export const DNS_TARGET_MISSING: Rule = {
  code: 'DNS_TARGET_MISSING',
  severity: 'error',
  incident: 'The MX record was published, and its host had a private address alone: inside, mail worked in every test.',
  *check(site) {
    for (const zones of site.findAll().filter(isDnsZones)) {
      const seen = new Set<string>();
      for (const view of ['internal', 'external'] as const) {
        for (const [record, target] of dangling(zones.zones(view))) {
          const told = `${record.name} ${record.type} leads to ${target}`;
          if (seen.has(told)) continue;
          seen.add(told);
          const [lacks, fix] =
            view === 'internal'
              ? ['which has no address', 'name a host of the model, or give the name an address']
              : ['of which the Internet is shown no address', 'publish it with a PublicName, or lead to a host with a public address'];
          yield findingAt(zones, DNS_TARGET_MISSING, `${told}, ${lacks}`, fix);
        }
      }
    }
  },
};

/** Records that lead to a name in our zones at which there is nothing. Names that others answer for are theirs. */
function dangling(zones: readonly DnsZone[]): (readonly [DnsRecord, string])[] {
  const all = zones.flatMap(zone => zone.records);
  const names = new Set(zones.map(zone => zone.name));
  const cuts = new Set(all.filter(({ name, type }) => type === 'NS' && !names.has(name)).map(({ name }) => name));
  const answered = new Set(all.filter(({ type }) => type === 'A' || type === 'AAAA' || type === 'CNAME').map(({ name }) => name));
  const anything = new Set(all.map(({ name }) => name));
  const exists = (name: string, type: string) => {
    const known = type === 'CNAME' ? anything : answered;
    return known.has(name) || known.has(`*${name.slice(name.indexOf('.'))}`);
  };
  return all.flatMap(record => {
    const target = targetOf(record);
    // Servers of the zones themselves are DNS_SERVER_PRIVATE's; PTR records are of hosts that have an address, if not in every view.
    if (target === undefined || target === '.' || record.type === 'PTR' || (record.type === 'NS' && names.has(record.name))) return [];
    const cut = enclosing(target, cuts);
    const ours = cut === undefined ? enclosing(target, names) !== undefined : record.type === 'NS' && record.name === cut;
    return ours && !exists(target, record.type) ? [[record, target] as const] : [];
  });
}
