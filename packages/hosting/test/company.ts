import { Duration, Secret, Site } from '@ashlar/core';
import { DnsAlias, DnsRecordSet, MailDomain, MailServer, Vlan } from '@ashlar/network';
import { TerraformWorkspace } from '@ashlar/terraform';
import { LocalBackend } from 'cdktf';
import { CloudflareZone, type CloudflareZoneProps } from '../src';

/** RSA of 2048 bits, made for these tests; nobody has its private half. */
const PUBLIC_KEY = [
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAh4n0v6zxOhn3u3utPIb4',
  'j0QP8WZw0Wl040Y6iZFyyN/pSshdSkDAN13FzbVlME8I/6fbQ8heS6/NWvYjE3XL',
  '06IfhfiTQVAqlC46TtZQbDDLXK0xDKh5tFEXkxqly0oQYMyXFVMnse5ZdqklimEf',
  'VqyRPZ/gWzjq46SJYhG7uRasrLYsjsp92Pc9ZviH/Kh3NZh0IPa6HXFPQ1n2bNj/',
  'JJMQUUJVu3gi9+6if4QkrcD8yaZw75qa2Iz9QN9Y/LNAsJJosYR/XdFItRvRY3LF',
  'QSHBwStROcKEcKA8SjPIxPM5TnfqS0oQxfu9AYw6Ew2k8dz9euFYigUwCsOsARqh',
  'VQIDAQAB',
].join('');

export const TOKEN = Secret.fromTerraformVariable('cloudflare_api_token');
export const ACCOUNT = '0123456789abcdef0123456789abcdef';

/** A site with a public network, a mail domain, a web server and a network of the inside. */
export function company() {
  const site = new Site('lab', { domain: 'example.net' });
  const dmz = new Vlan(site, 'dmz', { tag: 50, ipv4: '203.0.113.0/24', ipv6: '2001:db8:0:50::/64' });
  const inside = new Vlan(site, 'inside', { tag: 60, ipv4: '10.60.0.0/24' });
  const web = dmz.host('web', 80);
  const www = new DnsAlias(site, 'www', { target: web });
  new DnsAlias(site, 'wiki', { target: inside.host('notes', 20) });
  const mx1 = new MailServer(site, 'mx1', { host: dmz.host('mx1', 25), pointer: 'mx1.example.net' });
  const mail = new MailDomain(site, 'mail', {
    exchangers: [mx1],
    dkim: [{ selector: '2026a', publicKey: PUBLIC_KEY, privateKey: Secret.fromOpenBao('kv/mail', 'dkim-2026a') }],
    dmarc: { policy: 'reject', rua: ['dmarc@example.net'] },
    mtaSts: { server: web, maxAge: Duration.days(14) },
    access: { imaps: mx1.host, submissions: mx1.host },
  });
  const verification = new DnsRecordSet(site, 'verification', { name: 'www2.example.net', type: 'TXT', values: ['a "quoted" word'] });
  return { site, dmz, inside, web, www, mx1, mail, verification };
}

/** The stack of a Terraform state. */
export function stack(site: Site, id = 'dns') {
  return new TerraformWorkspace(site, id, { backend: s => new LocalBackend(s, { path: 'terraform.tfstate' }) }).stack;
}

/** The zone of the company at Cloudflare. */
export function cloudflare(model: ReturnType<typeof company>, props: Partial<CloudflareZoneProps> = {}): CloudflareZone {
  return new CloudflareZone(stack(model.site), 'example-net', { domain: 'example.net', accountId: ACCOUNT, apiToken: TOKEN, ...props });
}
