import { generateKeyPairSync } from 'node:crypto';
import { Secret, Site } from '@ashlar/core';
import { type DkimKey, DnsZones, MailDomain, type MailDomainProps, MailServer, Vlan } from '../../src';

/** RSA of 2048 bits, made for these tests; nobody has its private half. */
export const PUBLIC_KEY = [
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAh4n0v6zxOhn3u3utPIb4',
  'j0QP8WZw0Wl040Y6iZFyyN/pSshdSkDAN13FzbVlME8I/6fbQ8heS6/NWvYjE3XL',
  '06IfhfiTQVAqlC46TtZQbDDLXK0xDKh5tFEXkxqly0oQYMyXFVMnse5ZdqklimEf',
  'VqyRPZ/gWzjq46SJYhG7uRasrLYsjsp92Pc9ZviH/Kh3NZh0IPa6HXFPQ1n2bNj/',
  'JJMQUUJVu3gi9+6if4QkrcD8yaZw75qa2Iz9QN9Y/LNAsJJosYR/XdFItRvRY3LF',
  'QSHBwStROcKEcKA8SjPIxPM5TnfqS0oQxfu9AYw6Ew2k8dz9euFYigUwCsOsARqh',
  'VQIDAQAB',
].join('');

export const KEY: DkimKey = { selector: '2026a', publicKey: PUBLIC_KEY, privateKey: Secret.fromOpenBao('kv/mail', 'dkim-2026a') };

/** A site with a network of public addresses, two mail servers in it, and the zones of both. */
export function post() {
  const site = new Site('lab', { domain: 'example.net' });
  const dmz = new Vlan(site, 'dmz', { tag: 50, ipv4: '203.0.113.0/24', ipv6: '2001:db8:0:50::/64' });
  const mx1 = new MailServer(site, 'mx1', { host: dmz.host('mx1', 25) });
  const mx2 = new MailServer(site, 'mx2', { host: dmz.host('mx2', 26) });
  new DnsZones(site, 'dns', { primary: dmz.host('ns1', 5), domains: ['example.org', '100.51.198.in-addr.arpa'] });
  const mail = (props: Partial<MailDomainProps> = {}) => new MailDomain(site, 'mail', { exchangers: [mx1, mx2], dkim: [KEY], ...props });
  return { site, dmz, mx1, mx2, web: dmz.host('web', 80), mail };
}

/** A public key of RSA. */
export function rsa(bits: number): string {
  return generateKeyPairSync('rsa', { modulusLength: bits }).publicKey.export({ format: 'pem', type: 'spki' }).toString();
}
