import { Site } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { DnsDelegation, DnsRecordSet, DnsZones, PublicName, Vlan } from '../../src';
import { publicSite } from './public-site';

describe('rules', () => {
  it('what the site of the tests does is in order', () => expect(Testing.findings(publicSite().site)).toEqual([]));

  it('DNS_SERIAL: secondaries need serials that grow', () => {
    expect(Testing.findings(publicSite({ ledger: false }).site)).toEqual([
      "warning [hosting/dns] has secondaries and no ledger, so that its serials stay 1 and nobody fetches a change; write new Ledger(site, 'ledger', { file }) before it (DNS_SERIAL)",
    ]);
  });

  it('DNS_CNAME_ALONE: an alias has no other records', () => {
    const { site } = publicSite();
    new DnsRecordSet(site, 'text', { name: 'www.example.net', type: 'TXT', values: ['hello'] });
    expect(Testing.findings(site)).toEqual([
      'error [hosting/dns] www.example.net has a CNAME, and TXT records besides; give one of them another name (DNS_CNAME_ALONE)',
    ]);
  });

  it('DNS_CNAME_ALONE: nor has one that is published', () => {
    const { site } = publicSite();
    new DnsRecordSet(site, 'status', { name: 'status.example.net', type: 'CNAME', values: ['status.example.com'] });
    expect(Testing.findings(site)).toEqual([]);
    new PublicName(site, 'status-outside', { name: 'status.example.net', addresses: ['203.0.113.61'] });
    expect(Testing.findings(site)).toEqual([
      'error [hosting/dns] status.example.net has a CNAME, and A records besides; give one of them another name (DNS_CNAME_ALONE)',
    ]);
  });

  it('DNS_TARGET_ALIAS: mail goes to a host', () => {
    const { site } = publicSite();
    new DnsRecordSet(site, 'mx2', { name: 'news.example.net', type: 'MX', values: ['10 smtp.example.net'] });
    expect(Testing.findings(site)).toEqual([
      'error [hosting/dns] news.example.net MX leads to smtp.example.net, which is an alias; name the host itself (DNS_TARGET_ALIAS)',
    ]);
  });

  it('RECORD_UNSERVED: a record is in a zone', () => {
    const { site } = publicSite();
    new DnsRecordSet(site, 'stray', { name: 'www.example.com', type: 'A', values: ['203.0.113.9'] });
    expect(Testing.findings(site)).toEqual([
      'error [hosting/stray] www.example.com A is in no zone that anybody serves; declare the zone where it is served, or remove the record (RECORD_UNSERVED)',
    ]);
  });

  it('DNS_SERVER_PRIVATE: whoever answers the Internet has an address there', () => {
    const site = new Site('hosting', { domain: 'example.net' });
    const inside = new Vlan(site, 'inside', { tag: 30, ipv4: '10.30.0.0/24' });
    new DnsZones(site, 'dns', { primary: inside.host('ns1', 2), external: { domains: ['example.net'] } });
    expect(Testing.findings(site)).toEqual([
      "error [hosting/dns] hosting/inside/ns1 answers for example.net, and has no public address under its name ns1.example.net; give it one, or write new PublicName(site, 'ns', { name: 'ns1.example.net', addresses: [...] }) (DNS_SERVER_PRIVATE)",
    ]);
    new PublicName(site, 'ns', { name: 'ns1.example.net', addresses: ['203.0.113.53'] });
    expect(Testing.findings(site)).toEqual([]);
  });

  it('DNS_DELEGATED_RECORD: others answer for what was handed to them', () => {
    const { site } = publicSite();
    new DnsRecordSet(site, 'below', { name: 'www.lab.example.net', type: 'A', values: ['203.0.113.9'] });
    new DnsRecordSet(site, 'at', { name: 'lab.example.net', type: 'MX', values: ['10 mail.example.net'] });
    new DnsRecordSet(site, 'beside', { name: 'notlab.example.net', type: 'MX', values: ['10 mail.example.net'] });
    expect(Testing.findings(site)).toEqual([
      'error [hosting/dns] lab.example.net MX is never asked here, because lab.example.net is delegated to other servers; enter it there, or remove the delegation (DNS_DELEGATED_RECORD)',
      'error [hosting/dns] www.lab.example.net A is never asked here, because lab.example.net is delegated to other servers; enter it there, or remove the delegation (DNS_DELEGATED_RECORD)',
    ]);
  });

  it('DNS_TARGET_MISSING: what a record leads to is there', () => {
    const { site } = publicSite();
    new DnsRecordSet(site, 'stale', { name: 'news.example.net', type: 'MX', values: ['10 gone.example.net', '20 mx.example.com'] });
    new DnsRecordSet(site, 'null', { name: 'never.example.net', type: 'MX', values: ['0 .'] });
    new DnsRecordSet(site, 'alias', { name: 'note2.example.net', type: 'CNAME', values: ['note.example.net'] });
    expect(Testing.findings(site)).toEqual([
      'error [hosting/dns] news.example.net MX leads to gone.example.net, which has no address; name a host of the model, or give the name an address (DNS_TARGET_MISSING)',
    ]);
  });

  it('DNS_TARGET_MISSING: what the Internet is led to, it is shown', () => {
    const { site, inside } = publicSite();
    inside.host('vault', 7);
    new DnsRecordSet(site, 'private', { name: 'news.example.net', type: 'MX', values: ['10 vault.example.net'] });
    expect(Testing.findings(site)).toEqual([
      'error [hosting/dns] news.example.net MX leads to vault.example.net, of which the Internet is shown no address; publish it with a PublicName, or lead to a host with a public address (DNS_TARGET_MISSING)',
    ]);
    new PublicName(site, 'vault-outside', { name: 'vault.example.net', addresses: ['203.0.113.61'] });
    expect(Testing.findings(site)).toEqual([]);
  });

  it('DNS_TARGET_MISSING: servers of a delegated domain that have private addresses are glue for nobody', () => {
    const { site } = publicSite();
    const servers = [{ name: 'ns1.dev.example.net', addresses: ['10.30.0.53'] }, { name: 'ns.example.com' }];
    new DnsDelegation(site, 'dev', { domain: 'dev.example.net', servers });
    expect(Testing.findings(site)).toEqual([
      'error [hosting/dns] dev.example.net NS leads to ns1.dev.example.net, of which the Internet is shown no address; publish it with a PublicName, or lead to a host with a public address (DNS_TARGET_MISSING)',
    ]);
  });

  it('DNS_PRIVATE_HINT: hints are for whoever sees them', () => {
    const { site } = publicSite();
    new DnsRecordSet(site, 'hint', {
      name: 'smtp2.example.net',
      type: 'HTTPS',
      values: ['1 mail.example.net ipv4hint=10.30.0.25,203.0.113.57'],
    });
    expect(Testing.findings(site)).toEqual([
      'error [hosting/dns] smtp2.example.net HTTPS shows 10.30.0.25 to the Internet; leave the hint out, or write a public address (DNS_PRIVATE_HINT)',
    ]);
  });
});
