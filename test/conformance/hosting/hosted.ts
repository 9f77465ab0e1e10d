import { generateKeyPairSync } from 'node:crypto';
import { Duration, Secret, Site, Size } from '@ashlar/core';
import {
  CloudflareZone,
  IspConfigClient,
  IspConfigMailbox,
  IspConfigMailDomain,
  IspConfigServer,
  IspConfigWebsite,
  IspConfigZone,
} from '@ashlar/hosting';
import { DnsAlias, DnsRecordSet, MailDomain, MailServer, Vlan } from '@ashlar/network';
import { TerraformWorkspace } from '@ashlar/terraform';
import { LocalBackend } from 'cdktf';

/** A company with one domain at Cloudflare and another on its own panel, mail on both; every kind of record is there. */
export function hosted(): Site {
  const site = new Site('lab', { domain: 'example.net' });
  const dmz = new Vlan(site, 'dmz', { tag: 50, ipv4: '203.0.113.0/24', ipv6: '2001:db8:0:50::/64' });
  const web = dmz.host('web', 80);
  const www = new DnsAlias(site, 'www', { target: web });
  const mx1 = new MailServer(site, 'mx1', { host: dmz.host('mx1', 25), pointer: 'mx1.example.net' });
  const mail = (id: string, domain: string) =>
    new MailDomain(site, id, {
      domain,
      exchangers: [mx1],
      dkim: [{ selector: '2026a', publicKey: key(), privateKey: Secret.fromOpenBao('kv/mail', domain) }],
      dmarc: { policy: 'reject', rua: ['dmarc@example.net'] },
      mtaSts: { server: web, maxAge: Duration.days(14) },
      access: { imaps: mx1.host, submissions: mx1.host },
    });
  mail('mail', 'example.net');
  const shop = mail('shop-mail', 'example.org');
  new DnsRecordSet(site, 'shop-v6', { name: 'shop.example.org', type: 'AAAA', values: ['2001:db8:0:50::50'] });
  new DnsRecordSet(site, 'shop', { name: 'shop.example.org', type: 'A', values: ['203.0.113.80', '203.0.113.81'] });

  const { stack } = new TerraformWorkspace(site, 'dns', { backend: s => new LocalBackend(s, { path: 'terraform.tfstate' }) });
  new CloudflareZone(stack, 'example-net', {
    domain: 'example.net',
    accountId: '0123456789abcdef0123456789abcdef',
    apiToken: Secret.fromTerraformVariable('cloudflare_api_token'),
    proxied: [www],
    certificateAuthorities: ['letsencrypt.org'],
  });

  const panel = new IspConfigServer(site, 'panel', { host: dmz.host('panel', 20) });
  new IspConfigZone(panel, 'example-org', { domain: 'example.org', nameServers: [dmz.host('ns1', 5), dmz.host('ns2', 6)] });
  const password = (name: string) => Secret.fromOpenBao('kv/ispconfig', name);
  const acme = new IspConfigClient(panel, 'acme', {
    contactName: 'Jo Doe',
    email: 'jo@example.org',
    country: 'DE',
    password: password('acme'),
  });
  const boxes = new IspConfigMailDomain(acme, 'mail', { mail: shop });
  new IspConfigMailbox(boxes, 'jo', { name: 'Jo Doe', password: password('jo'), quota: Size.gibibytes(5) });
  new IspConfigWebsite(acme, 'shop', { domain: 'shop.example.org', quota: Size.gibibytes(10), php: true });
  return site;
}

function key(): string {
  return generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'pem', type: 'spki' }).toString();
}
