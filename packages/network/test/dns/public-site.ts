import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ledger, Port, Secret, Site } from '@ashlar/core';
import { DnsAlias, DnsDelegation, DnsRecordSet, DnsService, DnsZones, PublicName, TsigKey, Vlan } from '../../src';

export const key = (name: string) => TsigKey.of(name, { secret: Secret.fromOpenBao('kv/dns', name) });

/** Two name servers in a routed /27, a name that is private inside, a domain that others answer for. */
export function publicSite(change: { external?: boolean; ledger?: boolean } = {}) {
  const site = new Site('hosting', { domain: 'example.net' });
  if (change.ledger !== false) new Ledger(site, 'ledger', { file: join(mkdtempSync(join(tmpdir(), 'ledger-')), 'ledger.json') });
  const dmz = new Vlan(site, 'dmz', { tag: 20, ipv4: '203.0.113.32/27', ipv6: '2001:db8:0:20::/64' });
  const inside = new Vlan(site, 'inside', { tag: 30, ipv4: '10.30.0.0/24' });
  const [ns1, ns2] = [dmz.host('ns1', 2), dmz.host('ns2', 3)];
  const shop = inside.host('shop', 80);
  const mail = dmz.host('mail', 25);
  new DnsAlias(site, 'www', { target: shop });
  new DnsAlias(site, 'smtp', { target: mail });
  new DnsService(site, 'submission', { port: Port.tcp(587), targets: [mail] });
  new PublicName(site, 'shop-outside', { name: 'shop.example.net', addresses: ['203.0.113.60'] });
  new DnsRecordSet(site, 'mx', { name: 'example.net', type: 'MX', values: ['10 mail.example.net'] });
  new DnsRecordSet(site, 'caa', { name: 'example.net', type: 'CAA', values: ['0 issue "letsencrypt.org"'] });
  new DnsRecordSet(site, 'long', {
    name: 'key._domainkey.example.net',
    type: 'TXT',
    values: [`v=DKIM1; k=rsa; p=${'A'.repeat(392)}`],
    ttl: 300,
  });
  new DnsRecordSet(site, 'quote', { name: 'note.example.net', type: 'TXT', values: ['a "quoted" word\\'] });
  new DnsRecordSet(site, 'https', { name: 'mail.example.net', type: 'HTTPS', values: ['1 . alpn="h2,h3"'] });
  new DnsRecordSet(site, 'test-mx', { name: 'test.example.org', type: 'MX', values: ['10 mail.example.net'] });
  new DnsRecordSet(site, 'printer', { name: 'printer.example.net', type: 'A', values: ['10.30.0.99'] });
  const servers = [{ name: 'ns1.lab.example.net', addresses: ['198.51.100.53'] }, { name: 'ns.example.com' }];
  new DnsDelegation(site, 'lab', { domain: 'lab.example.net', servers });
  const external = { domains: ['example.net'], tsig: key('outside') };
  const dns = new DnsZones(site, 'dns', {
    primary: ns1,
    secondaries: [ns2],
    tsig: key('inside'),
    domains: ['example.org'],
    dnssec: true,
    ...(change.external !== false && { external }),
  });
  return { site, dns, dmz, inside, ns1, ns2 };
}
